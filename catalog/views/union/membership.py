"""Pages of membership: the comparison, and each type."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import MembershipType
from catalog.pages.frame import Frame
from catalog.pages.membership import ComparisonPage, MembershipPage, UnknownType
from catalog.stored_pages.parameters import takes
from catalog.views.errors import bad_filter
from catalog.views.page import show


@takes("a", "b")
def comparison(request: HttpRequest) -> HttpResponse:
    """Show who may do what; ?a=…&b=… narrows the table to two types."""
    try:
        page = ComparisonPage.of([request.GET.get("a", ""), request.GET.get("b", "")])
    except UnknownType as error:
        problem = _("There is no membership type “%(slug)s”.") % {"slug": error.args[0][:60]}
        return bad_filter(request, [problem], reverse("membership"))
    title = _("Membership compared")
    if page.is_pair:
        first, second = page.columns
        title = _("%(first)s compared with %(second)s") % {"first": first, "second": second}
    frame = Frame(
        title=title,
        description=_("What Member States, Sector Members, Associates and Academia may do at ITU."),
        noindex=page.is_pair,
    )
    return show(request, "membership.html", frame, page)


@takes()
def membership_type(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one membership type: who, rights, fee, how to join."""
    found = get_object_or_404(MembershipType.objects.at(slug))
    frame = Frame(
        title=_("Membership: %(name)s") % {"name": found.name},
        description=found.description or found.who_may_join,
        trail=[(_("Members and partners"), reverse("membership"))],
        entry=found,
    )
    return show(request, "membership_type.html", frame, MembershipPage(found))
