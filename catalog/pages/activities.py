"""What the pages of initiatives, partners, conferences and meetings show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from catalog.charts.meeting_line import MeetingLine, meeting_line
from catalog.models import (
    Conference,
    Goal,
    Initiative,
    Meeting,
    Partner,
    Publication,
    PublicationName,
    StudyGroup,
    Topic,
)
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources
from catalog.rules.course_of_time import Course, course_of
from catalog.wording.meetings import course_in_words

ISO_PARTNERS = {"iso": "ISO", "iec": "IEC"}  # by key: its part of the numbers of twin texts


@dataclass(frozen=True)
class InitiativePage:
    """An initiative with whom and what it is tied to."""

    initiative: Initiative

    @cached_property
    def partners(self) -> list[Partner]:
        """The partners that take part."""
        return list(self.initiative.partners.for_list())

    @cached_property
    def works(self) -> list[Publication]:
        """The works that came of it."""
        return list(self.initiative.publications.for_list())

    @cached_property
    def groups(self) -> list[StudyGroup]:
        """The groups that take part."""
        return list(self.initiative.study_groups.with_sector())

    @cached_property
    def topics(self) -> list[Topic]:
        """What it is about."""
        return list(self.initiative.topics.all())

    @cached_property
    def goals(self) -> list[Goal]:
        """The goals that it serves."""
        return list(self.initiative.goals.all())

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Its meetings, if it is a summit, the newest first."""
        return list(self.initiative.meetings.for_table())

    @property
    def line(self) -> MeetingLine | None:
        """The same meetings on a line of years."""
        return meeting_line(self.meetings, datetime.date.today())

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.initiative)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related and not shown above."""
        shown = [*self.partners, *self.works, *self.groups, *self.topics, *self.goals]
        return related_groups(self.initiative, shown)


@dataclass(frozen=True)
class PartnerPage:
    """A partner with what it does together with ITU."""

    partner: Partner

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The initiatives in which it takes part."""
        return list(self.partner.initiatives.existing().for_list())

    @cached_property
    def topics(self) -> list[Topic]:
        """What it works on with ITU."""
        return list(self.partner.topics.all())

    @cached_property
    def goals(self) -> list[Goal]:
        """The goals that it serves."""
        return list(self.partner.goals.all())

    @cached_property
    def twins(self) -> list[PublicationName]:
        """The numbers that it gave, alone or with another, to texts that are published jointly."""
        label = ISO_PARTNERS.get(self.partner.key)
        rows = PublicationName.objects.of_iso() if label else ()
        return [row for row in rows if label in row.name]

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.partner)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related and not shown above."""
        return related_groups(self.partner, [*self.initiatives, *self.topics, *self.goals])


@dataclass(frozen=True)
class ConferencePage:
    """A conference: its purpose, its cycle and its meetings."""

    conference: Conference

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Its meetings, the newest first."""
        return list(self.conference.meetings.for_table())

    @property
    def meeting_count(self) -> int:
        """How many meetings it has, without those that did not take place."""
        return sum(not meeting.was_not_held for meeting in self.meetings)

    @property
    def line(self) -> MeetingLine | None:
        """The same meetings on a line of years."""
        return meeting_line(self.meetings, datetime.date.today())

    @cached_property
    def topics(self) -> list[Topic]:
        """What it is about."""
        return list(self.conference.topics.all())

    @cached_property
    def goals(self) -> list[Goal]:
        """The goals that it serves."""
        return list(self.conference.goals.all())

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.conference)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related and not shown above."""
        return related_groups(self.conference, [*self.topics, *self.goals, *self.meetings])


@dataclass(frozen=True)
class MeetingPage:
    """A meeting with its outcome, and the meetings before and after it."""

    meeting: Meeting

    @property
    def parent(self) -> Conference | Initiative:
        """The conference or summit to which it belongs."""
        return self.meeting.parent

    @cached_property
    def works(self) -> list[Publication]:
        """Its outcome documents."""
        return list(self.meeting.outcomes.for_list())

    @property
    def course(self) -> str:
        """Whether it lies ahead, is under way or was held, as of today."""
        today = datetime.date.today()
        return course_in_words(self.meeting, today, has_outcome=bool(self.works))

    @property
    def is_ahead(self) -> bool:
        """Whether it has not begun."""
        meeting = self.meeting
        course = course_of(meeting.starts, meeting.ends, meeting.year, datetime.date.today())
        return course is Course.AHEAD

    @cached_property
    def _siblings(self) -> list[Meeting]:
        return list(self.parent.meetings.with_parents().newest_first())

    @property
    def _place(self) -> int:
        return self._siblings.index(self.meeting)

    @property
    def following(self) -> Meeting | None:
        """The meeting after this one."""
        return self._siblings[self._place - 1] if self._place else None

    @property
    def previous(self) -> Meeting | None:
        """The meeting before this one."""
        return next(iter(self._siblings[self._place + 1 :]), None)

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.meeting)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related to the meeting."""
        return related_groups(self.meeting)
