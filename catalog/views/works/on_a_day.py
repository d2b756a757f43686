"""A work as it stood on a day in the past: `?on=2019-05-01` (rule 10.1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.models import Publication
from catalog.pages.frame import Frame
from catalog.pages.parts import trail_to
from catalog.pages.work_on_day import WorkOnDayPage, WrongDayPage
from catalog.views.asked_day import asked_day
from catalog.views.page import show
from catalog.works.on_day import DayError


def work_on_day(request: HttpRequest, work: Publication) -> HttpResponse:
    """Show a work as of the day asked for; answer 400 where no day can be read."""
    try:
        day = asked_day(request)
    except DayError:
        return _wrong_day(request, work)
    page = WorkOnDayPage.of(work, day)
    frame = Frame(
        title=page.title,
        description=page.description,
        trail=trail_to(work),
        noindex=True,
        entry=work,
    )
    return show(request, "publication_on_day.html", frame, page)


def _wrong_day(request: HttpRequest, work: Publication) -> HttpResponse:
    frame = Frame(
        title=_("Error: date not accepted – %(label)s") % {"label": work.label},
        description=_("The date in the address cannot be read."),
        trail=trail_to(work),
        noindex=True,
    )
    page = WrongDayPage(work, request.GET.getlist("on")[0][:40])
    return show(request, "wrong_day.html", frame, page, status=400)
