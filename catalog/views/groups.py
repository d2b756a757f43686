"""Pages of study groups and other groups of a Sector."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.figures import group_figures, works_by_decade
from catalog.import_words import newest_run
from catalog.models import Change, StudyGroup
from catalog.pictures import ages_of
from catalog.state_summary import state_counts
from catalog.views.as_of import works_on_day
from catalog.views.page import related_groups, show

SHOWN = 20
FEW = 5


def study_group(request: HttpRequest, sector: str, group: str) -> HttpResponse:
    """Show a group: what it looks after, its figures, what changed, its first texts.

    With `?on=2019-05-01` it shows its works on that day.
    """
    found = get_object_or_404(
        StudyGroup.objects.select_related("sector"), sector__code=sector, code=group
    )
    works = found.publications
    trail = [(found.sector.short_name, found.sector.get_absolute_url())]
    if "on" in request.GET:
        return works_on_day(request, found, works.all(), trail)
    by_state = works.count_by_state()
    run = newest_run()
    today = run.snapshot_date if run else datetime.date.today()
    initiatives = list(found.initiatives.existing().for_list())
    in_force = works.in_force().exclude(year=None)
    list_url = f"{reverse('publication-list')}?group={found.key}"
    return show(
        request,
        "study_group.html",
        title=f"{found.name}: {found.title}",
        description=found.description,
        trail=trail,
        edits=found,
        group=found,
        counts=state_counts(by_state),
        total=sum(by_state.values()),
        today=today,
        figures=group_figures(works.all(), today),
        ages=ages_of(works_by_decade(works.all())),
        changes=Change.objects.of_group(found).newest_first()[:FEW],
        newest=in_force.for_list().newest_first()[:FEW],
        oldest=in_force.for_list().oldest_first()[:FEW],
        works=works.for_list().best_first()[:SHOWN],
        series=found.series.select_related("sector"),
        successors=found.successors.select_related("sector"),
        predecessors=found.predecessors.select_related("sector"),
        initiatives=initiatives,
        list_url=list_url,
        in_force_url=f"{list_url}&state=in-force&state=pre-published",
        csv_url=f"{reverse('publication-list-csv')}?group={found.key}",
        related=related_groups(found, initiatives),
        changes_url=f"{reverse('change-list')}?group={found.key}",
        feed_url=reverse("study-group-feed", args=[sector, group]),
        feed_title=_("Changes – %(words)s") % {"words": found.name},
    )
