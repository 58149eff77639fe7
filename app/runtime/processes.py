"""Starting processes that cannot outlive us, and ending them for good.

Every child leads a session of its own, so that Ctrl-C in a terminal reaches only the supervisor, which then ends its
children in the right order. On Linux the kernel signals a child when the thread that started it dies, whatever the
reason; `app.runtime.watchdog` is the second net for children of children.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
Process = subprocess.Popen[bytes]


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(sent: signal.Signals) -> Callable[[], None]:
    """What a child runs before its program starts: ask the kernel to signal it when its parent dies.

    The library is looked up here, in the parent: between fork and exec nothing may be loaded.
    """
    libc, parent = _libc(), os.getpid()

    def ask() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return ask


def tie_to_parent(sent: signal.Signals) -> None:
    """Ask the kernel to signal this very process when its parent dies."""
    libc = _libc()
    if libc is not None:
        libc.prctl(PR_SET_PDEATHSIG, int(sent), 0, 0, 0)


def start(
    command: Sequence[str | Path],
    *,
    log: Path | IO[bytes] | None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    uid: int | None = None,
    gid: int | None = None,
    on_parent_death: signal.Signals = signal.SIGTERM,
    pass_fds: Sequence[int] = (),
) -> Process:
    """Start `command` in a session of its own; its output is appended to `log`, or shared with ours when None."""
    with contextlib.ExitStack() as open_files:
        out = open_files.enter_context(log.open("ab")) if isinstance(log, Path) else log
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT if out is not None else None,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            user=uid,
            group=gid,
            extra_groups=[] if uid is not None else None,
            start_new_session=True,
            # runs after the change of user, which would clear what it asks for; it allocates and loads nothing
            preexec_fn=die_with_parent(on_parent_death),
            pass_fds=pass_fds,
        )


def end(process: Process, *, first: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> None:
    """End a child and all of its process group: asked first, killed when `patience` seconds did not do."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(first)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    kill_group(process.pid)
    process.wait()


def kill_group(group: int) -> None:
    """Kill whatever is left of a process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def is_alive(pid: int) -> bool:
    """Whether a process with this number runs; a zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return sys.platform != "linux"


def command_line(pid: int) -> str:
    """The command line of a process, or nothing when it cannot be read."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def end_stranger(pid: int, *, first: signal.Signals, patience: float = 10.0) -> None:
    """End a process that is not our child (one left behind by an earlier start)."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, first)
        until = time.monotonic() + patience
        while is_alive(pid) and time.monotonic() < until:
            time.sleep(0.05)
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)
            until = time.monotonic() + 5
            while is_alive(pid) and time.monotonic() < until:
                time.sleep(0.05)
