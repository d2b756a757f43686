"""Pages for requests that cannot be answered: what went wrong, and ways on."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.models import Publication, SearchEntry
from catalog.search.match import exact_forms, find
from catalog.views.page import show

NEAR = 5
NUMBER_IN_PATH = re.compile(r"/(itu-[trd]|itu)/(?:[a-z]+/)?([a-z]{1,3})[.-]?(\d{1,5})")


def bad_filter(request: HttpRequest, problems: list[str], clean_url: str) -> HttpResponse:
    """Answer 400 and say which part of the address is not understood."""
    return show(
        request,
        "bad_request.html",
        title=_("This address is not understood"),
        description=_("A filter in the address is not known."),
        status=400,
        noindex=True,
        problems=problems,
        clean_url=clean_url,
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 to a request that cannot be read."""
    return bad_filter(request, [_("The address or the form holds what cannot be read.")], "/")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return show(
        request,
        "forbidden.html",
        title=_("You may not open this page"),
        description=_("The page is not open to you."),
        status=403,
        noindex=True,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that was sent without its token."""
    return forbidden(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 with whatever comes near the address asked for."""
    detail = exception.args[0] if exception is not None and exception.args else ""
    message, link, label = "", "", ""
    if isinstance(detail, dict) and "message" in detail:
        message, link, label = detail["message"], detail["link"], detail["label"]
    elif isinstance(detail, str):
        message = detail
    words = readable_part(request.path)
    return show(
        request,
        "not_found.html",
        title=_("This page is not here"),
        description=_("There is no page at this address; near ones are offered."),
        status=404,
        noindex=True,
        message=message,
        link=link,
        link_label=label,
        words=words,
        near=nearest(request.path, words),
    )


def readable_part(path: str) -> str:
    """Return the last part of a path that a search could make something of."""
    parts = [part for part in path.split("/") if part and not re.fullmatch(r"[\d-]+", part)]
    kept = parts[-1] if parts else ""
    return re.sub(r"[^\w.]+", " ", kept).strip()[:100]


def nearest(path: str, words: str) -> list[SearchEntry]:
    """Return at most five entries near an address: same name, near number, same words."""
    if match := NUMBER_IN_PATH.search(path.lower()):
        sector, letters, number = match.group(1), match.group(2), int(match.group(3))
        works = Publication.objects.filter(
            sector__code=sector, series__letters__iexact=letters, number__isnull=False
        ).values_list("pk", "number")
        near = sorted(works, key=lambda row: (abs(row[1] - number), row[1]))[:NEAR]
        order = {pk: rank for rank, (pk, _number) in enumerate(near)}
        rows = SearchEntry.objects.filter(kind="publication", object_id__in=order)
        if found := sorted(rows, key=lambda row: order[row.object_id]):
            return found
    if not exact_forms(words):
        return []
    return list(find(words)[:NEAR]) or list(find(words.split()[0])[:NEAR])
