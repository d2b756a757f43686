"""The sources of the entry that a page is about: numbered notes and the list at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.models import SourceUse
from catalog.models.entry import Entry
from catalog.models.page_queries import sources_of_entry
from catalog.terms import HowSeen, Verification
from catalog.wording.dates import partial_date_words
from catalog.wording.notes import Piece, Place, pieces, place_of


@dataclass(frozen=True)
class Note:
    """A source with the number that stands at a statement of the page; 0 if none does."""

    number: int
    use: SourceUse

    @property
    def is_general(self) -> bool:
        """Whether nobody looked it up."""
        return self.use.source.how == HowSeen.GENERAL_KNOWLEDGE

    @property
    def details(self) -> str:
        """Publisher, date and kind of the source, as far as known: `ITU, 5 May 2000`."""
        source = self.use.source
        kind = source.get_how_display() if source.how in (HowSeen.PRINTED, HowSeen.DATA_SET) else ""
        return ", ".join(filter(None, [source.publisher, partial_date_words(source.dated), kind]))


@dataclass(frozen=True)
class EntrySources:
    """The sources of one entry.

    `notes` stand at statements, in the order in which the page comes to them; `others` stand behind
    the entry as a whole and have no number.
    """

    notes: list[Note]
    others: list[Note]
    verification: str
    # The numbers of notes by the text and the place in it.
    _marks: dict[str, dict[int, list[int]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.notes or self.others)

    def pieces(self, text: str) -> list[Piece]:
        """Return a text of the entry cut where notes stand."""
        return pieces(text, self._marks.get(text, {}))

    @property
    def instead(self) -> str:
        """What is said in the place of sources where an entry has none."""
        if self.verification == Verification.IMPORTED:
            return _("The record of the public data set.")
        if self.verification == Verification.GROUPING:
            return _("None: this catalogue made the grouping.")
        return _("No source is named yet.")


def entry_sources(entry: Entry) -> EntrySources:
    """Return the sources of an entry with their places in its texts; one query."""
    return arranged(entry, sources_of_entry(entry.key))


def arranged(entry: Entry, uses: Iterable[SourceUse]) -> EntrySources:
    """Number the uses as the texts of their entry come to them; what stands nowhere has none."""
    uses = list(uses)
    texts = entry.statements if uses else []
    placed: list[tuple[Place, SourceUse]] = []
    others: list[Note] = []
    for use in uses:
        place = place_of(use.statement, texts)
        if place is None:
            others.append(Note(0, use))
        else:
            placed.append((place, use))
    placed.sort(key=lambda pair: pair[0])
    marks: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    notes = []
    for number, (place, use) in enumerate(placed, 1):
        marks[texts[place.text]][place.offset].append(number)
        notes.append(Note(number, use))
    return EntrySources(notes, others, entry.verification, dict(marks))
