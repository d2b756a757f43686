"""Every claim that was checked: what was said, the verdict, the right fact, the evidence."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.filters import ClaimFilter
from catalog.models import SearchEntry
from catalog.terms import Verification
from catalog.views.lists import list_page


def claims(request: HttpRequest) -> HttpResponse:
    """Show the claims with their verdicts."""
    rows = SearchEntry.objects.claims()
    counts = dict(rows.order_by().values_list("verification").annotate(Count("pk")))
    return list_page(
        request,
        ClaimFilter(request.GET, queryset=rows),
        "claim_list.html",
        heading=_("Claims checked"),
        description=_(
            "What a text says about ITU, claim by claim: the verdict, the right fact and the "
            "evidence."
        ),
        route="claim-list",
        unit=_("claims"),
        verdicts=[(mark, counts.get(mark.value, 0)) for mark in Verification],
        total=sum(counts.values()),
    )
