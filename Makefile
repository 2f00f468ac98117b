# One command each: `make demo` shows the tool on a small org, `make test` is the whole check.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NPM := $(shell command -v npm 2>/dev/null)

.PHONY: setup demo test quick lint accept new-rule bench spark fuzz sarif-schema jsforce clean

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sfoptlint needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

# The report goes to the screen, SARIF to out/; findings are what a demo is for, so they do not fail it.
demo: $(READY)
	@mkdir -p out
	$(BIN)/sfoptlint lint fixtures/orgs/harbour --output out/harbour.sarif --fail-on never

test: $(READY) lint $(if $(NPM),sarif-schema jsforce)
	$(BIN)/python -m pytest -n auto

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m sfoptlint.handbook.document --check

# The official schema is not ours to copy: it is fetched where npm is there.
sarif-schema: $(READY)
	$(BIN)/python tests/report/sarif_schema.py

# Likewise a client of Salesforce that is npm's.
jsforce: $(READY)
	$(BIN)/python tests/harness/jsforce_check.py

quick: $(READY)
	$(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/python -m pytest -x

accept: $(READY)
	$(BIN)/python -m sfoptlint.handbook.document
	$(BIN)/python -m pytest --accept tests

# make new-rule ID=OPT610 NAME=some-name FAMILY=page
new-rule: $(READY)
	$(BIN)/python -m sfoptlint.catalogue.scaffold "$(ID)" "$(NAME)" "$(FAMILY)"

bench: $(READY)
	$(BIN)/python -m bench

# Spark is half a gigabyte and wants Java: an environment of its own, and the 500 worlds of tests/reconcile/test_agreement.py, which
# holds DuckDB against the plain reference in each `make test`. It takes about ten minutes.
spark:
	$(PYTHON) -m venv $(VENV)-spark
	$(VENV)-spark/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[reconcile,spark]' hypothesis
	$(VENV)-spark/bin/python -m tests.reconcile.spark_agreement

fuzz: $(READY)
	$(BIN)/python -m pytest tests/property --hypothesis-profile=long

clean:
	rm -rf $(VENV) $(VENV)-spark out .mypy_cache .ruff_cache .pytest_cache
