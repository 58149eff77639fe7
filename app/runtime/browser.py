"""The browser of the journeys: a Chromium that is there, or one that is put there.

    python -m app.runtime.browser      see that there is one; as root, Debian's is installed

The headless shell is preferred: it is the same engine without a window's program around it, and opens pages in half
the time. Playwright's own is taken when it was installed, because it is the one that Playwright knows; any other
Chromium or Chrome of the machine does as well.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

SHELL: Final = "chromium-headless-shell"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What a browser in a test must not do: look for updates, ask its maker, or need what a container lacks.
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING: Final = (
    "The journeys need Chromium and there is none: install it (on Debian `apt-get install chromium`,"
    " elsewhere `.venv/bin/playwright install chromium`), or set CHROMIUM to where it is."
)


class BrowserMissing(Exception):
    """There is no browser and none could be installed; the message says what to install."""


def find(*, whole: bool = False) -> Path | None:
    """The browser to use: `CHROMIUM`, Playwright's own, or the machine's; `whole`: not the headless shell."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named) if os.access(named, os.X_OK) else None
    shells = () if whole else (*_of_playwright("chromium_headless_shell-*/*/*", "headless_shell"), *_on_path(SHELL))
    others = (*_of_playwright("chromium-*/chrome-*/*", "chrome", "Chromium.app"), *_on_path(*NAMES))
    return next(iter((*shells, *others)), None)


def require(*, whole: bool = False) -> Path:
    """The browser, installed from Debian first when we are root and there is none. Raises `BrowserMissing`."""
    found = find(whole=whole)
    if found is None and _install("chromium"):
        found = find(whole=whole)
    if found is None:
        raise BrowserMissing(MISSING)
    return found


def _of_playwright(pattern: str, *names: str) -> list[Path]:
    caches = [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    if chosen := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        caches.insert(0, Path(chosen))
    return [
        path
        for cache in caches
        for path in sorted(cache.glob(pattern), reverse=True)
        if path.name.replace("chrome-headless-shell", "headless_shell") in names
        and path.is_file()
        and os.access(path, os.X_OK)
    ]


def _on_path(*names: str) -> list[Path]:
    return [Path(found) for name in names if (found := shutil.which(name))]


def _install(package: str) -> bool:
    """Whether Debian's package is there now; tried only as root, and where no other browser was named."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None or os.environ.get("CHROMIUM"):
        return False
    print(f"Installing {package} from Debian ...", file=sys.stderr, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        if subprocess.run(["apt-get", "--quiet", *command], env=quiet, capture_output=True, check=False).returncode:
            return False
    return True


def main() -> int:
    found = find()
    if found is None or found in _on_path(*NAMES):
        _install(SHELL)
    try:
        require()
    except BrowserMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
