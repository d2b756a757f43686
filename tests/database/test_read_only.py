"""A database that only lets itself be read: pages are served, and what cannot be stored says so."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import psycopg2
import pytest
from django.db import DataError, OperationalError, ProgrammingError, connection

from catalog.protection.storage import takes_nothing
from tests.copies import ask, copy_of_the_portal, file_of, manage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PASSWORD = "Kx7-hullabaloo"
READING = [
    "/",
    "/itu-t/g.711/",
    "/itu-t/g.711/1988-11/",
    "/publications/?state=in-force&page=2",
    "/initiatives/",
    "/fact-check/",
    "/changes/",
    "/search/?q=speech",
    "/search/suggest/?q=g.71",
    "/publications/index.csv",
    "/publications/index.json?series=itu-t-series-h",
    "/changes/feed.atom",
    "/api/v1/resolve?q=G.711",
    "/go/batch/",
    "/report/",
    "/admin/login/",
]
STORING = {
    "report": ("/report/", {"page": "/itu-t/g.711/", "message": "A long message.", "contact": ""}),
    "sign in": ("/admin/login/", {"username": "anna", "password": PASSWORD}),
    "wrong password": ("/admin/login/", {"username": "anna", "password": "a wrong guess"}),
}
# Root reads and writes everything; without these rights it is like any other user.
AS_ANYBODY = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all")
    if os.geteuid() == 0
    else ()
)


@pytest.fixture
def portal(tmp_path):
    """The address of a portal with content and an account."""
    with copy_of_the_portal(tmp_path) as address:
        manage(address, "create_editor", "anna", "--password-stdin", stdin=f"{PASSWORD}\n")
        yield address


def make_read_only(address: str, how: str) -> str:
    """Take the right to write away; return the address under which the portal reads."""
    if connection.vendor == "postgresql":
        if how == "every transaction":
            return f"{address}?options=-c%20default_transaction_read_only%3Don"
        with closing(psycopg2.connect(address)) as server, server.cursor() as cursor:
            cursor.execute(
                "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public"
                " FROM CURRENT_USER"
            )
            cursor.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM CURRENT_USER")
            server.commit()
        return address
    file = file_of(address)
    if "old mode" in how:
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
    for part in file.parent.iterdir():
        part.chmod(0o444)
    if "folder" in how:
        file.parent.chmod(0o555)
    return address


WAYS = (
    ("file", "file and folder", "file, old mode", "file and folder, old mode", "folder with a log")
    if connection.vendor == "sqlite"
    else ("every transaction", "rights of the role")
)


@pytest.fixture(params=[WAYS[0], *(pytest.param(way, marks=pytest.mark.slow) for way in WAYS[1:])])
def answers(request, portal):
    """What a portal that may only read answers, by address or by what was to be stored."""
    how = request.param
    writer = None
    if how == "folder with a log":
        # Somebody else writes: the log and what readers share lie beside the file.
        writer = sqlite3.connect(file_of(portal))
        writer.execute("UPDATE django_content_type SET app_label = app_label")
        writer.commit()
    address = make_read_only(portal, how)
    requests = [("get", path, None) for path in READING]
    requests += [("post", path, form) for path, form in STORING.values()]
    try:
        found = ask(address, requests, AS_ANYBODY)
    finally:
        if writer is not None:
            writer.close()
        if connection.vendor == "sqlite":
            file_of(portal).parent.chmod(0o755)
    return dict(zip([*READING, *STORING], found, strict=True))


def test_pages_are_served_and_what_cannot_be_stored_says_so(answers):
    assert {path: answers[path][0] for path in READING} == dict.fromkeys(READING, 200)
    assert {name: answers[name][0] for name in STORING} == dict.fromkeys(STORING, 503)

    report = answers["report"][1]
    assert "Nothing can be stored at the moment, so the report was not sent" in report
    assert "A long message." in report
    for name in ("sign in", "wrong password"):
        assert "Nothing can be stored at the moment" in answers[name][1]
        assert "nobody can sign in" in answers[name][1]


class ErrorOfPostgres(Exception):
    """What the driver raises, with the code of the server."""

    def __init__(self, pgcode: str):
        self.pgcode = pgcode


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (caused(ProgrammingError(), ErrorOfPostgres("42501")), True),
        (caused(OperationalError(), ErrorOfPostgres("53100")), True),
        (caused(DataError(), ErrorOfPostgres("22003")), False),
        (OperationalError(), False),
        (ValueError(), False),
    ],
)
def test_other_errors_are_not_taken_for_a_database_that_takes_nothing(error, expected):
    assert takes_nothing(error) is expected


def test_another_failure_of_the_database_stays_a_failure(client, monkeypatch):
    def fail(*_args, **_options):
        raise OperationalError("the disk is on fire")

    monkeypatch.setattr("catalog.models.ProblemReport.save", fail)
    client.raise_request_exception = False
    form = {"page": "/", "message": "x"}
    assert client.post("/report/", form).status_code == 500
