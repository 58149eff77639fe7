"""Takes each guard out in turn and requires that its test then fails: a guard that no test misses is not guarded.

    python tools/guards.py            all of `tools/guards.toml`
    python tools/guards.py oversell   those whose name contains the word

Works on a copy of the tree. First every test named must pass as the code is; then, guard by guard, one passage of one
file is replaced, its tests are run, and at least one of them must fail (not: break while it is collected).
"""

import importlib.util
import multiprocessing
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
import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
LIST: Final = ROOT / "tools" / "guards.toml"
# Imported once, before the processes that run the tests are forked off: half the time of a short run. Nothing of ours.
_LIBRARIES: Final = (
    "pytest", "_pytest.assertion.rewrite", "hypothesis", "asyncpg", "sqlalchemy.ext.asyncio",
    "sqlalchemy.dialects.postgresql.asyncpg", "alembic.command", "litestar", "litestar.testing", "httpx", "stripe",
    "jinja2", "babel.numbers", "babel.dates", "redis.asyncio", "limits.aio.strategies", "structlog", "msgspec",
    "cryptography.hazmat.primitives.ciphers.aead", "argon2", "PIL.Image", "saq", "uvicorn", "aiosmtpd.smtp",
)  # fmt: skip
_PROCESSES: Final = multiprocessing.get_context("forkserver")
# What pytest's exit codes say.
PASSED, FAILED = 0, 1
_PATIENCE, _PATIENCE_FOR_ALL = 300, 1800  # seconds for the tests of one guard, and for those of all as the code is
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


def run(tree: Path, tests: tuple[str, ...], patience: float = _PATIENCE) -> tuple[int, str]:
    """pytest's exit code and what it said; in a process of its own that has the libraries imported already."""
    with tempfile.TemporaryDirectory(prefix="stoa-said-") as folder:
        said = Path(folder) / "said"
        process = _PROCESSES.Process(target=_run_here, args=(tree, tests, said))
        process.start()
        process.join(patience)
        if process.is_alive():  # without its guard a test may wait for ever
            process.kill()
            process.join()
        return process.exitcode or 0, said.read_text() if said.exists() else ""


def _run_here(tree: Path, tests: tuple[str, ...], said: Path) -> None:
    """Be pytest in `tree`, whose code comes before any other; exits with its code."""
    with said.open("wb") as output:
        for stream in (1, 2):
            os.dup2(output.fileno(), stream)
    os.chdir(tree)
    os.environ |= {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    sys.path.insert(0, str(tree))
    sys.dont_write_bytecode = True
    code = pytest.main(
        [
            "-q",
            "-x",
            "--no-header",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "-W",
            "ignore::pytest.PytestAssertRewriteWarning",
            *tests,
        ]
    )
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(code))  # whatever a test left running ends here


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
        everything = tuple(dict.fromkeys(test for guard in guards for test in guard.tests))
        shares = [everything[number :: len(everywhere)] or everything for number in range(len(everywhere))]
        with ThreadPoolExecutor(len(everywhere)) as pool:
            for code, said in pool.map(lambda tree, share: run(tree, share, _PATIENCE_FOR_ALL), everywhere, shares):
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
    began = time.monotonic()
    guards = [guard for guard in read() if not words or any(word in guard.name for word in words)]
    for guard in guards:
        taken_out(guard, (ROOT / guard.file).read_text())
    with tempfile.TemporaryDirectory(prefix="stoa-guards-") as folder:
        # PostgreSQL's own user must be able to walk through
        Path(folder).chmod(0o755)
        unguarded = try_all(guards, Path(folder))
    print(
        f"{len(guards) - len(unguarded)} of {len(guards)} guards are missed when they are gone"
        f" ({time.monotonic() - began:.0f} s)."
    )
    return 1 if unguarded else 0


if __name__ == "__main__":
    _PROCESSES.set_forkserver_preload([name for name in _LIBRARIES if importlib.util.find_spec(name.partition(".")[0])])
    try:
        sys.exit(main(sys.argv[1:]))
    except GuardWrong as wrong:
        sys.exit(str(wrong))
