"""Pages read from a replica only while it has caught up; all else uses the primary."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.http import HttpResponse

from catalog.databases import replica
from catalog.databases.patience import Patience
from catalog.databases.places import PRIMARY, REPLICA
from catalog.databases.replica import ReplicaMiddleware
from catalog.models import Publication
from tests.conftest import ROOT
from tests.copies import copy_of_the_portal, environment
from tests.database.test_backup_commands import change
from tests.two_databases import ROUTER, as_django_does, read, two_databases


@pytest.fixture
def databases(monkeypatch):
    """Put two databases in the place of the real one."""
    with two_databases(monkeypatch) as both:
        yield both


@pytest.mark.parametrize(
    ("method", "path", "model", "expected"),
    [
        ("GET", "/itu-t/g.711/", Publication, REPLICA),
        ("HEAD", "/", Publication, REPLICA),
        ("POST", "/report/", Publication, PRIMARY),
        ("GET", "/admin/", Publication, PRIMARY),
        ("GET", "/itu-t/g.711/", Session, PRIMARY),
    ],
)
def test_who_reads_where(rf, databases, method, path, model, expected):
    assert read(rf, method, path, model) == [expected] * 2
    assert ROUTER.db_for_write(model) == PRIMARY
    # Commands and jobs, and what is sent when the view is over.
    assert ROUTER.db_for_read(model) == PRIMARY


@pytest.mark.parametrize("version", [6, 8, None])
def test_a_replica_at_another_version_is_not_read(rf, databases, version):
    databases.versions[REPLICA] = version
    assert read(rf) == [PRIMARY] * 2


def test_a_transaction_stays_on_the_primary(rf, databases):
    databases.is_in_transaction = True
    assert read(rf) == [PRIMARY] * 2
    assert databases.asked == []


def test_a_request_asks_once(rf, databases):
    read(rf)
    assert databases.asked == [REPLICA, PRIMARY]


def test_a_dead_replica_is_left_alone_for_a_while(rf, databases, monkeypatch):
    databases.versions[REPLICA] = None
    for _page in range(5):
        assert read(rf) == [PRIMARY] * 2
    assert databases.asked == [REPLICA]
    assert databases.is_closed
    databases.versions[REPLICA] = 7
    now = time.monotonic()
    monkeypatch.setattr(replica.time, "monotonic", lambda: now + replica.REST + 1)
    assert read(rf) == [REPLICA] * 2


def test_a_page_in_which_the_replica_fails_is_made_again(rf, databases):
    request = rf.get("/itu-t/g.711/")
    read_from = []

    def view(_request, sector):
        read_from.append(ROUTER.db_for_read(Publication))
        return HttpResponse(sector)

    request.resolver_match = (view, (), {"sector": "itu-t"})
    answers = []

    def fails(asked):
        view(asked, "itu-t")
        answers.append(middleware.process_exception(asked, OperationalError("gone")))
        answers.append(middleware.process_exception(asked, OperationalError("gone too")))
        answers.append(middleware.process_exception(asked, ValueError()))
        return answers[0]

    middleware = ReplicaMiddleware(fails)
    assert middleware(request).content == b"itu-t"
    assert read_from == [REPLICA, PRIMARY]
    # What fails on the primary is a fault like any other.
    assert answers[1:] == [None, None]
    assert read(rf) == [PRIMARY] * 2


def test_a_replica_that_is_stuck_before_the_page_holds_up_nobody(rf, databases):
    databases.silent = {REPLICA}
    assert read(rf) == [PRIMARY] * 2
    assert read(rf) == [PRIMARY] * 2
    assert databases.is_closed


def test_a_page_in_which_the_replica_is_stuck_is_made_again(rf, databases):
    def view(_request):
        if ROUTER.db_for_read(Publication) == REPLICA:
            databases.wait_for_an_answer()
        return HttpResponse("whole")

    assert as_django_does(view)(rf.get("/itu-t/g.711/")).content == b"whole"


def test_a_connection_is_left_alone_when_the_page_is_there(rf, databases):
    assert read(rf) == [REPLICA] * 2
    databases.versions[REPLICA] = 6
    # A page that is made from the primary, and takes its time.
    ReplicaMiddleware(lambda _request: (ROUTER.db_for_read(Publication), time.sleep(0.5)))(
        rf.get("/")
    )
    databases.server.sendall(b"x")
    assert databases.connection.recv(1) == b"x"


def test_each_thread_has_a_patience_of_its_own(databases):
    patience = Patience(0.2)
    patience.begin(databases.connection.fileno())
    other = threading.Thread(target=patience.end)
    other.start()
    other.join()
    with pytest.raises(OperationalError):
        databases.wait_for_an_answer()
    patience.end()
    patience.end()


def test_the_replica_is_never_migrated():
    assert [ROUTER.allow_migrate(alias, "catalog") for alias in (PRIMARY, REPLICA)] == [True, False]


if connection.vendor == "postgresql":
    ASK = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.db import connections
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
primary = connections["default"]
client = Client()
def title():
    return client.get("/itu-t/g.711/").content.decode().count("Only in the replica")
found = [title()]
with primary.cursor() as cursor:
    cursor.execute("UPDATE catalog_cataloguestate SET version = version + 1")
found.append(title())
connections["replica"].close()
connections["replica"].settings_dict["PORT"] = "1"
found.append(title())
json.dump([bool(count) for count in found], sys.stdout)
"""

    @pytest.mark.slow
    @pytest.mark.django_db
    def test_the_portal_reads_from_a_replica_until_it_lags(tmp_path):
        with copy_of_the_portal(tmp_path) as first, copy_of_the_portal(tmp_path) as second:
            change(second, "UPDATE catalog_edition SET title = 'Only in the replica'")
            done = subprocess.run(
                [sys.executable, "-c", ASK], cwd=ROOT, text=True, capture_output=True,
                env=environment(first) | {"REPLICA_URL": second}, check=False,
            )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == [True, False, False]
