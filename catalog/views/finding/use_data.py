"""How programs ask, and how they build an address from an identifier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.pages.frame import Frame
from catalog.pages.use_data import UseDataPage
from catalog.stored_pages.parameters import takes
from catalog.views.page import show


@takes()
def api(request: HttpRequest) -> HttpResponse:
    """Tell programmers how to ask and how to build an address."""
    frame = Frame(
        title=_("API and data"),
        description=_("How programs resolve ITU identifiers, and build an address from one."),
        trail=[(_("About"), reverse("about"))],
    )
    return show(request, "api.html", frame, UseDataPage())
