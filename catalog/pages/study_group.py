"""What the page of a study group shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from catalog.charts.figures import GroupFigures, group_figures, works_by_decade
from catalog.charts.pictures import Ages, ages_of
from catalog.models import Change, Initiative, Publication, Series, StudyGroup
from catalog.models.publications import PublicationQuerySet
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources
from catalog.pages.works_by_status import WorksByStatus

SHOWN = 20
FEW = 5


@dataclass(frozen=True)
class GroupPage(WorksByStatus):
    """What a group looks after, its figures as of `today`, what changed, its first texts."""

    group: StudyGroup
    today: datetime.date

    @property
    def all_works(self) -> PublicationQuerySet:
        """All its works."""
        return self.group.publications.all()

    @cached_property
    def figures(self) -> GroupFigures:
        """How much the group maintains, how old it is, and how lively."""
        return group_figures(self.all_works, self.today)

    @cached_property
    def ages(self) -> Ages | None:
        """The works in force by decade, as a picture; None if there are none."""
        return ages_of(works_by_decade(self.all_works))

    @cached_property
    def changes(self) -> list[Change]:
        """What imports changed last."""
        return list(Change.objects.of_group(self.group).newest_first()[:FEW])

    @cached_property
    def newest(self) -> list[Publication]:
        """The newest works in force."""
        dated = self.group.publications.in_force().dated()
        return list(dated.for_list().newest_first()[:FEW])

    @cached_property
    def oldest(self) -> list[Publication]:
        """The oldest works in force."""
        dated = self.group.publications.in_force().dated()
        return list(dated.for_list().oldest_first()[:FEW])

    @cached_property
    def works(self) -> list[Publication]:
        """The first works, current ones before others."""
        return list(self.group.publications.for_list().best_first()[:SHOWN])

    @cached_property
    def series(self) -> list[Series]:
        """The series of which the group is in charge."""
        return list(self.group.series.with_sector())

    @cached_property
    def successors(self) -> list[StudyGroup]:
        """The groups that took over from this one."""
        return list(self.group.successors.with_sector())

    @cached_property
    def predecessors(self) -> list[StudyGroup]:
        """The groups from which this one took over."""
        return list(self.group.predecessors.with_sector())

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The initiatives in which the group takes part."""
        return list(self.group.initiatives.existing().for_list())

    @cached_property
    def sources(self) -> EntrySources:
        """The sources of what the page says."""
        return entry_sources(self.group)

    @cached_property
    def related(self) -> list[RelatedGroup]:
        """What is related and not shown above."""
        return related_groups(self.group, self.initiatives)

    @cached_property
    def list_url(self) -> str:
        """The list of all its works."""
        return f"{reverse('publication-list')}?group={self.group.key}"

    @cached_property
    def in_force_url(self) -> str:
        """The list of its works in force."""
        return f"{self.list_url}&state=in-force&state=pre-published"

    @cached_property
    def csv_url(self) -> str:
        """All its works as a table."""
        return f"{reverse('publication-list-csv')}?group={self.group.key}"

    @cached_property
    def changes_url(self) -> str:
        """All that imports changed."""
        return f"{reverse('change-list')}?group={self.group.key}"
