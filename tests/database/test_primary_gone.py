"""While the primary is gone readers get what the replica has, and nobody waits for it twice."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.http import HttpResponse, StreamingHttpResponse

from catalog.databases import outage
from catalog.databases.outage import moment_for_readers
from catalog.databases.places import PRIMARY, REPLICA, is_without_primary
from catalog.databases.replica import ReplicaMiddleware
from catalog.middleware import PrimaryGoneMiddleware
from catalog.models import Publication
from tests.conftest import ROOT
from tests.copies import copy_of_the_portal, environment
from tests.two_databases import ROUTER, SimpleError, as_django_does, read, two_databases


@pytest.fixture
def databases(monkeypatch):
    """Put two databases in the place of the real one."""
    with two_databases(monkeypatch) as both:
        yield both


def test_readers_are_at_the_version_of_the_primary_while_that_is_there(rf, databases):
    databases.versions = {PRIMARY: 8, REPLICA: 7}
    with moment_for_readers() as moment:
        assert moment.version == 8
        assert read(rf) == [PRIMARY] * 2


def test_readers_are_at_the_version_of_the_replica_while_the_primary_is_gone(rf, databases):
    databases.versions = {PRIMARY: None, REPLICA: 6}
    with moment_for_readers() as moment:
        assert moment.version == 6
        assert read(rf) == read(rf, "POST") == [REPLICA] * 2
        assert read(rf, model=Session) == [PRIMARY] * 2
    databases.versions[PRIMARY] = 8
    assert read(rf) == [PRIMARY] * 2


def test_the_first_page_after_a_primary_that_refused_is_of_its_version(databases):
    databases.versions = {PRIMARY: None, REPLICA: 6}
    with moment_for_readers() as moment:
        assert moment.version == 6
    databases.versions[PRIMARY] = 8
    with moment_for_readers() as moment:
        assert moment.version == 8
        assert not is_without_primary()


def test_a_connection_that_was_cut_is_no_outage(databases, monkeypatch):
    databases.versions = {PRIMARY: 8, REPLICA: 6}
    cut = [OperationalError("the server closed the connection")]
    whole = databases.moment_at

    def moment_at(alias):
        if cut:
            raise cut.pop() from SimpleError()
        return whole(alias)

    monkeypatch.setattr(databases, "moment_at", moment_at)
    with moment_for_readers() as moment:
        assert moment.version == 8


def test_no_version_if_both_are_gone(databases):
    databases.versions = {PRIMARY: None, REPLICA: None}
    with moment_for_readers() as moment:
        assert moment is None
        assert not is_without_primary()


def test_a_silent_primary_is_waited_for_once_until_it_answers(databases):
    databases.silent = {PRIMARY}
    databases.versions = {PRIMARY: 8, REPLICA: 6}
    begin = time.monotonic()
    with moment_for_readers() as moment:
        assert moment.version == 6
    first = time.monotonic() - begin
    begin = time.monotonic()
    for _page in range(20):
        with moment_for_readers() as moment:
            assert moment.version == 6
    assert time.monotonic() - begin < first
    assert outage.silence.is_known
    databases.silent = set()
    databases.server.sendall(b"x")
    deadline = time.monotonic() + 10
    while outage.silence.is_known and time.monotonic() < deadline:
        time.sleep(0.02)
    with moment_for_readers() as moment:
        assert moment.version == 8


def test_a_page_in_which_the_primary_fails_is_made_from_the_replica_for_this_reader(rf, databases):
    databases.versions = {PRIMARY: 8, REPLICA: 7}
    read_from = []

    def view(_request):
        read_from.append(ROUTER.db_for_read(Publication))
        if read_from[-1] == PRIMARY:
            databases.versions[PRIMARY] = None
            raise OperationalError("terminating connection") from SimpleError()
        return HttpResponse("whole")

    response = as_django_does(view)(rf.get("/itu-t/g.711/"))
    assert (response.content, response["Cache-Control"]) == (b"whole", "no-store")
    assert read_from == [PRIMARY, REPLICA]


@pytest.mark.parametrize("path", ["/admin/", "/itu-t/g.711/"])
def test_no_page_is_made_twice_that_needs_the_primary(rf, databases, path):
    databases.versions = {PRIMARY: None, REPLICA: None}

    def view(_request):
        raise OperationalError("no answer") from SimpleError()

    with pytest.raises(OperationalError):
        as_django_does(view)(rf.get(path))


def test_what_is_sent_while_it_is_read_is_read_from_the_replica_to_its_end(rf, databases):
    databases.versions[PRIMARY] = None

    def view(_request):
        return StreamingHttpResponse(ROUTER.db_for_read(Publication) for _part in range(3))

    with moment_for_readers():
        response = ReplicaMiddleware(view)(rf.get("/publications/index.csv"))
    assert b"".join(response) == REPLICA.encode() * 3
    assert not is_without_primary()


WHO = [
    ("GET", "/itu-t/g.711/", {}, 200),
    ("POST", "/go/batch/", {}, 200),
    ("GET", "/admin/", {}, 503),
    ("POST", "/admin/login/", {}, 503),
    ("GET", "/itu-t/g.711/", {"sessionid": "of an editor"}, 503),
]


@pytest.mark.parametrize(("method", "path", "cookies", "status"), WHO)
@pytest.mark.parametrize("is_silent", [False, True])
def test_who_needs_the_primary_is_told_at_once(
    rf, databases, method, path, cookies, status, is_silent
):
    databases.versions[PRIMARY] = None
    outage.silence.is_known = is_silent
    request = rf.generic(method, path)
    request.COOKIES.update(cookies)
    whole = PrimaryGoneMiddleware(lambda _request: HttpResponse())
    if method == "GET" and status == 200:
        with moment_for_readers():
            assert whole(request).status_code == status
        return
    response = whole(request)
    assert response.status_code == status
    assert status == 200 or response["Retry-After"]


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
client = Client(raise_request_exception=False)
editor = Client(raise_request_exception=False)
editor.cookies["sessionid"] = "of an editor"
PATHS = ["/", "/itu-t/g.711/", "/search/?q=codec", "/go/?q=G.711", "/api/v1/resolve?q=G.711",
    "/publications/?sector=itu-t", "/publications/index.csv", "/changes/feed.atom",
    "/publications/index.csv?sector=itu-t", "/nowhere/", "/readyz"]
def asked():
    found = {path: client.get(path) for path in PATHS}
    for answer in found.values():
        answer.streaming and answer.getvalue()
    found["POST /go/batch/"] = client.post("/go/batch/", {"lines": "G.711"})
    found["editor"] = editor.get("/itu-t/g.711/")
    found["desk"] = client.get("/admin/")
    return {path: answer.status_code for path, answer in found.items()}
there = asked()
with connections["replica"].cursor() as cursor:
    cursor.execute("UPDATE catalog_cataloguestate SET version = version - 1")
    cursor.execute("UPDATE catalog_publication SET name = 'Only in the replica'")
primary.close()
port = primary.settings_dict["PORT"]
primary.settings_dict["PORT"] = "1"
gone = asked()
shown = [b"Only in the replica" in client.get("/itu-t/g.711/").content]
primary.settings_dict["PORT"] = port
shown.append(b"Only in the replica" in client.get("/itu-t/g.711/").content)
json.dump([there, gone, shown], sys.stdout)
"""

    @pytest.mark.slow
    @pytest.mark.django_db
    def test_the_portal_is_read_from_the_replica_while_the_primary_is_gone(tmp_path):
        with copy_of_the_portal(tmp_path) as first, copy_of_the_portal(tmp_path) as second:
            done = subprocess.run(
                [sys.executable, "-c", ASK], cwd=ROOT, text=True, capture_output=True,
                env=environment(first) | {"REPLICA_URL": second}, check=False,
            )  # fmt: skip
        assert done.returncode == 0, done.stderr
        there, gone, shown = json.loads(done.stdout)
        needs_primary = {"editor": 503, "desk": 503}
        assert gone == there | needs_primary
        assert set(there.values()) == {200, 302, 404}
        assert shown == [True, False]
