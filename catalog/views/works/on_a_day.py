"""A work as it stood on a day in the past: `?on=2019-05-01` (rule 10.1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.models import Publication
from catalog.pages.frame import Frame
from catalog.pages.parts import trail_to
from catalog.pages.work_on_day import WorkOnDayPage, WrongDayPage
from catalog.rules.typed_days import AmbiguousDay, DayError
from catalog.views.asked_day import asked_day, asked_text
from catalog.views.page import show
from catalog.wording.asked_days import problem_with_day


def work_on_day(request: HttpRequest, work: Publication) -> HttpResponse:
    """Show a work as of the day asked for; answer 400 where no day can be read."""
    try:
        asked = asked_day(request)
    except DayError as error:
        return _wrong_day(request, work, error)
    page = WorkOnDayPage.of(work, asked)
    frame = Frame(
        title=page.title,
        description=page.description,
        trail=trail_to(work),
        noindex=True,
        entry=work,
    )
    return show(request, "publication_on_day.html", frame, page)


def _wrong_day(request: HttpRequest, work: Publication, error: DayError) -> HttpResponse:
    frame = Frame(
        title=_("Error: date not accepted – %(label)s") % {"label": work.label},
        description=_("The date in the address cannot be read."),
        trail=trail_to(work),
        noindex=True,
    )
    asked = asked_text(request)
    days = error.days if isinstance(error, AmbiguousDay) else ()
    page = WrongDayPage(work, asked, problem_with_day(error, asked), days)
    return show(request, "wrong_day.html", frame, page, status=400)
