import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.runtime import processes

pytestmark = pytest.mark.slow

# A child that writes its number and then does as it is told.
CHILD = """
import os, signal, subprocess, sys, time
kind, folder = sys.argv[1], sys.argv[2]
if kind == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if kind == "parent":
    subprocess.Popen([sys.executable, __file__, "stubborn", folder])
open(f"{folder}/pid-{kind}-{os.getpid()}", "w").close()
if kind == "failing":
    print("the shelf is empty")
    sys.exit(3)
time.sleep(120)
"""

OWNER = """
import os, sys
from pathlib import Path
from app.runtime.supervisor import Child, ChildFailed, Leaving, Supervisor

folder, patience, kinds = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
try:
    with Supervisor(folder) as supervisor:
        for kind in kinds:
            command = [sys.executable, str(folder / "child.py"), kind, str(folder)]
            log = folder / f"{kind}.log"
            supervisor.start(
                Child(name=kind, command=command, environment=dict(os.environ), log=log, patience=patience)
            )
        print("ready", flush=True)
        supervisor.forever()
except Leaving:
    print("left")
except ChildFailed as failed:
    print(failed)
    sys.exit(1)
"""


class Owner:
    """A supervisor in a process of its own, with children of some kinds."""

    def __init__(self, folder: Path, kinds: Sequence[str], patience: float = 1.0) -> None:
        self.folder = folder
        (folder / "child.py").write_text(CHILD)
        self.process = subprocess.Popen(
            [sys.executable, "-c", OWNER, str(folder), str(patience), *kinds],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "STOA_WATCHDOG_PATIENCE": "2"},
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout

    def pids(self, kind: str, at_least: int = 1) -> list[int]:
        """The numbers of the children of a kind, once there are `at_least` so many."""
        until = time.monotonic() + 20
        found: list[int] = []
        while len(found) < at_least and time.monotonic() < until:
            found = [int(path.name.rpartition("-")[2]) for path in self.folder.glob(f"pid-{kind}-*")]
            time.sleep(0.02)
        assert len(found) >= at_least
        return found

    def everybody(self) -> list[int]:
        return [int(path.name.rpartition("-")[2]) for path in self.folder.glob("pid-*")]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for path in tmp_path.glob("pid-*"):
        processes.kill_group(int(path.name.rpartition("-")[2]))


def all_gone(pids: Sequence[int], seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(processes.is_alive(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_supervisor_that_is_asked_to_end_leaves_nobody_behind(folder: Path, sent: signal.Signals) -> None:
    owner = Owner(folder, ["quiet", "stubborn", "parent"])
    owner.pids("quiet")
    pids = [*owner.pids("stubborn", 2), *owner.pids("parent"), *owner.pids("quiet")]
    assert owner.said.readline() == "ready\n"

    owner.process.send_signal(sent)

    assert owner.process.wait(20) == 0
    assert owner.said.read() == "left\n"
    assert all_gone(pids, 1)


def test_a_second_ctrl_c_does_not_leave_half_of_them_behind(folder: Path) -> None:
    owner = Owner(folder, ["stubborn", "quiet"])
    pids = [*owner.pids("stubborn"), *owner.pids("quiet")]
    assert owner.said.readline() == "ready\n"

    owner.process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    owner.process.send_signal(signal.SIGINT)

    assert owner.process.wait(20) == 0
    owner.said.close()
    assert all_gone(pids, 1)


def test_nobody_outlives_a_killed_supervisor_for_long(folder: Path) -> None:
    owner = Owner(folder, ["quiet", "stubborn", "parent"])
    pids = [*owner.pids("stubborn", 2), *owner.pids("parent"), *owner.pids("quiet")]
    assert owner.said.readline() == "ready\n"

    owner.process.kill()
    owner.process.wait()
    owner.said.close()

    assert all_gone(pids, 10)


def test_a_killed_child_is_started_again(folder: Path) -> None:
    owner = Owner(folder, ["quiet"])
    (first,) = owner.pids("quiet")

    os.kill(first, signal.SIGKILL)

    pids = owner.pids("quiet", 2)
    assert any(processes.is_alive(pid) for pid in pids if pid != first)
    owner.process.terminate()
    assert owner.process.wait(20) == 0
    owner.said.close()
    assert all_gone(pids, 1)


def test_a_child_that_keeps_ending_ends_the_supervisor_with_one_sentence(folder: Path) -> None:
    owner = Owner(folder, ["quiet", "failing"])

    assert owner.process.wait(30) == 1

    last = owner.said.read().splitlines()[-1]
    assert last == f"failing keeps ending (last with 3): the shelf is empty ({folder / 'failing.log'})"
    assert all_gone(owner.everybody(), 1)
