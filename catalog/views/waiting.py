"""Answers to requests that may be sent again later: too many of them, or too much at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.pages.frame import Frame
from catalog.pages.messages import LaterPage
from catalog.views.page import show
from catalog.views.programs import error_for_programs, is_for_programs


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """Answer 429 to a client that asked too often; `wait` is when it may ask again, in seconds."""
    return _later(request, too_often_words(wait), wait, 429)


def too_often_words(wait: int) -> str:
    """Return what is said to a client that asked too often."""
    return f"{_('There were too many requests from your address.')} {_try_again(wait)}"


def too_busy(request: HttpRequest, wait: int) -> HttpResponse:
    """Answer 503 where too many heavy requests are being answered already."""
    return _later(request, too_busy_words(wait), wait, 503)


def too_busy_words(wait: int) -> str:
    """Return what is said where too many heavy requests are being answered already."""
    return f"{_('Too many long lists are being prepared at the moment.')} {_try_again(wait)}"


def _try_again(wait: int) -> str:
    """Return the sentence that says when to ask again, in seconds or in minutes."""
    if wait < 100:
        words = ngettext("Try again in %(n)d second.", "Try again in %(n)d seconds.", wait)
        return words % {"n": wait}
    minutes = -(-wait // 60)
    words = ngettext("Try again in %(n)d minute.", "Try again in %(n)d minutes.", minutes)
    return words % {"n": minutes}


def asked_to_wait(response: HttpResponse, wait: int) -> HttpResponse:
    """Return the answer with a header that tells programs when to ask again (RFC 9110)."""
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def wait_a_moment(request: HttpRequest, words: str, wait: int) -> HttpResponse:
    """Answer 503 with a page that needs no database; `wait` is when to ask again, in seconds."""
    if is_for_programs(request):
        response: HttpResponse = error_for_programs(words, 503)
    else:
        response = HttpResponse(render_to_string("503.html", {"words": words}), status=503)
    return asked_to_wait(response, wait)


def _later(request: HttpRequest, message: str, wait: int, status: int) -> HttpResponse:
    if is_for_programs(request) or request.path.endswith(".json"):
        return asked_to_wait(error_for_programs(message, status), wait)
    frame = Frame(title=_("Please try again later"), description=message, noindex=True)
    page = LaterPage(message, request.get_full_path())
    return asked_to_wait(show(request, "later.html", frame, page, status=status), wait)
