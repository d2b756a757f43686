"""What the home page shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from catalog.models import Edition, Initiative, Publication, Topic
from catalog.models.work_queries import PublicationQuerySet
from catalog.pages.sectors import SectorCount, sector_counts
from catalog.pages.works_by_status import WorksByStatus

NEWEST = 4
TOPICS = 8
INITIATIVES = 6


@dataclass(frozen=True)
class HomePage(WorksByStatus):
    """What ITU is and what this catalogue is for, where to begin, and what is newest."""

    examples = ("G.711", "X.509", "optical fibre", "AI for Good")

    @property
    def all_works(self) -> PublicationQuerySet:
        """All publications."""
        return Publication.objects.all()

    @cached_property
    def sectors(self) -> list[SectorCount]:
        """The three Sectors and the Union, with their numbers of works."""
        return sector_counts()

    @cached_property
    def newest(self) -> list[Edition]:
        """The newest editions in force."""
        return list(Edition.objects.newest_in_force()[:NEWEST])

    @cached_property
    def topics(self) -> list[Topic]:
        """The topics with most works."""
        return list(Topic.objects.without_responsibilities().largest_first()[:TOPICS])

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The newest initiatives that are checked."""
        return list(Initiative.objects.newest_checked()[:INITIATIVES])
