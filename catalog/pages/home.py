"""What the home page shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from catalog.models import Change, Edition, Initiative, SearchEntry, Sector, Series, Topic
from catalog.pages.claims import VerdictCount, verdict_counts
from catalog.pages.sectors import sector_counts

NEWEST = 5
TOPICS = 12
INITIATIVES = 6


@dataclass(frozen=True)
class SectorRow:
    """A Sector with its numbers of works and works in force, and the series that have works."""

    sector: Sector
    works: int
    in_force: int
    series: list[Series]


@dataclass(frozen=True)
class HomePage:
    """Sectors with counts, the last changes, topics and the legend."""

    examples = ("G.711", "BT.2020", "AI for Good")

    @cached_property
    def sectors(self) -> list[SectorRow]:
        """The Sectors with their series, in three queries."""
        series: dict[int, list[Series]] = {}
        for row in Series.objects.with_publications().with_sector():
            series.setdefault(row.sector_id, []).append(row)
        return [SectorRow(*row, series.get(row.sector.pk, [])) for row in sector_counts()]

    @cached_property
    def changes(self) -> list[Change]:
        """What imports changed last."""
        return list(Change.objects.newest_first()[:NEWEST])

    @cached_property
    def newest(self) -> list[Edition]:
        """The newest editions in force; shown while no import has changed anything."""
        return list(Edition.objects.newest_in_force()[:NEWEST])

    @cached_property
    def topics(self) -> list[Topic]:
        """The topics with most works."""
        return list(Topic.objects.without_responsibilities().largest_first()[:TOPICS])

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The newest initiatives that are checked."""
        return list(Initiative.objects.newest_checked()[:INITIATIVES])

    @cached_property
    def verdicts(self) -> list[VerdictCount]:
        """How many claims were checked with which verdict."""
        return verdict_counts(SearchEntry.objects.claims().count_by_verification())

    @property
    def claim_count(self) -> int:
        """How many claims were checked."""
        return sum(row.claims for row in self.verdicts)
