# Every target sets up what it needs first; set-up steps are stamped and not repeated.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SEED := seeds/gerasimov-brown-call.txt
TESTED := local,sources,docx,pdf,test
# The tests start many processes, and each would compile the whole package anew where compiled files are not kept.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest
WORKERS := -n auto --dist worksteal
.DEFAULT_GOAL := help

.PHONY: help brief test test-apart thorough crash long engines test-browser check format record schemas snapshots clean

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 16

brief: .venv/.local  ## Brief the seed article with the embedded model
	@$(BIN)/summarizer brief $(SEED) --published 2024-12-05

test: .venv/.test  ## Run the tests, offline; names those it leaves out
	$(PYTEST) $(WORKERS)

test-apart: .venv/.test  ## Run what `make test` leaves out, but for the browser
	$(PYTEST) $(WORKERS) -m "thorough or crash or wheel"

thorough: .venv/.test  ## Run the tests with many more random examples
	SUMMARIZER_EXAMPLES=thorough $(PYTEST) $(WORKERS)

crash: .venv/.test  ## Kill batches again and again, and count what was lost
	SUMMARIZER_CRASHES=40 $(PYTEST) -m crash tests/runs tests/llm/test_cache_processes.py
	$(BIN)/python -m tests.runs.kill_load

test-browser: .venv/.browser  ## Run the page tests in this machine's Chromium
	$(PYTEST) -m browser tests/render/html

long: .venv/.test  ## Brief an invented report of 60,000 words
	SUMMARIZER_LONG_WORDS=60000 $(PYTEST) -m "thorough or not thorough" tests/test_long_report.py
	$(BIN)/python -m tests.long_report 60000

engines: .venv/.engines  ## The same 2,000 articles on processes, Dask and Ray, killed on the way
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m tests.runs.engine_load

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

.venv/.engines: .venv/.made pyproject.toml
	$(PIP) --editable '.[$(TESTED),ray,dask]'
	@touch $@

.venv/.browser: .venv/.made pyproject.toml
	$(PIP) --editable '.[$(TESTED),browser]'
	@touch $@

.venv/.dev: .venv/.made pyproject.toml
	$(PIP) --editable '.[$(TESTED),dev]'
	@touch $@
