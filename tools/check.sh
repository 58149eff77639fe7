#!/bin/sh
# Everything that reads the code without running it.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

echo "ruff";         ruff check --quiet .
echo "ruff format";  ruff format --quiet --check .
echo "mypy";         mypy --no-error-summary
echo "lint-imports"; lint-imports > .lint-imports.log 2>&1 || { cat .lint-imports.log; exit 1; }
rm -f .lint-imports.log
echo "containers";   sh tools/check_containers.sh > .containers.log 2>&1 || { cat .containers.log; exit 1; }
rm -f .containers.log
echo "templates";    python -m app.runtime.check_templates && djlint --lint --quiet templates
