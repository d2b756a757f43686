"""The kinds of publications that a Sector issues."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.entry import Entry, SectorEntryQuerySet, entry_constraints
from catalog.models.fields import position_field
from catalog.models.structure import Sector
from catalog.terms import IN_FORCE_STATES, EntryKind, State


class FamilyQuerySet(SectorEntryQuerySet):
    """Collections, by address, and with the number of their works."""

    def at(self, sector: str, slug: str):
        """Keep the kind at an address, by the code of its Sector and its address part."""
        return self.with_sector().filter(sector__code=sector, slug=slug)

    def with_counts(self):
        """Return kinds with their number of works, those in force and those presumed current."""
        states = "publications__state"
        return self.with_sector().annotate(
            works=Count("publications"),
            in_force=Count("publications", filter=Q(**{f"{states}__in": IN_FORCE_STATES})),
            presumed=Count("publications", filter=Q(**{states: State.PRESUMED_CURRENT})),
        )


class PublicationFamily(Entry):
    """A kind of publication of one Sector: ITU-T Recommendations, ITU-D Handbooks."""

    entry_kind = EntryKind.FAMILY

    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="families", verbose_name=_("sector")
    )
    slug = models.SlugField(_("address part"), max_length=40, help_text=_("recommendations"))
    position = position_field(_("position"))
    states_published = models.BooleanField(
        _("ITU publishes statuses"),
        default=False,
        help_text=_("Whether ITU publishes whether each text is in force."),
    )

    objects = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["sector__position", "position", "slug"]
        constraints = [
            *entry_constraints("family"),
            models.UniqueConstraint(fields=["sector", "slug"], name="one_family_per_address"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/recommendations/."""
        return reverse("family", kwargs={"sector": self.sector.code, "family": self.slug})
