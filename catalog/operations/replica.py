"""Pages read from a copy of the database that follows the first, where it has caught up.

The rule: a request that only reads, and is not of the desk, reads content from the replica if that
is at the version of the catalogue at which the primary is. Everything else uses the primary:
writes, accounts and sessions, and whatever is in a transaction. So nobody sees less than what was
saved before, however far the replica lags.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connections
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from catalog.models import CatalogueState
from catalog.operations.patience import Patience

logger = logging.getLogger(__name__)

PRIMARY, REPLICA = "default", "replica"
CONTENT = "catalog"
# Seconds in which a replica that did not answer is not asked again.
REST = 10
# Seconds for which a page may read from the replica; it is made again from the primary then.
MOST_SECONDS = 4

# Of the request that this thread answers: whether it may read from the replica, and what was
# decided when it first read something.
_request = threading.local()
_asked_again_at = 0.0
_patience = Patience(MOST_SECONDS)


class Router:
    """Tells Django which database a query goes to."""

    def db_for_read(self, model, **hints) -> str:
        """Return the replica for content, where this request may read it there."""
        if model._meta.app_label != CONTENT or not getattr(_request, "may_read", False):
            return PRIMARY
        if connections[PRIMARY].in_atomic_block:
            return PRIMARY
        if _request.chosen is None:
            # Until it is decided: the question itself is a query.
            _request.chosen = PRIMARY
            _request.chosen = REPLICA if has_caught_up() else PRIMARY
        return _request.chosen

    def db_for_write(self, model, **hints) -> str:
        """Return the primary."""
        return PRIMARY

    def allow_relation(self, one, other, **hints) -> bool:
        """Say that rows of both belong together: one is a copy of the other."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints) -> bool:
        """Say that only the primary is changed; the replica follows by itself."""
        return db == PRIMARY


class ReplicaMiddleware:
    """Says which requests may read from the replica; must be the last, next to the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.desk = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_reading = request.method in ("GET", "HEAD")
        _request.may_read = is_reading and not request.path_info.startswith(self.desk)
        _request.chosen = None
        try:
            return self.get_response(request)
        finally:
            # What is sent while it is written reads on from the primary.
            _request.may_read = False
            _patience.end()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer once more from the primary, if the replica failed in the middle of a page."""
        is_of_database = isinstance(error, DatabaseError | InterfaceError)
        if not is_of_database or getattr(_request, "chosen", None) != REPLICA:
            return None
        let_rest(error)
        _request.chosen = PRIMARY
        view, arguments, named = request.resolver_match
        return view(request, *arguments, **named)


def has_caught_up() -> bool:
    """Whether the replica answers and is at the version of the primary."""
    if time.monotonic() < _asked_again_at:
        return False
    try:
        be_patient()
        theirs = version_at(REPLICA)
    except (DatabaseError, InterfaceError) as error:
        let_rest(error)
        return False
    if theirs is not None and theirs == version_at(PRIMARY):
        return True
    _patience.end()
    return False


def be_patient() -> None:
    """Connect to the replica, and let nobody wait there until it pleases to answer."""
    connection = connections[REPLICA]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        _patience.begin(connection.connection.fileno())


def version_at(alias: str) -> int | None:
    """Return the version of the catalogue in a database."""
    return CatalogueState.objects.using(alias).values_list("version", flat=True).first()


def let_rest(error: Exception) -> None:
    """Do not ask the replica for a while; each page would wait for it otherwise."""
    global _asked_again_at
    _asked_again_at = time.monotonic() + REST
    _patience.end()
    connections[REPLICA].close()
    logger.warning("The replica does not answer (%s).", type(error).__name__)
