"""What the home page shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from catalog.charts.state_counts import StateCount, state_counts
from catalog.charts.years_by_status import YearsByStatus, years_by_status
from catalog.models import Edition, Initiative, Publication, Topic
from catalog.pages.sectors import SectorCount, sector_counts

NEWEST = 4
TOPICS = 8
INITIATIVES = 6


@dataclass(frozen=True)
class HomePage:
    """What ITU is and what this catalogue is for, where to begin, and what is newest."""

    examples = ("G.711", "X.509", "optical fibre", "AI for Good")

    @cached_property
    def states(self) -> list[StateCount]:
        """How many publications have which status."""
        return state_counts(Publication.objects.count_by_state())

    @property
    def works(self) -> int:
        """How many publications there are."""
        return sum(row.count for row in self.states)

    @cached_property
    def sectors(self) -> list[SectorCount]:
        """The three Sectors and the Union, with their numbers of works."""
        return sector_counts()

    @cached_property
    def newest(self) -> list[Edition]:
        """The newest editions in force."""
        return list(Edition.objects.newest_in_force()[:NEWEST])

    @cached_property
    def years(self) -> YearsByStatus | None:
        """All publications by the year of their current edition and by status."""
        return years_by_status(Publication.objects.count_by_year_and_state())

    @cached_property
    def topics(self) -> list[Topic]:
        """The topics with most works."""
        return list(Topic.objects.without_responsibilities().largest_first()[:TOPICS])

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The newest initiatives that are checked."""
        return list(Initiative.objects.newest_checked()[:INITIATIVES])
