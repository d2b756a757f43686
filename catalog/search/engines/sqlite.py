"""Full text on SQLite: an FTS5 table.

The table keeps forms apart at blanks alone (tokenizer `ascii`, which takes every character
beyond ASCII for a letter). https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import connection
from django.db.models.expressions import RawSQL

from catalog.search.columns import TextColumns, words_of_columns
from catalog.search.engines.interface import EVERYWHERE, TITLE, WEIGHTS, Engine, Score
from catalog.search.query import Query, Sequence, Term
from catalog.search.words import START

_MATCHING = "SELECT rowid FROM catalog_searchtext WHERE catalog_searchtext MATCH %s"


class _Score(Score):
    """The value of bm25: lower is better.

    The inner query runs once for all rows, for with a limit SQLite does not merge it into the
    outer one; bm25 by itself would weigh every word anew for each row.
    """

    template = (
        "(SELECT score FROM (SELECT rowid AS id, bm25(catalog_searchtext, {weights}, 0.0) AS score"
        " FROM catalog_searchtext WHERE catalog_searchtext MATCH %%s LIMIT -1) AS hits"
        " WHERE hits.id = %(expressions)s)"
    ).format(weights=", ".join(str(WEIGHTS[column]) for column in EVERYWHERE))


class SqliteText(Engine):
    """Full text with FTS5; `Engine` says what each method returns."""

    def words(self, query: Query, columns: tuple[str, ...] = EVERYWHERE) -> str:
        """Return what asks for all wanted terms and none of the unwanted ones."""
        asked = _in_columns(columns, " AND ".join(map(_term, query.wanted)))
        return f"({asked}) NOT ({self.unwanted(query)})" if query.unwanted else asked

    def unwanted(self, query: Query) -> str:
        """Return what asks for any of the unwanted terms."""
        return _in_columns(EVERYWHERE, " OR ".join(map(_term, query.unwanted)))

    def opening(self, sequences: Collection[Sequence]) -> str:
        """Return what asks for a title that begins with one of the sequences."""
        return _in_columns(TITLE, _any_of(_after_start(one) for one in sequences))

    def exact(self, forms: Collection[str]) -> str:
        """Return what asks for a whole name in one of these compact forms."""
        return _in_columns(("exact",), " OR ".join(f'"{form}"' for form in forms))

    def either(self, one: str, other: str) -> str:
        """Return what asks for one of two things."""
        return f"({one}) OR ({other})"

    def matching(self, asked: str) -> RawSQL:
        """Return the subquery for the primary keys of the entries that match."""
        return RawSQL(_MATCHING, [asked])

    def weighed(self, query: Query) -> str:
        """Return what is weighed of what is wanted, for `score`."""
        return self.words(query)

    def score(self, weighed: str) -> Score:
        """Return how far an entry is from what is weighed; lower is better."""
        return _Score(weighed)

    def write(self, columns: Mapping[int, TextColumns]) -> None:
        """Store the words of entries, by primary key, in place of what was stored of them."""
        rows = [
            (pk, found.title, found.names, found.text, " ".join(found.exact))
            for pk, found in columns.items()
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO catalog_searchtext (rowid, title, names, text, exact)"
                " VALUES (%s, %s, %s, %s, %s)",
                rows,
            )

    def words_of(self, pks: Collection[int]) -> Iterator[set[str]]:
        """Yield the set of words that is stored of each of these entries, of all in one query."""
        marks = ", ".join(["%s"] * len(pks))
        statement = f"SELECT title, names, text FROM catalog_searchtext WHERE rowid IN ({marks})"
        with connection.cursor() as cursor:
            cursor.execute(statement, list(pks))
            for columns in cursor.fetchall():
                yield words_of_columns(*columns)


def _after_start(sequence: Sequence) -> Sequence:
    return Sequence((START, *sequence.forms), sequence.is_open)


def _term(term: Term) -> str:
    return f"({_any_of(term.sequences)})"


def _any_of(sequences: Iterable[Sequence]) -> str:
    return " OR ".join(f'"{" ".join(one.forms)}"{" *" if one.is_open else ""}' for one in sequences)


def _in_columns(columns: tuple[str, ...], asked: str) -> str:
    return f"{{{' '.join(columns)}}} : ({asked})"
