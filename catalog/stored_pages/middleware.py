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
from pathlib import Path

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import http_date

from catalog.models import CatalogueState
from catalog.models.history import Moment
from catalog.stored_pages.files import Copy, StoredFiles, copied
from catalog.stored_pages.making import Made, Workshop
from catalog.stored_pages.page import PageCopy, StoredPage, may_be_stored
from catalog.stored_pages.parameters import canonical_query
from catalog.stored_pages.shelves import Shelves
from itu_portal.release import release_digest

METHODS = ("GET", "HEAD")
# Answered by others: the desk is for those who sign in, static files have caches of their own.
ELSEWHERE = ("/admin/", settings.STATIC_URL)
# Kept in files, for they are long.
WHOLE_LISTS = ("/index.csv", "/index.json")
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
# Cookies of somebody who is signed in, or is to be told something once.
OF_ONE_READER = {settings.SESSION_COOKIE_NAME, "messages"}
ONE_READER = "private, max-age=0"
MOST_QUERY = 4_000  # characters; longer ones are answered, but not stored


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
        try:
            moment = CatalogueState.objects.moment()
        except DatabaseError:
            return self.get_response(request)
        return self._answer(request, moment, query)

    def _answer(self, request: HttpRequest, moment: Moment, query: str) -> HttpResponse:
        key, has_query = self._key(moment.version, request.path_info, query), bool(query)
        mark = f'W/"{key}"'
        if mark in request.META.get("HTTP_IF_NONE_MATCH", ""):
            # Only who got this very page knows its mark: nothing need be made or looked up.
            headers = {"ETag": mark, "Cache-Control": _control(), "Vary": "Accept-Encoding"}
            return HttpResponseNotModified(headers=headers)

        is_whole_list = not has_query and request.path_info.endswith(WHOLE_LISTS)
        if is_whole_list and (file := self._files.answer_to(request, moment.version, key)):
            return file

        def look() -> StoredPage | None:
            return self._shelves.get(key, has_query=has_query)

        def make() -> Made:
            return self._make(request, key, moment, has_query=has_query)

        found = look() or self._workshop.made(key, look, make)
        return found.answer_to(request) if isinstance(found, StoredPage) else found

    def _make(self, request: HttpRequest, key: str, moment: Moment, *, has_query: bool) -> Made:
        with _asked_for_all(request):
            response = self.get_response(request)
        if not may_be_stored(response, has_query=has_query):
            return response
        if response.status_code == 200:
            response["ETag"] = f'W/"{key}"'
            response["Last-Modified"] = http_date(moment.changed.timestamp())
        response.setdefault("Cache-Control", _control())
        response["Surrogate-Key"] = f"catalogue {response.get('Surrogate-Key', '')}".strip()
        if response.streaming:
            return self._copied(response, key, moment, has_query=has_query)
        page = StoredPage.of(response)
        self._shelves.put(key, page)
        return page

    def _copied(
        self, response: StreamingHttpResponse, key: str, moment: Moment, *, has_query: bool
    ) -> HttpResponse:
        """Send an answer while it is made, and keep a copy: in a file if it is a whole list."""
        copy: Copy | None = PageCopy(response, lambda page: self._shelves.put(key, page))
        if not has_query:
            copy = self._files.copy_of(response, moment.version, key)
        if copy is not None:
            response.streaming_content = copied(response.streaming_content, copy)
        return response

    def _key(self, version: int, path: str, query: str) -> str:
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
