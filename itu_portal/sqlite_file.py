"""How a SQLite file is opened: with a write-ahead log, or for reading alone where it must be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Byte 18 of a file says how it is written (https://www.sqlite.org/fileformat.html, 1.3.3).
WRITE_VERSION, WITH_LOG = 18, 2


def database(file: Path) -> dict[str, Any]:
    """Return the entry of Django's DATABASES for a file.

    What cannot be written is opened for reading, so that the pages are still served. It is
    looked at once, at the start.
    """
    found = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    if is_writable(file):
        options = {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            # Seconds that a request waits for another writer; jobs wait longer (writing.locks).
            "timeout": 5,
        }
        return {**found, "OPTIONS": options}
    how = "mode=ro"
    if needs_log(file) and not os.access(file.parent, os.W_OK):
        # Readers share a file beside the database, and none can be made here. So nobody else
        # can write either, and the file may be taken for one that never changes.
        how += "&immutable=1"
    return {**found, "NAME": f"file:{quote(str(file))}?{how}", "OPTIONS": {"timeout": 20}}


def is_writable(file: Path) -> bool:
    """Return whether a file can be written, or made, with the log beside it."""
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def needs_log(file: Path) -> bool:
    """Return whether a file is one with a write-ahead log, and no log lies beside it."""
    if not file.is_file() or Path(f"{file}-wal").exists():
        return False
    with file.open("rb") as content:
        return content.read(WRITE_VERSION + 1)[WRITE_VERSION:] == bytes([WITH_LOG])
