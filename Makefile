# One command each: run, dev, setup, test, lint, browser-test, bench, load, pins. `make help` lists
# them.
SHELL := /bin/sh
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
# The address under which run and dev serve, for absolute links; a wildcard is no address.
PUBLIC := $(if $(BASE_URL)$(filter 0.0.0.0 ::,$(HOST)),,BASE_URL=http://$(HOST):$(PORT))
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# For the oldest Python that is supported and every newer one, on any system.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make pins" \
	$(if $(UPGRADE),--upgrade)
# Debian's package and other systems' usual names; BROWSER=/path/to/chromium overrides it.
BROWSER ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# What `make test` runs when all checks are asked for: the tests that need the data set, too.
ALL_TESTS := tests/pure tests/database tests/pages tests/catalogue

.PHONY: help run dev setup test lint format browser-test bench load pins clean

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: setup ## serve the portal as in production on http://HOST:PORT
	@echo
	@echo "The portal is at http://$(HOST):$(PORT)/ (stop it with Ctrl-C)."
	@echo "To make an editor account: $(MANAGE) create_editor NAME, then sign in at http://$(HOST):$(PORT)/admin/"
	@echo
	@exec env $(PUBLIC) $(BIN)/gunicorn itu_portal.wsgi --bind $(HOST):$(PORT) --workers $(WORKERS)

dev: setup ## reloading server for developers
	@env $(PUBLIC) DEBUG=1 $(MANAGE) runserver $(HOST):$(PORT)

setup: $(VENV)/run.stamp var/secret_key ## environment, database, content and static files
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_fixtures --if-empty
	@$(MANAGE) rebuild_index --if-stale
	@$(MANAGE) collectstatic --noinput --verbosity 0

test: $(VENV)/dev.stamp var/secret_key ## tests that need no service, browser or data set
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(BIN)/python -m pytest --numprocesses $(or $(PROCESSES),auto) --dist loadgroup $(or $(TESTS),$(if $(ITU_ALL_CHECKS),$(ALL_TESTS)))

lint: $(VENV)/dev.stamp var/secret_key ## style, templates, style sheets, words, models against migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python .ci/format_pages.py --check
	@$(BIN)/python .ci/check_pages.py
	@$(BIN)/python .ci/check_words.py
	@$(MANAGE) check
	@$(MANAGE) makemigrations --check --dry-run

format: $(VENV)/dev.stamp ## format code, templates and style sheets
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python .ci/format_pages.py

browser-test: $(VENV)/dev.stamp var/secret_key ## the pages in a real browser (Chromium must be installed)
	@test -n "$(BROWSER)" || { echo "No Chromium found: install it or set BROWSER=/path/to/chromium"; exit 1; }
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@BROWSER=$(BROWSER) $(BIN)/python -m pytest tests/browser $(TESTS)

bench: $(VENV)/dev.stamp var/secret_key ## how fast pages are, import time and memory
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(BIN)/python tests/benchmarks/run.py $(BENCH)

load: $(VENV)/dev.stamp var/secret_key ## how long readers wait while an editor saves and an import runs
	@$(BIN)/python tests/benchmarks/load.py

pins: $(VENV)/bin/uv ## write requirements*.txt from requirements*.in (UPGRADE=1: newest of what those need)
	@$(COMPILE) requirements.in --output-file requirements.txt
	@$(COMPILE) requirements-dev.in --output-file requirements-dev.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/it"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing (on Debian: apt install python3-venv)"; exit 1; }

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	@echo "Installing requirements ..."
	@$(PIP) --requirement requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	@echo "Installing requirements for development ..."
	@$(PIP) --requirement requirements-dev.txt
	@touch $@

# Alone, so that pins can be written while requirements-dev.txt is out of date.
$(VENV)/bin/uv: | $(VENV)/bin/python
	@$(PIP) "$$(grep '^uv==' requirements-dev.in)"

var/secret_key:
	@mkdir -p var
	@umask 077; $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

clean: ## remove environment and caches; the database stays
	rm -rf $(VENV) var/venvs var/static .pytest_cache .ruff_cache
