"""What the search asks of a database's full text.

Both engines get words that were read and reduced to forms already (`catalog.search.words`), so
neither has a say in what is a word; they store forms, find them and weigh what they find. What
they are asked stands in their own query language, which only these modules write: forms are
letters and digits and stand in quotes, so nothing that a reader types can be an operator.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping

from django.db.models import F, FloatField, Func
from django.db.models.expressions import RawSQL

from catalog.search.columns import TextColumns
from catalog.search.query import Query, Sequence

TITLE = ("title",)
NAMES = ("title", "names")
EVERYWHERE = ("title", "names", "text")
# How much more a word weighs in the title than in the names, and there than in the text.
WEIGHTS = {"title": 1.0, "names": 0.4, "text": 0.1}


class Score(Func):
    """How far an entry is from what is asked: lower is better; each engine has its SQL.

    The template has one mark for what is asked, before the key of the entry.
    """

    output_field = FloatField()

    def __init__(self, asked: str, **options):
        super().__init__(F("pk"), **options)
        self.asked = asked

    def as_sql(self, compiler, connection, **context):
        """Return the subquery with its parameters."""
        sql, params = super().as_sql(compiler, connection, **context)
        return sql, (self.asked, *params)


class Engine(ABC):
    """The full text of one kind of database."""

    @abstractmethod
    def words(self, query: Query, columns: tuple[str, ...] = EVERYWHERE) -> str:
        """Return what asks for all wanted terms and none of the unwanted ones."""

    @abstractmethod
    def unwanted(self, query: Query) -> str:
        """Return what asks for any of the unwanted terms."""

    @abstractmethod
    def opening(self, sequences: Collection[Sequence]) -> str:
        """Return what asks for a title that begins with one of the sequences."""

    @abstractmethod
    def exact(self, forms: Collection[str]) -> str:
        """Return what asks for a whole name in one of these compact forms."""

    @abstractmethod
    def either(self, one: str, other: str) -> str:
        """Return what asks for one of two things."""

    @abstractmethod
    def matching(self, asked: str) -> RawSQL:
        """Return the subquery for the primary keys of the entries that match."""

    @abstractmethod
    def weighed(self, query: Query) -> str:
        """Return what is weighed of what is wanted, for `score`."""

    @abstractmethod
    def score(self, weighed: str) -> Score:
        """Return how far an entry is from what is weighed; lower is better."""

    @abstractmethod
    def write(self, columns: Mapping[int, TextColumns]) -> None:
        """Store the words of entries, by primary key, in place of what was stored of them."""

    @abstractmethod
    def words_of(self, pks: Collection[int]) -> Iterator[set[str]]:
        """Yield the set of words that is stored of each of these entries, of all in one query."""
