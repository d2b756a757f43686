"""Questions about the editions and components of a work: their order, address and time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Case, F, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from catalog.terms import IN_FORCE_STATES, State

# What names, dates and places an edition or component.
BRIEF = (
    "identifier",
    "slug",
    "number_slug",
    "title",
    "approved",
    "approved_precision",
    "posted",
    "posted_precision",
    "state",
    "publication",
)
BRIEF_OF_WORK = (
    "kind",
    "identifier",
    "name",
    "slug",
    "state",
    "year",
    "sector__code",
    "sector__short_name",
    *(f"current_edition__{column}" for column in BRIEF),
)


class PartQuerySet(models.QuerySet):
    """Questions about editions and components."""

    def get_by_natural_key(self, publication_key: str, slug: str):
        """Return the part of this work with this address part."""
        return self.get(publication__key=publication_key, slug=slug)

    def in_brief(self):
        """Return parts with what names, dates and places them and their work, in one query.

        The work has its Sector and standing edition, a component the edition that it changes.
        """
        tied = ["publication__sector", "publication__current_edition"]
        columns = [*BRIEF, *(f"publication__{column}" for column in BRIEF_OF_WORK)]
        if hasattr(self.model, "type"):
            tied.append("edition")
            columns += ["type", *(f"edition__{column}" for column in BRIEF)]
        else:
            columns.append("version")
        return self.select_related(*tied).only(*columns)

    def at_address(self, sector: str, number: str):
        """Keep the parts that came out under this number of a Sector (an address part)."""
        own = Q(number_slug="", publication__slug=number)
        return self.filter(own | Q(number_slug=number), publication__sector__code=sector)

    def newest_first(self):
        """Order by succession, the newest first."""
        return self.order_by("-position", "-pk")

    def in_reading_order(self):
        """Order by succession, the oldest first."""
        return self.order_by("position", "pk")


class EditionQuerySet(PartQuerySet):
    """Questions about editions."""

    def known_on(self, day: datetime.date):
        """Keep the editions approved by a day, the newest first.

        Where no approval is known, the date of posting counts. A month counts from its first
        day, as the history figure draws it.
        """
        return self.filter(Q(approved__lte=day) | Q(approved=None, posted__lte=day)).newest_first()

    def years_of(self, works: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Return the years of the first and the last dated edition of each of these works."""
        dated = self.filter(publication__in=works).annotate(day=Coalesce("approved", "posted"))
        spans = dated.exclude(day=None).order_by().values_list("publication")
        rows = spans.annotate(first=Min("day"), last=Max("day"))
        return {work: (first.year, last.year) for work, first, last in rows}

    def with_state_known(self):
        """Annotate `state_known`: whether it was in force for as long as it was the newest one.

        The rule is that of `catalog.on_day.state_is_known`, for lists.
        """
        after = Q(position__gt=OuterRef("position"))
        after |= Q(position=OuterRef("position"), pk__gt=OuterRef("pk"))
        later = self.model.objects.filter(after, publication=OuterRef("publication"))
        later = later.in_reading_order()
        no_gap = Q(version=None) | Q(next_version=None) | Q(next_version__lte=F("version") + 1)
        replaced = Q(state=State.SUPERSEDED, publication__family__states_published=True)
        return self.annotate(
            next_approved=Subquery(later.values("approved")[:1]),
            next_version=Subquery(later.values("version")[:1]),
            state_known=Case(
                When(state__in=IN_FORCE_STATES, then=Value(True)),
                When(replaced & no_gap, next_approved__isnull=False, then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            ),
        )
