"""Search over everything that has a page."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from catalog.pages.list_kinds import SEARCH, SearchPage
from catalog.pages.opened import not_here, opens
from catalog.resolver import resolve
from catalog.stored_pages.parameters import takes_filters
from catalog.views.finding.go import straight_to
from catalog.views.lists.pages import list_page


@takes_filters
def search(request: HttpRequest) -> HttpResponse:
    """Show what matches; an identifier or name that means one text goes there, one of several
    asks.
    """
    chosen = SEARCH.chosen(request.GET)
    query = request.GET.get("q", "").strip()
    notice = None
    if query and set(request.GET) == {"q"} and chosen.is_valid():
        answer = resolve(query)
        if opens(answer) and (direct := straight_to(request, answer)) is not None:
            return direct
        if answer.is_identifier or answer.others_name or answer.families:
            notice = not_here(answer)
    found = partial(SearchPage, query=query, not_here=notice)
    return list_page(request, SEARCH, found, chosen)
