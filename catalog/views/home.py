"""The home page: find, browse, see what is sure."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import (
    Change,
    Edition,
    Initiative,
    Publication,
    SearchEntry,
    Sector,
    Series,
    Topic,
)
from catalog.terms import IN_FORCE_STATES, TopicKind, Verification
from catalog.views.page import show

NEWEST = 5
EXAMPLES = ("G.711", "BT.2020", "AI for Good")


def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, sectors with counts, the last changes, topics and the legend."""
    works = Publication.objects.all()
    by_sector = {code: (count, in_force) for code, count, in_force in works.count_by_sector()}
    letters: dict[int, list[Series]] = {}
    for series in Series.objects.with_publications().select_related("sector"):
        letters.setdefault(series.sector_id, []).append(series)
    sectors = [
        {
            "sector": sector,
            "counts": by_sector.get(sector.code, (0, 0)),
            "series": letters.get(sector.pk, []),
        }
        for sector in Sector.objects.all()
    ]
    verdicts = dict(
        SearchEntry.objects.claims().order_by().values_list("verification").annotate(Count("pk"))
    )
    return show(
        request,
        "home.html",
        title=_("ITU publications and programmes: what exists, and what is in force"),
        description=_(
            "Find any ITU Recommendation, Report, Handbook or programme, see whether it is in "
            "force, and cite it by an address that lasts."
        ),
        is_home=True,
        examples=EXAMPLES,
        sectors=sectors,
        changes=list(Change.objects.newest_first()[:NEWEST]),
        feed_url=reverse("change-feed"),
        feed_title=_("Changes"),
        newest=Edition.objects.filter(state__in=IN_FORCE_STATES, approved__isnull=False)
        .select_related("publication__sector")
        .order_by("-approved", "identifier")[:NEWEST],
        topics=Topic.objects.exclude(kind=TopicKind.RESPONSIBILITY)
        .annotate(size=Count("publications"))
        .order_by("-size", "name")[:12],
        initiatives=Initiative.objects.filter(verification=Verification.CONFIRMED)
        .exclude(since=None)
        .order_by("-since", "name")[:6],
        verdicts=[(mark, verdicts.get(mark.value, 0)) for mark in Verification],
        claim_count=sum(verdicts.values()),
        initiative_count=Initiative.objects.existing().count(),
    )
