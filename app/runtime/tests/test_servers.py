import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.runtime import processes
from app.runtime.servers import Postgres, ServerFailed, Valkey, may_enter, outside

pytestmark = pytest.mark.slow


async def ask(server: Postgres, question: str) -> object:
    connection = await asyncpg.connect(server.url(driver="postgresql"))
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "servers"
    yield folder
    for path in outside(folder).glob("*"):
        subprocess.run(["rm", "-rf", path], check=True)
    outside(folder).rmdir()


async def test_data_is_there_again_after_a_stop_and_a_start(home: Path) -> None:
    with Postgres(home) as server:
        await ask(server, "CREATE TABLE kept AS SELECT 7 AS number")

    with Postgres(home) as again:
        assert await ask(again, "SELECT number FROM kept") == 7


async def test_a_half_made_data_directory_is_made_anew(home: Path) -> None:
    server = Postgres(home)
    server.start()
    server.stop()
    (home / "postgres.json").unlink()
    (server.place / "global" / "pg_control").unlink()

    with Postgres(home) as again:
        assert await ask(again, "SELECT 1") == 1


async def test_a_stale_pid_file_does_not_hinder_the_start(home: Path) -> None:
    server = Postgres(home)
    server.start()
    server.stop()
    (server.place / "postmaster.pid").write_text(f"{os.getpid()}\n{server.place}\n")

    with Postgres(home) as again:
        assert await ask(again, "SELECT 1") == 1


async def test_a_server_left_behind_is_ended_before_a_new_one_starts(home: Path) -> None:
    left_behind = Postgres(home)
    left_behind.start()
    assert left_behind.process is not None

    with Postgres(home) as again:
        assert await ask(again, "SELECT 1") == 1
        assert left_behind.process.wait(5) is not None


async def test_a_killed_server_comes_back_on_its_port_with_its_data(home: Path) -> None:
    with Postgres(home) as server:
        await ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
        port = server.port
        assert server.process is not None
        server.process.kill()
        server.process.wait()

        server.start()

        assert server.port == port
        assert await ask(server, "SELECT number FROM kept") == 7


def test_data_of_another_major_version_is_named_in_one_sentence(home: Path) -> None:
    server = Postgres(home)
    server.start()
    server.stop()
    state = home / "postgres.json"
    state.write_text(state.read_text().replace('"major":"18"', '"major":"17"'))

    with pytest.raises(ServerFailed, match="was made by PostgreSQL 17 and this is 18"):
        Postgres(home).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its rights")
def test_under_a_closed_home_data_and_programs_lie_where_nobody_can_reach_them(tmp_path: Path, home: Path) -> None:
    tmp_path.chmod(0o700)

    with Postgres(home) as server:
        assert not server.place.is_relative_to(home)
        assert server.process is not None
        assert os.stat(f"/proc/{server.process.pid}").st_uid != 0

    assert tmp_path.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its rights")
def test_programs_that_nobody_cannot_read_are_copied(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Postgres, "_programs_are_reachable", lambda *_: False)

    with Postgres(home) as server:
        assert server._programs.is_relative_to(outside(home))


def test_a_folder_is_reachable_only_through_folders_that_are(tmp_path: Path) -> None:
    inner = tmp_path / "closed" / "open"
    inner.mkdir(parents=True)
    stranger = 54321

    (tmp_path / "closed").chmod(0o700)
    assert not may_enter(inner, stranger, stranger)

    (tmp_path / "closed").chmod(0o711)
    inner.chmod(0o700)
    assert not may_enter(inner, stranger, stranger)


async def test_valkey_answers_only_who_knows_its_password(home: Path) -> None:
    with Valkey(home) as server:
        client = Redis.from_url(server.url())
        assert await client.ping()
        await client.aclose()

        stranger = Redis.from_url(f"redis://127.0.0.1:{server.port}/0")
        with pytest.raises(RedisError, match="uthenticat"):
            await stranger.ping()
        await stranger.aclose()


def test_nothing_outlives_a_killed_owner(home: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from app.runtime.servers import Postgres, Valkey;"
        f"p = Postgres(Path({str(home)!r})); v = Valkey(Path({str(home)!r})); p.start(); v.start();"
        "print(p.process.pid, v.process.pid, flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    pids = [int(pid) for pid in owner.stdout.readline().split()]
    assert all(processes.is_alive(pid) for pid in pids)

    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdout.close()

    until = time.monotonic() + 10
    while any(processes.is_alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(processes.is_alive(pid) for pid in pids)
