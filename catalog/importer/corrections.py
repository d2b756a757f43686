"""Corrections follow the record that they are about to the row that stands for it today."""

from __future__ import annotations

from django.db import models

from catalog.importer.claims import Claims
from catalog.importer.plan import Plan
from catalog.importer.present import Present, StoredPart
from catalog.importer.wanted import Wanted
from catalog.models import Correction
from catalog.writing.values import from_json, value_of

# Fields that say where a row stands: another row has its own.
PLACING = {"slug", "number_slug", "identifier", "edition", "position"}


def move_corrections(wanted: Wanted, present: Present, claims: Claims, plan: Plan) -> None:
    """Let corrections of parts that the snapshot does not report follow their records."""
    for (label, pk), locks in list(present.locks.items()):
        if label == "publication" or (label, pk) in claims.reported:
            continue
        row = present.parts(label).get(pk)
        if row is None or not row.from_source:
            continue
        heir = _heir(label, pk, wanted, present)
        if heir is None:
            continue
        of_heir = present.locks.setdefault((label, heir.pk), {})
        for name, lock in list(locks.items()):
            if name not in of_heir and name not in PLACING:
                of_heir[name] = locks.pop(name)
                plan.move_correction(lock, heir)
                _overwrite(heir, lock, plan)


def _heir(label: str, pk: int, wanted: Wanted, present: Present) -> StoredPart | None:
    """Return the row that stands for a record of this row now, if it is there already."""
    for identifier, record in present.records.items():
        if getattr(record, f"{label}_id") == pk:
            part = wanted.of_record.get(identifier)
            if part is not None and part.label == label and part.row is not None:
                return part.row
    return None


def _overwrite(row: StoredPart, lock: Correction, plan: Plan) -> None:
    """Write the corrected value on the row to which a correction was moved."""
    column: models.Field = row._meta.get_field(lock.field)
    if value_of(row, column.name) != lock.value:
        before, after = getattr(row, column.attname), from_json(column, lock.value)
        setattr(row, column.attname, after)
        plan.change(row, {column.attname: (before, after)})
        plan.touch(row.publication)
