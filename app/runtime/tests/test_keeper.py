"""The keeper of the tests' own PostgreSQL, tried on a folder of its own."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from app.runtime import processes, shared_servers
from app.runtime.servers import in_memory, places
from app.runtime.shared_servers import Running, SharedPostgres

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "keeper"
    yield folder
    shared_servers.remove(folder)


def running(home: Path) -> Running:
    state = shared_servers._read(home)
    assert state is not None
    return state


def is_gone(state: Running, seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not processes.is_alive(state.keeper) and not processes.is_alive(state.server):
            return True
        time.sleep(0.05)
    return False


def test_a_second_run_uses_the_server_of_the_first(home: Path) -> None:
    first = shared_servers.use(home)
    keeper = running(home).keeper

    second = shared_servers.use(home)

    assert running(home).keeper == keeper
    assert second.url() == first.url()
    first.close()
    second.close()


def test_a_server_in_use_is_not_released(home: Path) -> None:
    server = shared_servers.use(home)
    state = running(home)

    shared_servers.release(home)
    assert processes.is_alive(state.server)

    server.close()
    shared_servers.release(home)
    assert is_gone(state)


def test_what_lies_in_memory_goes_with_the_server(home: Path) -> None:
    server = shared_servers.use(home)
    memory = in_memory(home)
    assert memory is None or (memory / "postgres" / "PG_VERSION").exists()

    server.close()
    shared_servers.release(home)

    assert memory is None or not memory.exists()


def test_where_memory_is_short_the_data_lies_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_memory(tmp_path / "one", root=tmp_path) is not None

    monkeypatch.setattr(places, "_ROOM", sys.maxsize)

    assert in_memory(tmp_path / "another", root=tmp_path) is None
    assert in_memory(tmp_path, root=tmp_path / "none") is None


def test_a_killed_keeper_takes_its_server_along_and_is_replaced(home: Path) -> None:
    server = shared_servers.use(home)
    state = running(home)

    processes.kill_group(state.keeper)
    assert is_gone(state)
    again = shared_servers.use(home)

    assert running(home).keeper != state.keeper
    again.close()
    server.close()


def test_a_server_that_nobody_uses_ends_itself(home: Path) -> None:
    home.mkdir()
    program = f"from pathlib import Path; from app.runtime.shared_servers import keep; keep(Path({str(home)!r}), 0.5)"

    keeper = subprocess.Popen([sys.executable, "-c", program])

    assert keeper.wait(20) == 0
    assert shared_servers._read(home) is None


def test_a_server_whose_tree_was_deleted_ends_itself(home: Path) -> None:
    server = shared_servers.use(home)
    state = running(home)

    shutil.rmtree(home)

    assert is_gone(state)
    server.close()


async def test_a_template_is_made_once_and_never_seen_half_made(home: Path) -> None:
    server = shared_servers.use(home)
    made: list[str] = []

    def break_off(url: str) -> None:
        raise RuntimeError("the power is out")

    with pytest.raises(RuntimeError):
        await server.template("shelf", "1", break_off)
    name = await server.template("shelf", "1", made.append)
    same = await server.template("shelf", "1", made.append)
    other = await server.template("shelf", "2", made.append)

    assert name == same != other
    assert len(made) == 2
    server.close()


async def test_databases_of_dead_runs_are_swept_and_those_of_living_ones_stay(home: Path) -> None:
    server = shared_servers.use(home)
    template = await server.template("shelf", "1", lambda url: None)
    own = await server.clone(template)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    await _execute(server, f"CREATE DATABASE run_{gone.pid}_1")

    await server.sweep()

    names = await _names(server)
    assert f"run_{gone.pid}_1" not in names
    assert own.rpartition("/")[2] in names
    await server.drop(own)
    server.close()


async def _execute(server: SharedPostgres, statement: str) -> None:
    connection = await asyncpg.connect(server.url().replace("+asyncpg", ""))
    await connection.execute(statement)
    await connection.close()


async def _names(server: SharedPostgres) -> set[str]:
    connection = await asyncpg.connect(server.url().replace("+asyncpg", ""))
    rows = await connection.fetch("SELECT datname FROM pg_database")
    await connection.close()
    return {row["datname"] for row in rows}
