"""The day of `?on=2019-05-01`."""

from __future__ import annotations

import datetime

from django.http import HttpRequest

from catalog.works.on_day import read_day


def asked_day(request: HttpRequest) -> datetime.date:
    """Return the day that the address asks for; raise DayError if it is none, or is given twice."""
    asked = request.GET.getlist("on")
    return read_day(asked[0] if len(asked) == 1 else "", datetime.date.today())
