"""The commands of the manual for backing up and restoring bring everything back."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from tests.conftest import ROOT
from tests.copies import (
    ask,
    copy_of_the_portal,
    environment,
    file_of,
    fresh_database,
    manage,
    rows_of,
    run,
)

# Portals in processes of their own, with tools of the database.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PASSWORD = "Kx7-hullabaloo"
REPORT = {"page": "/itu-t/g.711/", "message": "The title is wrong.", "contact": ""}
READING = [
    ("get", "/", None),
    ("get", "/itu-t/g.711/", None),
    ("get", "/search/?q=speech", None),
    ("get", "/publications/index.csv", None),
    ("get", "/api/v1/resolve?q=G.711", None),
]
SIGN_IN = ("post", "/admin/login/", {"username": "anna", "password": PASSWORD})


def commands_of_the_manual(section: str) -> list[str]:
    """Return the lines of the code block under a heading of docs/running.md."""
    manual = (ROOT / "docs" / "running.md").read_text()
    block = re.search(rf"^### {re.escape(section)}\n.*?```sh\n(.*?)```", manual, re.M | re.S)
    return [line for line in block[1].splitlines() if line and not line.startswith("#")]


SECTIONS = {
    "sqlite": ("Backing up SQLite", "Restoring SQLite"),
    "postgresql": ("Backing up PostgreSQL", "Restoring PostgreSQL"),
}


def follow(section: str, address: str, folder) -> None:
    """Run the commands of a section on a database, with the copies lying in a folder."""
    lines = commands_of_the_manual(section)
    assert lines
    place = folder
    if address.startswith("sqlite"):
        # The commands name files as they lie in the folder of the portal.
        place = file_of(address).parent.parent
        for copy in folder.glob("portal-backup.sqlite3"):
            shutil.copy(copy, place)
    for line in lines:
        run(line, cwd=place, env=environment(address))
    for copy in place.glob("portal-backup.sqlite3"):
        if place != folder:
            shutil.copy(copy, folder)


@pytest.fixture
def portal(tmp_path):
    """The address of a portal with content, an account and a report of a reader."""
    with copy_of_the_portal(tmp_path) as address:
        manage(address, "create_editor", "anna", "--password-stdin", stdin=f"{PASSWORD}\n")
        [(status, _body)] = ask(address, [("post", "/report/", REPORT)])
        assert status == 302
        yield address


def test_a_backup_restored_into_a_fresh_database_is_the_same_portal(portal, tmp_path):
    save, restore = SECTIONS[connection.vendor]
    before = rows_of(portal)
    assert len(before) > 30
    assert sum(map(len, before.values())) > 5_000
    follow(save, portal, tmp_path)

    with fresh_database(tmp_path) as copy:
        follow(restore, copy, tmp_path)

        assert rows_of(copy) == before
        answers = ask(copy, [*READING, ("post", "/report/", REPORT), SIGN_IN])
        assert [status for status, _body in answers] == [200] * len(READING) + [302, 302]
        manage(copy, "migrate", "--check")


def test_a_backup_restored_over_a_portal_takes_back_what_came_after(portal, tmp_path):
    save, restore = SECTIONS[connection.vendor]
    before = rows_of(portal)
    follow(save, portal, tmp_path)
    ask(portal, [("post", "/report/", REPORT | {"message": "Sent after the backup."})])
    assert rows_of(portal) != before

    follow(restore, portal, tmp_path)

    assert rows_of(portal) == before


if connection.vendor == "sqlite":

    def test_a_backup_of_sqlite_holds_what_still_lies_in_the_log(portal, tmp_path):
        save, restore = SECTIONS["sqlite"]
        with closing(sqlite3.connect(file_of(portal))) as writer:
            writer.execute("PRAGMA wal_autocheckpoint = 0")
            writer.execute("UPDATE catalog_problemreport SET message = 'Only in the log.'")
            writer.commit()
            follow(save, portal, tmp_path)
        with fresh_database(tmp_path) as copy:
            follow(restore, copy, tmp_path)
            with closing(sqlite3.connect(file_of(copy))) as reader:
                rows = reader.execute("SELECT message FROM catalog_problemreport").fetchall()
        assert rows == [("Only in the log.",)]
