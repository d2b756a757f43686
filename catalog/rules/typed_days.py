"""A day up to today as somebody types it: `2019-05-01`, `1 May 2019`, `May 2019`, `2019`.

A month or a year means its last day, or today while it lasts. Where day and month may be
exchanged (`01/05/2010`) nobody guesses. Nothing here knows Django.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.terms import Precision

LONGEST = 40  # characters

NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = {
    name[:length]: number
    for number, name in enumerate(NAMES, start=1)
    for length in (3, 4 if name == "september" else 3, len(name))
}
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
YEAR_AND_MONTH = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")
MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
YEAR = re.compile(r"[0-9]{4}")
# Words and numbers in any order, without what stands between them.
WORDS = re.compile(r"[a-z]+|[0-9]+")
MAY_STAND = re.compile(r"[a-z0-9 .,-]+")
ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b")


class DayError(ValueError):
    """The text names no day up to today."""


class UnreadableDay(DayError):
    """The text is no day in a form that is understood."""


class NoSuchDay(DayError):
    """The text names a day that no calendar has."""


class DayAhead(DayError):
    """The text names a day after today."""


class AmbiguousDay(DayError):
    """The text may mean one of two days, which stand in `days`."""

    def __init__(self, days: Iterable[datetime.date]) -> None:
        super().__init__(*days)
        self.days = tuple(days)


@dataclass(frozen=True)
class AskedDay:
    """A day, and how exactly it was named; `lasts` if it stands for a month or year not over."""

    day: datetime.date
    precision: str = Precision.DAY
    lasts: bool = False


def read_day(text: str, today: datetime.date) -> AskedDay:
    """Return the day up to `today` that a reader types.

    Raises UnreadableDay, NoSuchDay, DayAhead or AmbiguousDay, all of them DayErrors.
    """
    if len(text) > LONGEST:
        raise UnreadableDay(text[:LONGEST])
    year, month, day = _parts(" ".join(text.strip(" ()\t\r\n").lower().split()), text)
    first = _date(year, month or 1, day or 1)
    if first > today:
        raise DayAhead(text)
    if day:
        return AskedDay(first)
    precision = Precision.MONTH if month else Precision.YEAR
    last_month = month or 12
    last = first.replace(month=last_month, day=calendar.monthrange(year, last_month)[1])
    return AskedDay(min(last, today), precision, lasts=last > today)


def _parts(plain: str, text: str) -> tuple[int, int, int]:
    """Return year, month and day; 0 for what is not named."""
    if match := YEAR_FIRST.fullmatch(plain):
        return int(match[1]), _named(match[3]), _named(match[4])
    if match := COMPACT.fullmatch(plain):
        return int(match[1]), _named(match[2]), _named(match[3])
    if match := YEAR_LAST.fullmatch(plain):
        return _day_and_month(int(match[1]), int(match[3]), int(match[4]))
    if match := YEAR_AND_MONTH.fullmatch(plain):
        return int(match[1]), _named(match[2]), 0
    if match := MONTH_AND_YEAR.fullmatch(plain):
        return int(match[2]), _named(match[1]), 0
    if YEAR.fullmatch(plain):
        return int(plain), 0, 0
    return _parts_in_words(plain, text)


def _parts_in_words(plain: str, text: str) -> tuple[int, int, int]:
    """Read `1st of May 2010`, `May 1, 2010`, `2010 May 1` and `May 2010`."""
    plain = ORDINAL.sub(r"\1", plain)
    words = [word for word in WORDS.findall(plain) if word != "of"]
    months = [MONTHS[word] for word in words if word in MONTHS]
    years = [int(word) for word in words if YEAR.fullmatch(word)]
    days = [word for word in words if word.isdigit() and len(word) <= 2]
    found = len(months) == len(years) == 1 and len(days) <= 1
    if not found or len(words) != 2 + len(days) or not MAY_STAND.fullmatch(plain):
        raise UnreadableDay(text)
    return years[0], months[0], _named(days[0]) if days else 0


def _day_and_month(one: int, other: int, year: int) -> tuple[int, int, int]:
    days = {
        datetime.date(year, month, day)
        for day, month in ((one, other), (other, one))
        if _is_day(year, month, day)
    }
    if len(days) == 2:
        raise AmbiguousDay(sorted(days, key=lambda found: found.day != one))
    if not days:
        raise NoSuchDay(one, other, year)
    only = days.pop()
    return only.year, only.month, only.day


def _named(digits: str) -> int:
    """Return a number that is not 0, which stands for what is not named."""
    if not int(digits):
        raise NoSuchDay(digits)
    return int(digits)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _date(year: int, month: int, day: int) -> datetime.date:
    if not _is_day(year, month, day):
        raise NoSuchDay(year, month, day)
    return datetime.date(year, month, day)
