"""What the page of a work shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from catalog.charts.edition_bars import EditionHistory, edition_history
from catalog.models import Component, Edition, Initiative, Meeting, Publication, StudyGroup
from catalog.models.page_queries import (
    corrections_of_work,
    groups_of_series,
    initiatives_of,
    meetings_with_outcome,
    names_in_use_of,
    text_families,
)
from catalog.pages.opened import Opened
from catalog.pages.parts import (
    EditionRow,
    TopicRow,
    cite_dated,
    cite_undated,
    edition_rows,
    names_by_kind,
    parts_of,
    topics_of,
    what_to_read,
)
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.related_texts import RelatedTexts, neighbours_of, related_texts
from catalog.pages.sources import EntrySources, entry_sources
from catalog.search.match import exact_forms, find
from catalog.terms import CURRENT_STATES, SectorCode, State
from catalog.wording import provenance
from catalog.wording.doubts import state_words
from catalog.wording.names_in_use import NamesInUse
from catalog.wording.provenance import Provenance
from catalog.wording.state_lines import (
    Neighbours,
    StateLine,
    line_of_work,
    lines_of_number,
)
from catalog.wording.successions import Sentence, in_place_of
from catalog.wording.versions import missing_in_words
from catalog.works.known_successions import successions_of
from catalog.works.successors import NO_CHAIN, Chain, Successions, TextInChain
from catalog.works.versions import missing_versions


@dataclass(frozen=True)
class WorkPage:
    """A work with its editions and components, and the search that led to it, if one did."""

    work: Publication
    editions: list[Edition]
    components: list[Component]
    opened: Opened | None = None

    @classmethod
    def of(cls, work: Publication, opened: Opened | None) -> WorkPage:
        """Return the page of a work that was read `for_page`."""
        return cls(work, *parts_of(work), opened)

    @property
    def title(self) -> str:
        """Identifier, state and title."""
        work = self.work
        state = state_words(work).lower() if work.state else work.get_kind_display()
        parts = [work.label, state]
        if work.identifier and work.has_title:
            parts.append(work.shown_name)
        return " – ".join(parts)

    @property
    def description(self) -> str:
        """Identifier, title and what it is for, in sentences."""
        work = self.work
        name = f"{work.label}. {work.shown_name}." if work.has_title else f"{work.label}."
        return " ".join(filter(None, [name, work.purpose]))

    @cached_property
    def texts(self) -> RelatedTexts:
        """The texts and series that the work is tied to."""
        texts = related_texts(self.work)
        before = self._successions.before(self.work.pk)
        told = {row.text.work for row in before} | {text.work for text in self.chain.successors}
        # That it is the same text under another number is said once, as a succession.
        same = [text for text in texts.same_texts if text.pk not in told]
        return replace(texts, same_texts=same)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return neighbours_of(self.work, self.texts.same_texts, self.chain)

    @cached_property
    def _successions(self) -> Successions:
        return successions_of(self.work)

    @cached_property
    def chain(self) -> Chain:
        """What took its place, if it is no longer current."""
        is_current = self.work.state in CURRENT_STATES
        return NO_CHAIN if is_current else self._successions.chain(self.work.pk)

    @cached_property
    def groups_by_series(self) -> list[StudyGroup]:
        """The groups in charge of its series, where no group is named for the work itself."""
        work = self.work
        return groups_of_series(work.series_id) if work.series and not work.study_group else []

    @cached_property
    def in_place_of(self) -> Sentence:
        """The texts whose place it took."""
        return in_place_of(self._successions.before(self.work.pk))

    @cached_property
    def line(self) -> StateLine:
        """What its state is, in a sentence."""
        return line_of_work(self.work, self.components, self._neighbours)

    @property
    def instead(self) -> TextInChain | None:
        """The one text in force that stands in its place today; None of none or several."""
        standing = [text for text in self.chain.ends if text.is_current and text.url]
        return standing[0] if len(standing) == 1 else None

    @property
    def kind(self) -> str:
        """What it is, with its Sector: `ITU-T Recommendation`."""
        work = self.work
        return f"{work.sector.short_name} {work.get_kind_display()}"

    @property
    def kind_url(self) -> str:
        """The page of the collection to which it belongs."""
        return self.work.family.get_absolute_url()

    @cached_property
    def number_lines(self) -> list[StateLine]:
        """Which other works carry or carried its number."""
        return lines_of_number(self.work, self._neighbours, self.line)

    @cached_property
    def reading(self) -> list[Edition | Component]:
        """What to read today: the edition in force with its components in force."""
        return what_to_read(self.work, self.components)

    @property
    def not_part(self) -> list[Component]:
        """The components of that edition that are not in force."""
        current = self.work.current_edition_id
        return [
            part for part in self.components if part.edition_id == current and not part.is_in_force
        ]

    @cached_property
    def rows(self) -> list[EditionRow]:
        """The table of editions."""
        return edition_rows(self.editions, self.components)

    @cached_property
    def missing_versions(self) -> list[str]:
        """Which versions of a text of ITU-R are not in this catalogue, in sentences."""
        work = self.work
        if work.sector.code != SectorCode.ITU_R:
            return []
        versions = ((edition.version, edition.state) for edition in self.editions)
        return missing_in_words(missing_versions(work.identifier, versions, self.chain))

    @property
    def unattached(self) -> list[Component]:
        """The components that belong to no edition in this catalogue."""
        return [part for part in self.components if part.edition_id is None]

    @cached_property
    def history(self) -> EditionHistory | None:
        """The editions as bars in time; None where too little is dated."""
        return edition_history(self.editions, self.components, datetime.date.today())

    @cached_property
    def topics(self) -> list[TopicRow]:
        """The topics that it is on, and why."""
        return topics_of(self.work)

    @cached_property
    def names(self) -> list[tuple[str, list[str]]]:
        """Its other names under what they are."""
        return names_by_kind(self.work)

    @cached_property
    def called(self) -> NamesInUse:
        """What people call it, and the families of texts to which it belongs."""
        work = self.work
        families = [family for family in text_families() if family.has_member(work.identifier)]
        return NamesInUse(names_in_use_of(work), families)

    @property
    def dated(self) -> str:
        """The dated citation; empty where no edition stands for the work."""
        current = self.work.current_edition
        return cite_dated(current, self.work) if current else ""

    @property
    def undated(self) -> str:
        """The undated citation; empty where no edition is in force, so that it would mean none."""
        return "" if self.is_over else cite_undated(self.work)

    @property
    def is_over(self) -> bool:
        """Whether no edition in this catalogue is in force, as far as is known."""
        return self.work.state in (State.SUPERSEDED, State.WITHDRAWN, State.NOT_IN_FORCE)

    @cached_property
    def other_results(self) -> int:
        """How many entries but this one match the words of the search that led here."""
        words = self.opened.query if self.opened else ""
        return max(find(words).count() - 1, 0) if exact_forms(words) else 0

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The initiatives of which it came."""
        return initiatives_of(self.work)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The meetings of which it is an outcome."""
        return meetings_with_outcome(self.work)

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.work)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related and not shown above."""
        return related_groups(self.work, [*self.initiatives, *self.meetings])

    @cached_property
    def provenance(self) -> Provenance:
        """Where its facts come from."""
        work = self.work
        corrections = corrections_of_work(work.pk, work.current_edition_id or 0)
        found = provenance.of_work(work, self._neighbours.records, corrections)
        before = self._successions.before(work.pk)
        return provenance.with_successions(found, self.chain.links, before)
