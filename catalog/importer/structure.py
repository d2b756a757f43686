"""Sectors, kinds of publications, series and groups, by the words that the source has for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from catalog.dataset.works import Work
from catalog.models import PublicationFamily, Sector, Series, StudyGroup
from catalog.terms import Kind, SectorCode

FAMILIES = {
    (SectorCode.ITU_T, Kind.RECOMMENDATION): "itu-t-recommendations",
    (SectorCode.ITU_T, Kind.SUPPLEMENT): "itu-t-supplements",
    (SectorCode.ITU_T, Kind.OTHER): "itu-t-handbooks",
    (SectorCode.ITU_R, Kind.RECOMMENDATION): "itu-r-recommendations",
    (SectorCode.ITU_R, Kind.REPORT): "itu-r-reports",
    (SectorCode.ITU_R, Kind.QUESTION): "itu-r-questions",
    (SectorCode.ITU_R, Kind.RESOLUTION): "itu-r-resolutions",
    (SectorCode.ITU_R, Kind.HANDBOOK): "itu-r-handbooks",
}
SPECIAL_GROUPS = {"Telecommunication Standardization Advisory Group": (SectorCode.ITU_T, "tsag")}


class MissingContent(Exception):
    """The curated content that imports put works into is not loaded; the message says what."""


@dataclass
class Structure:
    """Sectors, kinds, series and groups, by the words of the source."""

    sectors: dict[str, Sector]
    families: dict[str, PublicationFamily]
    series: dict[tuple[str, str], Series]
    groups: dict[tuple[str, str], StudyGroup]
    unknown_groups: Counter[str] = field(default_factory=Counter)
    unknown_series: Counter[str] = field(default_factory=Counter)

    def sector_of(self, work: Work) -> Sector:
        """Return the Sector of a work."""
        return self.sectors[work.sector.value]

    def family_of(self, work: Work) -> PublicationFamily:
        """Return the kind of publication of its Sector that a work belongs to."""
        return self.families[FAMILIES[work.sector, work.kind]]

    def series_of(self, work: Work) -> Series | None:
        """Return the series of a work; one that is not known is counted."""
        if not work.series:
            return None
        found = self.series.get((work.sector.value, work.series))
        if found is None:
            self.unknown_series[work.series] += 1
        return found

    def group_of(self, work: Work) -> StudyGroup | None:
        """Return the group in charge of a work; one that is not known is counted."""
        if not work.group:
            return None
        sector, _blank, number = work.group.partition(" Study Group ")
        place = SPECIAL_GROUPS.get(work.group, (sector.lower(), f"sg{number}"))
        found = self.groups.get((str(place[0]), place[1]))
        if found is None:
            self.unknown_groups[work.group] += 1
        return found


def read_structure() -> Structure:
    """Return sectors, kinds, series and groups; raises MissingContent where one is missing."""
    structure = Structure(
        {sector.code: sector for sector in Sector.objects.all()},
        {family.key: family for family in PublicationFamily.objects.all()},
        {(s.sector.code, s.letters): s for s in Series.objects.select_related("sector")},
        {(g.sector.code, g.code): g for g in StudyGroup.objects.select_related("sector")},
    )
    missing = [code for code in ("itu-t", "itu-r") if code not in structure.sectors]
    missing += sorted(set(FAMILIES.values()) - structure.families.keys())
    if missing:
        raise MissingContent(
            f"The curated content lacks {', '.join(missing)}: run manage.py load_fixtures first."
        )
    return structure
