"""Takes each guard out in turn and requires that its test then fails: a guard that no test misses is not guarded.

    python tools/guards.py            all of `tools/guards.toml`
    python tools/guards.py oversell   those whose name contains the word

Works on a copy of the tree. First every test named must pass as the code is; then, guard by guard, one passage of one
file is replaced, its tests are run, and at least one of them must fail (not: break while it is collected).
"""

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import msgspec

ROOT: Final = Path(__file__).resolve().parents[1]
LIST: Final = ROOT / "tools" / "guards.toml"
# What pytest's exit codes say.
PASSED, FAILED = 0, 1
MISSED, NOT_MISSED, BROKEN = "is missed", "IS NOT MISSED", "BREAKS THE TEST RUN"


class Guard(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """One guard: what it keeps from happening, where it stands, what stands there without it, and who notices."""

    name: str
    file: str
    without: str
    guard: str
    tests: tuple[str, ...]


class GuardWrong(Exception):
    """The list does not fit the code; the message names the guard."""


def read(path: Path = LIST) -> list[Guard]:
    """The list of guards. Raises `msgspec.ValidationError`."""
    return msgspec.convert(tomllib.loads(path.read_text())["guards"], list[Guard])


def taken_out(guard: Guard, source: str) -> str:
    """The file's text without the guard. Raises `GuardWrong` unless the passage stands there exactly once."""
    if source.count(guard.guard) != 1:
        raise GuardWrong(f"{guard.name}: its passage stands {source.count(guard.guard)} times in {guard.file}")
    return source.replace(guard.guard, guard.without)


def copy_tree(target: Path) -> None:
    """The files that git knows or would take, as they are now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def run(tree: Path, tests: tuple[str, ...]) -> tuple[int, str]:
    """pytest's exit code and what it said."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", *tests],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def judge(code: int, said: str) -> str:
    """Whether a test failed, none did, or the run broke before it came to that (a fixture, a syntax error)."""
    if code == PASSED:
        return NOT_MISSED
    last = said.strip().splitlines()[-1:]
    return MISSED if code == FAILED and " failed" in f" {''.join(last)}" else BROKEN


def tried(guard: Guard, tree: Path) -> tuple[str, str]:
    """The verdict on one guard, taken out of `tree` and put back, and what to print of it."""
    began = time.monotonic()
    path = tree / guard.file
    source = path.read_text()
    path.write_text(taken_out(guard, source))
    try:
        code, said = run(tree, guard.tests)
    finally:
        path.write_text(source)
    verdict = judge(code, said)
    line = f"{verdict:20} {guard.name} ({guard.file}, {time.monotonic() - began:.0f} s)"
    return verdict, f"{line}\n{said}" if verdict == BROKEN else line


def try_all(guards: list[Guard], folder: Path) -> list[str]:
    """Try every guard, on as many copies of the tree as there are processors; returns the names of those not missed."""
    trees: queue.SimpleQueue[Path] = queue.SimpleQueue()
    everywhere = [folder / str(number) for number in range(os.cpu_count() or 1)]
    for tree in everywhere:
        copy_tree(tree)
        trees.put(tree)
    try:
        code, said = run(everywhere[0], tuple(dict.fromkeys(test for guard in guards for test in guard.tests)))
        if code != PASSED:
            print(said)
            raise GuardWrong("The tests of the guards must pass before one is taken out.")

        def one(guard: Guard) -> str:
            tree = trees.get()
            try:
                verdict, told = tried(guard, tree)
            finally:
                trees.put(tree)
            print(told, flush=True)
            return verdict

        with ThreadPoolExecutor(len(everywhere)) as pool:
            verdicts = list(pool.map(one, guards))
    finally:
        for tree in everywhere:
            command = [sys.executable, "-m", "app.runtime.shared_servers", "remove"]
            subprocess.run(command, cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, check=False)
    return [guard.name for guard, verdict in zip(guards, verdicts, strict=True) if verdict != MISSED]


def main(words: list[str]) -> int:
    guards = [guard for guard in read() if not words or any(word in guard.name for word in words)]
    for guard in guards:
        taken_out(guard, (ROOT / guard.file).read_text())
    with tempfile.TemporaryDirectory(prefix="stoa-guards-") as folder:
        # PostgreSQL's own user must be able to walk through
        Path(folder).chmod(0o755)
        unguarded = try_all(guards, Path(folder))
    print(f"{len(guards) - len(unguarded)} of {len(guards)} guards are missed when they are gone.")
    return 1 if unguarded else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except GuardWrong as wrong:
        sys.exit(str(wrong))
