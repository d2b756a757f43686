"""What the source says against what the rows say: new rows, and what differs in known ones.

A corrected field stays as it is. A curated row takes over what the source says and keeps its own
values beside; when the source is silent about it again, it says what it said before.
"""

from __future__ import annotations

from catalog.importer.claims import Claims
from catalog.importer.drafts import Drafts, key_of_new_work
from catalog.importer.plan import Plan
from catalog.importer.present import (
    LABELS,
    OWN_COLUMNS,
    ColumnValues,
    Present,
    StoredPart,
    StoredRow,
    key_of_row,
    publication_of,
)
from catalog.importer.reported_changes import (
    changes_of_part,
    changes_of_work,
    kind_of_new_part,
)
from catalog.importer.structure import Structure
from catalog.importer.wanted import Wanted, WantedPart, WantedWork
from catalog.models import Component, Correction, CuratedValues, Edition, Publication
from catalog.terms import ChangeKind, Verification
from catalog.writing.aggregates import RowKey
from catalog.writing.job import Changed
from catalog.writing.values import to_json

PART_MODELS = {"edition": Edition, "component": Component}


def reconcile_reported(
    wanted: Wanted, drafts: Drafts, present: Present, structure: Structure, plan: Plan
) -> None:
    """Plan every wanted work with its editions and components; new ones get their row."""
    for work in wanted.works:
        values = drafts.works[id(work)]
        if work.row is None:
            work.row = _new_work(work, values, structure)
            _plan_new_work(work.row, plan)
        else:
            _reconcile_work(work, values, present, plan)
        plan.source_works[id(work.row)] = work.work
        for part in work.parts:
            _reconcile_part(part, drafts.parts[id(part)], present, plan)


def reconcile_curated(present: Present, claims: Claims, plan: Plan) -> None:
    """Plan the curated rows that the snapshot does not report: they say what they said before."""
    for row in present.rows():
        if row.from_source or claims.covers(row):
            continue
        key = key_of_row(row)
        kept = present.own_values.get(key)
        values = present.own_values_of(row) if kept is not None else {}
        if not isinstance(row, Publication):
            _keep_number(row, values, present, plan)
        elif kept is not None:
            plan.drop_own_values(kept)
        if values or row.left_source:
            _reconcile(row, values, present, plan)


def report_silence(present: Present, claims: Claims, plan: Plan) -> None:
    """Report the curated rows that the source had before, and has no more."""
    known: set[RowKey] = set()
    for record in present.records.values():
        if record.left_source is None and not record.kept_out_by_id:
            known.update((label, getattr(record, f"{label}_id")) for label in LABELS.values())
    for row in present.rows():
        if not row.from_source and key_of_row(row) in known and not claims.covers(row):
            plan.tally_of(row).gone += 1
            plan.report(ChangeKind.GONE, row)


def count_works(wanted: Wanted, plan: Plan) -> None:
    """Count the known works that change and those that do not; report what changed."""
    for work in wanted.works:
        row = work.row
        if row.pk is None:
            continue
        changed = plan.changes_of(row)
        if any(old != new for old, new in changed.values()):
            plan.tally_of(row).changed += 1
            plan.reported += changes_of_work(row, changed)
        else:
            plan.tally_of(row).unchanged += 1


def _new_work(wanted: WantedWork, values: ColumnValues, structure: Structure) -> Publication:
    return Publication(
        key=key_of_new_work(wanted, values),
        sector=wanted.sector,
        family=structure.family_of(wanted.work),
        series=structure.series_of(wanted.work),
        from_source=True,
        verification=Verification.IMPORTED.value,
        name=values["name"],
        identifier=values["identifier"],
        slug=values["slug"],
        kind=values["kind"],
        study_group_id=values["study_group_id"],
    )


def _plan_new_work(row: Publication, plan: Plan) -> None:
    plan.add(row)
    plan.tally_of(row).created += 1
    plan.report(ChangeKind.NEW_WORK, row)
    plan.touch(row)


def _reconcile_work(wanted: WantedWork, values: ColumnValues, present: Present, plan: Plan) -> None:
    row = wanted.row
    if not row.from_source:
        _keep_own_values(row, present, plan)
        own = present.curated_works[row.pk]
        values = own | {n: v for n, v in values.items() if n in own and v is not None}
    elif wanted.work.editions:
        # Follows the standing edition, see `standing`.
        values = {name: value for name, value in values.items() if name != "name"}
    _reconcile(row, values, present, plan)


def _reconcile_part(wanted: WantedPart, values: ColumnValues, present: Present, plan: Plan) -> None:
    row, work = wanted.row, wanted.work.row
    base = _base_of(wanted, present)
    if row is None:
        wanted.row = _new_part(wanted, values, base)
        _plan_new_part(wanted.row, plan)
        return
    changed: Changed = {}
    if not row.from_source:
        _keep_own_values(row, present, plan)
        own = present.own_values_of(row)
        own_base = own.pop("edition_id", None)
        if base is None and own_base:
            base = present.editions.get(own_base)
        values = own | values
    if wanted.label == "component":
        changed |= _attach_to_edition(row, base, present, plan)
    changed |= _move_to_work(row, work, plan)
    if present.locks and present.locked(row):
        plan.touch(row.publication)  # what follows from a corrected field may lag behind
    changed |= _reconcile(row, values, present, plan, changed)
    if not changed:
        plan.tally_of(row).unchanged += 1
        return
    plan.tally_of(row).changed += 1
    plan.touch(row.publication)
    plan.reported += changes_of_part(row, changed)


def _base_of(wanted: WantedPart, present: Present) -> Edition | None:
    """Return the edition to which a wanted component belongs."""
    if wanted.label != "component":
        return None
    return wanted.base.row if wanted.base else _curated_base(wanted, present)


def _curated_base(wanted: WantedPart, present: Present) -> Edition | None:
    """Return the curated edition that a component changes, where the source lacks it."""
    tokens = getattr(wanted.part.record.identifier, "components", ())
    year = tokens[-1].base_year if tokens else None
    work = wanted.work.row
    if not year or not work.pk:
        return None
    return next(
        (
            row
            for row in present.parts_of.get(work.pk, ())
            if isinstance(row, Edition)
            and not row.from_source
            and row.date
            and row.date.year == year
        ),
        None,
    )


def _new_part(wanted: WantedPart, values: ColumnValues, base: Edition | None) -> StoredPart:
    row = PART_MODELS[wanted.label](publication=wanted.work.row, from_source=True, **values)
    if base is not None:
        row.edition = base
    return row


def _plan_new_part(row: StoredPart, plan: Plan) -> None:
    plan.add(row)
    plan.tally_of(row).created += 1
    plan.touch(row.publication)
    if row.publication.pk:
        plan.report(kind_of_new_part(row), row)


def _reconcile(
    row: StoredRow,
    values: ColumnValues,
    present: Present,
    plan: Plan,
    changed: Changed | None = None,
) -> Changed:
    """Write what the source says on a row that is there; return what changed, old and new.

    `changed` has what was changed in the row before.
    """
    locks = present.locked(row) if present.locks else {}
    found = {**(changed or {}), **_set_values(row, values, locks, plan)}
    if row.left_source:
        found["left_source"] = (row.left_source, None)
        row.left_source = None
    if found:
        plan.change(row, found)
        plan.touch(publication_of(row))
    return found


def _set_values(
    row: StoredRow, values: ColumnValues, locks: dict[str, Correction], plan: Plan
) -> Changed:
    """Set the values on a row, but for its corrected fields; return what changed, old and new.

    A correction learns what the source says now.
    """
    changed: Changed = {}
    for name, value in values.items():
        if locks and (lock := locks.get(name.removesuffix("_id"))) is not None:
            said = to_json(row._meta.get_field(lock.field), value)
            if lock.source_value != said:
                plan.learn(lock, said)
            continue
        old = getattr(row, name)
        if old != value:
            changed[name] = (old, value)
            setattr(row, name, value)
    return changed


def _move_to_work(row: StoredPart, work: Publication, plan: Plan) -> Changed:
    """Let a part belong to another work than before."""
    former = row.publication
    if former is work:
        return {}
    row.publication = work
    plan.touch(former)
    return {"publication": (former.pk, work)}


def _attach_to_edition(
    row: Component, edition: Edition | None, present: Present, plan: Plan
) -> Changed:
    """Let a component belong to another edition than before."""
    pk = edition.pk if edition is not None else None
    is_new = edition is not None and not pk
    if lock := present.locked(row).get("edition"):
        if not is_new and lock.source_value != pk:
            plan.learn(lock, pk)
        return {}
    if row.edition_id == pk and not is_new:
        return {}
    before = row.edition_id
    row.edition = edition
    return {"edition": (before, edition)}


def _keep_own_values(row: StoredRow, present: Present, plan: Plan) -> None:
    """Keep what a curated row says by itself, before the source has the say in it."""
    label, pk = key_of_row(row)
    if (label, pk) in present.own_values:
        return
    own = present.own_values_of(row)
    values = {column.name: to_json(column, own[column.attname]) for column in OWN_COLUMNS[label]}
    plan.keep_own_values(CuratedValues(model=label, row_id=pk, values=values))


def _keep_number(row: StoredPart, values: ColumnValues, present: Present, plan: Plan) -> None:
    """Let a part keep the number in its address though its work has another one now.

    `values` are what the row says by itself, if that was kept; the number joins them if the row
    has to say it.
    """
    work = row.publication
    curated = present.curated_works.get(work.pk)
    _label, _sector, work_slug, _part = present.locations["publication", work.pk]
    own = values["number_slug"] if values else row.number_slug
    number = own or (curated["slug"] if curated else work_slug)
    number = "" if number == work.slug else number
    kept = present.own_values.get(key_of_row(row))
    if number != own:
        if curated:
            _keep_own_values(row, present, plan)
        values["number_slug"] = number
    elif kept is not None:
        plan.drop_own_values(kept)
