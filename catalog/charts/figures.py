"""Figures about the works of a series, a group or a Sector; each has a list that proves it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q
from django.utils.translation import gettext as _

from catalog.models.work_queries import PublicationQuerySet
from catalog.terms import IN_FORCE_STATES, Kind

APPROVED = "current_edition__approved"
IN_FORCE = Q(state__in=IN_FORCE_STATES)


@dataclass(frozen=True)
class KindCount:
    """How many works there are of a kind, and how many of them are in force."""

    kind: str
    label: str
    works: int
    in_force: int


@dataclass(frozen=True)
class GroupFigures:
    """How much a group maintains, how old it is, and how lively.

    `middle` is the day on which the middle one of its works in force was approved; `until_middle`
    works in force are no younger. `oldest_works` were approved on the day `oldest`.
    """

    in_force: int
    since: datetime.date
    changed: int
    middle: datetime.date | None
    median_age: int
    until_middle: int
    oldest: datetime.date | None
    oldest_works: int

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell; of texts without a published status there is not."""
        return bool(self.in_force or self.changed)


def kind_counts(works: PublicationQuerySet) -> list[KindCount]:
    """Return the kinds that occur, in the order of the vocabulary, in one query."""
    rows = works.order_by().values_list("kind")
    rows = rows.annotate(works=Count("pk"), in_force=Count("pk", filter=IN_FORCE))
    counts = {kind: (number, in_force) for kind, number, in_force in rows}
    return [
        KindCount(kind.value, _(kind.label), *counts[kind.value])
        for kind in Kind
        if kind.value in counts
    ]


def works_by_decade(works: PublicationQuerySet) -> dict[int, int]:
    """Return how many works in force stand in an edition of each decade, in one query."""
    rows = _with_decade(works).values_list("decade").annotate(Count("pk"))
    return dict(rows)


def works_by_series_and_decade(works: PublicationQuerySet) -> list[tuple[int, int, int]]:
    """Return (number of the series' row, decade, works in force) for each pair that occurs."""
    rows = _with_decade(works).exclude(series=None)
    return list(rows.values_list("series_id", "decade").annotate(Count("pk")))


def group_figures(works: PublicationQuerySet, today: datetime.date) -> GroupFigures:
    """Return the figures of a group's works on a day, in at most four queries."""
    since = year_before(today)
    force = works.in_force().order_by()
    counts = works.order_by().aggregate(
        in_force=Count("pk", filter=IN_FORCE),
        dated=Count("pk", filter=IN_FORCE & Q(**{f"{APPROVED}__isnull": False})),
        changed=Count("pk", filter=Q(**{f"{APPROVED}__gte": since})),
        oldest=Min(APPROVED, filter=IN_FORCE),
    )
    middle = None
    if counts["dated"]:
        days = force.exclude(**{APPROVED: None}).order_by(APPROVED).values_list(APPROVED, flat=True)
        middle = days[counts["dated"] // 2]
    oldest = counts["oldest"]
    up_to = force.aggregate(
        middle=Count("pk", filter=Q(**{f"{APPROVED}__lte": middle or since})),
        oldest=Count("pk", filter=Q(**{f"{APPROVED}__lte": oldest or since})),
    )
    return GroupFigures(
        in_force=counts["in_force"],
        since=since,
        changed=counts["changed"],
        middle=middle,
        median_age=full_years(middle, today) if middle else 0,
        until_middle=up_to["middle"] if middle else 0,
        oldest=oldest,
        oldest_works=up_to["oldest"] if oldest else 0,
    )


def year_before(day: datetime.date) -> datetime.date:
    """Return the same day one year earlier; for 29 February the day before."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def full_years(start: datetime.date, end: datetime.date) -> int:
    """Return how many years have gone by in full."""
    return max(end.year - start.year - ((end.month, end.day) < (start.month, start.day)), 0)


def _with_decade(works: PublicationQuerySet) -> PublicationQuerySet:
    decade = F("year") - F("year") % 10
    return works.in_force().exclude(year=None).order_by().annotate(decade=decade)
