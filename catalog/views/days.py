"""A work as it stood on a day in the past: `?on=2019-05-01` (page design, section 3.4)."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.models import Publication
from catalog.on_day import DayError, OnDay, on_day, read_day
from catalog.state_lines import line_of_day
from catalog.terms import State
from catalog.views.page import show
from catalog.views.work_parts import (
    cite_dated,
    cite_undated,
    edition_rows,
    names_by_kind,
    parts_of,
    trail_to,
)


def work_on_day(request: HttpRequest, work: Publication) -> HttpResponse:
    """Show a work as of the day asked for; answer 400 where no day can be read."""
    asked = request.GET.getlist("on")
    try:
        day = read_day(asked[0] if len(asked) == 1 else "", datetime.date.today())
    except DayError:
        return _wrong_day(request, work, asked[0])
    editions, components = parts_of(work)
    then = on_day(work, editions, components, day)
    by_then = [part for part in components if part.date and part.date <= day]
    reading = [then.edition, *then.parts] if then.state else []
    title = (then.edition.title if then.edition else "") or work.name
    return show(
        request,
        "publication_on_day.html",
        title=_title(work, then, title),
        description=_("%(label)s as it stood on %(day)s, as far as the dates tell.")
        % {"label": work.label, "day": date_format(day, "j F Y")},
        trail=trail_to(work),
        noindex=True,
        edits=work,
        work=work,
        work_title=title,
        day=day,
        iso_day=day.isoformat(),
        then=then,
        line=line_of_day(work, then),
        names=names_by_kind(work),
        reading=reading,
        rows=edition_rows(then.editions, by_then, then.state_of),
        loose=[part for part in by_then if part.edition_id is None],
        dated=cite_dated(request, then.edition, work) if then.edition else "",
        undated=cite_undated(request, work),
    )


def _title(work: Publication, then: OnDay, title: str) -> str:
    words = {
        "label": work.label,
        "day": date_format(then.day, "j F Y"),
        "state": _(State(then.state).label).lower() if then.state else _("state not known"),
        "title": title,
    }
    if title == work.label:
        return _("%(label)s on %(day)s – %(state)s") % words
    return _("%(label)s on %(day)s – %(state)s – %(title)s") % words


def _wrong_day(request: HttpRequest, work: Publication, asked: str) -> HttpResponse:
    return show(
        request,
        "wrong_day.html",
        title=_("Error: no such day for %(label)s") % {"label": work.label},
        description=_("The date in the address cannot be read."),
        trail=trail_to(work),
        status=400,
        noindex=True,
        work=work,
        asked=asked[:40],
    )
