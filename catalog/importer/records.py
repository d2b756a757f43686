"""What became of every record of the source, and which rows report it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from catalog.dataset.source_record import Record
from catalog.dataset.works import LeftOut, WorkEdition
from catalog.identifiers import compact
from catalog.importer.claims import Claims
from catalog.importer.plan import Plan
from catalog.importer.present import LABELS, Present, StoredPart
from catalog.importer.wanted import Wanted
from catalog.models import Component, Edition, Publication, SourceRecord
from catalog.terms import RecordRole

LONGEST_REASON = 400


def plan_records(
    left_out: Iterable[LeftOut], wanted: Wanted, present: Present, claims: Claims, plan: Plan
) -> None:
    """Plan a row for every record, and mark the records that the snapshot lacks."""
    seen: set[str] = set()
    for part in wanted.by_part.values():
        role = RecordRole.EDITION if part.label == "edition" else RecordRole.COMPONENT
        for record in part.records:
            seen.add(record.source_identifier)
            values = _values_of(record, role)
            _plan_record(record, values, (part.work.row, part.row), present, plan)
    for name, (part, deletion) in wanted.kept_records.items():
        seen.add(name)
        role = RecordRole.EDITION if isinstance(part, WorkEdition) else RecordRole.COMPONENT
        twin = part.twin if isinstance(part, WorkEdition) else None
        record = part.record if part.record.source_identifier == name else twin
        values = _values_of(record, role) | {"kept_out_by_id": deletion}
        _plan_record(record, values, (None, None), present, plan)
    for left in left_out:
        part = wanted.by_part.get(id(left.target)) if left.target else None
        row = part.row if part is not None else None
        work = row.publication if row is not None else None
        seen.add(left.record.source_identifier)
        values = _values_of(left.record, left.role) | {"reason": left.reason[:LONGEST_REASON]}
        _plan_record(left.record, values, (work, row), present, plan)
    _mark_missing(seen | claims.unread, present, plan)


def _values_of(record: Record, role: RecordRole) -> dict[str, Any]:
    """Return the values of the row of a record, but for the rows that it stands for."""
    return {
        "file": record.file[:250],
        "checksum": record.checksum,
        "role": role.value,
        "notes": "\n".join(sorted(note.value for note in record.notes)),
        "reason": "",
        "left_source": None,
        "kept_out_by_id": None,
    }


def _plan_record(
    record: Record,
    values: dict[str, Any],
    rows: tuple[Publication | None, StoredPart | None],
    present: Present,
    plan: Plan,
) -> None:
    """Plan the row of a record that stands for these rows: a work and a part of it."""
    publication, part = rows
    edition = part if isinstance(part, Edition) else None
    component = part if isinstance(part, Component) else None
    there = present.records.get(record.source_identifier)
    if there is None:
        plan.add(
            SourceRecord(
                identifier=record.source_identifier,
                search_form=compact(record.source_identifier),
                publication=publication,
                edition=edition,
                component=component,
                **values,
            )
        )
        return
    links = (publication, edition, component)
    held = (there.publication_id, there.edition_id, there.component_id)
    same = held == tuple(row.pk if row is not None else None for row in links) and not any(
        row is not None and row.pk is None for row in links
    )
    if same and all(getattr(there, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(there, name, value)
    there.publication, there.edition, there.component = links
    plan.change(there)


def _mark_missing(seen: set[str], present: Present, plan: Plan) -> None:
    """Mark the records that are not there, and let go of rows that were merged."""
    for identifier, row in present.records.items():
        if identifier in seen:
            continue
        changed = False
        if row.left_source is None:
            row.left_source, changed = plan.day, True
        for label in LABELS.values():
            heir = plan.heir_of((label, getattr(row, f"{label}_id")))
            if heir is not None:
                same = LABELS[type(heir)] == label
                setattr(row, label, heir if same else None)
                changed = True
        if changed:
            plan.change(row)
