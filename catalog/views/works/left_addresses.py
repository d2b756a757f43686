"""Addresses that were left: one redirect to where the text is today, or 410 with what it was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from catalog.addresses import absolute
from catalog.identifiers.site_paths import MAX_PATH
from catalog.pages.frame import Frame
from catalog.timeline.former import Gone, answer_of
from catalog.views.page import show
from catalog.views.works.other_spellings import moved
from catalog.wording.dates import moment_machine

STATUS = 410
TYPES = ["text/html", "application/json"]


def formerly(request: HttpRequest) -> HttpResponse | None:
    """Answer for what stood at the address before; None if nothing did, as far as is known.

    Asked at most once for a request: a view that finds no page asks before it leads elsewhere,
    and the page of 404 does not ask again.
    """
    if getattr(request, "asked_formerly", False) or len(request.path) > MAX_PATH:
        return None
    request.asked_formerly = True
    found = answer_of(request.path)
    if isinstance(found, Gone):
        return gone_page(request, found)
    return moved(request, found) if found and request.method in ("GET", "HEAD") else None


def gone_page(request: HttpRequest, gone: Gone) -> HttpResponse:
    """Say what was here, since when and why it is gone, and what may serve; JSON for programs."""
    if request.get_preferred_type(TYPES) == "application/json":
        response = JsonResponse(_for_programs(request, gone), status=STATUS)
        response["Access-Control-Allow-Origin"] = "*"
    else:
        frame = Frame(
            title=_("No longer in this catalogue: %(label)s") % {"label": gone.label},
            description=_("This entry was deleted. See what it was and what may serve instead."),
            noindex=True,
        )
        response = show(request, "gone.html", frame, gone, status=STATUS)
    patch_vary_headers(response, ["Accept"])
    return response


def _for_programs(request: HttpRequest, gone: Gone) -> dict[str, object]:
    return {
        "error": _("The entry at this address was deleted."),
        "label": gone.label,
        "title": gone.title or None,
        "kind": gone.kind,
        "since": moment_machine(gone.since),
        "reason": gone.reason or None,
        "instead": [
            {"how": one.how, "label": one.label, "url": absolute(one.url)} for one in gone.instead
        ],
    }
