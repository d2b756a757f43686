"""Malformed requests and busy times, answered in words.

What cannot be read gets 400, other spellings of an address one redirect; 503 is the answer where a
write has to wait for another writer, or where the database can only be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from catalog.addresses import canonical_path
from catalog.databases.outage import is_primary_gone, moment_for_readers, silence
from catalog.databases.places import is_without_primary
from catalog.protection.storage import takes_nothing
from catalog.views.errors import no_answer, nothing_stored
from catalog.views.methods import SENDING, methods_of
from catalog.views.programs import error_for_programs, is_for_programs
from catalog.views.waiting import wait_a_moment
from catalog.views.works.other_spellings import moved
from catalog.writing.locks import CatalogueBusy, busy_words, is_passing

CONTROL_IN_PATH = re.compile(r"[\x00-\x1f\x7f]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
WAIT = 30  # seconds; an import writes for no longer

GetResponse = Callable[[HttpRequest], HttpResponse]


# As long as the longest text that may be asked for, each character written by nine.
MOST_ADDRESS = 20_000


class OddInputMiddleware:
    """Answers 400 where the address holds control characters or is no UTF-8, 414 if it is long."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # All forms here are UTF-8; a request may claim any codec that Python knows, and some fail.
        request.encoding = "utf-8"
        if len(request.path_info) + len(request.META.get("QUERY_STRING", "")) > MOST_ADDRESS:
            message = _("The address is longer than %(most)s characters.")
            return _plain_refusal(request, 414, message % {"most": f"{MOST_ADDRESS:,}"})
        if self.is_odd(request):
            return _plain_refusal(
                request, 400, _("The address contains characters that cannot be read.")
            )
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
        return moved(request, path)


class MethodsMiddleware:
    """Says which methods an address answers, and returns to nobody what was sent (TRACE).

    Both count as safe, so no check of forms stops them. All others need a form of ours.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.desk = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, _arguments: tuple, _named: dict
    ) -> HttpResponse | None:
        """Answer OPTIONS with 204 and TRACE with 405; the API answers for itself."""
        if request.method not in ("OPTIONS", "TRACE") or is_for_programs(request):
            return None
        methods = SENDING if request.path_info.startswith(self.desk) else methods_of(view)
        status = 204 if request.method == "OPTIONS" else 405
        return HttpResponse(status=status, headers={"Allow": ", ".join(methods)})


class PrimaryGoneMiddleware:
    """Answers 503 at once to what needs the primary while that is gone; for use with a replica.

    Pages for everybody are read from the replica by then (`catalog.stored_pages`). So is what
    others send, until something of it is to be stored.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.desk = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask the primary, unless it was asked for this request."""
        if is_without_primary():
            return self.get_response(request)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session or request.path_info.startswith(self.desk):
            return no_answer(request) if is_primary_gone() else self.get_response(request)
        if request.method in ("GET", "HEAD"):
            return no_answer(request) if silence.is_known else self.get_response(request)
        with moment_for_readers():
            return self.get_response(request)


class NothingStoredMiddleware:
    """Says in words that nothing can be stored, where a database only lets itself be read."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through; pages are read as always."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 503 if something was to be stored and could not be."""
        if not takes_nothing(error):
            return None
        # Nor can anything of the session.
        request.session.modified = False
        return nothing_stored(request)


class BusyMiddleware:
    """Answers 503 in words where a write would have had to wait too long for another writer."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer an error that only says that somebody else is writing."""
        return busy(request, error) if is_busy(error) else None


class PatientSessionMiddleware(SessionMiddleware):
    """Sessions; one that cannot be saved because somebody else is writing is no error."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session; answer 503 in words if that would take too long."""
        try:
            return super().process_response(request, response)
        except DatabaseError as error:
            if not is_passing(error):
                raise
            return busy(request, error)


def is_busy(error: BaseException) -> bool:
    """Whether an error only says that somebody else is writing."""
    return isinstance(error, CatalogueBusy) or is_passing(error)


def busy(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer 503: who is writing, and that nothing was changed."""
    words = str(error) if isinstance(error, CatalogueBusy) else _words_of_writer()
    return wait_a_moment(request, words, WAIT)


def _words_of_writer() -> str:
    try:
        return busy_words()
    except DatabaseError:
        return _("Somebody else is saving changes to the catalogue at the moment.")


def _plain_refusal(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """Refuse a request before sessions and messages are there for a full page."""
    if is_for_programs(request):
        return error_for_programs(message, status)
    return HttpResponse(render_to_string(f"{status}.html"), status=status)
