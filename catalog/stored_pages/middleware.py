"""The first of the chain: who is not signed in gets a page that was made once for all.

A page is known by the version of the catalogue, the release of the portal, the day, the address
and the parameters that change it. A write moves the version in its own transaction, so the next
reader of any worker gets a new page, and an old one is never asked for again. Nothing else of a
request is part of a page: `catalog.addresses.absolute` names the public host, never the one that
a request names.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from catalog.databases.outage import moment_for_readers
from catalog.models.history import Moment
from catalog.stored_pages.files import StoredFiles
from catalog.stored_pages.making import Made, Workshop
from catalog.stored_pages.page import StoredPage, copied, may_be_stored, not_modified
from catalog.stored_pages.parameters import canonical_query
from catalog.stored_pages.shelves import Shelves
from itu_portal.release import release_digest

METHODS = ("GET", "HEAD")
# Answered by others: the desk is for those who sign in, static files have caches of their own.
ELSEWHERE = ("/admin/", settings.STATIC_URL)
# Kept in files, for they are long.
WHOLE_LISTS = ("/index.csv", "/index.json")
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_RANGE")
# Cookies of somebody who is signed in, or is to be told something once.
OF_ONE_READER = {settings.SESSION_COOKIE_NAME, "messages"}
ONE_READER = "private, max-age=0"
MOST_QUERY = 4_000  # characters; longer ones are answered, but not stored


class Asked(NamedTuple):
    """A page that is asked for: its key at a moment, and whether its address has parameters."""

    key: str
    moment: Moment
    has_query: bool

    @property
    def mark(self) -> str:
        """What tells the page from every other one, for clients."""
        return f'W/"{self.key}"'

    @property
    def modified(self) -> float:
        """When the catalogue changed last, in seconds since 1970."""
        return self.moment.changed.timestamp()


class StoredPagesMiddleware:
    """Serves stored pages, and stores the pages that the rest of the chain makes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self._shelves = Shelves()
        self._workshop = Workshop(self._shelves)
        self._files = StoredFiles(Path(settings.STORED_FILES))
        self._begin = f"{release_digest()} {settings.BASE_URL}"
        self._secret = settings.SECRET_KEY.encode()[:64]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a stored page if the answer is the same for everybody."""
        if request.method not in METHODS or request.path_info.startswith(ELSEWHERE):
            return self.get_response(request)
        raw = request.META.get("QUERY_STRING", "")
        if len(raw) > MOST_QUERY or not _is_for_this_site(request):
            return self.get_response(request)
        query = request.META["QUERY_STRING"] = canonical_query(request.path_info, raw)
        if not OF_ONE_READER.isdisjoint(request.COOKIES):
            return _for_one_reader(self.get_response(request))
        with moment_for_readers() as moment:
            if moment is None:
                return self.get_response(request)
            return self._answer(request, moment, query)

    def _answer(self, request: HttpRequest, moment: Moment, query: str) -> HttpResponse:
        asked = Asked(self._key(moment, request.path_info, query), moment, bool(query))
        is_whole_list = not query and request.path_info.endswith(WHOLE_LISTS)
        if not is_whole_list and asked.mark in request.META.get("HTTP_IF_NONE_MATCH", ""):
            # Only who got this very page knows its mark: nothing need be made or looked up.
            headers = {"ETag": asked.mark, "Cache-Control": _control(), "Vary": "Accept-Encoding"}
            return not_modified(headers)

        def look() -> Made | None:
            if is_whole_list:
                return self._file(request, asked)
            return self._shelves.get(asked.key, has_query=asked.has_query)

        def make() -> Made:
            # Who waited for somebody that wrote a list finds it here.
            return (is_whole_list and look()) or self._make(request, asked)

        found = look() or self._workshop.made(asked.key, look, make)
        return found.answer_to(request) if isinstance(found, StoredPage) else found

    def _make(self, request: HttpRequest, asked: Asked) -> Made:
        with _asked_for_all(request):
            response = self.get_response(request)
        if not may_be_stored(response, has_query=asked.has_query):
            return response
        if response.status_code == 200:
            response["ETag"] = asked.mark
        response.setdefault("Cache-Control", _control())
        response["Surrogate-Key"] = f"catalogue {response.get('Surrogate-Key', '')}".strip()
        if response.streaming:
            return self._kept(request, response, asked)
        return self._stored(response, asked, response.content)

    def _stored(self, response: HttpResponseBase, asked: Asked, body: bytes) -> StoredPage:
        page = StoredPage.of(response, body, asked.modified)
        self._shelves.put(asked.key, page)
        return page

    def _kept(
        self, request: HttpRequest, response: StreamingHttpResponse, asked: Asked
    ) -> HttpResponse:
        """Write a whole list to its file and send that; copy a narrowed one while it is sent."""
        if asked.has_query:
            keep = partial(self._stored, response, asked)
            response.streaming_content = copied(response.streaming_content, keep)
            return response
        if self._files.write(response, asked.moment.version, asked.key, asked.modified):
            return self._file(request, asked) or self.get_response(request)
        return self.get_response(request)

    def _file(self, request: HttpRequest, asked: Asked) -> HttpResponse | None:
        return self._files.answer_to(request, asked.moment.version, asked.key)

    def _key(self, moment: Moment, path: str, query: str) -> str:
        version = f"{moment.version} {moment.mark}"
        words = f"{self._begin} {version} {datetime.date.today()} {path}?{query}"
        return hashlib.blake2b(words.encode(), digest_size=16, key=self._secret).hexdigest()


@contextmanager
def _asked_for_all(request: HttpRequest) -> Iterator[None]:
    """Let a request ask for the whole page, whatever of it the client has."""
    method = request.method
    conditions = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
    request.method = "GET"
    try:
        yield
    finally:
        request.method = method
        request.META.update(conditions)


def _is_for_this_site(request: HttpRequest) -> bool:
    """Whether host and scheme are those under which the pages are served."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return request.is_secure() or not settings.SECURE_SSL_REDIRECT


def _control() -> str:
    """Return how long others may keep a page: browsers ask each time, shared caches do not."""
    return f"public, max-age=0, s-maxage={settings.SHARED_SECONDS}, stale-while-revalidate=600"


def _for_one_reader(response: HttpResponse) -> HttpResponse:
    """Keep shared caches from storing what a signed-in reader sees."""
    if "Cache-Control" not in response or "public" in response["Cache-Control"]:
        response["Cache-Control"] = ONE_READER
    return response
