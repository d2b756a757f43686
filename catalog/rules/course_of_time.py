"""Whether something lies ahead, is under way or is over: follows from its days and today.

Nothing here knows Django.
"""

from __future__ import annotations

import datetime
from enum import Enum, auto


class Course(Enum):
    """How something stands to a day."""

    AHEAD = auto()
    UNDER_WAY = auto()
    OVER = auto()
    SOME_TIME_THIS_YEAR = auto()  # only its year is known, and that is this one


def course_of(
    starts: datetime.date | None, ends: datetime.date | None, year: int, today: datetime.date
) -> Course:
    """Return how something stands to today; one known day stands for both, else the year counts."""
    first, last = starts or ends, ends or starts
    if first is None or last is None:
        if year == today.year:
            return Course.SOME_TIME_THIS_YEAR
        return Course.AHEAD if year > today.year else Course.OVER
    if today < first:
        return Course.AHEAD
    return Course.OVER if today > last else Course.UNDER_WAY
