"""What the page of a series shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from catalog.charts.figures import KindCount, kind_counts
from catalog.models import Publication, Series, SeriesRange, StudyGroup
from catalog.models.work_queries import PublicationQuerySet
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources
from catalog.pages.works_by_status import WorksByStatus
from catalog.terms import Kind

SHOWN = 50


@dataclass(frozen=True)
class SeriesPage(WorksByStatus):
    """The subject of a series, its number ranges, supplements and first works."""

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
    def ranges(self) -> list[SeriesRange]:
        """The number ranges with what is in them."""
        return self.series.ranges_with_counts()

    @cached_property
    def groups(self) -> list[StudyGroup]:
        """The groups in charge."""
        return list(self.series.study_groups.with_sector())

    @cached_property
    def named_groups(self) -> list[StudyGroup]:
        """The groups that its works name themselves, where they are several."""
        groups = list(StudyGroup.objects.by_works_in(self.series))
        return groups if len(groups) > 1 else []

    @cached_property
    def works(self) -> list[Publication]:
        """The first works by number, without supplements."""
        return list(self.series.publications.for_list().without_supplements()[:SHOWN])

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

    @cached_property
    def changes_url(self) -> str:
        """All that imports changed."""
        return f"{reverse('change-list')}?series={self.series.key}"
