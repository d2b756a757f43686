"""What each import of the data set changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.filters import ChangeFilter
from catalog.models import Change, ImportRun
from catalog.views.lists import list_page

RUNS_SHOWN = 50


def changes(request: HttpRequest) -> HttpResponse:
    """Show the changes, those of the newest import first, and what each import did in all."""
    chosen = ChangeFilter(request.GET, queryset=Change.objects.newest_first())
    runs = ImportRun.objects.defer("report")
    return list_page(
        request,
        chosen,
        "changes.html",
        heading=_("Changes"),
        description=_(
            "What each import of the public data set changed in this catalogue: new, superseded "
            "and withdrawn texts, other states, numbers and titles."
        ),
        route="change-list",
        unit=_("changes"),
        runs=runs[:RUNS_SHOWN],
        run_count=runs.count(),
        feed_url=f"{reverse('change-feed')}?{chosen.query(page=None, sort=None)}".rstrip("?"),
        feed_title=_("Changes"),
    )
