#!/bin/sh
# Makes .venv with Python 3.13 or 3.12 and installs what uv.lock names. `--no-dev` leaves out the tools of developers.
set -eu
cd "$(dirname "$0")/.."

UV_VERSION=0.9

works() {
    "$1" -c "import sys, venv; sys.exit(sys.version_info[:2] != ($2))" >/dev/null 2>&1
}

# Each candidate is tried: pyenv puts shims on the PATH that only say "command not found".
find_python() {
    for minor in 13 12; do
        for candidate in "python3.$minor" python3 "$HOME"/.pyenv/versions/3.$minor*/bin/python3.$minor; do
            if works "$candidate" "3, $minor"; then
                echo "$candidate"
                return
            fi
        done
    done
}

if ! .venv/bin/python -m pip --version >/dev/null 2>&1 || ! [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)')" = "$PWD/.venv" ]; then
    HOME=${HOME:-/nonexistent}
    python=$(find_python)
    if [ -z "$python" ]; then
        echo "Stoa needs Python 3.13 or 3.12, and neither is on the PATH nor under ~/.pyenv/versions: install one and try again." >&2
        exit 1
    fi
    echo "Making .venv with $("$python" --version) ..."
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        echo "$python cannot make a virtual environment: install its venv package (on Debian python3-venv) and try again." >&2
        exit 1
    fi
fi

if ! .venv/bin/uv --version >/dev/null 2>&1; then
    if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=$UV_VERSION,<1"; then
        echo "uv could not be installed from the package index: is this machine online?" >&2
        exit 1
    fi
fi

echo "Installing what Stoa needs into .venv (only when it changed) ..."
# --inexact keeps pip and uv, which are not in the lock; the system's certificates, because a company's proxy has its own
if ! UV_PROJECT_ENVIRONMENT="$PWD/.venv" .venv/bin/uv sync --frozen --inexact --system-certs --quiet --python "$PWD/.venv/bin/python" "$@"; then
    echo "The packages of uv.lock could not be installed; what uv says is above." >&2
    exit 1
fi
