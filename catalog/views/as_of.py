"""Which works of a series or a group had an edition on a day in the past."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.dates import date_words
from catalog.models import Edition, Publication, Series, StudyGroup
from catalog.models.publications import PublicationQuerySet
from catalog.on_day import DayError, read_day
from catalog.terms import Precision
from catalog.views.errors import bad_filter
from catalog.views.lists import PAGE_SIZE, page_of
from catalog.views.page import Trail, show


@dataclass(frozen=True)
class DayQuery:
    """The parameters of a list as of a day."""

    day: datetime.date

    def query(self, **changes: Any) -> str:
        """Return the query string with some parameters changed (None drops one)."""
        kept = {name: value for name, value in changes.items() if value is not None}
        return urlencode({"on": self.day.isoformat(), **kept})


@dataclass(frozen=True)
class WorkThen:
    """A work with the edition that was its newest on the day."""

    work: Publication
    edition: Edition

    @property
    def title(self) -> str:
        """The title of that edition."""
        return self.edition.title or self.work.name

    @property
    def was_in_force(self) -> bool:
        """Whether the edition is known to have been in force on the day."""
        return self.work.edition_on_state_known


def works_on_day(
    request: HttpRequest, entry: Series | StudyGroup, works: PublicationQuerySet, trail: Trail
) -> HttpResponse:
    """Show how many works had an edition on the day of `?on=`, and which, 50 to a page.

    Answers 400 where the parameter names no day up to today (page design, sections 3.6 and 7).
    """
    try:
        day = asked_day(request)
    except DayError:
        problem = _("Error: enter the date as 2019-05-01. It may be no later than today.")
        return bad_filter(request, [problem], request.path)
    then = works.with_edition_on(day)
    known = dict(then.order_by().values_list("edition_on_state_known").annotate(works=Count("pk")))
    chosen = DayQuery(day)
    rows = then.for_list()
    page = page_of(rows, request.GET.get("page", "1"), PAGE_SIZE, request.path, chosen)
    title = _("%(name)s as of %(day)s") % {
        "name": entry.name,
        "day": date_words(day, Precision.DAY),
    }
    return show(
        request,
        "works_on_day.html",
        title=title,
        description=_("Works that had an edition on a day in the past."),
        trail=[*trail, (entry.name, entry.get_absolute_url())],
        noindex=True,
        heading=entry.name,
        sector=entry.sector,
        day=day,
        iso_day=day.isoformat(),
        total=sum(known.values()),
        in_force=known.get(True, 0),
        filter=chosen,
        page=page,
        pages=page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        rows=_with_editions(list(page.object_list)),
    )


def asked_day(request: HttpRequest) -> datetime.date:
    """Return the day of `?on=`; raise DayError if it is none, or is given twice."""
    asked = request.GET.getlist("on")
    return read_day(asked[0] if len(asked) == 1 else "", datetime.date.today())


def _with_editions(works: list[Publication]) -> list[WorkThen]:
    editions = Edition.objects.select_related("publication__sector").in_bulk(
        [work.edition_on_id for work in works]
    )
    return [WorkThen(work, editions[work.edition_on_id]) for work in works]
