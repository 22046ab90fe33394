# Everyday commands. `make compare` and `make test` set up .venv when it is needed.
#   PYTHON=python3.13 make test              another Python (3.11 or newer)
#   make compare ARGS="--quick --out mine"   options for the command behind a target

PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
ARGS =

.PHONY: help setup compare test quick-test lint types check format docs gallery bench recovery lock matrix axe view explore page explorer explorer-tools clean

help:
	@echo 'make compare     compare the regimes and write a report (ARGS="--quick" for a first answer)'
	@echo 'make test        run every test; make quick-test leaves out the slow ones'
	@echo 'make check       lint and check types (make lint, make types)'
	@echo 'make format      lay out the code and mend what the linter can'
	@echo 'make docs        renew the tables in docs/ and build the site in build/site'
	@echo 'make gallery     run the studies of the gallery, draw its pictures and write its page (a few minutes)'
	@echo 'make setup       make or renew .venv; the other targets do so when it is needed'
	@echo 'make bench       measure what a run costs, beside C and Mesa, and renew docs/look_up/performance.md'
	@echo 'make recovery    see whether calibration finds known parameters again'
	@echo 'make matrix      run the tests on every supported Python found, and compare a reference run'
	@echo 'make lock        renew requirements.lock (ARGS="--upgrade" takes newer releases)'
	@echo 'make axe         fetch axe-core by npm, for the tests of pages in a browser; they need Chromium too'
	@echo 'make view        look at a single run in the view that Mesa has (installs Solara; a minute, once)'
	@echo 'make explore     write the explorer, one HTML file, and open it in a browser'
	@echo 'make page        build the page of the explorer (the built one is in the package); needs Node'
	@echo 'make explorer    build the engine of the explorer (the built one is in the package; a minute)'
	@echo 'make explorer-tools  fetch by npm what checks and bundles its TypeScript; needs Node'
	@echo 'make clean       remove environments, caches and build output; results stay'

setup:
	@sh tools/setup.sh "$(PYTHON)" "$(VENV)"

compare: setup
	@$(BIN)/sli compare $(ARGS)

test: setup
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

quick-test: setup
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal -m "not slow" $(ARGS)

lint: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy
	@sh tools/typescript.sh

check: lint types

format: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@sh tools/typescript.sh --write

docs: setup
	@$(BIN)/python tools/docs_tables.py
	@$(BIN)/python -m tools.site $(ARGS)

gallery: setup
	@$(BIN)/python -m tools.gallery $(ARGS)

bench: setup
	@$(BIN)/python -m benchmarks $(ARGS)

recovery: setup
	@$(BIN)/sli recovery $(ARGS)

lock:
	@sh tools/lock.sh "$(PYTHON)" $(ARGS)

matrix:
	@sh tools/matrix.sh "$(MAKE)"

axe:
	@cd tools/browser && npm ci --silent

view: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r docs/do/view/requirements.lock
	@$(BIN)/solara run docs/do/view/app.py --host 127.0.0.1 $(ARGS)

explore: setup
	@$(BIN)/sli explore $(ARGS)

page: setup explorer-tools
	@$(BIN)/python -m explorer.page

explorer-tools:
	@cd explorer && npm ci --silent

explorer: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r explorer/requirements.lock
	@$(BIN)/python -m explorer.engine $(ARGS)

clean:
	rm -rf .venv .venv-* .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find simulation experiments tests -name __pycache__ -type d -prune -exec rm -rf {} +
