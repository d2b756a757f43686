"""A SQLite file, copied by SQLite itself while others read and write it."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from django.db import connection
from django.utils import timezone

from catalog.backups.envelope import BackupError
from catalog.models.history import new_mark

VERSION = "SELECT version FROM catalog_cataloguestate"
MOVE = "UPDATE catalog_cataloguestate SET version = ?, changed = ?"
# Backups of earlier releases have no mark; the migration that adds it gives them one.
MARK = "UPDATE catalog_cataloguestate SET mark = ?"
# Copied in one step. Far fewer than a portal has: when the last one is copied, it is too late to
# look at anything.
PAGES = 64
# More writes than there will ever be, and still a number that every column holds.
MOST_VERSION = 2**53
PATIENCE = 60  # seconds that a restore waits for somebody who is writing


class VersionMoved(Exception):
    """Somebody saved something since the version was read."""


def dump(payload: Path) -> tuple[tuple[str, ...], int]:
    """Copy the database to a file; return its migrations and its version of the catalogue.

    Raises BackupError if the copy is not sound.
    """
    connection.ensure_connection()
    with closing(sqlite3.connect(payload)) as copy:
        connection.connection.backup(copy)
        # One file, without a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        _check(copy, "The database is damaged, so no backup was made")
        return migrations_of(copy), version_of(copy)


def restore(payload: Path, place: Path, migrations: tuple[str, ...]) -> tuple[int, int | None]:
    """Put a copy in the place of the database; it is the old one or the new one, never between.

    SQLite itself writes all pages in one transaction, so those who have the file open read on and
    see the new content when it is whole. Where the file cannot be read at all it is moved aside
    and the copy takes its place. Returns the new version, and the old one, None if there was none
    to be read. Raises BackupError, and changes nothing, if that is not possible.
    """
    with closing(sqlite3.connect(payload)) as copy:
        _check(copy, "The backup is damaged")
        restored = version_of(copy)
        if _migrations_or_none(copy) != migrations or not 0 <= restored < MOST_VERSION:
            raise BackupError("The backup does not hold what it says; nothing was restored.")
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            before = _version_in(place)
        except sqlite3.DatabaseError as error:
            if _is_only_locked(error):
                raise BackupError("The database is in use and cannot be written.") from error
            _move(payload, restored + 1)
            _take_the_place_of(place, payload)
            return restored + 1, None
        version = max(before or 0, restored) + 1
        _move(payload, version)
        with suppress(VersionMoved):
            _copy(payload, place, before, deadline)
            return version, before


def version_of(database: sqlite3.Connection) -> int:
    """Return the version of the catalogue, 0 if there are no rows or tables yet."""
    with suppress(sqlite3.OperationalError):
        row = database.execute(VERSION).fetchone()
        return row[0] if row else 0
    return 0


def migrations_of(database: sqlite3.Connection) -> tuple[str, ...]:
    """Return the migrations that made the tables, each as app.name."""
    rows = database.execute("SELECT app, name FROM django_migrations").fetchall()
    return tuple(sorted(f"{app}.{name}" for app, name in rows))


def _migrations_or_none(database: sqlite3.Connection) -> tuple[str, ...] | None:
    try:
        return migrations_of(database)
    except sqlite3.OperationalError:
        return None


def _copy(payload: Path, place: Path, before: int | None, deadline: float) -> None:
    """Write all pages in one transaction; raise VersionMoved if `before` is no longer true."""
    is_checked = False

    def watch(status: int, _remaining: int, _total: int) -> None:
        nonlocal is_checked
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() > deadline:
                raise BackupError("Somebody does not stop writing; nothing was restored.")
        elif not is_checked and status != sqlite3.SQLITE_DONE:
            # From the first page on nobody else can write, and readers see what was before.
            is_checked = True
            if before is not None and _version_in(place) != before:
                raise VersionMoved

    with closing(sqlite3.connect(payload)) as copy, closing(sqlite3.connect(place)) as target:
        if before is not None:
            target.execute("PRAGMA journal_mode = WAL")
        copy.backup(target, pages=PAGES, progress=watch)
        # The log has grown by the whole database; whoever reads it just now leaves it for later.
        with suppress(sqlite3.OperationalError):
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _version_in(place: Path) -> int | None:
    """Return the version in a file; None if it is missing or has no tables.

    Raises sqlite3.DatabaseError if it is no database.
    """
    if not place.exists() or not place.stat().st_size:
        return None
    with closing(sqlite3.connect(place)) as database:
        database.execute("SELECT count(*) FROM sqlite_master")
        try:
            row = database.execute(VERSION).fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return None
            raise
        return row[0] if row else 0


def _move(payload: Path, version: int) -> None:
    now = timezone.now().replace(tzinfo=None).isoformat(sep=" ")
    with closing(sqlite3.connect(payload)) as copy, copy, suppress(sqlite3.OperationalError):
        copy.execute(MOVE, [version, now])
        copy.execute(MARK, [new_mark()])


def _take_the_place_of(place: Path, payload: Path) -> None:
    """Keep what cannot be read beside, and rename the copy; its log must not be read with it."""
    moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    for end in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.replace(f"{place}{end}", f"{place}.damaged-{moment}{end}")
    os.replace(payload, place)


def _check(database: sqlite3.Connection, refusal: str) -> None:
    """Raise BackupError if pages, indexes or links between rows are not sound."""
    try:
        found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
        has_loose_links = database.execute("PRAGMA foreign_key_check").fetchone() is not None
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{refusal}: {error}.") from error
    if found != "ok":
        raise BackupError(f"{refusal}: {found}.")
    if has_loose_links:
        raise BackupError(f"{refusal}: a row refers to one that is missing.")


def _is_only_locked(error: sqlite3.DatabaseError) -> bool:
    return "locked" in str(error) or "readonly" in str(error) or "unable to open" in str(error)
