"""What the pages of editions and components show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from catalog.models import Component, Edition, Publication
from catalog.models.page_queries import (
    corrections_of_component,
    corrections_of_edition,
    records_of_component,
    records_of_edition,
)
from catalog.pages.opened import Opened
from catalog.pages.parts import cite_dated, headline, parts_of
from catalog.pages.related_texts import same_text_as
from catalog.terms import ComponentType, State
from catalog.wording import provenance
from catalog.wording.doubts import Doubt, doubts_of
from catalog.wording.provenance import Provenance
from catalog.wording.state_lines import (
    StateLine,
    line_of_component,
    line_of_edition,
    what_changed_when,
)
from catalog.wording.titles import title_of
from catalog.works.known_successions import chain_today
from catalog.works.successors import Chain

CORRECTING = (ComponentType.CORRIGENDUM, ComponentType.ERRATUM)
CHANGING = (ComponentType.AMENDMENT, ComponentType.ADDENDUM)


@dataclass(frozen=True)
class PartPage:
    """What the pages of editions and components share."""

    work: Publication
    opened: Opened | None

    @property
    def part(self) -> Edition | Component:
        """The edition or component."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """Identifier and title, with a warning before those of a superseded text."""
        prefix = _("Superseded: ") if self.part.state == State.SUPERSEDED else ""
        return f"{prefix}{headline(self.part, self.work)}"

    @property
    def description(self) -> str:
        """Identifier and title in a sentence."""
        return f"{headline(self.part, self.work, ': ')}."

    @property
    def shown_title(self) -> str:
        """The title of the edition or component, else the best in its place."""
        return title_of(self.part, self.work)

    @cached_property
    def doubts(self) -> list[Doubt]:
        """The facts of our source that are doubted."""
        return doubts_of(self.part, self.work)

    @cached_property
    def chain(self) -> Chain:
        """What took the place of the work, if it is no longer current."""
        return chain_today(self.work)

    @property
    def dated(self) -> str:
        """The dated citation."""
        return cite_dated(self.part, self.work)


@dataclass(frozen=True)
class EditionPage(PartPage):
    """An edition among the others of its work, which stand in `editions`, the newest first."""

    edition: Edition
    editions: list[Edition]
    components: list[Component]

    @classmethod
    def of(cls, edition: int, work: Publication, opened: Opened | None) -> EditionPage:
        """Return the page of an edition (a primary key) of a work that was read `for_page`."""
        editions, components = parts_of(work)
        found = next(row for row in editions if row.pk == edition)
        of_it = [part for part in components if part.edition_id == edition]
        return cls(work, opened, found, editions, of_it)

    @property
    def part(self) -> Edition:
        """The edition."""
        return self.edition

    @property
    def kind(self) -> str:
        """What it is an edition of."""
        return _("Edition of %(work)s") % {"work": self.work.label}

    @property
    def kind_url(self) -> str:
        """The page of the work."""
        return self.work.get_absolute_url()

    @property
    def _place(self) -> int:
        return self.editions.index(self.edition)

    @property
    def following(self) -> Edition | None:
        """The edition after this one."""
        return self.editions[self._place - 1] if self._place else None

    @property
    def previous(self) -> Edition | None:
        """The edition before this one."""
        return next(iter(self.editions[self._place + 1 :]), None)

    @property
    def ordinal(self) -> int:
        """Its place among the editions held here, the oldest being the first."""
        return len(self.editions) - self._place

    @cached_property
    def line(self) -> StateLine:
        """What its state is, in a sentence."""
        is_last_superseded = self.edition.state == State.SUPERSEDED and not self._place
        same_text = same_text_as(self.work) if is_last_superseded else None
        return line_of_edition(self.edition, self.work, same_text, self.chain)

    @property
    def changes(self) -> list[str]:
        """When it was superseded, by what, step by step; empty for other states."""
        if self.edition.state != State.SUPERSEDED:
            return []
        return what_changed_when(self.edition, self.following)

    @cached_property
    def provenance(self) -> Provenance:
        """Where its facts come from."""
        records = records_of_edition(self.edition.pk)
        corrections = corrections_of_edition(self.edition.pk)
        found = provenance.of_edition(self.edition, self.work, records, corrections)
        return provenance.with_successions(found, self.chain.links)


@dataclass(frozen=True)
class ComponentPage(PartPage):
    """An amendment, corrigendum, annex or other component, and those beside it."""

    component: Component
    siblings: list[Component]

    @classmethod
    def of(cls, component: int, work: Publication, opened: Opened | None) -> ComponentPage:
        """Return the page of a component (a primary key) of a work that was read `for_page`."""
        _editions, components = parts_of(work)
        found = next(row for row in components if row.pk == component)
        beside = [row for row in components if row.edition_id == found.edition_id and row != found]
        return cls(work, opened, found, beside)

    @property
    def part(self) -> Component:
        """The component."""
        return self.component

    @property
    def kind(self) -> str:
        """What it is, and what it belongs to: the edition, else the work."""
        words = {"type": self.component.get_type_display(), "text": self._whole_label}
        return _("%(type)s to %(text)s") % words

    @property
    def kind_url(self) -> str:
        """The page of what it belongs to."""
        return (self.component.edition or self.work).get_absolute_url()

    @property
    def _whole_label(self) -> str:
        edition = self.component.edition
        return edition.identifier if edition else self.work.label

    @property
    def effect(self) -> str:
        """What it does to the edition, as a heading."""
        if self.component.type in CORRECTING:
            return _("What it corrects")
        return _("What it changes") if self.component.type in CHANGING else _("What it belongs to")

    @cached_property
    def line(self) -> StateLine:
        """What its state is, in a sentence."""
        return line_of_component(self.component, self.chain)

    @cached_property
    def provenance(self) -> Provenance:
        """Where its facts come from."""
        records = records_of_component(self.component.pk)
        corrections = corrections_of_component(self.component.pk)
        found = provenance.of_component(self.component, self.work, records, corrections)
        return provenance.with_successions(found, self.chain.links)
