"""Copies of the portal's database that a process of its own may use, change or spoil."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg2
import pytest
from django.db import connection

from itu_portal.environment import KNOWN
from tests.conftest import ALL_CHECKS, ROOT

TOOLS = {"postgresql": ("pg_dump", "pg_restore"), "sqlite": ("sqlite3",)}
BACKUP_COMMANDS = {"postgresql": "pg_dump", "sqlite": "sqlite3 "}
SECRET = "only for the copies, which nobody signs in to"
# Asks a portal for addresses and prints what came back, each as [status, words of the page].
ASK = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
client = Client(raise_request_exception=False)
found = []
for method, path, data in json.load(sys.stdin):
    response = getattr(client, method)(path, data)
    body = b"".join(response) if response.streaming else response.content
    found.append([response.status_code, body.decode()])
json.dump(found, sys.stdout)
"""


def environment(address: str) -> dict[str, str]:
    """Return the environment of a portal with this database."""
    kept = {name: value for name, value in os.environ.items() if name not in KNOWN}
    return {
        **kept,
        "DATABASE_URL": address,
        "SECRET_KEY": SECRET,
        # All of them ask from one address, and count in one file.
        "LIMIT_REPORTS": "off",
        "STORED_FILES": str(Path(tempfile.gettempdir()) / "itu-portal-lists-of-copies"),
        "DJANGO_SETTINGS_MODULE": "itu_portal.settings",
    }


def need_tools() -> None:
    """Skip the test where the tools of the database are missing, unless all is to be tested."""
    missing = [tool for tool in TOOLS[connection.vendor] if shutil.which(tool) is None]
    if missing and not ALL_CHECKS:
        pytest.skip(f"{', '.join(missing)} is not installed")
    assert not missing


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """Yield the address of a new, empty database of the kind that is tested; drop it after."""
    name = f"itu_copy_{uuid.uuid4().hex[:12]}"
    if connection.vendor == "sqlite":
        place = folder / name / "var"
        place.mkdir(parents=True)
        yield f"sqlite:///{place / 'portal.sqlite3'}"
        return
    with maintenance() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield address_of(name)
    finally:
        with maintenance() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def copy_of_the_portal(folder: Path) -> Iterator[str]:
    """Yield the address of a database with the content of the one that is tested."""
    need_tools()
    with fresh_database(folder) as address:
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            file_of(address).write_bytes(connection.connection.serialize())
            with closing(sqlite3.connect(file_of(address))) as target:
                # As the portal leaves its file.
                target.execute("PRAGMA journal_mode=WAL")
        else:
            source = address_of(connection.settings_dict["NAME"])
            dump = folder / "source.dump"
            run(["pg_dump", "--format=custom", f"--file={dump}", source])
            run(["pg_restore", "--no-owner", f"--dbname={address}", str(dump)])
        yield address


def run(command: list[str] | str, **options) -> None:
    """Run a command; fail with what it said if it fails."""
    is_text = isinstance(command, str)
    done = subprocess.run(
        command, shell=is_text, capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def manage(address: str, *command: str, stdin: str = "") -> None:
    """Run a command of the portal on a database."""
    run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=environment(address), input=stdin,
    )  # fmt: skip


def ask(
    address: str, requests: list[tuple[str, str, dict | None]], wrapper: tuple[str, ...] = ()
) -> list[tuple[int, str]]:
    """Return status and body of each request to a portal with this database.

    `wrapper` is a command that runs the portal with fewer rights.
    """
    done = subprocess.run(
        [*wrapper, sys.executable, "-c", ASK],
        cwd=ROOT,
        env=environment(address),
        input=json.dumps(requests),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [tuple(row) for row in json.loads(done.stdout)]


def rows_of(address: str) -> dict[str, list[str]]:
    """Return all rows of all tables, each as text, in an order that does not depend on places."""
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(file_of(address))) as source:
            tables = source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            names = [name for (name,) in tables.fetchall()]
            return {
                name: sorted(map(repr, source.execute(f'SELECT * FROM "{name}"'))) for name in names
            }
    with closing(psycopg2.connect(address)) as source, source.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" AS t')
            found[name] = sorted(text for (text,) in cursor.fetchall())
        return found


@contextmanager
def maintenance() -> Iterator:
    """Yield a cursor on the server's own database."""
    with closing(psycopg2.connect(address_of("postgres"))) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            yield cursor


def address_of(name: str) -> str:
    """Return the address of a database on the server that is tested."""
    found = connection.settings_dict
    who = f"{quote(found['USER'], safe='')}:{quote(found['PASSWORD'], safe='')}"
    return f"postgres://{who}@{found['HOST']}:{found['PORT'] or 5432}/{name}"


def file_of(address: str) -> Path:
    """Return the file of a SQLite address."""
    return Path(urlsplit(address).path)
