"""The first lines that a newcomer meets: `make` where something is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What `make` reads of the tree, in a folder that has never been set up."""
    for name in ("Makefile", "pyproject.toml", "uv.lock", "tools/bootstrap.sh"):
        (tmp_path / "clone" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / "clone" / name)
    return tmp_path / "clone"


def make(clone: Path, target: str, *pythons: Path) -> subprocess.CompletedProcess[str]:
    """Run make with a PATH on which only these Pythons are, beside the plainest tools."""
    tools = clone.parent / "bin"
    tools.mkdir(exist_ok=True)
    for name in ("sh", "cat", "dirname", "rm", "touch", "echo", "mkdir", "sleep"):
        found = shutil.which(name)
        assert found is not None
        if not (tools / name).exists():
            (tools / name).symlink_to(found)
    for python in pythons:
        if not (tools / python.name).exists():
            shutil.copy2(python, tools / python.name)
    made = shutil.which("make")
    assert made is not None
    environment = {"HOME": str(clone.parent), "PATH": str(tools)}
    return subprocess.run([made, target], cwd=clone, env=environment, capture_output=True, text=True, check=False)


def shim(folder: Path, name: str, script: str) -> Path:
    path = folder / "shims" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_a_machine_without_python_is_told_so_in_one_sentence(clone: Path) -> None:
    made = make(clone, ".venv/.stamp")

    assert made.returncode != 0
    first = made.stderr.splitlines()[0]
    assert first.startswith("Stoa needs Python 3.13 or 3.12, and neither is on the PATH")
    assert not (clone / ".venv").exists()


def test_a_shim_that_only_says_command_not_found_counts_as_none(clone: Path) -> None:
    pretender = shim(clone.parent, "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")

    made = make(clone, ".venv/.stamp", pretender)

    assert made.stderr.startswith("Stoa needs Python 3.13 or 3.12")


def test_a_python_that_cannot_make_environments_is_named(clone: Path) -> None:
    # answers the question for its version, and fails as Debian's does without python3-venv
    script = '[ "$1" = "-c" ] && exit 0; [ "$1" = "--version" ] && echo "Python 3.13.9" && exit 0; exit 1'
    stunted = shim(clone.parent, "python3.13", script)

    made = make(clone, ".venv/.stamp", stunted)

    assert made.returncode != 0
    assert "cannot make a virtual environment: install its venv package" in made.stderr
    assert not (clone / ".venv").exists()


def test_continuous_integration_hands_on_nothing_of_the_callers_settings(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy2(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    (tmp_path / "Makefile").write_text("test:\n\t@env\n")

    ran = subprocess.run(
        [tmp_path / ".ci" / "run"],
        env={**os.environ, "DATABASE_URL": "postgresql://real/shop", "SHARED_DATA": "/shared data"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "DATABASE_URL" not in ran.stdout
    assert "SHARED_DATA=/shared data" in ran.stdout
