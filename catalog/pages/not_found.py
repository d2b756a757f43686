"""What the page shows that stands where there is none: what was asked, and what comes near."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from catalog.identifiers.site_paths import AskedPath
from catalog.models import Publication, SearchEntry, Series
from catalog.pages.opened import NotHere, not_here, series_of
from catalog.resolver import Answer
from catalog.search.match import exact_forms, find
from catalog.terms import Outcome, Precision
from catalog.wording.brief import Brief, brief_of
from catalog.wording.dates import date_words

NEAR = 5  # entries


@dataclass(frozen=True)
class Explanation:
    """Why there is no page, if the view knows, with a link that helps and its label."""

    message: str = ""
    link: str = ""
    label: str = ""


@dataclass(frozen=True)
class NotFoundPage:
    """What an address seems to ask for; `answer` is that of the resolver to it, if it asks one."""

    path: str
    asked: AskedPath
    answer: Answer | None
    reason: Explanation

    @property
    def _is_elsewhere(self) -> bool:
        return self.answer is not None and self.answer.outcome == Outcome.NOT_HELD

    @property
    def message(self) -> str:
        """What was asked and why there is no page for it; empty if that is unclear."""
        if self.reason.link:
            return self.reason.message
        if self._is_elsewhere:
            return ""
        return what_was_asked(self.asked, self.answer) or self.reason.message

    @property
    def words(self) -> str:
        """The last part of the path that a search could make something of."""
        parts = filter(None, self.path.split("/"))
        parts = [part for part in parts if not re.fullmatch(r"[\d-]+", part)]
        kept = parts[-1] if parts else ""
        return re.sub(r"[^\w.]+", " ", kept).strip()[:100]

    @cached_property
    def not_here(self) -> NotHere | None:
        """What is known of a document that is kept elsewhere."""
        return not_here(self.answer) if self._is_elsewhere else None

    @cached_property
    def near(self) -> list[Brief] | list[SearchEntry]:
        """At most five texts or entries that come near; none for what is kept elsewhere."""
        if self._is_elsewhere:
            return []
        found = nearest(self.answer)
        return found if found or self.asked.link else entries_near(self.words)

    @cached_property
    def series(self) -> Series | None:
        """The series of the identifier in the address."""
        return series_of(self.answer.understood) if self.answer is not None else None


def what_was_asked(asked: AskedPath, answer: Answer | None) -> str:
    """Return what the address seems to ask for, and why there is no page for it; "" if unclear."""
    if answer is None or not answer.understood:
        return ""
    is_edition = asked.year and not asked.has_component
    if isinstance(answer.found, Publication) and is_edition:
        return _("You asked for %(work)s, %(date)s. No such edition.") % {
            "work": answer.found.label,
            "date": _date_words(asked),
        }
    words = _("You asked for %(asked)s.") % {"asked": answer.understood}
    nothing = _("It is not in this catalogue.") if answer.outcome == Outcome.UNKNOWN else ""
    return " ".join(filter(None, [words, answer.note or nothing]))


def nearest(answer: Answer | None) -> list[Brief]:
    """Return at most five texts near what was asked: parts of the work, the work, near works."""
    if answer is None:
        return []
    texts = list(answer.others)
    if answer.found is not None:
        texts = [*texts[: NEAR - 1], answer.found]
    return [brief_of(text) for text in [*texts, *answer.near][:NEAR]]


def entries_near(words: str) -> list[SearchEntry]:
    """Return at most five entries of any kind in which the words stand, or the first of them."""
    if not any(map(str.isalpha, words)) or not exact_forms(words):
        return []
    return list(find(words)[:NEAR]) or list(find(words.split()[0])[:NEAR])


def _date_words(asked: AskedPath) -> str:
    precision = Precision.MONTH if asked.month else Precision.YEAR
    return date_words(datetime.date(asked.year, asked.month or 1, 1), precision)
