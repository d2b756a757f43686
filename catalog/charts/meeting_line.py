"""The meetings of a conference as marks on a line of years, drawn on the server.

Places along the line are per cent of the width, so that it stretches and type does not. Marks that
would be too close to be hit one by one on a narrow page stand in lanes above each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.charts.edition_bars import Mark, year_marks
from catalog.models import Meeting
from catalog.rules.course_of_time import Course, course_of
from catalog.terms import MeetingStatus

FEWEST = 3  # Less is read off a table.
LANE = 24  # pixels, the least that can be hit (WCAG 2.2, 2.5.8)
NARROWEST = 280  # pixels of the line on the narrowest page
ROOM = 100 * LANE / NARROWEST  # per cent between two marks in a lane
EDGE = 4.5  # per cent on either side, for half a mark
AXIS = 20  # pixels for the years below
MID_YEAR = (7, 1)


@dataclass(frozen=True)
class MeetingMark:
    """A meeting: where its mark stands, and whether it lies ahead or did not take place."""

    meeting: Meeting
    left: float
    y: int
    is_ahead: bool
    is_off: bool


@dataclass(frozen=True)
class MeetingLine:
    """The marks of all meetings from the first to the last year, the oldest first."""

    first: int
    last: int
    marks: list[MeetingMark]
    years: list[Mark]
    floor: int

    @property
    def height(self) -> int:
        """The height of the picture in pixels."""
        return self.floor + AXIS

    @property
    def count(self) -> int:
        """How many meetings there are, without those that did not take place."""
        return sum(not mark.is_off for mark in self.marks)

    @property
    def has_ahead(self) -> bool:
        """Whether a meeting lies ahead."""
        return any(mark.is_ahead for mark in self.marks)

    @property
    def has_off(self) -> bool:
        """Whether a meeting did not take place."""
        return any(mark.is_off for mark in self.marks)


def meeting_line(meetings: Sequence[Meeting], today: datetime.date) -> MeetingLine | None:
    """Return the line for the meetings of a table, in any order; None for fewer than three."""
    if len(meetings) < FEWEST:
        return None
    days = {meeting.pk: _day(meeting) for meeting in meetings}
    in_order = sorted(meetings, key=lambda meeting: days[meeting.pk])
    first, last = in_order[0].year, in_order[-1].year
    start, end = datetime.date(first, 1, 1), datetime.date(last, 12, 31)

    def at(day: datetime.date) -> float:
        part = (min(max(day, start), end) - start) / (end - start)
        return round(EDGE + (100 - 2 * EDGE) * part, 2)

    lanes: list[float] = []
    placed = []
    for meeting in in_order:
        left = at(days[meeting.pk])
        placed.append((meeting, left, _lane(lanes, left)))
    floor = len(lanes) * LANE
    marks = [
        MeetingMark(
            meeting,
            left,
            floor - LANE * lane - LANE // 2,
            _is_ahead(meeting, today),
            meeting.status == MeetingStatus.NOT_HELD,
        )
        for meeting, left, lane in placed
    ]
    return MeetingLine(first, last, marks, year_marks(start, end, at), floor)


def _day(meeting: Meeting) -> datetime.date:
    """Return where a meeting stands; one of which only the year is known, in its middle."""
    known = meeting.starts or meeting.ends
    return known or datetime.date(meeting.year, *MID_YEAR)


def _lane(lanes: list[float], left: float) -> int:
    """Return the lowest lane with room for a mark, and take that room."""
    for number, taken in enumerate(lanes):
        if left - taken >= ROOM:
            lanes[number] = left
            return number
    lanes.append(left)
    return len(lanes) - 1


def _is_ahead(meeting: Meeting, today: datetime.date) -> bool:
    course = course_of(meeting.starts, meeting.ends, meeting.year, today)
    return course is Course.AHEAD
