"""Whether a database that fails stores nothing at all, or is gone."""

from __future__ import annotations

import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError, connection

# By the lower byte of SQLite's code; the upper one says why.
OF_SQLITE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL}
# Read-only transaction, no right to write, disk full (PostgreSQL, appendix A).
OF_POSTGRESQL = {"25006", "42501", "53100"}


# Shutting down, crashed, starting; and connections that failed (PostgreSQL, appendix A).
OF_SHUTDOWN = ("57P0", "08")


def takes_nothing(error: BaseException) -> bool:
    """Return whether an error means that the database is for reading alone, or full."""
    if not isinstance(error, DatabaseError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in OF_SQLITE
    return getattr(cause, "pgcode", None) in OF_POSTGRESQL


def is_gone(error: BaseException) -> bool:
    """Whether an error says that the database does not answer, or no longer."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    if connection.vendor == "postgresql" and hasattr(error.__cause__, "pgcode"):
        # What a server says has a code; one that is gone says nothing.
        code = error.__cause__.pgcode
        return code is None or code.startswith(OF_SHUTDOWN)
    return any(words in str(error) for words in ("unable to open database", "disk I/O error"))
