"""What is said to a day that somebody asks for, and to one that cannot be used."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.rules.typed_days import (
    AmbiguousDay,
    AskedDay,
    DayAhead,
    DayError,
    NoSuchDay,
)
from catalog.terms import Precision
from catalog.wording.dates import date_words


def problem_with_day(error: DayError, asked: str) -> str:
    """Return what is wrong with a text that was asked for as a day."""
    if isinstance(error, AmbiguousDay):
        one, other = (date_words(day, Precision.DAY) for day in error.days)
        words = {"asked": asked, "one": one, "other": other}
        return _("Error: %(asked)s may mean %(one)s or %(other)s. Choose one of them.") % words
    if isinstance(error, DayAhead):
        return _("Error: the date must not be later than today.")
    if isinstance(error, NoSuchDay):
        return _("Error: there is no such day. Write, for example, 1 May 2019.")
    return _(
        "Error: this is not understood as a date. Write, for example, 1 May 2019, May 2019, "
        "2019 or 2019-05-01."
    )


def stands_for(asked: AskedDay) -> str:
    """Return for which month or year a day stands; nothing if the day itself was asked for."""
    if asked.precision == Precision.DAY:
        return ""
    period = {"period": date_words(asked.day, asked.precision)}
    if asked.lasts:
        return _("%(period)s is not over; this is today.") % period
    return _("You asked for %(period)s; this is its last day.") % period
