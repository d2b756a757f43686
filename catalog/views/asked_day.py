"""The day of `?on=2019-05-01`, in any way of writing it."""

from __future__ import annotations

import datetime

from django.http import HttpRequest

from catalog.rules.typed_days import LONGEST, AskedDay, read_day


def asked_day(request: HttpRequest) -> AskedDay:
    """Return the day that the address asks for; raise DayError if it is none, or is given twice."""
    asked = request.GET.getlist("on")
    return read_day(asked[0] if len(asked) == 1 else "", datetime.date.today())


def asked_text(request: HttpRequest) -> str:
    """Return what the address says instead of a day, for a message: its first characters."""
    return request.GET.getlist("on")[0][:LONGEST]
