"""Which row each work and part of a snapshot is: curated rows come before those of imports."""

from __future__ import annotations

from catalog.importer.curated import CuratedRows
from catalog.importer.imported import ImportedRows
from catalog.importer.present import Present
from catalog.importer.wanted import Wanted


def match_rows(wanted: Wanted, present: Present) -> None:
    """Set `row` of each wanted work and part to the row that it is; None where it is new."""
    curated = CuratedRows(present)
    imported = ImportedRows(wanted, present)
    curated.match_works(wanted)
    imported.match_works()
    curated.match_parts(work for work in wanted.works if work.row is not None)
    imported.match_parts()
