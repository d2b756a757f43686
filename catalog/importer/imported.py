"""Which rows of earlier imports the works of a snapshot are: found by records, then by name.

A row lends its primary key, its key and the history of its addresses, and nothing of what it says.
"""

from __future__ import annotations

from collections import Counter

from catalog.importer.present import Present
from catalog.importer.wanted import Wanted, WantedPart, WantedWork
from catalog.writing.aggregates import RowKey


class ImportedRows:
    """The rows that imports made, and which of them are wanted."""

    def __init__(self, wanted: Wanted, present: Present) -> None:
        self.wanted = wanted
        self.present = present
        self.taken: set[RowKey] = set()
        # Rows of which a record of this snapshot tells: no other text may have them.
        self.reported: set[tuple[str, int | None]] = set()
        for identifier in wanted.of_record:
            if row := present.records.get(identifier):
                self.reported.add(("publication", row.publication_id))
                self.reported.add(("edition", row.edition_id))
                self.reported.add(("component", row.component_id))

    def match_works(self) -> None:
        """Give each wanted work that is no curated one the row that an import made of it."""
        if self.present.is_empty:
            return
        claims = []
        for work in self.wanted.works:
            if work.row is None:
                for pk, held in self._count_records(work).items():
                    same = self.present.works[pk].identifier == work.work.identifier
                    claims.append((-held, not same, work.slug, pk, work))
        for _held, _same, _slug, pk, work in sorted(claims, key=lambda claim: claim[:4]):
            if work.row is None and ("publication", pk) not in self.taken:
                self._take_work(work, pk)
        left = {
            pk: row
            for pk, row in self.present.works.items()
            if row.from_source
            and ("publication", pk) not in self.reported
            and ("publication", pk) not in self.taken
        }
        named = {row.identifier: pk for pk, row in left.items()}
        placed = {(row.sector_id, row.slug): pk for pk, row in left.items()}
        for work in self.wanted.works:
            for pk in (
                named.get(work.work.identifier),
                placed.get((work.sector.pk, work.work.slug)),
            ):
                if work.row is None and pk and ("publication", pk) not in self.taken:
                    self._take_work(work, pk)

    def match_parts(self) -> None:
        """Give each wanted part that is no curated one the row that an import made of it."""
        if self.present.is_empty:
            return
        for place in (0, 1):
            for part in self.wanted.by_part.values():
                records = part.records
                if part.row is None and place < len(records):
                    self._take_part(part, self._of_record(part, records[place].source_identifier))
        for work in self.wanted.works:
            if work.row is not None and any(part.row is None for part in work.parts):
                self._match_by_name(work)

    def _count_records(self, work: WantedWork) -> Counter[int]:
        """Count the records of a work that each row of an import holds."""
        held: Counter[int] = Counter()
        for record in work.records:
            row = self.present.records.get(record.source_identifier)
            pk = row.publication_id if row else None
            if pk is not None and self.present.works[pk].from_source:
                held[pk] += 1
        return held

    def _take_work(self, work: WantedWork, pk: int) -> None:
        work.row = self.present.works[pk]
        self.taken.add(("publication", pk))

    def _of_record(self, part: WantedPart, identifier: str) -> int | None:
        row = self.present.records.get(identifier)
        return getattr(row, f"{part.label}_id") if row else None

    def _take_part(self, part: WantedPart, pk: int | None) -> None:
        row = self.present.parts(part.label).get(pk) if pk else None
        if row is not None and row.from_source and (part.label, pk) not in self.taken:
            part.row = row
            self.taken.add((part.label, pk))

    def _match_by_name(self, work: WantedWork) -> None:
        """Find rows of which no record tells now by their identifier, then by their address."""
        named: dict[tuple[str, str], int] = {}
        placed: dict[tuple[str, str, str], int] = {}
        for row in self.present.parts_of.get(work.row.pk, ()):
            label = row._meta.model_name
            if row.from_source and (label, row.pk) not in self.reported:
                named[label, row.identifier] = row.pk
                _label, _sector, number, slug = self.present.locations[label, row.pk]
                placed[label, number, slug] = row.pk
        for part in work.parts:
            source = part.part
            for pk in (
                named.get((part.label, source.identifier)),
                placed.get((part.label, source.number, source.slug)),
            ):
                if part.row is None:
                    self._take_part(part, pk)
