"""The databases by their names in the settings, and what of a request says where it reads.

What is said holds for the thread that answers the request.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from catalog.databases.patience import Patience
from catalog.models import CatalogueState
from catalog.models.history import Moment

PRIMARY, REPLICA = "default", "replica"

_thread = threading.local()


def has_replica() -> bool:
    """Whether there is a database that follows the primary."""
    return REPLICA in settings.DATABASES


@contextmanager
def without_primary() -> Iterator[None]:
    """Let the block read content from the replica, however old that is."""
    before = is_without_primary()
    _thread.without_primary = True
    try:
        yield
    finally:
        _thread.without_primary = before


def is_without_primary() -> bool:
    """Whether this thread reads content from the replica because the primary is gone."""
    return getattr(_thread, "without_primary", False)


def sent_without_primary(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the parts of an answer that are read while it is sent, each from the replica."""
    parts = iter(parts)
    while True:
        with without_primary():
            part = next(parts, None)
        if part is None:
            return
        yield part


def moment_at(alias: str, patience: Patience) -> Moment:
    """Ask a database for the version of the catalogue, and begin to wait with this patience.

    The caller ends it. Raises what the database raises; an error as of a server that is gone, if
    the patience ends first.
    """
    be_patient(alias, patience)
    return CatalogueState.objects.using(alias).moment()


def be_patient(alias: str, patience: Patience) -> None:
    """Connect to a database, and let nobody wait there until it pleases to answer."""
    connection = connections[alias]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        patience.begin(connection.connection.fileno())
