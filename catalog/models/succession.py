"""Editions and components of a work: their order, address and time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Case, F, Max, Min, OuterRef, Q, Subquery, Value, When

from catalog.models.dates import known_date, unless_doubted
from catalog.terms import IN_FORCE_STATES, DoubtedField, SectorCode, State

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
    "doubted_fields",
    "changed",
    "publication",
)
BRIEF_OF_WORK = (
    "kind",
    "identifier",
    "name",
    "undoubted_name",
    "slug",
    "state",
    "state_doubted",
    "year",
    "changed",
    "sector__code",
    "sector__short_name",
    *(f"current_edition__{column}" for column in BRIEF),
)


class PartQuerySet(models.QuerySet):
    """Editions or components, by address and in their order."""

    def get_by_natural_key(self, publication_key: str, slug: str):
        """Return the part of this work with this address part; raise DoesNotExist if there is none.

        A work may have two of one date under two numbers (a text of the data set came out so);
        the key means the one under the number that the work has today. The number itself is no
        part of the key: it changes whenever a work is renumbered, and files would lose the row.
        """
        own = self.filter(publication__key=publication_key, slug=slug).order_by("number_slug")
        return own[0] if own else self.get(publication__key=publication_key, slug=slug)

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

    def at(self, sector: str, number: str, slug: str):
        """Keep the part at an address: under a number of a Sector, and its own address part."""
        return self.at_address(sector, number).filter(slug=slug)

    def with_work(self):
        """Return parts with their work and its Sector, in one query."""
        return self.select_related("publication__sector")

    def newest_first(self):
        """Order by succession, the newest first."""
        return self.order_by("-position", "-pk")

    def in_reading_order(self):
        """Order by succession, the oldest first."""
        return self.order_by("position", "pk")


class ComponentQuerySet(PartQuerySet):
    """Components, by month and by the edition that they change."""

    def of_month(self, sector: str, number: str, month: str):
        """Return the components of a month (`2008-05`) that came out under a number of a Sector.

        With their works and editions, in order of succession.
        """
        return self._beginning(sector, number, f"{month}/")

    def of_month_by_base(self, sector: str, number: str, month: str, part: str):
        """Return the components of a month and name that carry the year of their base.

        `2008-05` and `cor1` find 2008-05/cor1-2001 and 2008-05/cor1-2005, beside other tails.
        """
        return self._beginning(sector, number, f"{month}/{part}-")

    def _beginning(self, sector: str, number: str, start: str):
        found = self.at_address(sector, number).filter(slug__startswith=start)
        return found.select_related("publication__sector", "edition").in_reading_order()


class EditionQuerySet(PartQuerySet):
    """Editions, by month and number, and those in force or known on a day."""

    def of_month(self, sector: str, month: str):
        """Return the editions of a month or version in a Sector, with their works."""
        return self.with_work().filter(publication__sector__code=sector, slug=month)

    def with_second_number(self, number: str):
        """Keep the editions that came out under this second number (an address part)."""
        return self.filter(second_number_slug=number)

    def of_work_called(self, number: str):
        """Keep the editions of the work that has this number (an address part) today."""
        return self.filter(publication__slug=number)

    def of_works_also_called(self, number: str):
        """Keep the editions of works that have this number (an address part) among their names."""
        return self.filter(publication__names__slug=number)

    def newest_in_force(self):
        """Return the editions in force by date of approval, the newest first, with their works."""
        dated = self.filter(state__in=IN_FORCE_STATES, approved__isnull=False)
        return dated.with_work().order_by("-approved", "identifier")

    def by_id(self, ids: Iterable[int]) -> dict:
        """Return the editions with these primary keys, by primary key, with their works."""
        return self.with_work().in_bulk(list(ids))

    def known_on(self, day: datetime.date):
        """Keep the editions approved by a day, the newest first.

        Where no approval is known, the date of posting counts. A month counts from its first
        day, as the history figure draws it.
        """
        return self.alias(known_day=known_date()).filter(known_day__lte=day).newest_first()

    def first_ones(self):
        """Keep the editions that are the first of their work, of which the approval is known.

        The first version of a text of ITU-R is 0, of others 1; of those without one, the earliest
        in their order is meant.
        """
        is_first = Q(version=None) | Q(version=0)
        is_first |= Q(version=1) & ~Q(publication__sector__code=SectorCode.ITU_R)
        approved = unless_doubted(DoubtedField.APPROVED)
        return self.alias(known_approval=approved).filter(is_first, known_approval__isnull=False)

    def only_posted(self):
        """Keep the editions of which the day of posting is known and that of approval is not."""
        approved = unless_doubted(DoubtedField.APPROVED)
        return self.alias(known_day=known_date(), known_approval=approved).filter(
            known_day__isnull=False, known_approval=None
        )

    def years_of(self, works: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Return the years of the first and the last dated edition of each of these works."""
        dated = self.filter(publication__in=works).annotate(day=known_date())
        spans = dated.exclude(day=None).order_by().values_list("publication")
        rows = spans.annotate(first=Min("day"), last=Max("day"))
        return {work: (first.year, last.year) for work, first, last in rows}

    def with_state_known(self):
        """Annotate `state_known`: whether it was in force for as long as it was the newest one.

        Rule 10.2 as a query, for lists; `catalog.works.on_day.state_is_known` is that for one work.
        """
        after = Q(position__gt=OuterRef("position"))
        after |= Q(position=OuterRef("position"), pk__gt=OuterRef("pk"))
        later = self.model.objects.filter(after, publication=OuterRef("publication"))
        later = later.in_reading_order().annotate(
            known_approval=unless_doubted(DoubtedField.APPROVED)
        )
        no_gap = Q(version=None) | Q(next_version=None) | Q(next_version__lte=F("version") + 1)
        replaced = Q(state=State.SUPERSEDED, publication__family__states_published=True)
        return self.annotate(
            next_approved=Subquery(later.values("known_approval")[:1]),
            next_version=Subquery(later.values("version")[:1]),
            state_known=Case(
                When(state__in=IN_FORCE_STATES, then=Value(True)),
                When(replaced & no_gap, next_approved__isnull=False, then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            ),
        )
