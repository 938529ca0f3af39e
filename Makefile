# Waypost: everything a developer types. `make run` and `make test` need nothing before them.

SHELL := /bin/bash
# Where this is set, every start of Python compiles all it loads; tests start hundreds of times.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(VENV)/uv/bin/uv
PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2

FRONTEND := $(shell find frontend -type f 2>/dev/null) vite.config.ts tsconfig.json package.json
TEMPLATES := $(shell find waypost -name '*.html' 2>/dev/null) $(shell find waypost -name '*.py' -not -path '*/tests/*' 2>/dev/null)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard waypost/locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help run setup test coverage test-sqlite test-postgres test-browser test-frontend test-real check check-types check-frontend check-style bench wheel lock messages migrations clean browser-package office-package redis-package calendar-package

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: setup ## install what is missing, start web and worker, print the address
	@$(BIN)/waypost up --host $(HOST) --port $(PORT)

setup: $(VENV)/.installed waypost/static/dist/manifest.json $(CATALOGUES) ## only install and build

$(UV):
	@command -v $(PYTHON) >/dev/null || { echo "Waypost needs Python 3.11 or newer, and there is no $(PYTHON) here."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Waypost needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv $(VENV)/uv || { echo "Python cannot make a virtual environment; on Debian install python3-venv."; exit 1; }
	@$(VENV)/uv/bin/pip install -q --disable-pip-version-check uv

$(VENV)/.installed: requirements/dev.txt pyproject.toml | $(UV)
	@echo "Installing the Python packages …"
	@test -x $(BIN)/python || $(UV) venv -q --allow-existing --python $(PYTHON) $(VENV)
	@$(UV) pip sync -q --python $(BIN)/python --require-hashes requirements/dev.txt
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.installed: package.json package-lock.json
	@command -v npm >/dev/null || { echo "The front end is built with node 20 or newer, which is missing here; the wheel of a release needs none (pip install waypost)."; exit 1; }
	@echo "Installing the front-end packages …"
	@# `npm ci` would refuse a lock that leaves out the packages of other systems.
	@npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

waypost/static/dist/manifest.json: $(FRONTEND) $(TEMPLATES) | $(VENV)/.installed
	@$(MAKE) -s node_modules/.installed
	@echo "Building the front end …"
	@npm run -s build -- --logLevel warn
	@$(BIN)/python -m whitenoise.compress -q waypost/static/dist
	@touch $@

%.mo: %.po | $(VENV)/.installed
	@$(BIN)/python tools/messages.py compile

browser-package:
	@if ! command -v chromium >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing chromium for the browser tests …"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  else echo "The browser tests are left out: the package chromium is missing."; fi; fi

test: setup browser-package ## all tests, on SQLite and on PostgreSQL
	@$(BIN)/python tools/test_all.py

coverage: setup ## which lines and branches the tests reach; takes three times as long as they
	@$(BIN)/pytest -n $(WORKERS) --ignore=waypost/publishing/tests/faults --cov --cov-report=term:skip-covered

test-sqlite: setup
	@$(BIN)/pytest -n $(WORKERS)

test-postgres: setup
	@$(BIN)/python tools/on_postgres.py $(BIN)/pytest -n $(WORKERS)

test-browser: setup browser-package
	@$(BIN)/pytest -m browser

test-frontend: setup node_modules/.installed
	@npm run -s test

office-package:
	@if ! command -v soffice >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing LibreOffice for the tests of workbooks and documents …"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc libreoffice-writer >/dev/null; \
	  else echo "LibreOffice is missing (Debian: libreoffice-calc, libreoffice-writer); the tests of workbooks and documents skip."; fi; fi

redis-package:
	@if ! command -v redis-server >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Redis for the tests of the queue …"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server >/dev/null; \
	  else echo "Redis is missing (Debian: redis-server); the tests of the queue in it skip."; fi; fi

calendar-package:
	@if ! command -v khal >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing khal, which reads our calendar files …"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends khal >/dev/null; \
	  else echo "khal is missing (Debian: khal); the tests that read calendar files with it skip."; fi; fi

test-real: setup browser-package office-package redis-package calendar-package ## against real counterparts; says what is absent
	@$(BIN)/python tools/test_real.py

check: setup node_modules/.installed ## every linter and type checker
	@$(MAKE) -s -j 2 --output-sync=target check-types check-frontend check-style

check-types:
	$(BIN)/mypy

check-frontend:
	npm run -s types
	npm run -s lint
	npm run -s test

check-style:
	$(BIN)/ruff check waypost tools
	$(BIN)/ruff format --check -q waypost tools
	$(BIN)/lint-imports --no-cache | tail -n 6
	$(BIN)/djlint waypost --lint --quiet
	$(BIN)/python tools/audit.py

bench: setup ## measure; prints a table and writes var/bench.json
	@$(BIN)/python tools/bench.py

wheel: setup ## a wheel that carries the built front end, in dist/
	@rm -rf dist && $(UV) build -q --wheel --out-dir dist --python $(BIN)/python && ls dist

lock: | $(UV) ## compile the dependency lists anew (make lock UPGRADE=--upgrade takes newer versions)
	@$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE) pyproject.toml -o requirements/base.txt
	@$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE) pyproject.toml --all-extras -o requirements/extras.txt
	@$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header $(UPGRADE) pyproject.toml --group dev -o requirements/dev.txt

messages: setup ## gather all texts into the catalogues
	@$(BIN)/python tools/messages.py

migrations: setup
	@DJANGO_SETTINGS_MODULE=waypost.testsettings $(BIN)/python -m django makemigrations

clean:
	rm -rf $(VENV) node_modules dist waypost/static/dist
