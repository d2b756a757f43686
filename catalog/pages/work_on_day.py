"""What the page of a work as of a day in the past shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.models import Component, Edition, Publication
from catalog.pages.parts import (
    EditionRow,
    TopicRow,
    cite_dated,
    cite_undated,
    edition_rows,
    names_by_kind,
    parts_of,
    topics_of,
)
from catalog.rules.typed_days import AskedDay
from catalog.terms import State
from catalog.wording.asked_days import stands_for
from catalog.wording.doubts import state_words
from catalog.wording.import_report import newest_run
from catalog.wording.state_lines import StateLine, line_of_day
from catalog.wording.successions import Sentence, in_place_of
from catalog.wording.titles import title_of
from catalog.works.known_successions import successions_of
from catalog.works.on_day import OnDay, on_day
from catalog.works.successors import Successions


@dataclass(frozen=True)
class WorkOnDayPage:
    """A work as it stood on a day; `components` are those dated by then."""

    work: Publication
    asked: AskedDay
    then: OnDay
    components: list[Component]

    @classmethod
    def of(cls, work: Publication, asked: AskedDay) -> WorkOnDayPage:
        """Return the page of a work that was read `for_page`."""
        day = asked.day
        editions, components = parts_of(work)
        by_then = [part for part in components if part.date and part.date <= day]
        return cls(work, asked, on_day(work, editions, components, day, newest_run()), by_then)

    @property
    def day(self) -> datetime.date:
        """The day asked for."""
        return self.then.day

    @property
    def stands_for(self) -> str:
        """For which month or year the day stands; nothing if the day itself was asked for."""
        return stands_for(self.asked)

    @property
    def iso_day(self) -> str:
        """The day as it stands in the address."""
        return self.day.isoformat()

    @property
    def title(self) -> str:
        """Identifier, day, state of then and title of then."""
        words = {
            "label": self.work.label,
            "day": date_format(self.day, "j F Y"),
            "state": state_words(self.then).lower() or _("status not known"),
            "title": self.work_title,
        }
        if self.work_title == self.work.label:
            return _("%(label)s on %(day)s – %(state)s") % words
        return _("%(label)s on %(day)s – %(state)s – %(title)s") % words

    @property
    def description(self) -> str:
        """What the page is, in a sentence."""
        words = {"label": self.work.label, "day": date_format(self.day, "j F Y")}
        return _("%(label)s as of %(day)s, as far as its dates show.") % words

    @property
    def kind(self) -> str:
        """What the work is, with its Sector: `ITU-T Recommendation`."""
        return f"{self.work.sector.short_name} {self.work.get_kind_display()}"

    @property
    def kind_url(self) -> str:
        """The page of its collection."""
        return self.work.family.get_absolute_url()

    @cached_property
    def work_title(self) -> str:
        """The title that the work had then."""
        return title_of(self.then.edition or self.work, self.work)

    @cached_property
    def line(self) -> StateLine:
        """What its state was, in a sentence."""
        return line_of_day(self.work, self.then, self._successions.as_of(self.work.pk, self.day))

    @cached_property
    def _successions(self) -> Successions:
        return successions_of(self.work)

    @property
    def in_place_of(self) -> Sentence:
        """The texts whose place it is known to have taken by then."""
        rows = self._successions.before(self.work.pk)
        return in_place_of([row for row in rows if row.happened_by(self.day)])

    @cached_property
    def topics(self) -> list[TopicRow]:
        """The topics that it is on, and why."""
        return topics_of(self.work)

    @cached_property
    def names(self) -> list[tuple[str, list[str]]]:
        """Its other names under what they are."""
        return names_by_kind(self.work)

    @property
    def reading(self) -> list[Edition | Component]:
        """What to read for that day; nothing where the state is not known."""
        if self.then.state != State.IN_FORCE:
            return []
        return [self.then.edition, *self.then.parts]

    @cached_property
    def rows(self) -> list[EditionRow]:
        """The table of the editions approved by then."""
        return edition_rows(self.then.editions, self.components, self.then.state_of)

    @property
    def unattached(self) -> list[Component]:
        """The components that belong to no edition in this catalogue."""
        return [part for part in self.components if part.edition_id is None]

    @property
    def dated(self) -> str:
        """The dated citation; empty where there was no edition."""
        return cite_dated(self.then.edition, self.work) if self.then.edition else ""

    @property
    def undated(self) -> str:
        """The undated citation."""
        return cite_undated(self.work)


@dataclass(frozen=True)
class WrongDayPage:
    """What was asked for a work instead of a day, why it is none, and which it may mean."""

    work: Publication
    asked: str
    problem: str
    days: tuple[datetime.date, ...]
