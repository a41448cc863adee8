# Two commands from a clean clone: `make run` and `make test`. Needs python3 (3.11 or newer),
# make and a package registry (or a wheelhouse that pip is told of); no root, no service.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup run demo test lint suite-sqlite suite-postgresql bench load faults upgrade-trial bundle fuzz lock docs screenshots clean

help:  ## show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 26

$(VENV)/.runtime: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.runtime  ## install what the portal needs into .venv

run: setup  ## set up, do this month's job on the sample county, serve until Ctrl-C
	$(MANAGE) demo
	$(MANAGE) run_portal

demo: setup  ## the same job, then end
	$(MANAGE) demo

lint: $(VENV)/.dev  ## style, types, import direction, migrations, generated documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) lintmigrations --settings tests.settings.migration_lint
	$(BIN)/python -m reports.rules.handbook --check docs/rules.md
	$(MANAGE) permissions_table --check
	$(MANAGE) api_schema --check

# The suite starts Python some hundred times: none compiles again what another has compiled.
suite-sqlite suite-postgresql: export PYTHONDONTWRITEBYTECODE =

suite-sqlite: $(VENV)/.dev  ## the tests on SQLite
	$(BIN)/pytest -n $(WORKERS) --ds=tests.settings.sqlite -m "not strict"

suite-postgresql: $(VENV)/.dev  ## the tests that ask the database, on PostgreSQL
	$(BIN)/pytest -n $(WORKERS) --ds=tests.settings.postgresql -m "not once"

test: lint  ## everything: checks, then the tests on both databases
	$(MAKE) --no-print-directory suite-sqlite
	$(MAKE) --no-print-directory suite-postgresql

bundle: $(VENV)/.runtime  ## dist/: archives that install HEAD on a machine without internet
	PIP="$(BIN)/python -m pip" deploy/bundle.sh --out dist

bench: $(VENV)/.dev  ## speed and memory, as ratios within one run
	$(BIN)/python -m benchmarks

load: $(VENV)/.dev  ## 200 clerks on the last afternoon; a quarter of an hour
	$(BIN)/python -W ignore -m benchmarks.load

SCALE ?= 1

faults: $(VENV)/.dev  ## make everything fail that can fail; bounded, on this machine only
	$(BIN)/python -W ignore -m tests.faults --scale $(SCALE)

upgrade-trial: $(VENV)/.dev  ## five years of data by the release before, migrated and compared; its tests
	$(BIN)/python -W ignore -m tests.upgrades --workers $(WORKERS)

EXAMPLES ?= 100

fuzz: $(VENV)/.dev  ## every operation of the API as every role, whatever can be sent; about an hour
	$(BIN)/python -W ignore -m tests.fuzz --examples $(EXAMPLES)

docs: $(VENV)/.runtime  ## write the generated documents anew
	$(BIN)/python -m reports.rules.handbook docs/rules.md
	$(MANAGE) permissions_table
	$(MANAGE) api_schema

screenshots: $(VENV)/.dev  ## photograph the main pages for docs/screenshots; needs Chromium
	$(BIN)/python -m tests.screenshots

lock: $(VENV)/.dev  ## resolve requirements*.in into hashed locks
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  -c requirements.txt requirements-dev.in -o requirements-dev.txt

clean:  ## remove the environment and the sample county
	rm -rf $(VENV) var
