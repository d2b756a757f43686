"""Full text on PostgreSQL: a weighted tsvector with a GIN index.

Vectors and queries are written out here, so no dictionary or parser of the server takes part.
https://www.postgresql.org/docs/current/datatype-textsearch.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import connection
from django.db.models.expressions import RawSQL

from catalog.search.columns import TextColumns
from catalog.search.engines.interface import EVERYWHERE, TITLE, WEIGHTS, Engine, Score
from catalog.search.query import Query, Sequence, Term
from catalog.search.words import BREAK, START

LETTERS = {"title": "A", "names": "B", "text": "C"}
# Stands before a whole name, so that no word is taken for one.
NAME_SIGN = "="
# What a vector can hold: the highest position, and positions of one word.
LAST_POSITION, MOST_POSITIONS = 16_383, 255
# As wide as no phrase is, between two columns.
GAP = 20
PAGE = 200


class _Score(Score):
    """The value of ts_rank with its sign turned: lower is better.

    Long titles and texts weigh a word less (normalization 1).
    """

    template = (
        "(SELECT -ts_rank('{{0, {text}, {names}, {title}}}', words, %%s::tsquery, 1)"
        " FROM catalog_searchtext WHERE rowid = %(expressions)s)"
    ).format(**WEIGHTS)


class PostgresText(Engine):
    """Full text with tsvector and tsquery; `Engine` says what each method returns."""

    def words(self, query: Query, columns: tuple[str, ...] = EVERYWHERE) -> str:
        """Return what asks for all wanted terms and none of the unwanted ones."""
        asked = " & ".join(_term(term, columns) for term in query.wanted)
        return f"{asked} & !({self.unwanted(query)})" if query.unwanted else asked

    def unwanted(self, query: Query) -> str:
        """Return what asks for any of the unwanted terms."""
        return " | ".join(_term(term, EVERYWHERE) for term in query.unwanted)

    def opening(self, sequences: Collection[Sequence]) -> str:
        """Return what asks for a title that begins with one of the sequences."""
        return _any_of(
            (Sequence((START, *one.forms), one.is_open) for one in sequences), LETTERS[TITLE[0]]
        )

    def exact(self, forms: Collection[str]) -> str:
        """Return what asks for a whole name in one of these compact forms."""
        return " | ".join(f"'{NAME_SIGN}{form}'" for form in forms)

    def either(self, one: str, other: str) -> str:
        """Return what asks for one of two things."""
        return f"({one}) | ({other})"

    def matching(self, asked: str) -> RawSQL:
        """Return the subquery for the primary keys of the entries that match."""
        return RawSQL("SELECT rowid FROM catalog_searchtext WHERE words @@ %s::tsquery", [asked])

    def weighed(self, query: Query) -> str:
        """Return what is weighed of what is wanted, for `score`.

        The terms are joined by `or`: by `and` the server weighs how near the words stand, and
        of the words that begin alike it takes the last for all.
        """
        return " | ".join(_term(term, EVERYWHERE) for term in query.wanted)

    def score(self, weighed: str) -> Score:
        """Return how far an entry is from what is weighed; lower is better."""
        return _Score(weighed)

    def write(self, columns: Mapping[int, TextColumns]) -> None:
        """Store the words of entries, by primary key, in place of what was stored of them."""
        from psycopg2.extras import execute_values

        rows = [(pk, vector_of(found)) for pk, found in columns.items()]
        with connection.wrap_database_errors, connection.cursor() as cursor:
            execute_values(
                cursor.cursor,
                "INSERT INTO catalog_searchtext (rowid, words) VALUES %s"
                " ON CONFLICT (rowid) DO UPDATE SET words = excluded.words",
                rows,
                template="(%s, %s::tsvector)",
                page_size=PAGE,
            )

    def words_of(self, pks: Collection[int]) -> Iterator[set[str]]:
        """Yield the set of words that is stored of each of these entries, of all in one query."""
        statement = "SELECT tsvector_to_array(words) FROM catalog_searchtext WHERE rowid = ANY(%s)"
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(pks)])
            for (words,) in cursor.fetchall():
                yield {word for word in words if word != START and word[0] != NAME_SIGN}


def vector_of(columns: TextColumns) -> str:
    """Return the tsvector of an entry as text: forms with position and weight, whole names."""
    places: dict[str, list[str]] = {}
    position = 0
    for letter, column in (("A", columns.title), ("B", columns.names), ("C", columns.text)):
        for form in column.split():
            position = min(position + 1, LAST_POSITION)
            if form != BREAK:
                places.setdefault(form, []).append(f"{position}{letter}")
        position += GAP
    words = [f"'{form}':{','.join(at[:MOST_POSITIONS])}" for form, at in places.items()]
    return " ".join([*words, *(f"'{NAME_SIGN}{name}'" for name in columns.exact)])


def _term(term: Term, columns: tuple[str, ...]) -> str:
    letters = "" if columns == EVERYWHERE else "".join(LETTERS[column] for column in columns)
    return f"({_any_of(term.sequences, letters)})"


def _any_of(sequences: Iterable[Sequence], letters: str) -> str:
    return " | ".join(f"({_phrase(one, letters)})" for one in sequences)


def _phrase(sequence: Sequence, letters: str) -> str:
    *closed, last = sequence.forms
    ending = f"'{last}':{'*' if sequence.is_open else ''}{letters}"
    words = [f"'{form}':{letters}" if letters else f"'{form}'" for form in closed]
    return " <-> ".join([*words, ending.rstrip(":")])
