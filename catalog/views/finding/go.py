"""One identifier or itu.int link, and where it leads."""

from __future__ import annotations

from urllib.parse import unquote_plus, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.pages.frame import Frame
from catalog.pages.go import GoPage, NothingFoundPage
from catalog.pages.opened import not_here
from catalog.resolver import MAX_READ, Answer, resolve
from catalog.terms import Outcome
from catalog.views.page import show
from catalog.views.works.which_one import which_one


@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """Lead to the text that an identifier or link means, ask which one, or say what is known."""
    if len(request.GET.getlist("id")) > 1:
        return form(request, "", _("give one identifier or link at a time."))
    asked = asked_of(request)
    if not asked:
        return form(request)
    if len(asked) > MAX_READ:
        return form(
            request,
            asked[:MAX_READ],
            _("the text is longer than %(most)s characters (%(length)s); shorten it.")
            % {"most": f"{MAX_READ:,}", "length": f"{len(asked):,}"},
        )
    answer = resolve(asked)
    return straight_to(request, answer) or nothing(request, answer)


def asked_of(request: HttpRequest) -> str:
    """Return what was asked; a link that was put into the address as it stands is kept whole."""
    asked = request.GET.get("id", "").strip()
    raw = request.META.get("QUERY_STRING", "")
    if raw.startswith("id=http") and "://" in raw and "&" in raw:
        return unquote_plus(raw.removeprefix("id=")).strip()
    return asked


def straight_to(request: HttpRequest, answer: Answer) -> HttpResponse | None:
    """Return the way to what an identifier means; None if that is nothing that is held."""
    if answer.family is not None:
        # `X.500 series` are more texts than X.500.
        return HttpResponseRedirect(answer.family.get_absolute_url())
    if answer.found is not None:
        # The page of the text then says from which search it was opened.
        query = urlencode({"q": answer.query})
        return HttpResponseRedirect(f"{answer.found.get_absolute_url()}?{query}")
    if answer.outcome == Outcome.CANDIDATES:
        return which_one(request, answer.query, answer.others, answer)
    return None


def form(request: HttpRequest, asked: str = "", error: str = "") -> HttpResponse:
    """Show the form; with an error, status 400."""
    frame = Frame(
        title=_("Look up an identifier or itu.int link"),
        description=_(
            "Open the entry for an ITU identifier in any spelling, or for any itu.int link."
        ),
        noindex=bool(error),
    )
    return show(request, "go.html", frame, GoPage(asked, error), status=400 if error else 200)


def nothing(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Say what was understood, what kind of document it is, and what comes near; status 404."""
    found = not_here(answer)
    title = _("Not in this catalogue: %(asked)s") if found.is_known else _("Not found: %(asked)s")
    frame = Frame(
        title=title % {"asked": answer.query[:100]},
        description=_("There is no entry for this query; close matches are suggested."),
        noindex=True,
    )
    return show(request, "go_nothing.html", frame, NothingFoundPage(found), status=404)
