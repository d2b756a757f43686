"""What the page shows that asks which of several texts is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.text import Truncator

from catalog.filters.facet_types import MAX_QUERY
from catalog.models import Edition, Publication
from catalog.resolver import Text
from catalog.terms import IN_FORCE_STATES
from catalog.wording.brief import Brief, brief_of
from catalog.wording.dates import date_words

MOST_ROWS = 50


class Candidate(NamedTuple):
    """A text that may be meant; `when` tells of a work the years of its editions."""

    text: Brief
    when: str


@dataclass(frozen=True)
class WhichOnePage:
    """The texts that answer to what was asked, those in force first, at most MOST_ROWS."""

    asked_in_full: str
    candidates: Sequence[Text]

    @property
    def asked(self) -> str:
        """What was asked, cut to what a title takes."""
        return Truncator(self.asked_in_full).chars(100)

    @property
    def query(self) -> str:
        """What was asked, as the search takes it."""
        return self.asked_in_full[:MAX_QUERY]

    @cached_property
    def rows(self) -> list[Candidate]:
        """The candidates with what tells them apart."""
        ranked = sorted(self.candidates, key=lambda text: text.state not in IN_FORCE_STATES)
        shown = ranked[:MOST_ROWS]
        works = [text.pk for text in shown if isinstance(text, Publication)]
        years = Edition.objects.years_of(works) if works else {}
        return [Candidate(brief_of(text), _when(text, years)) for text in shown]

    @property
    def more(self) -> int:
        """How many candidates are not shown."""
        return max(len(self.candidates) - MOST_ROWS, 0)


def _when(text: Text, years: dict[int, tuple[int, int]]) -> str:
    """Return the years of a work's editions, of an edition or component its date."""
    if not isinstance(text, Publication):
        return date_words(text.date, text.precision, short=True)
    first, last = years.get(text.pk, ("", ""))
    return f"{first}–{last}" if first != last else str(first)
