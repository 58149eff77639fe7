"""The browser of the journeys: a Chromium that is there, or one that is put there.

    python -m app.runtime.browser      say which one, install Debian's when we are root and there is none

Playwright's own is taken when it was installed, because it is the one that Playwright knows; any other Chromium or
Chrome of the machine does as well.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

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


def find() -> Path | None:
    """The browser to use: `CHROMIUM`, Playwright's own, or the machine's."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named) if os.access(named, os.X_OK) else None
    caches = [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    if chosen := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        caches.insert(0, Path(chosen))
    for cache in caches:
        for path in sorted(cache.glob("chromium-*/chrome-*/*"), reverse=True):
            if path.name in ("chrome", "Chromium.app") and path.is_file() and os.access(path, os.X_OK):
                return path
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def require() -> Path:
    """The browser, installed from Debian first when we are root and there is none. Raises `BrowserMissing`."""
    found = find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get") and not os.environ.get("CHROMIUM"):
        print("Installing Chromium from Debian ...", file=sys.stderr, flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            done = subprocess.run(["apt-get", "--quiet", *command], env=quiet, capture_output=True, check=False)
            if done.returncode:
                break
        found = find()
    if found is None:
        raise BrowserMissing(MISSING)
    return found


def main() -> int:
    try:
        require()
    except BrowserMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
