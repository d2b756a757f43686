"""The home page: find, browse, see what is sure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.pages.frame import FeedLink, Frame
from catalog.pages.home import HomePage
from catalog.stored_pages.parameters import takes
from catalog.views.page import show


@takes()
def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, sectors with counts, the last changes, topics and the legend."""
    frame = Frame(
        title=_("ITU publications and programmes: what exists, and what is in force"),
        description=_(
            "Find any ITU Recommendation, Report, Handbook or programme, see whether it is in "
            "force, and cite it by an address that lasts."
        ),
        feed=FeedLink(_("Changes"), reverse("change-feed")),
        is_home=True,
    )
    return show(request, "home.html", frame, HomePage())
