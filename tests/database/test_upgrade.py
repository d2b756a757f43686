"""Databases of earlier releases become those of today, and nothing that editors wrote is lost."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.conftest import ROOT
from tests.copies import ask, manage
from tests.found import some
from tests.old_databases import old_database, values

pytestmark = pytest.mark.slow

RELEASES = some(sorted((ROOT / "tests" / "releases").glob("*.sqlite3.xz")), at_least=3)
# What a release may write anew: memory, indexes and what Django keeps for itself.
REWRITTEN = (
    *("catalog_search", "catalog_loadedrow", "catalog_knownidentifier", "catalog_entrykey"),
    *("django_", "auth_perm", "sqlite_"),
)
TABLES_WITH_KEYS = {
    "sqlite": "SELECT t.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c"
    " WHERE t.type = 'table' AND c.name = 'id'",
    "postgresql": "SELECT table_name FROM information_schema.columns"
    " WHERE table_schema = 'public' AND column_name = 'id'",
}
# Each row is something that a new database and an upgraded one must have.
SCHEMA = {
    "sqlite": [
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'index')",
        'SELECT t.name, c.name, c.type, c."notnull" FROM sqlite_master AS t'
        " JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table'",
    ],
    "postgresql": [
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
    ],
}


def rows(address: str) -> dict[str, set[int]]:
    """Return the primary keys of every table of content and accounts."""
    found = values(address, TABLES_WITH_KEYS[connection.vendor])
    tables = [name for (name,) in found if not name.startswith(REWRITTEN)]
    return {
        name: {key for (key,) in values(address, f'SELECT id FROM "{name}"')}
        for name in some(tables, at_least=10)
    }


def here(question: str) -> set[tuple]:
    """Return what the database of the tests answers, which is a new one."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return set(cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_database_of_an_earlier_release_is_brought_to_today(release, tmp_path):
    with old_database(release, tmp_path) as address:
        before = rows(address)
        assert sum(map(len, before.values())) > 500
        manage(address, "migrate", "--verbosity", "0")
        after = rows(address)
        lost = {name: keys - after.get(name, set()) for name, keys in before.items()}
        assert {name: keys for name, keys in lost.items() if keys} == {}
        for question in some(SCHEMA[connection.vendor]):
            assert set(some(values(address, question))) == here(question)
        manage(address, "load_fixtures")
        manage(address, "rebuild_index", "--if-stale")
        (title,) = values(address, "SELECT name FROM catalog_publication WHERE key = 'itu-t-g.711'")
        assert title == ("A title that an editor wrote",)
        assert values(address, "SELECT username FROM auth_user") == [("ann",)]
        if connection.vendor == "sqlite":
            assert values(address, "PRAGMA integrity_check") == [("ok",)]
            assert values(address, "PRAGMA foreign_key_check") == []
        entries = values(address, "SELECT url FROM catalog_searchentry ORDER BY id")
        paths = ["/", "/search/?q=G711", "/search/?q=editor+wrote", "/publications/"]
        paths += [url for (url,) in some(entries)[::5]]
        answers = ask(address, [("get", path, None) for path in paths])
    # A search that means one text leads to it.
    assert {status for status, _body in some(answers, at_least=len(paths))} <= {200, 302}
    assert "/itu-t/g.711/" in answers[2][1]
