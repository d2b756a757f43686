"""The words of entries in the full-text table, and how many entries hold each word.

Both change in the transaction in which the index rows change; `catalog.search.index` sees to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from catalog.models import SearchText, SearchWord
from catalog.models.bulk import in_parts
from catalog.search.columns import TextColumns
from catalog.search.engines import engine

# Rows read or written at once.
PART = 500


class Counts:
    """By how much the numbers of entries that hold a word change; kept until all are known."""

    def __init__(self) -> None:
        self.changes: Counter[str] = Counter()

    def add(self, words: Iterable[str]) -> None:
        """Note that one entry more holds these words."""
        self.changes.update(words)

    def take(self, words: Iterable[str]) -> None:
        """Note that one entry less holds these words."""
        self.changes.subtract(words)

    def write(self) -> None:
        """Store what changed. Words go in one order, so that two writers never wait in a ring."""
        rows = [(word, change) for word, change in sorted(self.changes.items()) if change]
        _add_to_counts(rows)
        fallen = [word for word, change in rows if change < 0]
        for part in in_parts(fallen):
            SearchWord.objects.filter(word__in=part, entries__lte=0).delete()
        self.changes.clear()


def write(columns: Mapping[int, TextColumns], known: Collection[int], counts: Counts) -> None:
    """Store the words of entries, by primary key of their row, and note how counts change.

    `known` are the rows whose words may be stored already.
    """
    if not columns:
        return
    for part in in_parts(known):
        for words in engine().words_of(part):
            counts.take(words)
    engine().write(columns)
    for found in columns.values():
        counts.add(found.words)


def forget(pks: Iterable[int]) -> None:
    """Take the words of rows away, before the rows go."""
    counts = Counts()
    for part in in_parts(pks):
        for words in engine().words_of(part):
            counts.take(words)
        SearchText.objects.filter(pk__in=part).delete()
    counts.write()


def recount() -> None:
    """Count the words of all entries anew, whatever the counts were."""
    counts = Counts()
    for part in in_parts(SearchText.objects.values_list("pk", flat=True)):
        for words in engine().words_of(part):
            counts.add(words)
    for word, entries in SearchWord.objects.values_list("word", "entries"):
        counts.changes[word] -= entries
    counts.write()


def _add_to_counts(rows: list[tuple[str, int]]) -> None:
    statement = "INSERT INTO catalog_searchword (word, entries) VALUES {values} ON CONFLICT (word)"
    statement += " DO UPDATE SET entries = catalog_searchword.entries + excluded.entries"
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values

            execute_values(cursor.cursor, statement.format(values="%s"), rows, page_size=PART)
        else:
            cursor.executemany(statement.format(values="(%s, %s)"), rows)
