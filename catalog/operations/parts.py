"""What must work before requests may come: one question for each part, answered by yes or no.

The database is the one that readers get: while the primary is gone, its replica.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.core.cache import caches
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from catalog.databases.outage import moment_for_readers
from catalog.databases.places import PRIMARY, REPLICA, is_without_primary
from catalog.search import index


def database_answers() -> bool:
    """Whether the database reads a row of the content."""
    with moment_for_readers() as moment:
        return moment is not None


def migrations_are_applied() -> bool:
    """Whether the tables are those that this code wants; later ones of a newer code are no harm."""
    with moment_for_readers():
        executor = MigrationExecutor(connections[REPLICA if is_without_primary() else PRIMARY])
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def search_is_current() -> bool:
    """Whether every entry is in the index by the rules of this code."""
    with moment_for_readers():
        return not index.is_stale()


def cache_answers() -> bool:
    """Whether the cache gives back what it was given."""
    cache, key = caches["default"], f"ready-{uuid.uuid4().hex}"
    cache.set(key, 1, 10)
    try:
        return cache.get(key) == 1
    finally:
        cache.delete(key)


PARTS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "search": search_is_current,
    "cache": cache_answers,
}
