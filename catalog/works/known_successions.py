"""The successions that the catalogue knows, read once for each of its versions.

There are a few hundred, and every list asks for those of its rows.
"""

from __future__ import annotations

from catalog.models import Publication, Successor
from catalog.models.kept import Kept
from catalog.terms import CURRENT_STATES, Certainty, SuccessionVerb
from catalog.works.successors import NO_CHAIN, Chain, Succession, Successions, TextInChain

NO_SUCCESSIONS = Successions([])
_kept: Kept[Successions] = Kept()


def known_successions() -> Successions:
    """Return all successions at the present version of the catalogue."""
    rows = Successor.objects.with_texts()
    return _kept.get("successions", rows.db, lambda _before: Successions(map(_plain, rows)))


def successions_of(work: Publication) -> Successions:
    """Return all successions; none, without asking, for a work read for its page without any."""
    return known_successions() if getattr(work, "is_in_succession", True) else NO_SUCCESSIONS


def chain_today(work: Publication) -> Chain:
    """Return what took the place of a work; nothing while it is in force or presumed current."""
    return NO_CHAIN if work.state in CURRENT_STATES else successions_of(work).chain(work.pk)


def _plain(row: Successor) -> Succession:
    return Succession(
        text=_text(row.reference, row.work),
        successor=_text(row.successor_reference, row.successor),
        verb=SuccessionVerb(row.verb),
        certainty=Certainty(row.certainty),
        since=row.since,
        source=row.source.title if row.source else "",
        source_url=row.source.url if row.source else "",
        came_out=row.successor_approved.year if row.successor_approved else None,
    )


def _text(reference: str, work: Publication | None) -> TextInChain:
    """Return a text under the number that it has today; one that is not here as it is named."""
    if work is None:
        return TextInChain(reference)
    return TextInChain(work.label, work.pk, work.state, work.get_absolute_url())
