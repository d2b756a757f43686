"""The kinds of publications that a Sector issues."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.entry import Entry, EntryQuerySet, entry_constraints
from catalog.models.structure import Sector
from catalog.terms import IN_FORCE_STATES, EntryKind, State


class FamilyQuerySet(EntryQuerySet):
    """Questions about kinds of publications."""

    def with_counts(self):
        """Return kinds with their number of works, those in force and those presumed current."""
        states = "publications__state"
        return self.select_related("sector").annotate(
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
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    states_published = models.BooleanField(
        _("ITU publishes states"),
        default=False,
        help_text=_("Whether ITU says of each text if it is in force."),
    )

    objects = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of publication")
        verbose_name_plural = _("kinds of publications")
        ordering = ["sector__position", "position", "slug"]
        constraints = [
            *entry_constraints("family"),
            models.UniqueConstraint(fields=["sector", "slug"], name="one_family_per_address"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/recommendations/."""
        return reverse("family", kwargs={"sector": self.sector.code, "family": self.slug})
