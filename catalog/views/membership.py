"""Pages of membership: the comparison, and each type."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import MembershipType, Right
from catalog.terms import RightGroup
from catalog.views.errors import bad_filter
from catalog.views.page import related_groups, show


def comparison(request: HttpRequest) -> HttpResponse:
    """Show who may do what; ?a=…&b=… narrows the table to two types."""
    types = list(MembershipType.objects.for_comparison())
    by_slug = {kind.slug: kind for kind in types}
    asked = [request.GET.get("a", ""), request.GET.get("b", "")]
    chosen = [by_slug[slug] for slug in asked if slug in by_slug]
    if unknown := [slug for slug in asked if slug and slug not in by_slug]:
        problem = _("There is no membership type “%(slug)s”.") % {"slug": unknown[0][:60]}
        return bad_filter(request, [problem], reverse("membership"))
    columns = chosen if len(chosen) == 2 and chosen[0] != chosen[1] else types
    title = _("Membership compared")
    if columns is chosen:
        title = _("%(first)s compared with %(second)s") % {"first": chosen[0], "second": chosen[1]}
    return show(
        request,
        "membership.html",
        title=title,
        description=_("What Member States, Sector Members, Associates and Academia may do at ITU."),
        noindex=columns is chosen,
        types=types,
        all_types=MembershipType.objects.all(),
        columns=columns,
        is_pair=columns is chosen,
        asked=asked if columns is chosen else [kind.slug for kind in types[2:4]],
        groups=rows_by_group(columns),
    )


def rows_by_group(columns: list[MembershipType]) -> list[tuple[str, list]]:
    """Return (group heading, [(right, [answer per column])]) in the order of the table."""
    answers = {(cell.right_id, kind.pk): cell for kind in columns for cell in kind.rights.all()}
    groups = []
    rights = list(Right.objects.order_by("position"))
    for group in RightGroup:
        rows = [
            (right, [answers.get((right.pk, kind.pk)) for kind in columns])
            for right in rights
            if right.group == group
        ]
        if rows:
            groups.append((_(group.label), rows))
    return groups


def membership_type(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one membership type: who, rights, fee, how to join."""
    found = get_object_or_404(MembershipType.objects.select_related("same_rights_as"), slug=slug)
    holder = found.same_rights_as or found
    return show(
        request,
        "membership_type.html",
        title=_("Membership: %(name)s") % {"name": found.name},
        description=found.description or found.who_may_join,
        trail=[(_("Members and partners"), reverse("membership"))],
        edits=found,
        kind=found,
        rights=holder.rights.select_related("right").order_by("right__position"),
        fee_classes=found.fee_classes.all(),
        related=related_groups(found),
    )
