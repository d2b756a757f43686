#!/bin/sh
# Every night: ended sessions, a backup (the last seven stay), and the snapshot in /data if there is
# a new one. One runner for all instances; the import itself refuses a second one.
set -eu
cd /srv/itu-portal
manage() { .venv/bin/python manage.py "$@" || echo "jobs: $1 failed" >&2; }
# The shell is the first process here, which ignores signals that it does not ask for.
trap 'exit 0' TERM INT
mkdir -p /data/backups
while :; do
    manage clearsessions
    # Before the import, so that what an import spoils can be restored.
    manage backup "/data/backups/$(date -u +%u).backup"
    if [ -e /data/catalogue.zip ]; then manage import_catalogue /data/catalogue.zip; fi
    sleep 86400 &
    wait $!
done
