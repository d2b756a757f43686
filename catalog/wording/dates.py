"""Dates in words, no more exact than they are known."""

from __future__ import annotations

import datetime

from django.utils.formats import date_format

from catalog.terms import Precision


def date_words(day: datetime.date | None, precision: str, short: bool = False) -> str:
    """Return 25 November 1988, November 1988 or 1988; `short` gives 25 Nov 1988 for tables."""
    if day is None:
        return ""
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.MONTH:
        return date_format(day, "M Y" if short else "F Y")
    return date_format(day, "j M Y" if short else "j F Y")


def partial_date_words(text: str) -> str:
    """Return a year, month or day that is kept as a text (`2025-11`) in words: November 2025."""
    precision = {4: Precision.YEAR, 7: Precision.MONTH}.get(len(text), Precision.DAY)
    try:
        day = datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return text
    return date_words(day, precision)


def moment_machine(moment: datetime.datetime) -> str:
    """Return a moment for machines, in UTC and to the second: 2026-08-22T14:03:00Z (RFC 3339)."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def date_machine(day: datetime.date | None, precision: str) -> str:
    """Return the date for machines: 1988-11-25, 1988-11 or 1988 (HTML `time`)."""
    if day is None:
        return ""
    return day.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision, 10)]
