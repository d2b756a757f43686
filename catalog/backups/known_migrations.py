"""Which migrations made the tables, and which of them this code knows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def applied() -> tuple[str, ...]:
    """Return the migrations of the database that is in use, each as app.name."""
    found = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in found))


def unknown(names: Iterable[str]) -> list[str]:
    """Return those that this code does not have: they are of a newer one."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    return sorted(set(names) - {f"{app}.{name}" for app, name in known})
