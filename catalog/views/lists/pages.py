"""List pages: one filter, one address, counts for every choice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from catalog.filters import ListFilter
from catalog.pages import list_kinds
from catalog.pages.lists import ListKind, ListPage
from catalog.stored_pages.parameters import takes_filters
from catalog.views.errors import bad_filter
from catalog.views.lists.numbered import numbered_page
from catalog.views.page import show


def list_page(
    request: HttpRequest,
    kind: ListKind,
    page_class: Callable[..., ListPage] = ListPage,
    chosen: ListFilter | None = None,
) -> HttpResponse:
    """Show one page of a filtered list, or say what in the address is not understood.

    `chosen` is the list as the address narrows it, if the caller has it.
    """
    chosen = chosen or kind.chosen(request.GET)
    if not chosen.is_valid():
        return bad_filter(request, chosen.problems, reverse(kind.route))
    numbered = numbered_page(request, chosen.rows(), chosen, kind.page_size)
    page = page_class(numbered, chosen, kind)
    return show(request, kind.template, page.frame, page)


@takes_filters
def former_claims(request: HttpRequest, route: str) -> HttpResponse:
    """Lead from an address of the fact check before it had its own to that of today."""
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(reverse(route) + (f"?{query}" if query else ""))


publications = takes_filters(
    partial(list_page, kind=list_kinds.PUBLICATIONS, page_class=list_kinds.PublicationsPage)
)
initiatives = takes_filters(
    partial(list_page, kind=list_kinds.INITIATIVES, page_class=list_kinds.InitiativesPage)
)
not_found = takes_filters(
    partial(list_page, kind=list_kinds.NOT_FOUND, page_class=list_kinds.NotFoundPage)
)
partners = takes_filters(partial(list_page, kind=list_kinds.PARTNERS))
conferences = takes_filters(partial(list_page, kind=list_kinds.CONFERENCES))
topics = takes_filters(partial(list_page, kind=list_kinds.TOPICS))
claims = takes_filters(partial(list_page, kind=list_kinds.CLAIMS, page_class=list_kinds.ClaimsPage))
changes = takes_filters(
    partial(list_page, kind=list_kinds.CHANGES, page_class=list_kinds.ChangesPage)
)
