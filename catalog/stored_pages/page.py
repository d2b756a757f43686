"""A page as it is stored: complete, compressed, with all its headers."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_etags

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
NOT_STORED = frozenset({"content-length", "vary", "last-modified"})
MODIFIED = "Last-Modified"
SURE_AFTER = 2  # seconds
KEPT_BY_304 = {"ETag", "Cache-Control", "Vary", MODIFIED, "Surrogate-Key"}


class StoredPage(NamedTuple):
    """An answer: status, headers as pairs, and the body, compressed where `is_packed`.

    `modified` is when the catalogue changed last, in seconds since 1970; 0 for what is no page.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_packed: bool
    modified: float = 0.0

    @classmethod
    def of(cls, response: HttpResponseBase, body: bytes, modified: float) -> StoredPage:
        """Take over an answer that `may_be_stored`, with its body."""
        headers = [pair for pair in response.items() if pair[0].lower() not in NOT_STORED]
        kept = tuple(pair for pair in headers if pair[0] != "Content-Encoding")
        status = response.status_code
        modified = modified if status == 200 else 0.0
        if response.get("Content-Encoding") == "gzip":
            return cls(status, kept, body, True, modified)
        if len(body) < WORTH_PACKING:
            return cls(status, kept, body, False, modified)
        return cls(status, kept, gzip.compress(body, 6), True, modified)

    def answer_to(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a request: all of it, or 304 to one that has it already."""
        headers = dict(self.headers) | {"Vary": "Accept-Encoding"} | dated(self.modified)
        if self.status == 200 and has_it(request, headers["ETag"], headers.get(MODIFIED)):
            return not_modified(headers)
        response = HttpResponse(status=self.status, headers=headers)
        body = self.body
        if self.is_packed and takes_gzip(request):
            response["Content-Encoding"] = "gzip"
        elif self.is_packed:
            body = gzip.decompress(body)
        response.content = body
        response["Content-Length"] = str(len(body))
        return response


def copied(parts: Iterable[bytes], keep: Callable[[bytes], None]) -> Iterator[bytes]:
    """Yield the parts of an answer; keep the whole of it if all were taken and it is not large."""
    taken: list[bytes] = []
    size = 0
    for part in parts:
        size += len(part)
        if size <= LARGEST:
            taken.append(part)
        else:
            taken.clear()
        yield part
    if size <= LARGEST:
        keep(b"".join(taken))


def dated(modified: float) -> dict[str, str]:
    """Return Last-Modified, unless that is so new that another change could have the same second.

    Dates of HTTP have whole seconds (RFC 9110, 8.8.2.2).
    """
    if not modified or time.time() - modified < SURE_AFTER:
        return {}
    return {MODIFIED: http_date(modified)}


def has_it(request: HttpRequest, mark: str, modified: str | None) -> bool:
    """Whether a client has what it asks for: by its mark, else by exactly this date.

    A later date than ours is no proof: a database that was put back is older than what was seen.
    """
    marks = request.META.get("HTTP_IF_NONE_MATCH")
    if marks is not None:
        plain = mark.removeprefix("W/")
        given = parse_etags(marks)
        return given == ["*"] or any(one.removeprefix("W/") == plain for one in given)
    return modified is not None and request.META.get("HTTP_IF_MODIFIED_SINCE") == modified


def not_modified(headers: dict[str, str]) -> HttpResponse:
    """Return 304 with the headers that may have changed (RFC 9110, 15.4.5)."""
    kept = {name: value for name, value in headers.items() if name in KEPT_BY_304}
    return HttpResponseNotModified(headers=kept)


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
