"""What the list of works of a series or a group as of a day shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from catalog.models import Edition, ImportRun, Publication, Sector, Series, StudyGroup
from catalog.models.work_queries import PublicationQuerySet
from catalog.pages.numbered import NumberedPage
from catalog.rules.typed_days import AskedDay
from catalog.terms import State
from catalog.wording.asked_days import stands_for
from catalog.wording.dates import date_machine
from catalog.wording.import_report import newest_run
from catalog.wording.titles import title_of
from catalog.works.known_successions import known_successions
from catalog.works.on_day import has_ended
from catalog.works.successors import NO_CHAIN, Chain, Successions


@dataclass(frozen=True)
class DayQuery:
    """The parameters of a list as of a day."""

    asked: AskedDay

    def query(self, **changes: Any) -> str:
        """Return the query string with some parameters changed (None drops one)."""
        kept = {name: value for name, value in changes.items() if value is not None}
        return urlencode({"on": date_machine(self.asked.day, self.asked.precision), **kept})


@dataclass(frozen=True)
class WorkThen:
    """A work with the edition that was its newest on the day; `run` is the last import."""

    work: Publication
    edition: Edition
    day: datetime.date
    run: ImportRun | None = None
    chain: Chain = NO_CHAIN

    @property
    def title(self) -> str:
        """The title of that edition."""
        return title_of(self.edition, self.work)

    @property
    def state(self) -> str:
        """The state of that edition on the day; empty if it is not known."""
        if has_ended(self.edition, self.day, self.run):
            return self.edition.state
        return State.IN_FORCE.value if self.was_in_force else ""

    @property
    def state_doubted(self) -> bool:
        """Whether that state rests on one of today that is doubted."""
        return self.edition.state_doubted

    @property
    def was_in_force(self) -> bool:
        """Whether the edition is known to have been in force on the day."""
        return self.work.edition_on_state_known


@dataclass(frozen=True)
class WorksOnDayPage(NumberedPage):
    """How many works of `entry` had an edition on a day, and which; `works` are all of them."""

    entry: Series | StudyGroup
    asked: AskedDay
    works: PublicationQuerySet

    @property
    def day(self) -> datetime.date:
        """The day asked for."""
        return self.asked.day

    @property
    def stands_for(self) -> str:
        """For which month or year the day stands; nothing if the day itself was asked for."""
        return stands_for(self.asked)

    @property
    def sector(self) -> Sector:
        """The Sector of the series or group."""
        return self.entry.sector

    @property
    def iso_day(self) -> str:
        """The day as it stands in the address."""
        return self.day.isoformat()

    @cached_property
    def _by_known(self) -> dict[bool, int]:
        return self.works.count_by_state_known()

    @property
    def total(self) -> int:
        """How many works had an edition."""
        return sum(self._by_known.values())

    @property
    def in_force(self) -> int:
        """Of how many of them the edition is known to have been in force."""
        return self._by_known.get(True, 0)

    @cached_property
    def posted_later(self) -> int:
        """How many works may have had an edition: only a later day of posting is known."""
        return Publication.objects.of_entry(self.entry).posted_after(self.day).count()

    @cached_property
    def rows(self) -> list[WorkThen]:
        """The works of the page with their editions of then, in two queries."""
        works = list(self.numbered.object_list)
        editions = Edition.objects.by_id(work.edition_on_id for work in works)
        run = newest_run()
        return [
            WorkThen(work, editions[work.edition_on_id], self.day, run, self._chain(work))
            for work in works
        ]

    def _chain(self, work: Publication) -> Chain:
        """Return what is known to have taken the place of a work that was not in force then."""
        if work.edition_on_state_known:
            return NO_CHAIN
        return self._successions.as_of(work.pk, self.day)

    @cached_property
    def _successions(self) -> Successions:
        return known_successions()
