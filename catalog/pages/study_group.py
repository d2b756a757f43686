"""What the page of a study group shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.charts.figures import GroupFigures, group_figures, works_by_decade
from catalog.charts.pictures import Ages, ages_of
from catalog.models import Change, Initiative, Publication, StudyGroup
from catalog.models.work_queries import PublicationQuerySet
from catalog.pages.group_family import GroupFamily, family_of
from catalog.pages.related import RelatedGroup, related_groups
from catalog.pages.sources import EntrySources, entry_sources
from catalog.pages.works_by_status import WorksByStatus
from catalog.wording.successions import Piece, Sentence

SHOWN = 20
FEW = 5


def query_of_series(group: StudyGroup) -> str:
    """Return the parameters that lists take for the works of the series of a group."""
    return "&".join(f"series={series.key}" for series in group.series.all())


def list_query(group: StudyGroup) -> str:
    """Return the parameters that lists of works and of changes take for those of a group."""
    if group.works_by_series:
        return query_of_series(group)
    return f"group={group.key}"


@dataclass(frozen=True)
class GroupPage(WorksByStatus):
    """What a group looks after, its figures as of `today`, what changed, its first texts."""

    group: StudyGroup
    today: datetime.date

    @property
    def all_works(self) -> PublicationQuerySet:
        """All its works."""
        return Publication.objects.of_entry(self.group)

    @property
    def is_over(self) -> bool:
        """Whether the last year of the group has passed, or is this one."""
        ended = self.group.ended
        return ended is not None and ended <= datetime.date.today().year

    @cached_property
    def naming_it(self) -> int:
        """Where its works are those of its series, how many works name it themselves."""
        if not self.group.works_by_series:
            return 0
        return Publication.objects.naming_group(self.group).count()

    @property
    def naming_it_url(self) -> str:
        """The list of the works that name it."""
        return f"{reverse('publication-list')}?group={self.group.key}"

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
        return list(self.all_works.in_force().dated().for_list().newest_first()[:FEW])

    @cached_property
    def oldest(self) -> list[Publication]:
        """The oldest works in force."""
        return list(self.all_works.in_force().dated().for_list().oldest_first()[:FEW])

    @cached_property
    def works(self) -> list[Publication]:
        """All works of a small group, current ones before others; of a large one the first.

        Of a large group with texts in force there are none: the newest and the oldest are shown.
        """
        if self.total > SHOWN and self.newest:
            return []
        return list(self.all_works.for_list().best_first()[:SHOWN])

    @cached_property
    def series_in_charge(self) -> Sentence:
        """The series of which the group is in charge, each with the groups that share it."""
        pieces: list[Piece] = []
        for series in self.group.series.with_groups():
            pieces += [Piece(", "), Piece(series.letters, series.get_absolute_url())]
            others = [group for group in series.study_groups.all() if group != self.group]
            for place, other in enumerate(others):
                pieces.append(Piece(", " if place else _(" (with ")))
                pieces.append(Piece(other.name, other.get_absolute_url()))
            pieces += [Piece(")")] if others else []
        return tuple(pieces[1:])

    @cached_property
    def family(self) -> GroupFamily:
        """The groups from which it took over and that took over from it, each with their own."""
        return family_of(self.group)

    @property
    def successors(self) -> list[StudyGroup]:
        """The groups that took over from this one."""
        return [branch.group for branch in self.family.after]

    @property
    def predecessors(self) -> list[StudyGroup]:
        """The groups from which this one took over."""
        return [branch.group for branch in self.family.before]

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
        return f"{reverse('publication-list')}?{list_query(self.group)}"

    @cached_property
    def in_force_url(self) -> str:
        """The list of its works in force."""
        return f"{self.list_url}&state=in-force&state=pre-published"

    @cached_property
    def csv_url(self) -> str:
        """All its works as a table."""
        return f"{reverse('publication-list-csv')}?{list_query(self.group)}"

    @cached_property
    def changes_url(self) -> str:
        """All that imports changed."""
        return f"{reverse('change-list')}?{list_query(self.group)}"
