"""What a snapshot wants the catalogue to hold, before any of it is compared with rows.

It follows from the snapshot, the curated rows and what editors did, and from nothing that earlier
imports left. Rows of earlier imports lend their primary keys, and so their keys and addresses, to
what they are today.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from catalog.dataset.catalogue import Catalogue
from catalog.dataset.source_record import Record
from catalog.dataset.works import DatedPart, Work, WorkComponent, WorkEdition
from catalog.importer.present import Present, StoredPart
from catalog.importer.structure import Structure
from catalog.models import Publication, Sector, SourceRecord


@dataclass(slots=True, eq=False)
class WantedPart:
    """An edition or component of the snapshot; `base` is the edition to which a component belongs.

    `row` is the row that it is; None until one is found or made.
    """

    part: WorkEdition | WorkComponent
    label: str
    work: WantedWork
    base: WantedPart | None = None
    row: StoredPart | None = None

    @property
    def records(self) -> list[Record]:
        """The records that report it, the leading one first."""
        return records_of(self.part)


@dataclass(slots=True, eq=False)
class WantedWork:
    """A work of the snapshot with the parts of it that are to be there."""

    work: Work
    sector: Sector
    slug: str
    identifier: str
    parts: list[WantedPart] = field(default_factory=list)
    row: Publication | None = None

    @property
    def records(self) -> Iterator[Record]:
        """All records that report it."""
        for part in self.parts:
            yield from part.records


@dataclass(frozen=True, slots=True)
class Refusal:
    """Records that are left out, with the work that they are of and the reason, for the report."""

    label: str
    records: tuple[str, ...]
    reason: str

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON."""
        return {"work": self.label, "records": list(self.records), "reason": self.reason}


@dataclass
class Wanted:
    """All that a snapshot wants the catalogue to hold.

    `kept_out` names what editors deleted, `kept_records` each record of it with the deletion.
    """

    works: list[WantedWork] = field(default_factory=list)
    by_work: dict[int, WantedWork] = field(default_factory=dict)
    by_part: dict[int, WantedPart] = field(default_factory=dict)
    of_record: dict[str, WantedPart] = field(default_factory=dict)
    kept_out: list[Refusal] = field(default_factory=list)
    kept_records: dict[str, tuple[DatedPart, int | None]] = field(default_factory=dict)


KEPT_OUT = "an editor deleted it"


def want(
    catalogue: Catalogue, present: Present, structure: Structure, refused: Collection[str]
) -> Wanted:
    """Return what a snapshot wants, without the works of which a record is `refused`."""
    wanted = Wanted()
    for work in catalogue.works:
        if refused and any(record.source_identifier in refused for record in work.records):
            continue
        found = WantedWork(work, structure.sector_of(work), work.slug, work.identifier)
        kept_out = _kept_out(work, present.records) if present.records else {}
        for edition in work.editions:
            base = _add(wanted, found, edition, None, kept_out)
            for component in edition.components:
                _add(wanted, found, component, base, kept_out)
        for component in work.unattached:
            _add(wanted, found, component, None, kept_out)
        if kept_out:
            _name_kept_out(wanted, work, kept_out)
        if found.parts:
            wanted.works.append(found)
            wanted.by_work[id(work)] = found
    return wanted


def records_of(part: DatedPart) -> list[Record]:
    """Return the records of an edition or component, the leading one first."""
    twin = part.twin if isinstance(part, WorkEdition) else None
    return [part.record, twin] if twin else [part.record]


def _add(
    wanted: Wanted,
    work: WantedWork,
    part: WorkEdition | WorkComponent,
    base: WantedPart | None,
    kept_out: dict[int, int | None],
) -> WantedPart | None:
    if id(part) in kept_out:
        return None
    label = "edition" if isinstance(part, WorkEdition) else "component"
    found = WantedPart(part, label, work, base)
    work.parts.append(found)
    wanted.by_part[id(part)] = found
    for record in found.records:
        wanted.of_record[record.source_identifier] = found
    return found


def _kept_out(work: Work, records: dict[str, SourceRecord]) -> dict[int, int | None]:
    """Return the parts that editors deleted, each with the deletion.

    With an edition go its components, with a work all that is new in it.
    """
    found: dict[int, int | None] = {}
    any_known_stays = False
    parts = [*work.editions, *work.components]
    for part in parts:
        known = [
            records[r.source_identifier] for r in records_of(part) if r.source_identifier in records
        ]
        if known and all(row.kept_out_by_id for row in known):
            found[id(part)] = known[0].kept_out_by_id
        elif known:
            any_known_stays = True
    if not found:
        return found
    if not any_known_stays:
        deletion = max(found.values())
        return {id(part): found.get(id(part), deletion) for part in parts}
    for edition in work.editions:
        if id(edition) in found:
            for part in edition.components:
                found.setdefault(id(part), found[id(edition)])
    return found


def _name_kept_out(wanted: Wanted, work: Work, kept_out: dict[int, int | None]) -> None:
    names = []
    for part in (*work.editions, *work.components):
        if id(part) in kept_out:
            for record in records_of(part):
                names.append(record.source_identifier)
                wanted.kept_records[record.source_identifier] = (part, kept_out[id(part)])
    wanted.kept_out.append(Refusal(work.identifier, tuple(names), KEPT_OUT))
