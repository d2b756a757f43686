"""What the pages of works, editions and components have in common: rows, names, citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.addresses import absolute
from catalog.citations import Reference, cite
from catalog.models import Component, Edition, Publication, Topic
from catalog.pages.frame import Link, link_to_sector
from catalog.terms import IN_FORCE_STATES, NameKind
from catalog.wording.titles import title_of
from catalog.wording.topic_grounds import grounds_words


@dataclass
class PartRow:
    """An edition or component with its state, as of today or of another day."""

    part: Edition | Component
    state: str

    @property
    def state_doubted(self) -> bool:
        """Whether the state rests on one that is doubted."""
        return self.part.state_doubted


@dataclass
class EditionRow(PartRow):
    """An edition with the components that belong to it."""

    components: list[PartRow] = field(default_factory=list)


def parts_of(work: Publication) -> tuple[list[Edition], list[Component]]:
    """Return the editions and components of a work, each tied to it without a further query."""
    editions, components = list(work.editions.all()), list(work.components.all())
    by_key = {edition.pk: edition for edition in editions}
    for part in (*editions, *components):
        part.publication = work
    for part in components:
        part.edition = by_key.get(part.edition_id)
    if work.current_edition is not None:
        work.current_edition.publication = work
    return editions, components


def edition_rows(
    editions: Iterable[Edition],
    components: Iterable[Component],
    state_of: Callable[[Edition | Component], str] = lambda part: part.state,
) -> list[EditionRow]:
    """Return the rows of the table of editions; `state_of` says which state each shows."""
    rows = {edition.pk: EditionRow(edition, state_of(edition)) for edition in editions}
    for part in components:
        if part.edition_id in rows:
            rows[part.edition_id].components.append(PartRow(part, state_of(part)))
    return list(rows.values())


def what_to_read(work: Publication, components: list[Component]) -> list[Edition | Component]:
    """Return the edition in force with its components in force; nothing if there is none."""
    current = work.current_edition
    if current is None or current.state not in IN_FORCE_STATES:
        return []
    return [current, *(p for p in components if p.edition_id == current.pk and p.is_in_force)]


@dataclass(frozen=True)
class TopicRow:
    """A topic of a work, and why the work stands under it."""

    topic: Topic
    grounds: str


def topics_of(work: Publication) -> list[TopicRow]:
    """Return the topics of a work that was read for its page."""
    return [TopicRow(link.topic, grounds_words(link)) for link in work.topic_links.all()]


def names_by_kind(work: Publication) -> list[tuple[str, list[str]]]:
    """Return the other names of a work under what they are.

    The parts of the number it has today are left out: that number stands in the heading.
    """
    present = work.identifier.partition(" ")[2].split(" (")[0]
    base, marker, supplement = present.partition(" Suppl. ")
    own = {present, *(half + marker + supplement for half in base.split("/"))}
    names = [
        name
        for name in work.names.all()
        if name.kind != NameKind.HALF or name.name.removeprefix("ITU-T ") not in own
    ]
    grouped = [
        (_(kind.label), [name.name for name in names if name.kind == kind]) for kind in NameKind
    ]
    return [(label, values) for label, values in grouped if values]


def cite_dated(part: Edition | Component, work: Publication) -> str:
    """Return the dated citation of an edition or component; nothing doubted stands in it."""
    year = part.date.year if part.date else None
    address = absolute(part.get_absolute_url())
    title = title_of(part, work)
    return cite(Reference(part.identifier, title, address, year, part.is_dated_by_posting))


def cite_undated(work: Publication) -> str:
    """Return the undated citation of a work."""
    return cite(Reference(work.identifier, work.shown_name, absolute(work.get_absolute_url())))


def trail_to(work: Publication) -> list[Link]:
    """Return the way from the sector over the series or kind to the work, the work included."""
    above = work.series or work.family
    label = (
        _("%(letters)s series") % {"letters": work.series.letters}
        if work.series
        else work.family.name
    )
    return [
        link_to_sector(work.sector),
        (label, above.get_absolute_url()),
        (work.label, work.get_absolute_url()),
    ]


def headline(text: Edition | Component, work: Publication, between: str = " – ") -> str:
    """Return identifier and title; where no title is known, the identifier alone."""
    title = title_of(text, work)
    is_known = not text.identifier.startswith(title)
    return f"{text.identifier}{between}{title}" if is_known else text.identifier
