"""Pages of study groups and other groups of a Sector."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import StudyGroup
from catalog.pages.frame import FeedLink, Frame, link_to_sector
from catalog.pages.study_group import GroupPage
from catalog.stored_pages.parameters import takes
from catalog.views.page import show
from catalog.views.union.works_on_day import works_on_day
from catalog.wording.import_report import newest_run


@takes("on", "page")
def study_group(request: HttpRequest, sector: str, group: str) -> HttpResponse:
    """Show a group: what it looks after, its figures, what changed, its first texts.

    With `?on=2019-05-01` it shows its works on that day.
    """
    found = get_object_or_404(StudyGroup.objects.at(sector, group))
    if "on" in request.GET:
        return works_on_day(request, found)
    feed = reverse("study-group-feed", args=[sector, group])
    frame = Frame(
        title=found.full_name,
        description=found.description,
        trail=[link_to_sector(found.sector)],
        entry=found,
        feed=FeedLink(_("Changes – %(words)s") % {"words": found.name}, feed),
    )
    run = newest_run()
    today = run.snapshot_date if run else datetime.date.today()
    return show(request, "study_group.html", frame, GroupPage(found, today))
