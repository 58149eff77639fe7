"""`shop demo` as somebody at a terminal meets it: made, ended, started again, killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.runtime import processes
from app.runtime.ports import free_port
from app.runtime.servers import outside
from app.tests.test_readme import ROOT, commands

pytestmark = pytest.mark.slow


class Demo:
    """A folder for a demo with ports of its own, and the process that runs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "ENCRYPTION_KEYS")},
            "DEMO_DIR": str(folder),
            "PORT": str(self.port),
            "MAIL_PORT": str(free_port()),
            "MAIL_SMTP_PORT": str(free_port()),
            "SANDBOX_PORT": str(free_port()),
            "WEB_WORKERS": "1",
        }

    @contextmanager
    def start(self, *command: str) -> Iterator[subprocess.Popen[str]]:
        with subprocess.Popen(
            command or [sys.executable, "-m", "app.cli", "demo"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield process
            except BaseException:  # a test that failed must not wait for a demo that nobody ends
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                raise

    def fetch(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def shop(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another `shop` command beside the demo."""
        command = [sys.executable, "-m", "app.cli", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def worker(self) -> int:
        """The process number of the demo's worker."""
        return next(
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit()
            and processes.command_line(int(entry.name)).endswith("app.cli work")
            and self._environment_names_us(entry)
        )

    def processes(self) -> list[str]:
        """The command lines of all processes that have to do with this demo."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and processes.is_alive(int(entry.name)):
                line = processes.command_line(int(entry.name))
                if str(self.folder) in line or self._environment_names_us(entry):
                    found.append(line)
        return found

    def _environment_names_us(self, entry: Path) -> bool:
        try:
            return f"DEMO_DIR={self.folder}\0".encode() in (entry / "environ").read_bytes()
        except OSError:
            return False


def opened(process: subprocess.Popen[str]) -> str:
    """What the demo says until it is open."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C ends all of it." in line:
            return said
    raise AssertionError(f"the demo ended before it was open:\n{said}")


def all_gone(demo: Demo, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while demo.processes() and time.monotonic() < until:
        time.sleep(0.1)
    return not demo.processes()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    made = Demo(tmp_path / "demo")
    yield made
    made.shop("demo", "--remove")


def test_the_readmes_command_makes_a_shop_that_outlives_its_ends_until_it_is_removed(demo: Demo) -> None:
    """One story: making a shop takes longest, and each part goes on with the one before."""
    making = it_is_made_and_ctrl_c_ends_all_of_it(demo)
    starting = the_second_start_makes_nothing_anew_and_nothing_outlives_its_violent_end(demo)
    assert starting < making
    for told in (signal.SIGINT, signal.SIGTERM):
        after_a_violent_end_it_starts_again_and_ends_when_told(demo, told)
    removing_leaves_nothing_on_disk(demo)


def it_is_made_and_ctrl_c_ends_all_of_it(demo: Demo) -> float:
    """The seconds until it was open."""
    began = time.monotonic()
    with demo.start("sh", "-c", commands("demo")) as process:
        said = opened(process)
        seconds = time.monotonic() - began
        assert f"http://127.0.0.1:{demo.port}" in said
        assert "shopper@example.com" in said
        assert demo.fetch("/health/ready")[0] == 200
        status, home = demo.fetch("/")
        assert (status, "Meander" in home) == (200, True)

        os.killpg(process.pid, signal.SIGINT)  # what Ctrl-C at a terminal does

        process.wait(40)
    assert demo.processes() == []
    return seconds


def the_second_start_makes_nothing_anew_and_nothing_outlives_its_violent_end(demo: Demo) -> float:
    """The seconds until it was open."""
    began = time.monotonic()
    with demo.start() as process:
        said = opened(process)
        seconds = time.monotonic() - began
        assert "once" not in said, said

        third = demo.shop("demo")
        assert (third.returncode, third.stdout) == (1, "")
        assert third.stderr == f"The demo in {demo.folder} is running already (process {process.pid}).\n"

        examined = demo.shop("doctor")
        assert examined.returncode == 0, examined.stdout

        os.kill(demo.worker(), signal.SIGKILL)
        assert process.stdout is not None
        told = next(line for line in process.stdout if line.strip())
        assert told.startswith("worker ended with -9 and is started again")

        process.kill()
        process.wait()

    assert all_gone(demo, 30)
    return seconds


def after_a_violent_end_it_starts_again_and_ends_when_told(demo: Demo, told: signal.Signals) -> None:
    with demo.start() as process:
        opened(process)

        process.send_signal(told)

        assert process.wait(40) == 0
    assert demo.processes() == []


def test_a_taken_port_is_one_sentence(demo: Demo) -> None:
    with socket.create_server(("127.0.0.1", demo.port)):
        refused = demo.shop("demo")

    assert refused.returncode == 1
    assert refused.stderr == f"Port {demo.port} is taken; set PORT to a free one.\n"


def removing_leaves_nothing_on_disk(demo: Demo) -> None:
    removed = demo.shop("demo", "--remove")

    assert removed.returncode == 0
    assert not demo.folder.exists()
    assert list(outside(demo.folder).iterdir()) == []
    outside(demo.folder).rmdir()
