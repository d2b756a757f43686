"""What the page of a series shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from catalog.charts.figures import KindCount, kind_counts
from catalog.models import Publication, Series, SeriesRange, StudyGroup
from catalog.models.work_queries import PublicationQuerySet
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources
from catalog.pages.works_by_status import WorksByStatus
from catalog.terms import Kind

SHOWN = 30  # works of a small series, all of them
NEWEST = 6  # works of a larger one


@dataclass(frozen=True)
class RangeWithParts:
    """A number range with the narrower ranges inside it."""

    area: SeriesRange
    parts: list[SeriesRange] = field(default_factory=list)


def under_headings(ranges: Iterable[SeriesRange]) -> list[RangeWithParts]:
    """Return ranges in their order, those of level 2 under the range of level 1 around them."""
    headings: list[RangeWithParts] = []
    for area in ranges:
        above = headings[-1].area if headings else None
        if area.level == 2 and above and above.level == 1 and area.last <= above.last:
            headings[-1].parts.append(area)
        else:
            headings.append(RangeWithParts(area))
    return headings


@dataclass(frozen=True)
class SeriesPage(WorksByStatus):
    """The subject of a series, its number ranges, supplements, and its works or the newest."""

    series: Series

    @property
    def all_works(self) -> PublicationQuerySet:
        """All its works."""
        return self.series.publications.all()

    @cached_property
    def kinds(self) -> list[KindCount]:
        """How many works there are of each kind."""
        return kind_counts(self.all_works)

    @cached_property
    def main_kinds(self) -> list[KindCount]:
        """The same without supplements."""
        return [row for row in self.kinds if row.kind != Kind.SUPPLEMENT]

    @cached_property
    def main_total(self) -> int:
        """How many works there are beside supplements."""
        return sum(row.works for row in self.main_kinds)

    @cached_property
    def own_supplements(self) -> int:
        """How many supplements are numbered in the series."""
        return sum(row.works for row in self.kinds if row.kind == Kind.SUPPLEMENT)

    @cached_property
    def ranges(self) -> list[RangeWithParts]:
        """The number ranges with what is in them."""
        return under_headings(self.series.ranges_with_counts())

    @property
    def ranges_are_known(self) -> bool:
        """Whether ITU names the ranges; else they are hundreds."""
        return bool(self.ranges and self.ranges[0].area.pk)

    @cached_property
    def groups(self) -> list[StudyGroup]:
        """The groups in charge."""
        return list(self.series.study_groups.with_sector())

    @cached_property
    def named_groups(self) -> list[StudyGroup]:
        """The groups that its works name themselves, where they are several."""
        groups = list(StudyGroup.objects.by_works_in(self.series))
        return groups if len(groups) > 1 else []

    @property
    def is_short(self) -> bool:
        """Whether all its works are shown."""
        return self.main_total <= SHOWN

    @cached_property
    def works(self) -> list[Publication]:
        """All its works by number, or the newest in force where they are many; no supplements."""
        works = self.series.publications.for_list().without_supplements()
        if self.is_short:
            return list(works)
        return list(works.in_force().dated().newest_first()[:NEWEST])

    @cached_property
    def supplements(self) -> list[Publication]:
        """The supplements that go with the whole series."""
        return list(Publication.objects.for_list().supplementing(self.series))

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.series)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related to the series."""
        return related_groups(self.series)

    @cached_property
    def list_url(self) -> str:
        """The list of all its works."""
        return f"{reverse('publication-list')}?series={self.series.key}"

    @property
    def in_force_url(self) -> str:
        """The list of its works in force."""
        return f"{self.list_url}&state=in-force&state=pre-published"

    @cached_property
    def changes_url(self) -> str:
        """All that imports changed."""
        return f"{reverse('change-list')}?series={self.series.key}"
