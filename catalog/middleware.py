"""Odd requests: what cannot be read gets 400, other spellings of an address one redirect."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from catalog.views.errors import is_for_programs, told_to_programs

CONTROL_IN_PATH = re.compile(r"[\x00-\x1f\x7f]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DAY = 86_400

GetResponse = Callable[[HttpRequest], HttpResponse]


class OddInputMiddleware:
    """Answers 400 where the address holds control characters or is no UTF-8."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through what can be read."""
        # All forms here are UTF-8; a request may claim any codec that Python knows, and some fail.
        request.encoding = "utf-8"
        if self.is_odd(request):
            return _plain_bad_request(request)
        return self.get_response(request)

    def is_odd(self, request: HttpRequest) -> bool:
        """Whether path or query hold bytes that no page has a use for."""
        query = request.META.get("QUERY_STRING", "").replace("+", " ")
        try:
            # Django leaves bytes of the path that are no UTF-8 as per cent signs with digits.
            path = unquote_to_bytes(request.path_info).decode("utf-8")
            words = unquote_to_bytes(query).decode("utf-8")
        except UnicodeDecodeError:
            return True
        return bool(CONTROL_IN_PATH.search(path) or CONTROL.search(words))


class CanonicalAddressMiddleware:
    """Leads capitals, doubled slashes and stray blanks to the one address of a page."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 301 where a 404 would become a page in the canonical spelling."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        path = canonical_path(request.path_info)
        if path == request.path_info:
            return response
        try:
            resolve(path)
        except Resolver404:
            return response
        query = request.META.get("QUERY_STRING", "")
        redirect = HttpResponsePermanentRedirect(
            escape_leading_slashes(path) + (f"?{query}" if query else "")
        )
        redirect["Cache-Control"] = f"max-age={DAY}"
        return redirect


def canonical_path(path: str) -> str:
    """Return the path in lower case, with single slashes, without blanks, with a final slash."""
    path = re.sub(r"/{2,}", "/", re.sub(r"\s+", "", path.lower()))
    last = path.rsplit("/", 1)[-1]
    is_file = last.endswith((".csv", ".json", ".txt", ".atom"))
    return path if path.endswith("/") or is_file else f"{path}/"


def _plain_bad_request(request: HttpRequest) -> HttpResponse:
    """Answer 400 before sessions and messages are there for a full page."""
    if is_for_programs(request):
        return told_to_programs(_("The address holds what cannot be read."), 400)
    return HttpResponse(render_to_string("400.html"), status=400)
