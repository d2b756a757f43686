#!/bin/sh
# Bring the database up to date, once for all instances and before they start. Does nothing where
# there is nothing to do.
set -eu
cd /srv/itu-portal
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py load_fixtures
.venv/bin/python manage.py rebuild_index --if-stale
