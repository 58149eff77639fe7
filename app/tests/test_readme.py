"""The README's commands do what the README says; the one to try it is tried in `test_shop_demo.py`."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from app.runtime.ports import free_port
from app.runtime.servers import Valkey
from app.runtime.shared_servers import SharedPostgres

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()

pytestmark = pytest.mark.slow


def commands(name: str) -> str:
    """The block of commands that the README marks with `run: name`."""
    found = re.search(rf"<!-- run: {name} -->\n```sh\n(.*?)```", README, re.DOTALL)
    assert found is not None, f"the README has no commands marked {name!r}"
    return found[1]


def ready(url: str, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (an address of our own)
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


async def test_the_commands_to_open_a_real_shop_open_one(
    postgres: SharedPostgres,
    _valkey: Valkey,  # noqa: PT019 (its address is needed)
    tmp_path: Path,
) -> None:
    # an empty database of the server of the tests, instead of the merchant's own
    url = await postgres.clone("template1")
    replaced = {
        "DATABASE_URL": url.replace("+asyncpg", ""),
        "REDIS_URL": _valkey.url(),
        "BASE_URL": "http://127.0.0.1:8000",
    }
    script = "set -eu\n" + commands("shop")
    for name, value in replaced.items():
        script, times = re.subn(rf"^export {name}=.*$", f"export {name}='{value}'", script, flags=re.MULTILINE)
        assert times == 1, name

    done = subprocess.run(
        ["sh", "-c", script], cwd=ROOT, env={**os.environ, "DATA_DIR": str(tmp_path)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    try:
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Meander is set up." in done.stdout
        assert "http://127.0.0.1:8000/account/set-password?token=" in done.stdout
        assert re.search(r"^I01 +ok", done.stdout, re.MULTILINE)
        await serves_pages(replaced, tmp_path)
    finally:
        await postgres.drop(url)


async def serves_pages(replaced: dict[str, str], tmp_path: Path) -> None:
    """`shop serve` and `shop work` start on the shop that was just opened."""
    port = free_port()
    environment = {**os.environ, **replaced, "PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}",
                   "DATA_DIR": str(tmp_path), "WEB_WORKERS": "1", "SECRET_KEY": "x" * 40}  # fmt: skip
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "app.cli", command], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
        )
        for command in ("serve", "work")
    ]
    try:
        assert ready(f"http://127.0.0.1:{port}/health/ready", 60)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as home:
            assert "Meander" in home.read().decode()
        assert started[1].poll() is None
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(40)


def test_the_readme_names_only_files_that_are_there() -> None:
    for target in re.findall(r"\]\((docs/[^)#]+)\)|!\[[^]]*\]\(([^)]+)\)", README):
        path = next(filter(None, target))
        assert (ROOT / path).exists(), path
