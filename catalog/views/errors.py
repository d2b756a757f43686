"""Pages for requests that cannot be answered: what went wrong, and ways on."""

from __future__ import annotations

import re
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults

from catalog.identifiers.site_paths import read_path
from catalog.pages.frame import Frame
from catalog.pages.messages import BadFilterPage, BadRequestPage
from catalog.pages.not_found import Explanation, NotFoundPage
from catalog.protection.storage import is_gone
from catalog.resolver import resolve
from catalog.views.page import show
from catalog.views.programs import error_for_programs, is_for_programs
from catalog.views.waiting import wait_a_moment
from catalog.views.works.left_addresses import formerly
from catalog.views.works.other_spellings import moved, other_spelling

# Django's own words name the class of the row, which says nothing to readers.
WORDS_OF_DJANGO = re.compile(r"No \w+ matches the given query\.")
LATER = 600  # seconds
SOON = 30


def bad_filter(request: HttpRequest, problems: list[str], clean_url: str) -> HttpResponse:
    """Answer 400 and say which part of the address is not understood."""
    frame = Frame(
        title=_("This address is not understood"),
        description=_("A filter in the address is not known."),
        noindex=True,
    )
    page = BadFilterPage(problems, clean_url)
    return show(request, "bad_request.html", frame, page, status=400)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 to a request that cannot be read, 413 to one that is too long."""
    message, status = _what_is_bad(exception)
    if is_for_programs(request):
        return error_for_programs(message, status)
    frame = Frame(
        title=_("This is too much at once") if status == 413 else _("This cannot be read"),
        description=message,
        noindex=True,
    )
    page = BadRequestPage(message, was_form=request.method == "POST")
    return show(request, "too_much.html", frame, page, status=status)


def _what_is_bad(exception: Exception | None) -> tuple[str, int]:
    if isinstance(exception, RequestDataTooBig):
        most = f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000:,}"
        return _("The form is longer than %(most)s kilobytes. Send it in parts.") % {
            "most": most
        }, 413
    if isinstance(exception, (TooManyFieldsSent, TooManyFilesSent)):
        most = f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,}"
        return _("The address or the form has more than %(most)s fields.") % {"most": most}, 400
    return _("The address or the form contains characters that cannot be read."), 400


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    frame = Frame(
        title=_("You may not open this page"),
        description=_("You do not have access to this page."),
        noindex=True,
    )
    return show(request, "forbidden.html", frame, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that was sent without its token."""
    return forbidden(request)


def nothing_stored(request: HttpRequest) -> HttpResponse:
    """Answer 503 to what was to be stored while the database can only be read."""
    if is_for_programs(request):
        return error_for_programs(_("Nothing can be stored at the moment."), 503)
    frame = Frame(
        title=_("Nothing can be stored at the moment"),
        description=_("The portal is read-only at the moment."),
        noindex=True,
    )
    response = show(request, "nothing_stored.html", frame, status=503)
    response["Retry-After"] = str(LATER)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 to a fault of ours, 503 while the database does not answer; needs no database."""
    error = sys.exc_info()[1]
    if error is not None and is_gone(error):
        return no_answer(request)
    if is_for_programs(request):
        return error_for_programs(_("Something went wrong on our side."), 500)
    return defaults.server_error(request)


def no_answer(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database does not answer."""
    return wait_a_moment(request, _("The catalogue cannot be read at the moment."), SOON)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 with whatever comes near the address asked for; another spelling leads on.

    An address that a text left leads to where it is today, or answers 410 if it is gone.
    """
    if is_for_programs(request):
        return error_for_programs(_("There is nothing at this address."), 404)
    if (response := formerly(request)) is not None:
        return response
    asked = read_path(request.path)
    answer = resolve(asked.text) if asked.text else None
    if path := other_spelling(request, asked, answer):
        return moved(request, path)
    frame = Frame(
        title=_("Page not found"),
        description=_("There is no page at this address; similar ones are suggested."),
        noindex=True,
    )
    page = NotFoundPage(request.path, asked, answer, _reason_of(exception))
    return show(request, "not_found.html", frame, page, status=404)


def _reason_of(exception: Exception | None) -> Explanation:
    """Return the message of a 404, with a link and its label if it brings one."""
    detail = exception.args[0] if exception is not None and exception.args else ""
    if isinstance(detail, dict) and "message" in detail:
        return Explanation(detail["message"], detail["link"], detail["label"])
    message = detail if isinstance(detail, str) else ""
    if WORDS_OF_DJANGO.fullmatch(message):
        message = _("There is no page at this address.")
    return Explanation(message)
