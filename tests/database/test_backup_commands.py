"""`manage.py backup` and `manage.py restore` bring everything back, or change nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from catalog.backups import envelope
from tests.conftest import ROOT
from tests.copies import (
    SECRET,
    ask,
    copy_of_the_portal,
    environment,
    file_of,
    fresh_database,
    manage,
    rows_of,
)
from tests.found import some

# Portals in processes of their own, with tools of the database.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REPORT = {"page": "/itu-t/g.711/", "message": "The title is wrong.", "contact": ""}
AFTER = REPORT | {"message": "Sent after the backup."}
STATE = "catalog_cataloguestate"
PAGES = 200
FINGERPRINTS = """
import hashlib, sys
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
client = Client()
for path in sys.stdin.read().split():
    response = client.get(path)
    print(path, response.status_code, hashlib.sha256(response.content).hexdigest())
"""


def said(address: str, *command: str, **more: str) -> tuple[int, str]:
    """Run a command of the portal on a database; return its status and all it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=environment(address) | more, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def refused(address: str, file: Path, **more: str) -> str:
    """Return why a restore was refused; it must have been, in words, and with nothing changed."""
    before = rows_of(address)
    status, words = said(address, "restore", str(file), "--yes", **more)
    assert status == 1
    assert words.startswith("CommandError: "), words
    assert "itu_ci:" not in words
    assert rows_of(address) == before
    return words


def content_of(address: str) -> dict[str, list[str]]:
    """Return all rows of all tables but that of the version, which a restore moves on."""
    return {name: rows for name, rows in rows_of(address).items() if name != STATE}


def change(address: str, statement: str) -> list:
    """Run SQL on a database; return the rows."""
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(file_of(address))) as database, database:
            return database.execute(statement).fetchall()
    with closing(psycopg2.connect(address)) as database, database, database.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def version_of(address: str) -> int:
    [(version,)] = change(address, f"SELECT version FROM {STATE}")
    return version


def changed(file: Path, target: Path, alter, payload=lambda content: content) -> Path:
    """Write a backup anew, with a manifest and a payload that were altered; return it."""
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(envelope.MANIFEST))
        name = envelope.PAYLOADS[manifest["engine"]]
        content = payload(archive.read(name))
    manifest |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    alter(manifest)
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(envelope.MANIFEST, json.dumps(manifest))
        archive.writestr(envelope.PAYLOADS.get(manifest["engine"], "x"), content)
    return target


@pytest.fixture(scope="module")
def shared(tmp_path_factory, django_db_setup, django_db_blocker):
    """A portal with content, and its backup, for tests that do not change it."""
    folder = tmp_path_factory.mktemp("shared")
    with django_db_blocker.unblock(), copy_of_the_portal(folder) as address:
        manage(address, "backup", str(folder / "backup.itu"))
        yield address, folder / "backup.itu"


@pytest.fixture
def portal(tmp_path):
    """The address of a portal with content that a test may change."""
    with copy_of_the_portal(tmp_path) as address:
        yield address


def test_a_restore_takes_back_what_came_after_and_moves_the_version(portal, tmp_path):
    before, version = content_of(portal), version_of(portal)
    assert sum(map(len, before.values())) > 5_000
    manage(portal, "backup", str(tmp_path / "b"))
    ask(portal, [("post", "/report/", AFTER)])
    change(portal, f"UPDATE {STATE} SET version = version + 7")
    change(portal, "CREATE TABLE catalog_later (id integer)")
    assert content_of(portal) != before

    manage(portal, "restore", str(tmp_path / "b"), "--yes")

    assert content_of(portal) == before
    assert version_of(portal) == version + 8
    manage(portal, "migrate", "--check")
    # A backup of what was restored is restored in its turn; the version never goes back.
    manage(portal, "restore", str(tmp_path / "b"), "--yes")
    assert version_of(portal) == version + 9
    [(status, _body)] = ask(portal, [("post", "/report/", AFTER)])
    assert status == 302


def test_pages_are_the_same_in_a_fresh_database(shared, tmp_path):
    address, file = shared
    with fresh_database(tmp_path) as copy:
        status, words = said(copy, "restore", str(file))
        assert status == 0, words
        assert "no page that a cache keeps is shown again" in words
        assert content_of(copy) == content_of(address)
        assert version_of(copy) == version_of(address) + 1
        rows = change(address, f"SELECT url FROM catalog_searchentry ORDER BY id LIMIT {PAGES}")
        paths = [path for (path,) in rows]
        assert len(paths) == PAGES
        assert fingerprints(copy, paths) == fingerprints(address, paths)


def fingerprints(address: str, paths: list[str]) -> list[str]:
    """Return path, status and a digest of the HTML of each page."""
    done = subprocess.run(
        [sys.executable, "-c", FINGERPRINTS], cwd=ROOT, env=environment(address),
        input="\n".join(paths), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = some(done.stdout.splitlines())
    assert all(line.split()[1] == "200" for line in lines)
    assert len(lines) == len(paths)
    return lines


def test_a_backup_is_private_and_holds_no_secret(shared):
    address, file = shared
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.glob(".*")] == []
    with zipfile.ZipFile(file) as archive:
        assert sorted(archive.namelist()) == sorted(
            [envelope.MANIFEST, envelope.PAYLOADS[connection.vendor]]
        )
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert SECRET.encode() not in whole
    password = re.search(r"://[^:/]+:([^@]+)@", address)
    if password:
        assert f":{password[1]}@".encode() not in whole
    manifest = envelope.read_manifest(file)
    assert manifest.engine == connection.vendor
    assert "catalog.0001_initial" in manifest.migrations


def test_what_is_there_is_not_overwritten_without_a_word(shared):
    address, file = shared
    status, words = said(address, "restore", str(file))
    assert status == 1
    assert "add --yes" in words


def test_a_damaged_file_is_refused(shared, tmp_path):
    address, file = shared
    whole = file.read_bytes()
    spoiled = bytearray(whole)
    spoiled[len(whole) // 2] ^= 0xFF
    for content in (b"", b"no backup", whole[: len(whole) // 2], whole[:-30], bytes(spoiled)):
        damaged = tmp_path / "damaged"
        damaged.write_bytes(content)
        assert "is damaged, or no backup of the portal" in refused(address, damaged)
    assert "There is no file" in refused(address, tmp_path / "nothing")


def test_a_file_of_another_engine_or_of_a_newer_portal_is_refused(shared, tmp_path):
    address, file = shared
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    target = tmp_path / "altered"
    assert "and the portal uses" in refused(
        address, changed(file, target, lambda manifest: manifest.update(engine=other))
    )
    assert "made by a newer version of the portal (it has catalog.9999_later)" in refused(
        address,
        changed(file, target, lambda manifest: manifest["migrations"].append("catalog.9999_later")),
    )
    assert "does not know" in refused(
        address, changed(file, target, lambda manifest: manifest.update(format=2))
    )


def test_a_database_that_is_damaged_inside_a_sound_file_changes_nothing(shared, tmp_path):
    address, file = shared
    for cut in (lambda content: content[: len(content) // 2], lambda _content: b"PGDMP nonsense"):
        refused(address, changed(file, tmp_path / "cut", lambda _manifest: None, cut))


def test_a_folder_is_no_backup(shared, tmp_path):
    address, _file = shared
    assert "cannot be read" in refused(address, tmp_path)


def test_an_import_at_work_is_not_disturbed(shared):
    address, file = shared
    hold = (
        "import sys, django; django.setup()\n"
        "from catalog.writing.locks import only_job\n"
        "with only_job('The import of a test'):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], cwd=ROOT, env=environment(address), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as holder:  # fmt: skip
        assert holder.stdout.readline() == "held\n"
        assert "The import of a test has been running since" in refused(address, file)
        holder.stdin.close()
        holder.wait(30)


def test_a_backup_that_cannot_be_written_says_so(shared, tmp_path):
    address, _file = shared
    status, words = said(address, "backup", str(tmp_path / "no" / "folder"))
    assert (status, "cannot be written" in words) == (1, True)


def test_a_description_is_told_from_any_other_text(tmp_path):
    file = tmp_path / "b"
    payload = tmp_path / "payload"
    payload.write_bytes(b"x" * 10)
    manifest = envelope.Manifest("sqlite", ("a.1",), 3, "2026-11-29T12:00:00+00:00", "1")
    written = envelope.write(file, manifest, payload)
    assert envelope.read_manifest(file) == written
    assert dataclasses.replace(written, size=0, sha256="") == manifest


if connection.vendor == "postgresql":

    def test_missing_tools_are_named(shared, tmp_path):
        address, file = shared
        status, words = said(address, "backup", str(tmp_path / "b"), PATH=str(tmp_path))
        assert (status, "pg_dump is not installed" in words) == (1, True)
        assert not (tmp_path / "b").exists()
        assert "pg_restore is not installed" in refused(address, file, PATH=str(tmp_path))

    def test_a_view_that_others_have_made_stops_the_restore(portal, tmp_path):
        manage(portal, "backup", str(tmp_path / "b"))
        change(portal, "CREATE VIEW of_others AS SELECT id, url FROM catalog_searchentry")
        change(portal, "CREATE TABLE table_of_others AS SELECT 1 AS one")
        assert "psql failed" in refused(portal, tmp_path / "b")
        change(portal, "DROP VIEW of_others")
        manage(portal, "restore", str(tmp_path / "b"), "--yes")
        assert change(portal, "SELECT one FROM table_of_others") == [(1,)]

else:

    def test_readers_that_stay_see_the_old_or_the_new_and_never_less(portal, tmp_path):
        manage(portal, "backup", str(tmp_path / "b"))
        with closing(sqlite3.connect(file_of(portal))) as reader:
            count = "SELECT count(*) FROM catalog_searchentry"
            expected = reader.execute(count).fetchone()
            reader.execute("DELETE FROM catalog_problemreport")
            reader.commit()
            process = subprocess.Popen(
                [sys.executable, "manage.py", "restore", str(tmp_path / "b"), "--yes"],
                cwd=ROOT, env=environment(portal),
            )  # fmt: skip
            asked = 0
            while process.poll() is None:
                assert reader.execute(count).fetchone() == expected
                asked += 1
            assert (process.returncode, asked > 0) == (0, True)
            assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    def test_a_restore_that_is_killed_leaves_what_was_there(portal, tmp_path):
        manage(portal, "backup", str(tmp_path / "b"))
        before = rows_of(portal)
        die = (
            "import os, django; django.setup()\n"
            "from pathlib import Path\n"
            "from catalog.backups import run, sqlite\n"
            "seen = sqlite._version_in; asked = []\n"
            "def dies(place):\n"
            "    asked.append(1)\n"
            "    if len(asked) == 2: os.kill(os.getpid(), 9)\n"
            "    return seen(place)\n"
            "sqlite._version_in = dies\n"
            f"run.restore(Path({str(tmp_path / 'b')!r}))"
        )
        done = subprocess.run(
            [sys.executable, "-c", die], cwd=ROOT, env=environment(portal), check=False
        )
        assert done.returncode == -9
        assert rows_of(portal) == before
        manage(portal, "restore", str(tmp_path / "b"), "--yes")

    def test_somebody_who_saves_in_between_is_counted(portal, tmp_path):
        manage(portal, "backup", str(tmp_path / "b"))
        version = version_of(portal)
        save = (
            "import sqlite3, django; django.setup()\n"
            "from pathlib import Path\n"
            "from catalog.backups import run, sqlite\n"
            "move = sqlite._move; moved = []\n"
            "def saves(payload, number):\n"
            "    move(payload, number)\n"
            "    if not moved:\n"
            "        moved.append(1)\n"
            f"        with sqlite3.connect({str(file_of(portal))!r}) as other:\n"
            "            other.execute('UPDATE catalog_cataloguestate SET version = version + 5')\n"
            "sqlite._move = saves\n"
            f"print(*run.restore(Path({str(tmp_path / 'b')!r})))"
        )
        done = subprocess.run(
            [sys.executable, "-c", save], cwd=ROOT, env=environment(portal),
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert done.stdout.split() == [str(version + 6), str(version + 5)]
        assert version_of(portal) == version + 6

    @pytest.mark.parametrize(
        "statements",
        [
            "CREATE TABLE other (id INTEGER)",
            "",
            "CREATE TABLE django_migrations (app TEXT, name TEXT)",
        ],
    )
    def test_a_sound_database_of_something_else_is_refused(shared, tmp_path, statements):
        address, file = shared
        foreign = tmp_path / "foreign.sqlite3"
        with closing(sqlite3.connect(foreign)) as database:
            database.executescript(f"{statements};")
        content = foreign.read_bytes()
        other = changed(file, tmp_path / "other", lambda _manifest: None, lambda _content: content)
        assert "does not hold what it says" in refused(address, other)

    def test_a_file_that_is_no_database_is_moved_aside(portal, tmp_path):
        manage(portal, "backup", str(tmp_path / "b"))
        expected = content_of(portal)
        file = file_of(portal)
        for end in ("-wal", "-shm"):
            Path(f"{file}{end}").unlink(missing_ok=True)
        file.write_bytes(os.urandom(100_000))
        status, words = said(portal, "restore", str(tmp_path / "b"), "--yes")
        assert status == 0, words
        assert content_of(portal) == expected
        assert len(list(file.parent.glob("*.damaged-*"))) == 1
