"""Pages of sectors, kinds of publications and bodies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.figures import works_by_series_and_decade
from catalog.models import (
    Body,
    MembershipType,
    Publication,
    PublicationFamily,
    Sector,
    StudyGroup,
)
from catalog.pictures import matrix_of
from catalog.state_summary import state_counts
from catalog.terms import BodyKind, GroupKind
from catalog.views.page import related_groups, show

SHOWN = 20


def sectors(request: HttpRequest) -> HttpResponse:
    """Show the three Sectors, the Union, and the bodies that run them."""
    counts = {
        code: (number, force) for code, number, force in Publication.objects.count_by_sector()
    }
    rows = [(sector, *counts.get(sector.code, (0, 0))) for sector in Sector.objects.all()]
    return show(
        request,
        "sector_list.html",
        title=_("Sectors of ITU"),
        description=_("The three Sectors of ITU and the Union as a whole, with what they publish."),
        rows=rows,
        bodies=Body.objects.for_list(),
        advisory=StudyGroup.objects.exclude(kind=GroupKind.STUDY_GROUP).select_related("sector"),
    )


def sector(request: HttpRequest, sector: str) -> HttpResponse:
    """Show what a Sector does, publishes and consists of."""
    found = get_object_or_404(Sector, code=sector)
    conferences = list(found.conferences.for_list())
    initiatives = list(found.initiatives.existing().for_list())
    bodies = list(found.bodies.for_list())
    groups = list(found.groups.with_counts())
    families = list(found.families.with_counts())
    series = list(found.series.with_counts())
    shown = [*conferences, *initiatives, *bodies, *groups, *families]
    return show(
        request,
        "sector.html",
        title=found.name,
        description=found.description,
        trail=[(_("Sectors"), reverse("sector-list"))],
        edits=found,
        sector=found,
        families=families,
        series=series,
        matrix=matrix_of(series, works_by_series_and_decade(found.publications.all()))
        if series
        else None,
        groups=[group for group in groups if group.ended is None],
        ended_groups=[group for group in groups if group.ended is not None],
        bodies=bodies,
        conferences=conferences,
        initiatives=initiatives,
        topics=found.topics.order_by("name"),
        memberships=MembershipType.objects.all(),
        related=related_groups(found, shown),
    )


def family(request: HttpRequest, sector: str, family: str) -> HttpResponse:
    """Show one kind of publication of a Sector, with its texts."""
    found = get_object_or_404(
        PublicationFamily.objects.select_related("sector"), sector__code=sector, slug=family
    )
    works = found.publications
    by_state = works.count_by_state()
    total = sum(by_state.values())
    return show(
        request,
        "family.html",
        title=found.name,
        description=found.description,
        trail=[(found.sector.short_name, found.sector.get_absolute_url())],
        edits=found,
        family=found,
        counts=state_counts(by_state),
        total=total,
        works=works.for_list()[:SHOWN],
        list_url=f"{reverse('publication-list')}?family={found.key}",
        related=related_groups(found),
    )


def bodies(request: HttpRequest) -> HttpResponse:
    """Show bureaux, boards, councils, and the groups that advise them."""
    return show(
        request,
        "body_list.html",
        title=_("Bodies of the Union"),
        description=_("Council, boards, bureaux and advisory groups of ITU."),
        trail=[(_("Sectors"), reverse("sector-list"))],
        bodies=Body.objects.for_list(),
        advisory=StudyGroup.objects.exclude(kind=GroupKind.STUDY_GROUP).select_related("sector"),
    )


def body(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a body; groups that are also called bodies have their page at their Sector."""
    found = Body.objects.select_related("sector").filter(key=slug).first()
    if found is None:
        group = get_object_or_404(StudyGroup.objects.select_related("sector"), key=slug)
        return HttpResponsePermanentRedirect(group.get_absolute_url())
    return show(
        request,
        "body.html",
        title=found.name,
        description=found.description,
        trail=[
            (found.sector.short_name, found.sector.get_absolute_url()),
            (_("Bodies"), reverse("body-list")),
        ],
        edits=found,
        body=found,
        topics=found.topics.all(),
        members=StudyGroup.objects.current_in(found.sector)
        if found.kind == BodyKind.GROUPS
        else [],
        related=related_groups(found),
    )
