"""Keeps the processes of a demo running, and ends every one of them whatever happens to us.

Three nets: `stop` ends the children in order; the kernel signals each when the supervisor dies; a watchdog process
kills whole process groups when the supervisor was killed and a child did not listen.
"""

import contextlib
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Final, Protocol

import msgspec

from app.runtime import processes
from app.runtime.processes import Process

GIVE_UP_AFTER: Final = 5
WITHIN_SECONDS: Final = 60.0


class ChildFailed(Exception):
    """A process of the demo cannot be kept running; the message is one sentence and names its log."""


class Leaving(BaseException):
    """The supervisor was asked to end (Ctrl-C, SIGTERM, a closed terminal)."""


class Server(Protocol):
    """A server that starts and stops itself (PostgreSQL, Valkey); started again it listens where it did before."""

    @property
    def name(self) -> str: ...
    @property
    def log(self) -> Path: ...
    @property
    def process(self) -> Process | None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


class Child(msgspec.Struct, kw_only=True):
    """A process to keep running: how it is started, how it is asked to end and how long that may take."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    log: Path
    patience: float = 15.0
    process: Process | None = None
    starts: list[float] = []


class Supervisor:
    """Starts children, restarts those that end by themselves, ends all of them in the reverse order."""

    def __init__(self, folder: Path, say: Callable[[str], None] = print) -> None:
        self._folder = folder
        self._say = say
        self._children: list[Child] = []
        self._servers: list[Server] = []
        self._watchdog: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Supervisor":
        self._folder.mkdir(parents=True, exist_ok=True)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _leave)
        self._watchdog = subprocess.Popen(
            [sys.executable, "-m", "app.runtime.watchdog"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            cwd=Path(__file__).resolve().parents[2],
        )
        return self

    def __exit__(self, *_: object) -> None:
        # a second Ctrl-C must not leave half of them behind
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(self._children):
            self._ask_to_end(child)
        for child in reversed(self._children):
            self._end(child)
        for server in reversed(self._servers):
            server.stop()
        watchdog, self._watchdog = self._watchdog, None
        if watchdog is not None and watchdog.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                watchdog.stdin.close()
            watchdog.wait()

    def serve(self, server: Server) -> None:
        """Start a server that the children need; it is ended after them."""
        self._servers.append(server)
        server.start()
        if server.process is not None:
            self._tell("+", server.process.pid)

    def start(self, child: Child) -> None:
        """Start a child and keep it running from now on."""
        self._children.append(child)
        self._launch(child)

    def run(self, child: Child) -> None:
        """Run a child to its end. Raises `ChildFailed` with the last line of its log when it fails."""
        self._children.append(child)
        self._launch(child)
        if child.process is not None and child.process.wait() != 0:
            raise ChildFailed(f"{child.name} failed: {last_line(child.log)} (all of it: {child.log})")
        self._end(child)
        self._children.remove(child)

    def stop(self, name: str) -> None:
        """End one child for good."""
        for child in [one for one in self._children if one.name == name]:
            self._ask_to_end(child)
            self._end(child)
            self._children.remove(child)

    def check(self) -> None:
        """Start again what has ended by itself. Raises `ChildFailed` for one that keeps ending."""
        for server in self._servers:
            if server.process is not None and server.process.poll() is not None:
                self._say(f"{server.name} ended with {server.process.returncode} and is started again ({server.log}).")
                self._tell("-", server.process.pid)
                server.start()
                self._tell("+", server.process.pid)
        for child in self._children:
            if child.process is None or child.process.poll() is None:
                continue
            code = child.process.returncode
            self._end(child)
            recent = [moment for moment in child.starts if time.monotonic() - moment < WITHIN_SECONDS]
            if len(recent) >= GIVE_UP_AFTER:
                raise ChildFailed(f"{child.name} keeps ending (last with {code}): {last_line(child.log)} ({child.log})")
            self._say(f"{child.name} ended with {code} and is started again; its log is {child.log}.")
            time.sleep(min(2.0, 0.2 * len(recent)))
            self._launch(child)

    def wait_for(self, url: str, *, seconds: float, what: str) -> None:
        """Wait until `url` answers 200. Raises `ChildFailed` when it does not in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.check()
            if answers(url):
                return
            time.sleep(0.05)
        logs = ", ".join(str(child.log) for child in self._children)
        raise ChildFailed(f"{what} did not answer at {url} within {seconds:.0f} seconds; the logs are {logs}.")

    def forever(self) -> None:
        """Keep everything running until we are asked to leave."""
        while True:
            self.check()
            time.sleep(0.5)

    def _launch(self, child: Child) -> None:
        child.log.parent.mkdir(parents=True, exist_ok=True)
        child.process = processes.start(child.command, log=child.log, env=child.environment)
        child.starts = [*child.starts[-GIVE_UP_AFTER:], time.monotonic()]
        self._tell("+", child.process.pid)

    def _ask_to_end(self, child: Child) -> None:
        if child.process is not None and child.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                child.process.terminate()

    def _end(self, child: Child) -> None:
        process, child.process = child.process, None
        if process is not None:
            processes.end(process, patience=child.patience)
            self._tell("-", process.pid)

    def _tell(self, sign: str, group: int) -> None:
        if self._watchdog is not None and self._watchdog.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._watchdog.stdin.write(f"{sign} {group}\n")
                self._watchdog.stdin.flush()


def _leave(number: int, frame: FrameType | None) -> None:
    raise Leaving


def answers(url: str) -> bool:
    """Whether a GET of `url` is answered with 200."""
    request = urllib.request.Request(url, headers={"Connection": "close"})  # noqa: S310 (our own http address)
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def last_line(log: Path) -> str:
    """The last line of a log that says something."""
    try:
        lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    except OSError:
        return ""
    return next((line for line in reversed(lines) if line), "")
