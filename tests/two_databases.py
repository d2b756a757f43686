"""A primary and a replica that are at versions, and may be dead or silent."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import SimpleNamespace

from django.db import OperationalError
from django.http import HttpResponse

from catalog.databases import outage, places, replica
from catalog.databases.patience import Patience
from catalog.databases.places import PRIMARY, REPLICA, is_without_primary
from catalog.databases.replica import ReplicaMiddleware, Router
from catalog.models import CatalogueState, Publication
from catalog.models.history import NEVER, Moment

ROUTER = Router()


class Databases:
    """Both of them; `versions` has None for one that is dead."""

    def __init__(self):
        self.versions = {PRIMARY: 7, REPLICA: 7}
        self.asked: list[str] = []
        self.silent: set[str] = set()
        self.is_in_transaction = self.is_closed = False
        self.wrap_database_errors = nullcontext()
        # What the portal holds of the connection, and what the server holds.
        self.connection, self.server = socket.socketpair()

    def using(self, alias: str):
        """Return what is asked for the version at a database."""
        return SimpleNamespace(moment=lambda: self.moment_at(alias))

    def moment_at(self, alias: str) -> Moment:
        self.asked.append(alias)
        if not is_without_primary():
            # The question itself goes to the database that it names, and asks no router anew.
            assert ROUTER.db_for_read(CatalogueState) == PRIMARY
        if alias in self.silent:
            self.wait_for_an_answer()
        if self.versions[alias] is None:
            raise OperationalError("no answer") from SimpleError()
        return NEVER._replace(version=self.versions[alias])

    def wait_for_an_answer(self) -> None:
        """Wait as a driver does, which sees only that the connection ends."""
        self.connection.settimeout(20)
        if not self.connection.recv(1):
            self.connection.close()
            self.server.close()
            self.connection, self.server = socket.socketpair()
            raise OperationalError("the server closed the connection") from SimpleError()

    def __getitem__(self, _alias: str):
        return self

    @property
    def in_atomic_block(self) -> bool:
        return self.is_in_transaction

    def ensure_connection(self) -> None:
        """Do nothing: there is one."""

    def close(self) -> None:
        self.is_closed = True

    def close_all(self) -> None:
        self.is_closed = True


class SimpleError(Exception):
    """What the driver raised; a server that is gone says nothing, so there is no code."""

    pgcode = None


@contextmanager
def two_databases(monkeypatch) -> Iterator[Databases]:
    """Put two databases in the place of the real one; silence is found out soon."""
    both = Databases()
    monkeypatch.setattr(places, "CatalogueState", SimpleNamespace(objects=both))
    for module in (places, replica, outage):
        monkeypatch.setattr(module, "connections", both)
    monkeypatch.setattr("catalog.protection.storage.connection.vendor", "postgresql")
    monkeypatch.setattr(outage, "has_replica", lambda: True)
    monkeypatch.setattr(replica, "_asked_again_at", 0.0)
    monkeypatch.setattr(replica, "_patience", Patience(0.2))
    monkeypatch.setattr(outage, "_patience", Patience(0.2))
    monkeypatch.setattr(outage, "SHORT", 0.1)
    silence = outage.Silence(outage.moment_of_primary, pause=0.05)
    monkeypatch.setattr(outage, "silence", silence)
    monkeypatch.setattr("catalog.middleware.silence", silence)
    yield both
    silence.is_known = False
    both.connection.close()
    both.server.close()


def read(rf, method: str = "GET", path: str = "/itu-t/g.711/", model=Publication) -> list[str]:
    """Return where a request reads, twice."""
    found: list[str] = []

    def page(_request):
        found.extend(ROUTER.db_for_read(model) for _query in range(2))
        return HttpResponse()

    ReplicaMiddleware(page)(rf.generic(method, path))
    return found


def as_django_does(view: Callable) -> ReplicaMiddleware:
    """Return the middleware around a view whose errors it is told of."""

    def get_response(request):
        request.resolver_match = (view, (), {})
        try:
            return view(request)
        except OperationalError as error:
            response = middleware.process_exception(request, error)
            if response is None:
                raise
            return response

    middleware = ReplicaMiddleware(get_response)
    return middleware
