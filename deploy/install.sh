#!/bin/sh
# From the code to a portal that can be started, in a Debian with python3 and python3-venv. Used by
# Containerfile and prove.sh alike, so that what is proved is what is built.
#
#   install.sh [options of pip, such as --no-index --find-links /wheels]
set -eu
cd /srv/itu-portal
python3 -m venv .venv
# Only what has the digests of requirements.txt.
.venv/bin/pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes \
    --requirement requirements.txt "$@"
# Nothing of the code can be written later, not even what Python would keep of it.
.venv/bin/python -m compileall -q catalog itu_portal
mkdir -p var
# This step signs nothing; the secret of the portal is never in the image.
SECRET_KEY="only for collecting files, which signs nothing at all" \
    .venv/bin/python manage.py collectstatic --noinput --verbosity 0
