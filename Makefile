# Two commands matter: `make demo` runs Jukwaa, `make test` proves it.
# Everything is installed below this folder; nothing else is touched.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
UV := .tools/bin/uv
PY := .venv/bin/python
# Compiled modules are kept, whatever the shell says: a process that compiles all of them anew takes twice as long to start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test coverage mutate test-fast test-browser test-ci test-deep test-postgres test-postgres-deep check check-types check-rules format messages bench lock browser office clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## / \t/' | expand -t 16

$(UV): requirements/uv.txt
	@echo "Preparing the installer ..."
	@python3 -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(PY): $(UV)
	@$(UV) venv --quiet --allow-existing --no-python-downloads --python '>=3.12' .venv \
	  || { echo "Jukwaa needs Python 3.12 or newer; install Debian's python3 and try again."; exit 1; }

.venv/app.stamp: requirements/app.txt | $(PY)
	@echo "Installing what Jukwaa runs on ..."
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements/app.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt | $(PY)
	@echo "Installing what the tests need ..."
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements/dev.txt
	@touch $@ .venv/app.stamp

demo: .venv/app.stamp  ## run Jukwaa with the demo coalition (PORT=8000, RESET=1 begins anew)
	@$(if $(RESET),rm -rf data/demo)
	@JUKWAA_DEMO=true JUKWAA_DATA=data/demo JUKWAA_URL=http://127.0.0.1:$(PORT) $(PY) manage.py demo --port $(PORT)

browser:
	@command -v chromium-headless-shell >/dev/null || bin/install-browser

office:
	@bin/install-office

# CI (TEST_DEEP=ci) and test-deep also run what is marked slow, and try more in many tests: see tests/deep.py.
QUICK := $(if $(TEST_DEEP),, and not slow)

test: .venv/dev.stamp browser office  ## the tests, in samples where all combinations would take long
	@$(MAKE) --no-print-directory --jobs=2 test-fast test-browser

# While pages load, a browser waits half of the time: it runs beside the other tests, with a data folder of its own.
test-browser: .venv/dev.stamp browser office  ## the tests that walk pages in Chromium or open files in LibreOffice
	@JUKWAA_DATA=data/browser $(PY) -m pytest -n 2 --no-cov -m "(browser or office)$(QUICK)" \
	  $$(grep -rlE --include='test_*.py' 'mark\.(browser|office)' tests)

coverage: .venv/dev.stamp  ## which lines and branches the tests without the browser run
	@TEST_DEEP=ci $(PY) -m pytest -n 2 --cov --cov-report=term -m "not browser and not office"

mutate: .venv/dev.stamp  ## put faults into copies of the code, one at a time; the tests must notice each (AREAS="email ...")
	@$(PY) -m tests.mutations $(AREAS)

test-fast: .venv/dev.stamp  ## the tests without the browser and LibreOffice
	@$(PY) -m pytest -n 2 --no-cov -m "not browser and not office$(QUICK)"

test-ci:  ## make test as CI runs it: with the slow tests, and more in many others
	@TEST_DEEP=ci $(MAKE) test

test-deep:  ## make test in full: each reader at each address, each page in each variant, more examples
	@TEST_DEEP=1 $(MAKE) test

test-postgres: .venv/dev.stamp  ## the tests that depend on the database, on PostgreSQL
	@$(PY) bin/with-postgres $(PY) -m pytest -n 2 --no-cov -m "database and not browser and not office$(QUICK)"

test-postgres-deep: .venv/dev.stamp  ## the tests without the browser and LibreOffice in full, on PostgreSQL
	@TEST_DEEP=1 $(PY) bin/with-postgres $(PY) -m pytest -n 2 --no-cov -m "not browser and not office"

check: .venv/dev.stamp  ## formatters, linters, types, contracts, migrations
	@$(MAKE) --no-print-directory --jobs=2 --output-sync check-types check-rules

check-types: .venv/dev.stamp
	@.venv/bin/mypy

check-rules: .venv/dev.stamp
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/djade --check $$(git ls-files -co --exclude-standard 'jukwaa/**/*.html')
	@.venv/bin/djlint --quiet --lint jukwaa
	@.venv/bin/lint-imports
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) bin/check-sizes

format: .venv/dev.stamp  ## format code and templates
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .
	@.venv/bin/djade $$(git ls-files -co --exclude-standard 'jukwaa/**/*.html') || true

messages: .venv/dev.stamp  ## gather the sentences to translate, and bring each language up to them
	@$(PY) bin/messages

bench: .venv/dev.stamp  ## measure, and print the table of docs/measured.md
	@$(PY) -m bench

lock: $(UV)  ## compile requirements/*.in into versions and hashes
	@for name in uv app dev; do \
	  $(UV) pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links requirements/$$name.in -o requirements/$$name.txt; done

clean:  ## remove what the commands above installed and made
	@rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis data
