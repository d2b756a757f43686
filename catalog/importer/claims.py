"""Which rows the snapshot reports, and which stay as they are because a file is unreadable."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from catalog.dataset.catalogue import Catalogue
from catalog.importer.present import LABELS, Present, StoredRow, key_of_row
from catalog.importer.wanted import Wanted
from catalog.writing.aggregates import RowKey


@dataclass(frozen=True)
class Claims:
    """What the snapshot says about the rows that are there.

    `reported` are the rows of which it tells. `unread` names the records that it has, though
    nothing can be made of them; `untouched` are the rows of these records.
    """

    reported: frozenset[RowKey]
    unread: frozenset[str]
    untouched: frozenset[RowKey]

    def covers(self, row: StoredRow) -> bool:
        """Whether a row is reported, or stays as it is."""
        key = key_of_row(row)
        return key in self.reported or key in self.untouched


def unread_records(
    catalogue: Catalogue,
    wanted: Wanted,
    present: Present,
    refused: Collection[str],
    unread_files: Collection[str],
) -> frozenset[str]:
    """Return the known records that are in the snapshot, though nothing can be made of them."""
    left_out = {left.record.source_identifier for left in catalogue.left_out}
    return frozenset(
        name
        for name, row in present.records.items()
        if (name in refused or row.file in unread_files)
        and row.left_source is None
        and name not in wanted.of_record
        and name not in wanted.kept_records
        and name not in left_out
    )


def find_claims(wanted: Wanted, present: Present, unread: frozenset[str]) -> Claims:
    """Return what a snapshot says about the rows; call it once each wanted thing has its row."""
    reported = {("publication", work.row.pk) for work in wanted.works if work.row is not None}
    reported |= {
        (part.label, part.row.pk) for part in wanted.by_part.values() if part.row is not None
    }
    records = [present.records[name] for name in unread]
    untouched = {
        (label, pk)
        for record in records
        for label in LABELS.values()
        if (pk := getattr(record, f"{label}_id")) is not None
    }
    return Claims(frozenset(reported), unread, frozenset(untouched))
