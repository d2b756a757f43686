"""Pages of sectors, collections of publications and bodies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Body, PublicationFamily, Sector, StudyGroup
from catalog.pages.bodies import BodiesPage, BodyPage
from catalog.pages.frame import Frame, link_to_sector
from catalog.pages.sectors import FamilyPage, SectorPage, SectorsPage
from catalog.stored_pages.parameters import takes
from catalog.views.page import show
from catalog.views.works.left_addresses import formerly


@takes()
def sectors(request: HttpRequest) -> HttpResponse:
    """Show the three Sectors, the Union, and the bodies that run them."""
    frame = Frame(
        title=_("Sectors of ITU"),
        description=_("The three Sectors of ITU and the Union as a whole, with what they publish."),
    )
    return show(request, "sector_list.html", frame, SectorsPage())


@takes()
def sector(request: HttpRequest, sector: str) -> HttpResponse:
    """Show what a Sector does, publishes and consists of."""
    found = get_object_or_404(Sector, code=sector)
    frame = Frame(
        title=found.name,
        description=found.description,
        trail=[(_("Sectors"), reverse("sector-list"))],
        entry=found,
    )
    return show(request, "sector.html", frame, SectorPage(found))


@takes()
def family(request: HttpRequest, sector: str, family: str) -> HttpResponse:
    """Show one kind of publication of a Sector, with its texts."""
    found = get_object_or_404(PublicationFamily.objects.at(sector, family))
    frame = Frame(
        title=found.name,
        description=found.description,
        trail=[link_to_sector(found.sector)],
        entry=found,
    )
    return show(request, "family.html", frame, FamilyPage(found))


@takes()
def bodies(request: HttpRequest) -> HttpResponse:
    """Show bureaux, boards, councils, and the groups that advise them."""
    frame = Frame(
        title=_("Bodies of the Union"),
        description=_("Council, boards, bureaux and advisory groups of ITU."),
        trail=[(_("Sectors"), reverse("sector-list"))],
    )
    return show(request, "body_list.html", frame, BodiesPage())


@takes()
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a body; groups that are also called bodies have their page at their Sector."""
    found = Body.objects.with_sector().with_key(slug).first()
    if found is None:
        if (response := formerly(request)) is not None:
            return response
        group = get_object_or_404(StudyGroup.objects.with_sector().with_key(slug))
        return HttpResponsePermanentRedirect(group.get_absolute_url())
    frame = Frame(
        title=found.name,
        description=found.description,
        trail=[link_to_sector(found.sector), (_("Bodies"), reverse("body-list"))],
        entry=found,
    )
    return show(request, "body.html", frame, BodyPage(found))
