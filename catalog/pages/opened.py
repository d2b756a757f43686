"""What pages say of an answer of the resolver."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.filters.facet_types import MAX_QUERY
from catalog.models import OthersName, Publication, Series, TextFamily
from catalog.resolver import MAX_READ, Answer, Text, resolve_in_full, work_of
from catalog.search.match import others_called
from catalog.terms import Outcome
from catalog.wording.brief import Brief, brief_of

MOST_OTHERS = 10
SERIES = re.compile(r"(?:ITU-(?P<sector>[TR]) )?(?P<letters>[A-Z]{1,3})[. ]\S*\d")


@dataclass(frozen=True)
class NotHere:
    """Why nothing is shown for what was asked, and what comes near."""

    asked: str
    # Whether the kind of document is known, and just not held.
    is_known: bool
    understood: str
    note: str
    kind: str
    what: str
    link: str
    near: list[Brief]
    series: Series | None
    # Of a text by others: that name, and the nearest texts of ITU that are not here.
    others: OthersName | None = None
    nearest_not_here: tuple[str, ...] = ()
    # The families of texts that are called so.
    families: tuple[TextFamily, ...] = ()

    @property
    def names_something(self) -> bool:
        """Whether the text is the name of a text by others, or of a family of texts."""
        return bool(self.others or self.families)


@dataclass(frozen=True)
class Opened:
    """The search from which the reader came to a page."""

    asked: str
    note: str = ""
    # Other texts that are called so.
    others: tuple[Brief, ...] = ()
    # Editions and components of the work that come near what was asked.
    nearest: tuple[Brief, ...] = ()

    @property
    def query(self) -> str:
        """The search as the search field takes it."""
        return self.asked[:MAX_QUERY]


def opens(answer: Answer) -> bool:
    """Return whether the search box goes straight to what an answer names.

    An identifier does; a name in use only if nothing else has that name for its own.
    """
    if answer.is_common_name and answer.found is not None:
        return not others_called(answer.query, work_of(answer.found).key)
    return answer.is_identifier


def not_here(answer: Answer) -> NotHere:
    """Return what to say of an answer that found nothing."""
    elsewhere = answer.elsewhere
    return NotHere(
        asked=answer.query,
        is_known=answer.outcome == Outcome.NOT_HELD,
        understood=answer.understood,
        # What a family is called is said beside the link to it.
        note="" if answer.families else answer.note,
        kind=_(elsewhere.kind) if elsewhere else "",
        what=_(elsewhere.what) if elsewhere else "",
        link=elsewhere.link if elsewhere else "",
        near=[brief_of(work) for work in answer.near],
        series=None if answer.others_name else series_of(answer.understood),
        others=answer.others_name,
        nearest_not_here=_nearest_not_here(answer),
        families=answer.families,
    )


def _nearest_not_here(answer: Answer) -> tuple[str, ...]:
    """Return the nearest texts to one by others that are not in this catalogue."""
    if answer.others_name is None:
        return ()
    here = {name for work in answer.near for name in (work.identifier, work.key)}
    return tuple(name for name in answer.others_name.nearest_list if name not in here)


def series_of(understood: str) -> Series | None:
    """Return the series of an identifier as ITU prints it, if it can be only one."""
    match = SERIES.search(understood)
    if not match:
        return None
    sector = f"itu-{match['sector'].lower()}" if match["sector"] else ""
    found = list(Series.objects.lettered(match["letters"], sector)[:2])
    return found[0] if len(found) == 1 else None


def opened_by(asked: str, text: Text) -> Opened | None:
    """Return the search that led to the page of a text; None, without a query, if none did.

    Why this text, and what else was meant, is said only if the search still leads here.
    """
    asked = asked.strip()[:MAX_READ]
    if not asked:
        return None
    at_hand = [text] if isinstance(text, Publication) else []
    answer = resolve_in_full([asked], at_hand)[0]
    if answer.found != text:
        return Opened(asked)
    others = tuple(map(brief_of, answer.called_so[:MOST_OTHERS]))
    nearest = tuple(map(brief_of, answer.nearest[:MOST_OTHERS]))
    return Opened(asked, answer.note, others, nearest)
