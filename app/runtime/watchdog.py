"""The second net under the supervisor: ends what it started when it is gone without having done so itself.

The supervisor holds the other end of our standard input and writes a line per process: `+ 123` when it starts one (123
leads its process group), `- 123` when it has ended it. At the end of input whatever is left gets time to end by
itself (the kernel has told each one), then is killed. It imports nothing of the shop, so that it is there at once.
"""

import contextlib
import os
import signal
import sys
import time

PATIENCE = float(os.environ.get("STOA_WATCHDOG_PATIENCE", "18"))


def follow() -> set[int]:
    """The process groups that are left when the supervisor goes."""
    groups: set[int] = set()
    for line in sys.stdin:
        sign, _, number = line.partition(" ")
        if sign == "+":
            groups.add(int(number))
        else:
            groups.discard(int(number))
    return groups


def send(group: int, sent: int) -> bool:
    """Signal a whole group; False when nothing is left of it."""
    try:
        os.killpg(group, sent)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    groups = follow()
    for group in groups:
        send(group, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while groups and time.monotonic() < until:
        time.sleep(0.1)
        groups = {group for group in groups if send(group, 0)}
    for group in groups:
        with contextlib.suppress(PermissionError):
            send(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
