"""Full text on SQLite and PostgreSQL behind one interface."""

from __future__ import annotations

from django.db import connection

from catalog.search.engines.interface import Engine
from catalog.search.engines.postgresql import PostgresText
from catalog.search.engines.sqlite import SqliteText

ENGINES: dict[str, Engine] = {"sqlite": SqliteText(), "postgresql": PostgresText()}


def engine() -> Engine:
    """Return the full text of the database in use; raises KeyError for another database."""
    return ENGINES[connection.vendor]
