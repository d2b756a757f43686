"""Addresses of works, editions and components that are spelled otherwise."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.http import escape_leading_slashes

from catalog.identifiers.site_paths import AskedPath
from catalog.resolver import Answer

TEN_MINUTES = 600


def other_spelling(request: HttpRequest, asked: AskedPath, answer: Answer | None) -> str | None:
    """Return the address of the one text that a path spells otherwise; None in any doubt."""
    if request.method not in ("GET", "HEAD") or not asked.is_whole:
        return None
    if answer is None or answer.found is None or answer.note or answer.others:
        return None
    path = answer.found.get_absolute_url()
    is_of_sector = answer.work.sector.code == asked.sector
    return path if is_of_sector and path != request.path else None


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """Lead to the address; for ten minutes, since that may lead elsewhere, or back, some day."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(
        escape_leading_slashes(path) + (f"?{query}" if query else "")
    )
    response["Cache-Control"] = f"max-age={TEN_MINUTES}"
    return response
