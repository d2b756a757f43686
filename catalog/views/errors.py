"""Pages for requests that cannot be answered: what went wrong, and ways on."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from catalog.identifiers.site_paths import read_path
from catalog.models import SearchEntry
from catalog.resolver import resolve
from catalog.search.match import exact_forms, find
from catalog.terms import Outcome
from catalog.views.answers import not_here, series_of
from catalog.views.near_misses import moved, nearest, other_spelling, what_was_asked
from catalog.views.page import show

NEAR = 5  # entries


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
    if is_for_programs(request):
        return told_to_programs(_("The request cannot be read."), 400)
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
    """Answer 404 with whatever comes near the address asked for; another spelling leads on."""
    if is_for_programs(request):
        return told_to_programs(_("There is nothing at this address."), 404)
    asked = read_path(request.path)
    answer = resolve(asked.text) if asked.text else None
    if path := other_spelling(request, asked, answer):
        return moved(request, path)
    message, link, label = _told_by(exception)
    words = readable_part(request.path)
    is_elsewhere = answer is not None and answer.outcome == Outcome.NOT_HELD
    if not link:
        message = "" if is_elsewhere else what_was_asked(asked, answer) or message
    near = nearest(answer)
    if not (near or is_elsewhere or asked.link):
        near = entries_near(words)
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
        itu_link=asked.link,
        not_here=not_here(answer) if is_elsewhere else None,
        near=[] if is_elsewhere else near,
        series=series_of(answer.understood) if answer is not None else None,
    )


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the address is one that only programs ask."""
    return request.path.startswith("/api/")


def told_to_programs(message: str, status: int) -> JsonResponse:
    """Return an error in the form of the API."""
    headers = {"Access-Control-Allow-Origin": "*"}
    return JsonResponse({"error": message}, status=status, headers=headers)


def _told_by(exception: Exception | None) -> tuple[str, str, str]:
    """Return the message of a 404, with a link and its label if it brings one."""
    detail = exception.args[0] if exception is not None and exception.args else ""
    if isinstance(detail, dict) and "message" in detail:
        return detail["message"], detail["link"], detail["label"]
    return (detail if isinstance(detail, str) else ""), "", ""


def readable_part(path: str) -> str:
    """Return the last part of a path that a search could make something of."""
    parts = [part for part in path.split("/") if part and not re.fullmatch(r"[\d-]+", part)]
    kept = parts[-1] if parts else ""
    return re.sub(r"[^\w.]+", " ", kept).strip()[:100]


def entries_near(words: str) -> list[SearchEntry]:
    """Return at most five entries of any kind in which the words stand, or the first of them."""
    if not any(map(str.isalpha, words)) or not exact_forms(words):
        return []
    return list(find(words)[:NEAR]) or list(find(words.split()[0])[:NEAR])
