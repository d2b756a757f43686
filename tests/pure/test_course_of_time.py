"""What lies ahead, is under way or is over."""

from __future__ import annotations

import datetime

import pytest

from catalog.rules.course_of_time import Course, course_of

FIRST, LAST = datetime.date(2026, 11, 9), datetime.date(2026, 11, 27)
NEXT_YEAR = datetime.date(2027, 1, 1)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "course"),
    [
        (FIRST - DAY, Course.AHEAD),
        (FIRST, Course.UNDER_WAY),
        (LAST, Course.UNDER_WAY),
        (LAST + DAY, Course.OVER),
        (NEXT_YEAR, Course.OVER),
    ],
)
def test_the_first_and_the_last_day_belong_to_it(today, course):
    assert course_of(FIRST, LAST, 2026, today) is course


def test_one_known_day_stands_for_both():
    assert course_of(FIRST, None, 2026, FIRST) is Course.UNDER_WAY
    assert course_of(None, LAST, 2026, LAST + DAY) is Course.OVER


@pytest.mark.parametrize(
    ("year", "course"),
    [(2025, Course.OVER), (2026, Course.SOME_TIME_THIS_YEAR), (2027, Course.AHEAD)],
)
def test_without_days_the_year_counts(year, course):
    assert course_of(None, None, year, FIRST) is course
