"""Pages of families of texts, which people call by one name: G.984 series."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Publication, TextFamily
from catalog.pages.frame import Frame
from catalog.pages.text_families import PageQuery, TextFamiliesPage, TextFamilyPage
from catalog.stored_pages.parameters import takes
from catalog.views.lists.numbered import numbered_page
from catalog.views.page import show


@takes()
def text_families(request: HttpRequest) -> HttpResponse:
    """Show all families of texts."""
    frame = Frame(
        title=_("Families of texts"),
        description=_("Groups of ITU texts that people call by one name, such as G.984 series."),
        trail=[(_("Publications"), reverse("publication-list"))],
    )
    return show(request, "text_family_list.html", frame, TextFamiliesPage())


@takes("page")
def text_family(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a family of texts with its members in this catalogue, 50 to a page."""
    family = get_object_or_404(TextFamily.objects.at(slug).with_sources())
    members = Publication.objects.with_identifiers_like(family.pattern)
    chosen = PageQuery()
    numbered = numbered_page(request, members.for_list(), chosen)
    frame = Frame(
        title=_("Family of texts: %(name)s") % {"name": family},
        description=_("Family of ITU texts: %(covers)s.") % {"covers": family.covers or family},
        trail=[
            (_("Publications"), reverse("publication-list")),
            (_("Families of texts"), reverse("text-family-list")),
        ],
        entry=family,
    )
    page = TextFamilyPage(numbered, chosen, family, members)
    return show(request, "text_family.html", frame, page)
