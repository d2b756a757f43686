"""Search over everything that has a page."""

from __future__ import annotations

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.filters import SearchFilter
from catalog.models import SearchEntry
from catalog.resolver import resolve
from catalog.search.hits import hits_of
from catalog.search.suggestions import corrected
from catalog.views.answers import not_here
from catalog.views.go import straight_to
from catalog.views.lists import list_page


def search(request: HttpRequest) -> HttpResponse:
    """Show what matches; an identifier that means one text goes there, one of several asks."""
    chosen = SearchFilter(request.GET, queryset=SearchEntry.objects.all())
    query = request.GET.get("q", "").strip()
    notice = None
    if query and set(request.GET) == {"q"} and chosen.is_valid():
        answer = resolve(query)
        if answer.is_identifier:
            if (direct := straight_to(request, answer)) is not None:
                return direct
            notice = not_here(answer)
    return list_page(
        request,
        chosen,
        "search.html",
        heading=_("Search"),
        description=_("Search ITU publications, programmes, bodies and topics."),
        route="search",
        unit=_("results"),
        of_page=lambda page: _found(page, query),
        query=query,
        not_here=notice,
    )


def _found(page: Page, query: str) -> dict[str, object]:
    """Return the rows of a page with what is to be said of them; if none, a query that finds."""
    return {
        "hits": hits_of(page.object_list, query),
        "meant": corrected(query) if query and not page.paginator.count else "",
    }
