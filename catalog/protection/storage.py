"""Whether a database that fails to store something could not store anything at all."""

from __future__ import annotations

import sqlite3

from django.db import DatabaseError

# By the lower byte of SQLite's code; the upper one says why.
OF_SQLITE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL}
# Read-only transaction, no right to write, disk full (PostgreSQL, appendix A).
OF_POSTGRESQL = {"25006", "42501", "53100"}


def takes_nothing(error: BaseException) -> bool:
    """Return whether an error means that the database is for reading alone, or full."""
    if not isinstance(error, DatabaseError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in OF_SQLITE
    return getattr(cause, "pgcode", None) in OF_POSTGRESQL
