"""What the pages of Sectors and of their collections show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from catalog.charts.figures import works_by_series_and_decade
from catalog.charts.pictures import Matrix, matrix_of
from catalog.models import (
    Body,
    Conference,
    Initiative,
    MembershipType,
    Publication,
    PublicationFamily,
    Sector,
    Series,
    StudyGroup,
    Topic,
)
from catalog.models.entry import Entry
from catalog.models.work_queries import PublicationQuerySet
from catalog.pages.bodies import BodiesPage
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources
from catalog.pages.study_group import list_query
from catalog.pages.works_by_status import WorksByStatus

SHOWN = 20
NEWEST = 4
FEW = 8  # of the initiatives


class SectorCount(NamedTuple):
    """A Sector with its number of works, and of works in force."""

    sector: Sector
    works: int
    in_force: int


class SectorOverview(NamedTuple):
    """A Sector with its number of works, and its study groups of today."""

    sector: Sector
    works: int
    in_force: int
    groups: list[StudyGroup]


class GroupCount(NamedTuple):
    """A group with its number of works, of works in force, and what lists take for them."""

    group: StudyGroup
    works: int
    in_force: int
    query: str


def sector_counts() -> list[SectorCount]:
    """Return all Sectors with the numbers of their works, in two queries."""
    counts = {code: numbers for code, *numbers in Publication.objects.count_by_sector()}
    return [SectorCount(row, *counts.get(row.code, (0, 0))) for row in Sector.objects.all()]


@dataclass(frozen=True)
class SectorsPage(BodiesPage):
    """The three Sectors, the Union, and the bodies that run them."""

    @cached_property
    def rows(self) -> list[SectorOverview]:
        """The Sectors with the numbers of their works and their study groups."""
        groups: dict[int, list[StudyGroup]] = {}
        for group in StudyGroup.objects.current():
            groups.setdefault(group.sector_id, []).append(group)
        return [SectorOverview(*row, groups.get(row.sector.pk, [])) for row in sector_counts()]


@dataclass(frozen=True)
class SectorPage(WorksByStatus):
    """What a Sector does, publishes and consists of."""

    sector: Sector

    @property
    def all_works(self) -> PublicationQuerySet:
        """All its works."""
        return self.sector.publications.all()

    @cached_property
    def newest(self) -> list[Publication]:
        """Its newest works in force."""
        return list(self.all_works.in_force().dated().for_list().newest_first()[:NEWEST])

    @cached_property
    def list_url(self) -> str:
        """The list of all its works."""
        return f"{reverse('publication-list')}?sector={self.sector.key}"

    @property
    def in_force_url(self) -> str:
        """The list of its works in force."""
        return f"{self.list_url}&state=in-force&state=pre-published"

    @cached_property
    def families(self) -> list[PublicationFamily]:
        """The collections in which it publishes."""
        return list(self.sector.families.with_counts())

    @cached_property
    def series(self) -> list[Series]:
        """Its series with the numbers of their works."""
        return list(self.sector.series.with_counts())

    @cached_property
    def matrix(self) -> Matrix | None:
        """Its works in force by series and decade; None without series."""
        if not self.series:
            return None
        return matrix_of(self.series, works_by_series_and_decade(self.all_works))

    @cached_property
    def _all_groups(self) -> list[StudyGroup]:
        return list(self.sector.groups.with_counts())

    @cached_property
    def groups(self) -> list[GroupCount]:
        """The groups that exist today."""
        return [self._counted(group) for group in self._all_groups if group.ended is None]

    @property
    def ended_groups(self) -> list[StudyGroup]:
        """The groups that ended."""
        return [group for group in self._all_groups if group.ended is not None]

    def _counted(self, group: StudyGroup) -> GroupCount:
        if not group.works_by_series:
            return GroupCount(group, group.works, group.in_force, list_query(group))
        own = {series.pk for series in group.series.all()}
        series = [row for row in self.series if row.pk in own]
        return GroupCount(
            group,
            sum(row.works for row in series),
            sum(row.in_force for row in series),
            list_query(group),
        )

    @cached_property
    def bodies(self) -> list[Body]:
        """Its bureau, boards and the like."""
        return list(self.sector.bodies.for_list())

    @cached_property
    def conferences(self) -> list[Conference]:
        """Its conferences and assemblies."""
        return list(self.sector.conferences.for_list())

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The initiatives that it leads."""
        return list(self.sector.initiatives.existing().for_list())

    @property
    def few_initiatives(self) -> list[Initiative]:
        """The first of them."""
        return self.initiatives[:FEW]

    @property
    def initiatives_url(self) -> str:
        """The list of all of them."""
        return f"{reverse('initiative-list')}?sector={self.sector.key}"

    @cached_property
    def topics(self) -> list[Topic]:
        """The topics on which it leads."""
        return list(self.sector.topics.by_name())

    @cached_property
    def memberships(self) -> list[MembershipType]:
        """The ways to belong to the Union."""
        return list(MembershipType.objects.all())

    def _shown(self) -> Iterator[Entry]:
        yield from self.conferences
        yield from self.initiatives
        yield from self.bodies
        yield from self._all_groups
        yield from self.families

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.sector)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related and not shown above."""
        return related_groups(self.sector, self._shown())


@dataclass(frozen=True)
class FamilyPage(WorksByStatus):
    """A collection of a Sector with its first texts."""

    family: PublicationFamily

    @property
    def all_works(self) -> PublicationQuerySet:
        """All its works."""
        return self.family.publications.all()

    @cached_property
    def works(self) -> list[Publication]:
        """The first works by number."""
        return list(self.family.publications.for_list()[:SHOWN])

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.family)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related to the collection."""
        return related_groups(self.family)

    @cached_property
    def list_url(self) -> str:
        """The list of all its works."""
        return f"{reverse('publication-list')}?family={self.family.key}"
