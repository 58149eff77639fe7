# Everything runs from .venv, which the first target that needs it makes. See README.md.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

BIN := .venv/bin
RUNTIME := .venv/.stamp
DEV := .venv/.stamp-dev
WORKERS ?= 2
FAST := not slow and not e2e and not long

.PHONY: help install demo check test test-all guards screenshots fmt lock clean

# A tree that was moved, or whose Python is gone, is set up anew.
ifneq ($(shell cat $(RUNTIME) 2>/dev/null && $(BIN)/python -c 'print("alive")' 2>/dev/null),$(CURDIR) alive)
.PHONY: $(RUNTIME) $(DEV)
endif

help:
	@echo "make demo         a whole shop on http://127.0.0.1:8000 (PORT changes it)"
	@echo "make install      .venv with what a shop needs, and no more"
	@echo "make check        lint, types, contracts, templates and the fast tests (under 5 minutes)"
	@echo "make test         that, and everything else that guards a change, with browser journeys (under 20 minutes)"
	@echo "make test-all     the long tests as well"
	@echo "make guards       takes each guard out in turn and requires that its test then fails"
	@echo "make screenshots  every page as a picture, phone and desktop, light and dark"
	@echo "make clean        ends the servers of the tests and removes everything that was made here"
	@echo "make lock         brings uv.lock up to date with pyproject.toml"

# The stamps are younger than what they were made from, so that a second start installs nothing.
$(RUNTIME): pyproject.toml uv.lock tools/bootstrap.sh
	@sh tools/bootstrap.sh --no-dev
	@echo "$(CURDIR)" > $(RUNTIME)

$(DEV): $(RUNTIME)
	@sh tools/bootstrap.sh
	@touch $(DEV)

install: $(RUNTIME)

demo: $(RUNTIME)
	@exec $(BIN)/shop demo

check: $(DEV)
	@sh tools/check.sh
	@sh tools/run_tests.sh -m "$(FAST)" -n $(WORKERS) --dist worksteal

test: $(DEV)
	@sh tools/check.sh
	@$(BIN)/python -m app.runtime.browser
	@COVERAGE=1 sh tools/run_tests.sh -m "not long" -n $(WORKERS) --dist worksteal

test-all: $(DEV)
	@sh tools/check.sh
	@$(BIN)/python -m app.runtime.browser
	@COVERAGE=1 sh tools/run_tests.sh -n $(WORKERS) --dist worksteal

guards: $(DEV)
	@$(BIN)/python tools/guards.py

screenshots: $(DEV)
	@$(BIN)/python -m app.runtime.browser
	@$(BIN)/python -m e2e.screenshots

fmt: $(DEV)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(DEV)
	@$(BIN)/uv lock --system-certs

clean:
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m app.runtime.shared_servers remove || true; fi
	@if [ -x $(BIN)/shop ]; then $(BIN)/shop demo --remove; fi
	@rm -rf .venv .cache .demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* screenshots static/build
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
