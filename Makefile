# One command each: run, dev, setup, test, lint, browser-test, bench. `make help` lists them.
SHELL := /bin/sh
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Debian's package and other systems' usual names; BROWSER=/path/to/chromium overrides it.
BROWSER ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: help run dev setup test lint format browser-test bench clean

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: setup ## serve the portal as in production on http://HOST:PORT
	@echo
	@echo "The portal is at http://$(HOST):$(PORT)/ (stop it with Ctrl-C)."
	@echo "To make an editor account: $(MANAGE) create_editor NAME, then sign in at http://$(HOST):$(PORT)/admin/"
	@echo
	@exec $(BIN)/gunicorn itu_portal.wsgi --bind $(HOST):$(PORT) --workers $(WORKERS) --threads 4 --limit-request-line 8190 --no-control-socket

dev: setup ## reloading server for developers
	@DEBUG=1 $(MANAGE) runserver $(HOST):$(PORT)

setup: $(VENV)/run.stamp var/secret_key ## environment, database, content and static files
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_fixtures --if-empty
	@$(MANAGE) rebuild_index --if-stale
	@$(MANAGE) collectstatic --noinput --verbosity 0

test: $(VENV)/dev.stamp var/secret_key ## tests that need no service, browser or data set
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(BIN)/python -m pytest --numprocesses auto $(TESTS)

lint: $(VENV)/dev.stamp var/secret_key ## style, templates, style sheets, models against migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python .ci/check_pages.py
	@$(MANAGE) check
	@$(MANAGE) makemigrations --check --dry-run

format: $(VENV)/dev.stamp ## format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

browser-test: $(VENV)/dev.stamp var/secret_key ## the pages in a real browser (Chromium must be installed)
	@test -n "$(BROWSER)" || { echo "No Chromium found: install it or set BROWSER=/path/to/chromium"; exit 1; }
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@BROWSER=$(BROWSER) $(BIN)/python -m pytest tests/browser $(TESTS)

bench: $(VENV)/dev.stamp var/secret_key ## answers a second, import time and memory
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(BIN)/python tests/benchmarks/run.py

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

var/secret_key:
	@mkdir -p var
	@umask 077; $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

clean: ## remove environment and caches; the database stays
	rm -rf $(VENV) var/static .pytest_cache .ruff_cache
