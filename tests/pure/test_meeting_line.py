"""Where the marks of meetings stand on their line."""

from __future__ import annotations

import datetime
import itertools
from types import SimpleNamespace

import pytest

from catalog.charts.meeting_line import LANE, ROOM, meeting_line
from tests.found import some

TODAY = datetime.date(2026, 11, 24)


def held(year: int, month: int = 0, status: str = "held"):
    """Return a meeting of a year, or of the first of a month."""
    starts = datetime.date(year, month, 1) if month else None
    return SimpleNamespace(pk=(year, month), year=year, starts=starts, ends=None, status=status)


@pytest.mark.parametrize("years", [[], [2020], [2020, 2024]])
def test_a_few_meetings_need_no_line(years):
    assert meeting_line([held(year) for year in years], TODAY) is None


def test_every_meeting_has_its_mark_from_left_to_right():
    meetings = [held(2024), held(1988, 5), held(2002), held(2030)]
    line = meeting_line(meetings, TODAY)
    assert (line.first, line.last) == (1988, 2030)
    assert [mark.meeting.year for mark in line.marks] == [1988, 2002, 2024, 2030]
    lefts = [mark.left for mark in line.marks]
    assert lefts == sorted(lefts)
    assert 0 < lefts[0] < lefts[-1] < 100


def test_marks_can_be_hit_one_by_one():
    meetings = [held(year, month) for year in range(2000, 2026) for month in (3, 9)]
    line = meeting_line(meetings, TODAY)
    for one, other in some(itertools.combinations(line.marks, 2)):
        assert abs(one.left - other.left) >= ROOM or abs(one.y - other.y) >= LANE
    for mark in some(line.marks):
        assert LANE / 2 <= mark.y <= line.floor - LANE / 2


def test_what_lies_ahead_or_was_called_off_is_marked():
    line = meeting_line([held(2024), held(2020, status="not-held"), held(2027)], TODAY)
    assert [(m.meeting.year, m.is_ahead, m.is_off) for m in line.marks] == [
        (2020, False, True),
        (2024, False, False),
        (2027, True, False),
    ]
    assert line.has_ahead
    assert line.has_off


def test_a_year_of_meetings_is_no_division_by_nothing():
    line = meeting_line([held(2024, month) for month in (1, 5, 9)], TODAY)
    assert line.first == line.last == 2024
    assert len(line.marks) == 3
