"""What the page shows that asks which of several texts is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalog.filters.facet_types import MAX_QUERY
from catalog.models import Edition, Publication, TextFamily
from catalog.resolver import Answer, Text, work_of
from catalog.terms import IN_FORCE_STATES
from catalog.wording.brief import Brief, Briefs
from catalog.wording.dates import date_words
from catalog.wording.names_in_use import why_candidate
from catalog.works.successors import NO_CHAIN, Chain

MOST_ROWS = 50


class Candidate(NamedTuple):
    """A text that may be meant.

    `when` tells of a work the years of its editions; `why` what the name asked for is to it, and
    `chain` what took its place, both empty where there is nothing to say.
    """

    text: Brief
    when: str
    why: str
    chain: Chain


@dataclass(frozen=True)
class WhichOnePage:
    """The texts that answer to what was asked, those in force first, at most MOST_ROWS."""

    asked_in_full: str
    candidates: Sequence[Text]
    # Of the resolver, if it was asked.
    answer: Answer | None = None

    @property
    def is_name(self) -> bool:
        """Whether what was asked is a name that people use, and no number."""
        return bool(self.answer and (self.answer.by_names or self.answer.families))

    @property
    def title(self) -> str:
        """The heading: a name may mean a single text, and that only perhaps."""
        if self.is_name:
            return _("What “%(asked)s” may mean") % {"asked": self.asked}
        return _("Which %(asked)s did you mean?") % {"asked": self.asked}

    @property
    def families(self) -> tuple[TextFamily, ...]:
        """The families of texts that are called so."""
        return self.answer.families if self.answer else ()

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
        # A name says itself which texts come first.
        by_state = not self.is_name
        ranked = sorted(
            self.candidates, key=lambda text: by_state * (text.state not in IN_FORCE_STATES)
        )
        shown = ranked[:MOST_ROWS]
        works = [text.pk for text in shown if isinstance(text, Publication)]
        briefs = Briefs()
        years = Edition.objects.years_of(works) if works else {}
        return [
            Candidate(briefs.of(text), _when(text, years), self._why(text), _chain(briefs, text))
            for text in shown
        ]

    def _why(self, text: Text) -> str:
        return why_candidate(self.answer, text) if self.answer else ""

    @property
    def more(self) -> int:
        """How many candidates are not shown."""
        return max(len(self.candidates) - MOST_ROWS, 0)


def _chain(briefs: Briefs, text: Text) -> Chain:
    """Return what took the place of the text's work, where it is no longer current."""
    instead = briefs.replacement(work_of(text))
    return instead.chain if instead else NO_CHAIN


def _when(text: Text, years: dict[int, tuple[int, int]]) -> str:
    """Return the years of a work's editions, of an edition or component its date."""
    if not isinstance(text, Publication):
        return date_words(text.date, text.precision, short=True)
    first, last = years.get(text.pk, ("", ""))
    return f"{first}–{last}" if first != last else str(first)
