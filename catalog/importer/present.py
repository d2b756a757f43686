"""What the database holds, as the plan needs it: by record, by address, by number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from catalog.dataset.works import DatedPart, Work, WorkEdition
from catalog.models import (
    Component,
    Correction,
    Edition,
    Publication,
    PublicationFamily,
    PublicationName,
    Sector,
    Series,
    SourceRecord,
    StudyGroup,
)
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
GROUPS = {"Telecommunication Standardization Advisory Group": (SectorCode.ITU_T, "tsag")}


class MissingContent(Exception):
    """The curated content that imports hang works on is not loaded; the message says what."""


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
        place = GROUPS.get(work.group, (sector.lower(), f"sg{number}"))
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


@dataclass
class Present:
    """The rows that an import may change."""

    records: dict[str, SourceRecord]
    works: dict[int, Publication]
    editions: dict[int, Edition]
    components: dict[int, Component]
    names: dict[int, dict[str, PublicationName]]
    locks: dict[tuple[str, int], dict[str, Correction]]
    by_identifier: dict[str, Publication] = field(default_factory=dict)
    by_address: dict[tuple[int, str], Publication] = field(default_factory=dict)
    parts_of: dict[tuple[str, int], list[Any]] = field(default_factory=lambda: defaultdict(list))
    recorded: set[tuple[str, int | None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for work in self.works.values():
            if work.identifier:
                self.by_identifier[work.identifier] = work
            self.by_address[work.sector_id, work.slug] = work
        for record in self.records.values():
            self.recorded.add(("edition", record.edition_id))
            self.recorded.add(("component", record.component_id))
        for label, parts in (("edition", self.editions), ("component", self.components)):
            for part in parts.values():
                self.parts_of[label, part.publication_id].append(part)

    def locked(self, label: str, pk: int | None) -> dict[str, Correction]:
        """Return the corrections of a row by field."""
        return self.locks.get((label, pk), {}) if pk else {}

    def owner_of(self, work: Work, sector: Sector) -> Publication | None:
        """Return the publication that a work of the source is.

        It is the one that holds most of its records; else the one with its identifier; else
        the one at its address.
        """
        held = Counter(
            row.publication_id
            for record in work.records
            if (row := self.records.get(record.source_identifier)) and row.publication_id
        )
        if held:
            return self.works[min(held, key=lambda pk: (-held[pk], pk))]
        for identifier in (work.identifier, work.label):
            if found := self.by_identifier.get(identifier):
                return found
        return self.by_address.get((sector.pk, work.slug))

    def part_of(
        self, label: str, publication: Publication, part: DatedPart, number_slug: str
    ) -> Edition | Component | None:
        """Return the row that an edition or component of the source is."""
        rows = self.editions if label == "edition" else self.components
        records = [part.record]
        if isinstance(part, WorkEdition) and part.twin:
            records.append(part.twin)
        for record in records:
            row = self.records.get(record.source_identifier)
            pk = getattr(row, f"{label}_id", None) if row else None
            if pk in rows:
                return rows[pk]
        own = self.parts_of.get((label, publication.pk), [])
        for row in own:
            if row.slug == part.slug and row.number_slug == number_slug:
                return row
        for row in own:
            if row.identifier == part.identifier:
                return row
        # A curated row that tells of the same file under a year or month of its own.
        return next(
            (
                row
                for row in own
                if part.posted
                and (row.posted, row.from_source) == (part.posted, False)
                and (label, row.pk) not in self.recorded
            ),
            None,
        )


def read_present() -> Present:
    """Return everything that imports may change, in a fixed number of queries."""
    locks: dict[tuple[str, int], dict[str, Correction]] = defaultdict(dict)
    for lock in Correction.objects.all():
        for label in ("publication", "edition", "component"):
            if pk := getattr(lock, f"{label}_id"):
                locks[label, pk][lock.field] = lock
    names: dict[int, dict[str, PublicationName]] = defaultdict(dict)
    for name in PublicationName.objects.all():
        names[name.publication_id][name.name] = name
    return Present(
        {row.identifier: row for row in SourceRecord.objects.all()},
        {row.pk: row for row in Publication.objects.select_related("sector", "series")},
        _by_key(Edition.objects.all()),
        _by_key(Component.objects.all()),
        names,
        locks,
    )


def _by_key(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows}
