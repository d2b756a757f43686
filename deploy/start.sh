#!/bin/sh
# One web instance. What the portal writes lies in /data, the rest of the file system is read-only.
set -eu
cd /srv/itu-portal
export LIMITS_FILE="${LIMITS_FILE:-/data/limits.sqlite3}"
export STORED_FILES="${STORED_FILES:-/data/lists}"
# In memory: every request writes there, and nothing of it outlives the process.
export PROMETHEUS_MULTIPROC_DIR="${PROMETHEUS_MULTIPROC_DIR:-/tmp/metrics}"
# exec: signals of the supervisor reach gunicorn. Its sign of life lies in memory, too.
exec .venv/bin/gunicorn itu_portal.wsgi --bind "${BIND:-0.0.0.0:8000}" \
    --workers "${WORKERS:-2}" --worker-tmp-dir /tmp
