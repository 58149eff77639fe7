#!/bin/sh
# Reads the container files: the Dockerfile with hadolint, the compose file against its specification's schema.
# Building and running them needs an engine; this does not.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

hadolint --failure-threshold info Dockerfile
check-jsonschema --builtin-schema vendor.compose-spec deploy/compose.yaml
