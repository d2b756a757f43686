"""An import is one transaction: killed while it writes, it leaves the database as it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from catalog.models import Edition, ImportRun, Publication, SearchEntry, SourceRecord
from tests.conftest import CATALOGUE, ROOT

pytestmark = pytest.mark.django_db

COMMAND = [sys.executable, "manage.py", "import_catalogue"]


def test_an_import_killed_while_it_writes_leaves_the_database_as_it_was(
    tmp_path, django_db_setup, django_db_blocker
):
    with django_db_blocker.unblock():
        address = address_of_copy(tmp_path)
        environment = {**os.environ, "DATABASE_URL": address, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(
            [*COMMAND, str(CATALOGUE)], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE
        )
        for line in process.stdout:
            if line.startswith("Writing"):
                break
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        script = (
            "from catalog.models import *; import json; print(json.dumps([m.objects.count() "
            "for m in (Publication, Edition, SourceRecord, ImportRun, SearchEntry)]))"
        )
        told = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
            cwd=ROOT,
            env=environment,
            text=True,
            capture_output=True,
            check=True,
        ).stdout
        expected = [
            model.objects.count()
            for model in (Publication, Edition, SourceRecord, ImportRun, SearchEntry)
        ]
        assert json.loads(told) == expected
        assert expected[2:4] == [0, 0]


def address_of_copy(tmp_path: Path) -> str:
    """Return the address of a database like the one of the tests, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        return (
            f"postgres://{settings['USER']}:{settings['PASSWORD']}"
            f"@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
        )
    path = tmp_path / "copy.sqlite3"
    connection.ensure_connection()
    path.write_bytes(connection.connection.serialize())
    return f"sqlite:///{path}"
