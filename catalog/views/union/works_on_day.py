"""Which works of a series or a group had an edition on a day in the past."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.models import Publication, Series, StudyGroup
from catalog.pages.frame import Frame, link_to_sector
from catalog.pages.works_on_day import DayQuery, WorksOnDayPage
from catalog.terms import Precision
from catalog.views.asked_day import asked_day
from catalog.views.errors import bad_filter
from catalog.views.lists.numbered import numbered_page
from catalog.views.page import show
from catalog.wording.dates import date_words
from catalog.works.on_day import DayError


def works_on_day(request: HttpRequest, entry: Series | StudyGroup) -> HttpResponse:
    """Show how many works had an edition on the day of `?on=`, and which, 50 to a page.

    Answers 400 where the parameter names no day up to today (rule 10.1).
    """
    try:
        day = asked_day(request)
    except DayError:
        problem = _(
            "Error: enter the date as year-month-day, for example "
            "2019-05-01. It must not be later than today."
        )
        return bad_filter(request, [problem], request.path)
    chosen = DayQuery(day)
    works = Publication.objects.of_entry(entry).with_edition_on(day)
    numbered = numbered_page(request, works.for_list(), chosen)
    words = {"name": entry.name, "day": date_words(day, Precision.DAY)}
    frame = Frame(
        title=_("%(name)s as of %(day)s") % words,
        description=_("Works that had an edition on a day in the past."),
        trail=[link_to_sector(entry.sector), (entry.name, entry.get_absolute_url())],
        noindex=True,
    )
    page = WorksOnDayPage(numbered, chosen, entry, day, works)
    return show(request, "works_on_day.html", frame, page)
