"""The servers of the tests: one PostgreSQL for every test run of this tree, kept alive between runs.

A keeper process owns the server. Every test process holds a shared lock while it works; when nobody has held it for
half an hour the keeper ends the server and itself. `release` ends it at once if nobody else uses it, `stop` ends it
whoever does. Where there is room its data lies in memory, and is gone with it. Databases are cloned from templates,
each made once per key (a hash of what it is made from).

    python -m app.runtime.shared_servers keep | release | stop
"""

import asyncio
import contextlib
import fcntl
import hashlib
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

import asyncpg
import msgspec

from app.runtime import processes
from app.runtime.servers import Postgres, ServerFailed, in_memory, outside, write_private

ROOT: Final = Path(__file__).resolve().parents[2]
HOME: Final = ROOT / ".cache" / "test-servers"
IDLE_SECONDS: Final = 30 * 60
KEPT_TEMPLATES: Final = 6

_numbers = itertools.count(1)


class Running(msgspec.Struct, frozen=True):
    """Where the shared server is: its keeper, and a url with `{database}` to fill in."""

    keeper: int
    server: int
    url: str


class SharedPostgres:
    """The shared server as one test process sees it; the lock is held until `close` or the end of the process."""

    def __init__(self, running: Running, lease: int) -> None:
        self._running = running
        self._lease = lease

    def url(self, database: str = "postgres") -> str:
        return self._running.url.replace("{database}", quote(database))

    def close(self) -> None:
        os.close(self._lease)

    async def template(self, name: str, key: str, fill: Callable[[str], None]) -> str:
        """The name of a database that `fill(url)` has made ready, made once per `name` and `key`.

        It is filled under another name and renamed when it is whole; processes that ask at the same time wait. Older
        templates of the same name are dropped, the newest few excepted.
        """
        database = f"template_{name}_{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        async with self._admin() as admin:
            await admin.execute("SELECT pg_advisory_lock(hashtext($1))", database)
            if not await admin.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
                partial = f"{database}_partial"
                await admin.execute(f'DROP DATABASE IF EXISTS "{partial}" WITH (FORCE)')
                await admin.execute(f'CREATE DATABASE "{partial}"')
                await asyncio.to_thread(fill, self.url(partial))
                await _end_sessions(admin, partial)
                await admin.execute(f'ALTER DATABASE "{partial}" RENAME TO "{database}"')
                await _drop_older(admin, f"template_{name}_")
        return database

    async def clone(self, template: str) -> str:
        """The url of a new database with the content of `template`, for this process."""
        database = f"run_{os.getpid()}_{next(_numbers)}"
        async with self._admin() as admin:
            await admin.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.url(database)

    async def drop(self, url: str) -> None:
        """Drop a cloned database, whoever is still connected."""
        database = url.rpartition("/")[2]
        async with self._admin() as admin:
            await admin.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    async def sweep(self) -> None:
        """Drop the databases of test processes that are gone."""
        async with self._admin() as admin:
            for (database,) in await admin.fetch(r"SELECT datname FROM pg_database WHERE datname ~ '^run_\d+_'"):
                match = re.match(r"run_(\d+)_", database)
                if match and not processes.is_alive(int(match[1])):
                    await admin.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    @asynccontextmanager
    async def _admin(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        connection = await asyncpg.connect(self.url().replace("+asyncpg", ""))
        try:
            yield connection
        finally:
            await connection.close()


async def _end_sessions(admin: "asyncpg.Connection[asyncpg.Record]", database: str) -> None:
    await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", database)
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if not await admin.fetchval("SELECT count(*) FROM pg_stat_activity WHERE datname = $1", database):
            return
        await asyncio.sleep(0.02)


async def _drop_older(admin: "asyncpg.Connection[asyncpg.Record]", prefix: str) -> None:
    older = await admin.fetch(
        "SELECT datname FROM pg_database WHERE starts_with(datname, $1) AND datname !~ 'partial$' "
        "ORDER BY oid DESC OFFSET $2",
        prefix,
        KEPT_TEMPLATES,
    )
    for (database,) in older:
        # another process may be cloning it at this moment; then it goes next time
        with contextlib.suppress(asyncpg.PostgresError):
            await admin.execute(f'DROP DATABASE IF EXISTS "{database}"')


def use(home: Path = HOME) -> SharedPostgres:
    """Join the shared server, starting it when there is none. Raises `ServerFailed`."""
    home.mkdir(parents=True, exist_ok=True)
    with _starting(home):
        lease = os.open(home / "lease.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lease, fcntl.LOCK_SH)
        running = _running(home)
        if running is None:
            running = _start_keeper(home)
    return SharedPostgres(running, lease)


def stop(home: Path = HOME) -> None:
    """End the shared server, whoever uses it."""
    if home.exists():
        with _starting(home):
            _end(home)


def release(home: Path = HOME) -> None:
    """End the shared server if no test process uses it."""
    if not home.exists():
        return
    with _starting(home):
        lease = os.open(home / "lease.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            os.close(lease)
        _end(home)


def _end(home: Path) -> None:
    state = _read(home)
    if state is None:
        return
    if _is_keeper(state.keeper):
        processes.end_stranger(state.keeper, first=signal.SIGTERM, patience=20)
    if "postgres" in processes.command_line(state.server):
        processes.end_stranger(state.server, first=signal.SIGINT, patience=10)
    (home / "running.json").unlink(missing_ok=True)


def remove(home: Path = HOME) -> None:
    """End the shared server and remove everything it keeps on disk."""
    stop(home)
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(outside(home), ignore_errors=True)
    _free_memory(home)


def keep(home: Path = HOME, idle_seconds: float = IDLE_SECONDS) -> None:
    """Run the server until it is told to stop or nobody has used it for `idle_seconds`."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    server = Postgres(home, durable=False)
    try:
        server.start()
        process = server.process
        if process is None:
            return
        running = Running(os.getpid(), process.pid, server.url("{database}"))
        write_private(home / "running.json", msgspec.json.encode(running))
        used = time.monotonic()
        lease = os.open(home / "lease.lock", os.O_RDWR | os.O_CREAT, 0o600)
        while process.poll() is None:
            time.sleep(min(2.0, idle_seconds))
            if not home.exists():
                # the tree was deleted, and with it whoever could have ended us
                return
            try:
                fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                used = time.monotonic()
                continue
            if time.monotonic() - used > idle_seconds:
                # the lock is kept: who comes now waits until all is gone, then starts anew
                return
            fcntl.flock(lease, fcntl.LOCK_UN)
    finally:
        (home / "running.json").unlink(missing_ok=True)
        server.stop()
        _free_memory(home)


def _free_memory(home: Path) -> None:
    if (memory := in_memory(home)) is not None:
        shutil.rmtree(memory, ignore_errors=True)


@contextmanager
def _starting(home: Path) -> Iterator[None]:
    lock = os.open(home / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _read(home: Path) -> Running | None:
    try:
        return msgspec.json.decode((home / "running.json").read_bytes(), type=Running)
    except (OSError, msgspec.DecodeError):
        return None


def _is_keeper(pid: int) -> bool:
    return "app.runtime.shared_servers" in processes.command_line(pid) and processes.is_alive(pid)


def _running(home: Path) -> Running | None:
    state = _read(home)
    if state is None or not _is_keeper(state.keeper) or not processes.is_alive(state.server):
        return None
    return state


def _start_keeper(home: Path) -> Running:
    (home / "running.json").unlink(missing_ok=True)
    log = home / "keeper.log"
    with log.open("wb") as out:
        # a session of its own and no tie to us: it is meant to outlive this run
        keeper = subprocess.Popen(
            [sys.executable, "-m", "app.runtime.shared_servers", "keep", str(home)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))},
            start_new_session=True,
        )
    until = time.monotonic() + 90
    while time.monotonic() < until and keeper.poll() is None:
        state = _running(home)
        if state is not None:
            # not ours to wait for: reaped here would be a ResourceWarning, and it goes on without us
            keeper.returncode = 0
            return state
        time.sleep(0.02)
    last = log.read_text(errors="replace").strip().splitlines()[-1:]
    raise ServerFailed(f"The servers of the tests did not start: {''.join(last)}")


def main() -> None:
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    home = Path(sys.argv[2]) if len(sys.argv) > 2 else HOME
    match verb:
        case "keep":
            keep(home)
        case "release":
            release(home)
        case "stop":
            stop(home)
        case "remove":
            remove(home)
        case _:
            sys.exit("python -m app.runtime.shared_servers keep | release | stop | remove")


if __name__ == "__main__":
    main()
