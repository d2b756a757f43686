"""Pages of series."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Series
from catalog.pages.frame import FeedLink, Frame, link_to_sector
from catalog.pages.series import SeriesPage
from catalog.stored_pages.parameters import takes
from catalog.views.page import show
from catalog.views.union.works_on_day import works_on_day


@takes("on", "page")
def series(request: HttpRequest, sector: str, series: str) -> HttpResponse:
    """Show a series: its subject, number ranges, supplements and first works.

    With `?on=2019-05-01` it shows its works on that day.
    """
    found = get_object_or_404(Series.objects.at(sector, series))
    if "on" in request.GET:
        return works_on_day(request, found)
    words = {"name": found.name, "subject": found.title}
    feed = reverse("series-feed", args=[sector, series])
    frame = Frame(
        title=_("%(name)s: %(subject)s") % words if found.title else found.name,
        description=found.description,
        trail=[link_to_sector(found.sector)],
        entry=found,
        feed=FeedLink(_("Changes – %(words)s") % {"words": found.name}, feed),
    )
    return show(request, "series.html", frame, SeriesPage(found))
