"""Which works of a series or a group had an edition on a day in the past."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.models import Publication, Series, StudyGroup
from catalog.pages.frame import Frame, link_to_sector
from catalog.pages.works_on_day import DayQuery, WorksOnDayPage
from catalog.rules.typed_days import DayError
from catalog.terms import Precision
from catalog.views.asked_day import asked_day, asked_text
from catalog.views.errors import bad_filter
from catalog.views.lists.numbered import numbered_page
from catalog.views.page import show
from catalog.wording.asked_days import problem_with_day
from catalog.wording.dates import date_words


def works_on_day(request: HttpRequest, entry: Series | StudyGroup) -> HttpResponse:
    """Show how many works had an edition on the day of `?on=`, and which, 50 to a page.

    Answers 400 where the parameter names no day up to today (rule 10.1).
    """
    try:
        asked = asked_day(request)
    except DayError as error:
        problem = problem_with_day(error, asked_text(request))
        return bad_filter(request, [problem], request.path)
    chosen = DayQuery(asked)
    works = Publication.objects.of_entry(entry).with_edition_on(asked.day)
    numbered = numbered_page(request, works.for_list(), chosen)
    words = {"name": entry.name, "day": date_words(asked.day, Precision.DAY)}
    frame = Frame(
        title=_("%(name)s as of %(day)s") % words,
        description=_("Works that had an edition on a day in the past."),
        trail=[link_to_sector(entry.sector), (entry.name, entry.get_absolute_url())],
        noindex=True,
    )
    page = WorksOnDayPage(numbered, chosen, entry, asked, works)
    return show(request, "works_on_day.html", frame, page)
