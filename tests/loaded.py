"""The database of the tests: the whole curated content, loaded once and shared by all workers.

On SQLite the loaded database is kept in `var/` for the rest of the day, as long as nothing changes
of which it is made. The first worker makes it while the others wait; each has its own copy in
memory. On PostgreSQL each worker loads a database of its own.
"""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import locks
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from catalog.curation.load import load_fixtures

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
KEPT = ROOT / "var"
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
# A database that is set up, for `take_away`: the connection and the name that it had before.
SetUp = list[tuple[Any, str, bool]]


def set_up() -> SetUp:
    """Make the database of the tests with the curated content in it."""
    if connection.vendor != "sqlite":
        return _load()
    KEPT.mkdir(exist_ok=True)
    with _alone():
        kept = KEPT / f"tests-{digest()}.sqlite3"
        if kept.is_file():
            return _read(kept)
        for old in KEPT.glob("tests-*.sqlite3"):
            old.unlink()
        made = _load()
        unfinished = kept.with_suffix(".unfinished")
        unfinished.write_bytes(connection.connection.serialize())
        unfinished.replace(kept)
        return made


def take_away(database: SetUp) -> None:
    """Drop the database of the tests."""
    teardown_databases(database, verbosity=0)


def digest() -> str:
    """Return what tells loaded databases apart: content, code, requirements, programs, day."""
    # Rows know when they were written, and some pages tell what is new.
    parts = [sys.version, sqlite3.sqlite_version, datetime.date.today().isoformat()]
    found = hashlib.sha256("\n".join(parts).encode())
    files = [*FIXTURES.glob("*.yaml"), *ROOT.glob("requirements*.txt"), Path(__file__)]
    for room in ("catalog", "itu_portal"):
        files += (ROOT / room).rglob("*.py")
    for file in sorted(files):
        content = file.read_bytes()
        found.update(f"\n{file.relative_to(ROOT)} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()[:16]


def _load() -> SetUp:
    # Nothing is rolled back by writing it anew, so that nothing need be remembered for that.
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    outside = {name for _connection, name, _is_new in made}
    assert connection.settings_dict["NAME"] not in outside, "this is the portal's own database"
    load_fixtures(FIXTURES)
    return made


def _read(kept: Path) -> SetUp:
    before = connection.settings_dict["NAME"]
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = IN_MEMORY
    connection.ensure_connection()
    with closing(sqlite3.connect(kept)) as source:
        source.backup(connection.connection)
    return [(connection, before, True)]


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other worker makes the database."""
    with (KEPT / "tests.lock").open("wb") as file:
        locks.lock(file, locks.LOCK_EX)
        try:
            yield
        finally:
            locks.unlock(file)
