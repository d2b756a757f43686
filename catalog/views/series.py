"""Pages of series."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.figures import kind_counts
from catalog.models import Publication, Series
from catalog.state_summary import state_counts
from catalog.terms import Kind
from catalog.views.as_of import works_on_day
from catalog.views.page import related_groups, show

SHOWN = 50


def series(request: HttpRequest, sector: str, series: str) -> HttpResponse:
    """Show a series: its subject, number ranges, supplements and first works.

    With `?on=2019-05-01` it shows its works on that day.
    """
    found = get_object_or_404(
        Series.objects.select_related("sector"), sector__code=sector, letters=series.upper()
    )
    works = found.publications
    trail = [(found.sector.short_name, found.sector.get_absolute_url())]
    if "on" in request.GET:
        return works_on_day(request, found, works.all(), trail)
    by_state = works.count_by_state()
    kinds = kind_counts(works.all())
    main_kinds = [row for row in kinds if row.kind != Kind.SUPPLEMENT]
    return show(
        request,
        "series.html",
        title=_("%(name)s: %(subject)s") % {"name": found.name, "subject": found.title}
        if found.title
        else found.name,
        description=found.description,
        trail=trail,
        edits=found,
        series=found,
        counts=state_counts(by_state),
        total=sum(by_state.values()),
        kinds=kinds,
        main_kinds=main_kinds,
        main_total=sum(row.works for row in main_kinds),
        own_supplements=sum(row.works for row in kinds if row.kind == Kind.SUPPLEMENT),
        ranges=found.ranges_with_counts(),
        groups=found.study_groups.select_related("sector"),
        works=works.for_list().exclude(kind=Kind.SUPPLEMENT)[:SHOWN],
        supplements=Publication.objects.for_list().supplementing(found),
        list_url=f"{reverse('publication-list')}?series={found.key}",
        related=related_groups(found),
        changes_url=f"{reverse('change-list')}?series={found.key}",
        feed_url=reverse("series-feed", args=[sector, series]),
        feed_title=_("Changes – %(words)s") % {"words": found.name},
    )
