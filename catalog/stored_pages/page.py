"""A page as it is stored: complete, compressed, with all its headers."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

LARGEST = 256 * 1024  # bytes, as the answer came
WORTH_PACKING = 200  # bytes
# What may be stored if the address has parameters; the answer to a question may be that there is
# nothing, or lie elsewhere. Without parameters only pages: the addresses of what is not there
# have no end.
ANSWERS = frozenset({200, 300, 302, 404})
PAGES = frozenset({200})
# An answer that differs by anything else than compression is not one page.
VARIES_BY = frozenset({"accept-encoding", "accept-language"})
NEVER = ("no-store", "no-cache", "private")
# Of one request, or made anew for each answer.
NOT_STORED = frozenset({"content-length", "vary"})


class StoredPage(NamedTuple):
    """An answer: status, headers as pairs, and the body, compressed where `is_packed`."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_packed: bool

    @classmethod
    def of(cls, response: HttpResponse) -> StoredPage:
        """Take over an answer that `may_be_stored`."""
        headers = [pair for pair in response.items() if pair[0].lower() not in NOT_STORED]
        kept = tuple(pair for pair in headers if pair[0] != "Content-Encoding")
        body = response.content
        if response.get("Content-Encoding") == "gzip":
            return cls(response.status_code, kept, body, is_packed=True)
        if len(body) < WORTH_PACKING:
            return cls(response.status_code, kept, body, is_packed=False)
        return cls(response.status_code, kept, gzip.compress(body, 6), is_packed=True)

    def answer_to(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a request: all of it, or 304 to one that has it already."""
        response = HttpResponse(status=self.status, headers=dict(self.headers))
        response["Vary"] = "Accept-Encoding"
        if self.status == 200 and (
            "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META
        ):
            modified = parse_http_date_safe(response["Last-Modified"])
            found = get_conditional_response(request, response["ETag"], modified, response)
            if found.status_code != 200:
                return found
        body = self.body
        if self.is_packed and takes_gzip(request):
            response["Content-Encoding"] = "gzip"
        elif self.is_packed:
            body = gzip.decompress(body)
        response.content = body
        response["Content-Length"] = str(len(body))
        return response


class PageCopy:
    """A copy of an answer that is sent in parts, in memory; stored if it stays small enough."""

    def __init__(self, response: StreamingHttpResponse, store: Callable[[StoredPage], None]):
        self._like = HttpResponse(status=response.status_code, headers=dict(response.items()))
        self._store = store
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, part: bytes) -> None:
        """Take over a part; forget all of them if there are too many."""
        self._size += len(part)
        if self._size <= LARGEST:
            self._parts.append(part)
        else:
            self._parts.clear()

    def finish(self) -> None:
        """Store the page."""
        if self._size <= LARGEST:
            self._like.content = b"".join(self._parts)
            self._store(StoredPage.of(self._like))

    def drop(self) -> None:
        """Forget what is not stored."""
        self._parts.clear()


def takes_gzip(request: HttpRequest) -> bool:
    """Whether the client takes compressed answers (RFC 9110, 12.5.3; weights of 0 refuse)."""
    for part in request.META.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        coding, _semicolon, weight = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def may_be_stored(response: HttpResponse, *, has_query: bool) -> bool:
    """Whether an answer is the same for every reader, and small enough to be kept."""
    if response.cookies:
        return False
    if response.status_code not in (ANSWERS if has_query else PAGES):
        return False
    control = response.get("Cache-Control", "").lower()
    if any(word in control for word in NEVER):
        return False
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    if not varies <= VARIES_BY:
        return False
    return response.streaming or len(response.content) <= LARGEST
