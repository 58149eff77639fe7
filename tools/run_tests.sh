#!/bin/sh
# pytest with what is handed in; ends the servers of the tests afterwards unless somebody else uses them.
# COVERAGE=1 measures, and fails below the gates of tools/coverage_gate.py. The last line is pytest's own summary.
set -u
cd "$(dirname "$0")/.."

release() {
    .venv/bin/python -m app.runtime.shared_servers release
}
trap release EXIT
trap 'exit 130' INT TERM HUP

if [ "${COVERAGE:-}" = 1 ]; then
    set -- --cov --cov-config=pyproject.toml --cov-report= --cov-fail-under=0 -p tools.coverage_gate "$@"
    rm -f .coverage .coverage.*
fi
.venv/bin/python -m pytest -q "$@"
