"""Databases of earlier releases become those of today, and nothing that editors wrote is lost."""

from __future__ import annotations

import lzma
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ON_POSTGRESQL, ROOT
from tests.found import some

pytestmark = pytest.mark.slow

RELEASES = sorted((ROOT / "tests" / "releases").glob("*.sqlite3.xz"))
# These are files of SQLite whatever the tests run on.
TRIED = RELEASES[:1] if ON_POSTGRESQL else some(RELEASES, at_least=3)
# What a release may write anew: memory, indexes and what Django keeps for itself.
REWRITTEN = (
    *("catalog_search", "catalog_loadedrow", "catalog_knownidentifier", "catalog_entrykey"),
    *("django_", "auth_perm", "sqlite_"),
)
ASK = """
import sys, django
from django.test import Client
client = Client(HTTP_HOST="localhost")
for path in sys.stdin.read().split():
    print(client.get(path).status_code, path)
"""


def run(database: Path, *command: str, given: str = "") -> str:
    """Run manage.py on a database; return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:///{database}",
            "SECRET_KEY": "only for a test of upgrades, which signs nothing that anybody keeps",
            "STORED_FILES": str(database.parent / "lists"),
        },
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def rows(database: Path) -> dict[str, set[int]]:
    """Return the primary keys of every table of content and accounts."""
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute(
            "SELECT t.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c"
            " WHERE t.type = 'table' AND c.name = 'id'"
        )
        tables = [name for (name,) in found if not name.startswith(REWRITTEN)]
        return {
            name: {key for (key,) in connection.execute(f'SELECT id FROM "{name}"')}
            for name in some(tables, at_least=10)
        }


def values(database: Path, question: str) -> list[tuple]:
    """Return what a database answers."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(question).fetchall()


@pytest.mark.parametrize("release", TRIED, ids=lambda path: path.name)
def test_a_database_of_an_earlier_release_is_brought_to_today(release, tmp_path):
    database = tmp_path / "portal.sqlite3"
    database.write_bytes(lzma.decompress(release.read_bytes()))
    before = rows(database)
    run(database, "migrate", "--verbosity", "0")
    after = rows(database)
    lost = {name: keys - after.get(name, set()) for name, keys in before.items()}
    assert {name: keys for name, keys in lost.items() if keys} == {}
    run(database, "load_fixtures")
    run(database, "rebuild_index", "--if-stale")
    (title,) = values(database, "SELECT name FROM catalog_publication WHERE key = 'itu-t-g.711'")
    assert title == ("A title that an editor wrote",)
    assert values(database, "SELECT username FROM auth_user") == [("ann",)]
    assert values(database, "PRAGMA integrity_check") == [("ok",)]
    assert values(database, "PRAGMA foreign_key_check") == []
    entries = values(database, "SELECT url FROM catalog_searchentry ORDER BY id")
    paths = ["/", "/search/?q=G711", "/publications/", *(url for (url,) in some(entries)[::5])]
    answers = run(database, "shell", "-c", ASK, given="\n".join(paths)).split("\n")
    answered = [line for line in answers if line[:3].isdigit()]
    assert len(answered) == len(paths)
    # A search that means one text leads to it.
    assert {line for line in answered if line[:3] not in ("200", "302")} == set()


def test_a_new_database_and_an_upgraded_one_have_the_same_tables(tmp_path):
    schemas = []
    for release in (None, some(RELEASES)[0]):
        database = tmp_path / f"{len(schemas)}.sqlite3"
        if release is not None:
            database.write_bytes(lzma.decompress(release.read_bytes()))
        run(database, "migrate", "--verbosity", "0")
        found = values(database, "SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")
        columns = {
            (name, column[1], column[2], column[3])
            for (name,) in some(found)
            for column in values(database, f'PRAGMA table_info("{name}")')
        }
        schemas.append((set(found), columns))
    assert schemas[0] == schemas[1]
