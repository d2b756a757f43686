"""The migration that makes the table of words says plainly what a database lacks."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import NotSupportedError, OperationalError

migration = import_module("catalog.migrations.0004_full_text")


class Editor:
    """A schema editor that notes statements, or fails with an error of the database."""

    def __init__(self, vendor: str, error: str = ""):
        self.connection = SimpleNamespace(vendor=vendor)
        self.error, self.statements = error, []

    def execute(self, statement: str) -> None:
        if self.error:
            raise OperationalError(self.error)
        self.statements.append(statement)


def test_each_database_gets_its_own_table():
    for vendor, kind in (("sqlite", "USING fts5("), ("postgresql", "tsvector")):
        migration.make_table(None, editor := Editor(vendor))
        assert kind in editor.statements[0]


def test_another_database_is_refused_by_name():
    with pytest.raises(NotSupportedError, match="this is mysql"):
        migration.make_table(None, Editor("mysql"))


def test_an_sqlite_without_fts5_is_explained_and_other_errors_are_not_hidden():
    with pytest.raises(NotSupportedError, match="built without FTS5"):
        migration.make_table(None, Editor("sqlite", "no such module: fts5"))
    with pytest.raises(OperationalError, match="disk is full"):
        migration.make_table(None, Editor("sqlite", "disk is full"))
