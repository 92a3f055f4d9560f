# Every target sets up what it needs first; set-up steps are stamped and not repeated.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SEED := seeds/gerasimov-brown-call.txt
TESTED := local,sources,docx,pdf,test
.DEFAULT_GOAL := help

.PHONY: help brief test test-browser crash check format record schemas snapshots clean

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 14

brief: .venv/.local  ## Brief the seed article with the embedded model
	@$(BIN)/summarizer brief $(SEED) --published 2024-12-05

test: .venv/.test  ## Run the tests, offline
	$(BIN)/python -m pytest

test-browser: .venv/.browser  ## Run the page tests in this machine's Chromium
	$(BIN)/python -m pytest -m browser tests/render/html

crash: .venv/.test  ## Kill batches again and again, and count what was lost
	SUMMARIZER_CRASHES=40 $(BIN)/python -m pytest tests/runs/test_crashes.py
	$(BIN)/python -m tests.runs.kill_load

check: .venv/.dev  ## Lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright

format: .venv/.dev  ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

record: .venv/.test  ## Record the cassettes anew with the embedded model
	$(BIN)/python -m tests.recording

schemas: .venv/.local  ## Write schemas/*.schema.json from the types
	$(BIN)/python -m summarizer.types.publish

snapshots: .venv/.test  ## Write tests/snapshots from the prompts as they are now
	$(BIN)/python -m tests.snapshots

clean:  ## Remove what the other targets made
	rm -rf .venv dist build .pytest_cache .ruff_cache .hypothesis .import_linter_cache

.venv/.made: constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.local: .venv/.made pyproject.toml
	$(PIP) --editable '.[local]'
	@touch $@

.venv/.test: .venv/.made pyproject.toml
	$(PIP) --editable '.[$(TESTED)]'
	@touch $@

.venv/.browser: .venv/.made pyproject.toml
	$(PIP) --editable '.[$(TESTED),browser]'
	@touch $@

.venv/.dev: .venv/.made pyproject.toml
	$(PIP) --editable '.[$(TESTED),dev]'
	@touch $@
