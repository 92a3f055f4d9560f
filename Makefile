# Every target sets up what it needs; the set-up steps are stamped and not repeated.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help
help:  ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.stamp-base: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; set PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[local]'
	@touch $@

.venv/.stamp-test: .venv/.stamp-base
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[local,test]' hatchling editables
	@touch $@

.venv/.stamp-dev: .venv/.stamp-test
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[local,test,dev]'
	@touch $@
