"""Pages read from a copy of the database that follows the first, where it has caught up.

The rule: a request that only reads, and is not of the desk, reads content from the replica if that
is at the version of the catalogue at which the primary is. Everything else uses the primary:
writes, accounts and sessions, and whatever is in a transaction. So nobody sees less than what was
saved before, however far the replica lags. While the primary is gone (`outage`), content is read
from the replica as it is, and what needs the primary fails.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from catalog.databases.outage import ERRORS, moment_of_primary, note_gone
from catalog.databases.patience import Patience
from catalog.databases.places import (
    PRIMARY,
    REPLICA,
    be_patient,
    is_without_primary,
    moment_at,
    sent_without_primary,
    without_primary,
)
from catalog.protection.storage import is_gone

logger = logging.getLogger(__name__)

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
        if model._meta.app_label != CONTENT:
            return PRIMARY
        if is_without_primary():
            return REPLICA
        if not getattr(_request, "may_read", False) or connections[PRIMARY].in_atomic_block:
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
            if not is_without_primary():
                return self.get_response(request)
            be_patient(REPLICA, _patience)
            return _sent_as_read(self.get_response(request))
        finally:
            # What is sent while it is written reads on from the primary, if that is there.
            _request.may_read = False
            _patience.end()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer once more from the other database, if one failed in the middle of a page."""
        if not isinstance(error, ERRORS) or is_without_primary():
            return None
        if getattr(_request, "chosen", None) == REPLICA:
            let_rest(error)
            _request.chosen = PRIMARY
            return _answered_again(request)
        if getattr(_request, "may_read", False) and is_gone(error):
            return _answered_without_primary(request, error)
        return None


def has_caught_up() -> bool:
    """Whether the replica answers and is at the version of the primary."""
    if time.monotonic() < _asked_again_at:
        return False
    try:
        theirs = moment_at(REPLICA, _patience)
    except ERRORS as error:
        let_rest(error)
        return False
    if theirs == moment_of_primary():
        return True
    _patience.end()
    return False


def let_rest(error: Exception) -> None:
    """Do not ask the replica for a while; each page would wait for it otherwise."""
    global _asked_again_at
    _asked_again_at = time.monotonic() + REST
    _patience.end()
    connections[REPLICA].close()
    logger.warning("The replica does not answer (%s).", type(error).__name__)


def _answered_again(request: HttpRequest) -> HttpResponse:
    view, arguments, named = request.resolver_match
    return view(request, *arguments, **named)


def _answered_without_primary(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Answer from the replica, if that is there; the page is for this reader alone.

    It was asked for at the version of the primary, so nobody may keep it as a page of that.
    """
    note_gone(error)
    try:
        moment_at(REPLICA, _patience)
    except ERRORS as failed:
        let_rest(failed)
        return None
    with without_primary():
        response = _sent_as_read(_answered_again(request))
    response["Cache-Control"] = "no-store"
    return response


def _sent_as_read(response: HttpResponse) -> HttpResponse:
    """Let what is sent while it is written be read from the replica to its end."""
    if response.streaming:
        response.streaming_content = sent_without_primary(response.streaming_content)
    return response
