"""Under which name a request is counted: the name of its route, never its path."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

STATIC, NONE = "static", "none"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
OTHER = "OTHER"
KEPT = 4_096  # paths whose route is remembered


def method_of(request: HttpRequest) -> str:
    """Return the method; a client may make one up, and all of those are one here."""
    return request.method if request.method in METHODS else OTHER


def route_of(request: HttpRequest, response: HttpResponse) -> str:
    """Return the name of the route, `static` for a file, or `none` if there is no page.

    A page from a cache was found without its route, which is looked up here.
    """
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    # What was refused or redirected before anybody looked for a page may have any path.
    return _named(request.path_info) if response.status_code in (200, 304) else NONE


@lru_cache(maxsize=KEPT)
def _named(path: str) -> str:
    if path.startswith(settings.STATIC_URL):
        return STATIC
    try:
        return resolve(path).view_name
    except Resolver404:
        return NONE
