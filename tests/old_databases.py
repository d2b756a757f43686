"""Databases as earlier releases left them, on SQLite and, row for row, on PostgreSQL."""

from __future__ import annotations

import json
import lzma
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from django.db import connection
from psycopg2.extras import execute_values

from tests.conftest import ROOT
from tests.copies import environment, file_of, fresh_database, run
from tests.found import some

MIGRATE = """
import json, sys
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
MigrationExecutor(connection).migrate([tuple(target) for target in json.load(sys.stdin)])
"""
# What tells which migrations were applied; and words, which each database keeps in its own form.
NOT_COPIED = ("django_migrations", "catalog_searchtext")
COLUMNS = """
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND is_generated = 'NEVER'
"""


@contextmanager
def old_database(release: Path, folder: Path) -> Iterator[str]:
    """Yield the address of a database of the kind under test with the rows of a release."""
    with fresh_database(folder) as address:
        if connection.vendor == "sqlite":
            file_of(address).write_bytes(lzma.decompress(release.read_bytes()))
        else:
            file = folder / "old.sqlite3"
            file.write_bytes(lzma.decompress(release.read_bytes()))
            with closing(sqlite3.connect(file)) as source:
                _fill(address, source)
        yield address


def values(address: str, question: str) -> list[tuple]:
    """Return what a database answers."""
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(file_of(address))) as source:
            return source.execute(question).fetchall()
    with closing(psycopg2.connect(address)) as source, source.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def _fill(address: str, source: sqlite3.Connection) -> None:
    """Make the tables with the migrations of then, and copy all rows into them."""
    applied = source.execute("SELECT app, max(name) FROM django_migrations GROUP BY app")
    targets = json.dumps(some(applied, at_least=5))
    run([sys.executable, "-c", MIGRATE], cwd=ROOT, env=environment(address), input=targets)
    columns: dict[str, dict[str, str]] = {}
    for table, column, kind in some(values(address, COLUMNS), at_least=100):
        if table not in NOT_COPIED:
            columns.setdefault(table, {})[column] = kind
    with closing(psycopg2.connect(address)) as target, target, target.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        # What refers to what is checked when all is there.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table, kinds in some(columns.items(), at_least=40):
            _copy(source, cursor, table, kinds)


def _copy(source: sqlite3.Connection, cursor, table: str, kinds: dict[str, str]) -> None:
    names = ", ".join(f'"{name}"' for name in kinds)
    rows = source.execute(f'SELECT {names} FROM "{table}"').fetchall()
    yes_or_no = [kind == "boolean" for kind in kinds.values()]
    execute_values(
        cursor,
        f'INSERT INTO "{table}" ({names}) VALUES %s',
        [
            [bool(value) if is_one and value is not None else value
             for is_one, value in zip(yes_or_no, row, strict=True)]
            for row in rows
        ],
    )  # fmt: skip
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')" if "id" in kinds else "SELECT NULL",
                   [f'"{table}"'])  # fmt: skip
    if sequence := cursor.fetchone()[0]:
        cursor.execute(f'SELECT setval(%s, max(id)) FROM "{table}"', [sequence])
