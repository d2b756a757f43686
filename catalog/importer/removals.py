"""Rows of earlier imports that the snapshot does not report: kept and marked, or merged.

A text that left the source keeps its page, but never stands in the way of a live one. A row whose
record another row stands for is a double, and so is one at the address of a live text: it goes,
and its addresses lead to the other row, its heir.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from catalog.importer.addresses import PartAddresses, WorkAddresses, live_parts
from catalog.importer.claims import Claims
from catalog.importer.plan import Plan
from catalog.importer.present import LABELS, Present, StoredPart, StoredRow, key_of_row
from catalog.importer.wanted import Wanted, WantedPart
from catalog.models import Edition, EntryRelation, Publication, PublicationRelation, RowChange
from catalog.models.bulk import in_parts
from catalog.terms import Actor, ChangeKind, State
from catalog.writing.aggregates import RowKey

# Texts of the snapshot by the identifier of the record.
Texts = dict[str, WantedPart]


def plan_removals(
    wanted: Wanted, present: Present, claims: Claims, addresses: WorkAddresses, plan: Plan
) -> frozenset[int]:
    """Plan every row of an import that is not reported and does not stay untouched.

    Returns the primary keys of the works that left the source and keep their row.
    """
    if present.is_empty:
        return frozenset()
    rows = [row for row in present.rows() if row.from_source and not claims.covers(row)]
    if not rows and not claims.untouched:
        return frozenset()
    live = live_parts(wanted, present)
    rows += _displaced_parts(live, present, claims, plan)
    texts = _texts_of_records(rows, wanted, present)
    left_parts = _merge_or_mark_parts(texts, live, present, plan)
    _move_components(present, plan)
    left_works = _merge_or_mark_works(texts, addresses, present, plan)
    in_force = _editions_in_force(wanted) if left_parts else {}
    for part in left_parts:
        _find_address(part, live, present, plan)
        _supersede(part, in_force.get(id(part.publication)), present, plan)
    return left_works


def _displaced_parts(
    live: PartAddresses, present: Present, claims: Claims, plan: Plan
) -> list[StoredPart]:
    """Return the parts that were to stay untouched, but at an address of a live text.

    The others join the live ones.
    """
    displaced = []
    for label, pk in sorted(claims.untouched - claims.reported):
        if label == "publication":
            continue
        row = present.parts(label).get(pk)
        if row is None or not row.from_source:
            continue
        if live.rows.get(present.locations[label, pk], row) is not row:
            displaced.append(row)
        else:
            _keep_number(row, present, plan)
            live.add(row)
    return displaced


def _texts_of_records(
    rows: Iterable[StoredRow], wanted: Wanted, present: Present
) -> list[tuple[StoredRow, Texts]]:
    """Return these rows, each with the texts of the records that it stood for."""
    found: dict[RowKey, Texts] = {key_of_row(row): {} for row in rows}
    for identifier, record in present.records.items():
        if identifier in wanted.of_record:
            for label in LABELS.values():
                key = (label, getattr(record, f"{label}_id"))
                if key in found:
                    found[key][identifier] = wanted.of_record[identifier]
    return [(row, found[key_of_row(row)]) for row in rows]


def _merge_or_mark_parts(
    rows: list[tuple[StoredRow, Texts]], live: PartAddresses, present: Present, plan: Plan
) -> list[StoredPart]:
    """Merge the parts of which the text lives on; mark the others, and return them."""
    left = []
    for row, texts in rows:
        if isinstance(row, Publication):
            continue
        heir = live.rows.get(present.locations[key_of_row(row)])
        if texts:
            heir = texts[min(texts)].row
        if heir is not None and not present.locked(row):
            plan.merge(row, heir)
            plan.touch(row.publication)
        else:
            left.append(row)
            _mark_left(row, plan)
    return left


def _move_components(present: Present, plan: Plan) -> None:
    """Let components leave an edition that goes, and follow one that moves to another work."""
    for row in present.components.values():
        if row.edition_id is None or plan.heir_of(key_of_row(row)) is not None:
            continue
        heir = plan.heir_of(("edition", row.edition_id))
        edition = heir or present.editions[row.edition_id]
        if heir is not None:
            new = heir if isinstance(heir, Edition) else None
            before, row.edition = row.edition_id, new
            plan.change(row, {"edition": (before, new)})
            plan.touch(row.publication)
        if row.left_source and edition.publication is not row.publication:
            plan.touch(row.publication)
            before, row.publication = row.publication.pk, edition.publication
            plan.change(row, {"publication": (before, edition.publication)})
            plan.touch(row.publication)


def _merge_or_mark_works(
    rows: list[tuple[StoredRow, Texts]], addresses: WorkAddresses, present: Present, plan: Plan
) -> frozenset[int]:
    """Merge the works of which all texts live on elsewhere; mark the others, return their keys."""
    works = [(row, texts) for row, texts in rows if isinstance(row, Publication)]
    parts = _parts_that_stay(present, plan)
    tied = _works_tied_to_editors({work.pk for work, _texts in works}, present)
    left = set()
    for work, texts in works:
        rest = parts[id(work)]
        heir = None
        if not rest and work.pk not in tied:
            heir = _heir_of_work(work, texts, plan)
        if heir is not None:
            plan.merge(work, heir)
            continue
        left.add(work.pk)
        _mark_left(work, plan)
        if not {"slug", "identifier"} & present.locked(work).keys():
            before = {"slug": work.slug, "identifier": work.identifier}
            editions = [part for part in rest if isinstance(part, Edition)]
            addresses.move_aside(work, editions, plan.day.year)
            changed = {
                name: (old, getattr(work, name))
                for name, old in before.items()
                if old != getattr(work, name)
            }
            if changed:
                plan.change(work, changed)
        plan.touch(work)
    return frozenset(left)


def _parts_that_stay(present: Present, plan: Plan) -> dict[int, list[StoredPart]]:
    """Return the parts that are not merged, by the identity of the work they belong to now."""
    found: dict[int, list[StoredPart]] = defaultdict(list)
    for part in (*present.editions.values(), *present.components.values()):
        if key_of_row(part) not in plan.merged:
            found[id(part.publication)].append(part)
    return found


def _heir_of_work(work: Publication, texts: Texts, plan: Plan) -> Publication | None:
    """Return the work that has most of the records and parts of a work; None if none has any."""
    heirs = [text.work.row for text in texts.values()]
    heirs += [
        heir.publication
        for part, heir in plan.merged.values()
        if not isinstance(part, Publication) and part.publication is work
    ]
    shares = Counter(map(id, heirs))
    return min(heirs, key=lambda heir: (-shares[id(heir)], heir.slug), default=None)


def _works_tied_to_editors(pks: set[int], present: Present) -> set[int]:
    """Return the works that hold something of editors, or to which something of them leads."""
    if not pks:
        return pks
    tied = {pk for pk in pks if ("publication", pk) in present.locks}
    tied |= {
        pk for pk in pks if any(not name.from_source for name in present.names.get(pk, {}).values())
    }
    edited = RowChange.objects.filter(model="publication", revision__actor=Actor.EDITOR)
    tied |= pks.intersection(edited.values_list("row_id", flat=True))
    for keys in in_parts(EntryRelation.objects.keys()):
        named = Publication.objects.order_by().filter(key__in=keys)
        tied |= pks.intersection(named.values_list("pk", flat=True))
    relations = PublicationRelation.objects.filter(from_source=False)
    for pair in relations.values_list("subject", "target"):
        tied |= pks.intersection(pair)
    for relation in Publication._meta.related_objects:
        if relation.many_to_many:
            column = relation.field.m2m_reverse_field_name()
            rows = relation.through.objects.values_list(f"{column}_id", flat=True)
            tied |= pks.intersection(rows)
    return tied


def _editions_in_force(wanted: Wanted) -> dict[int, Edition]:
    """Return the first edition of each work that is in force in the source, by its identity."""
    found: dict[int, Edition] = {}
    for part in wanted.by_part.values():
        row = part.row
        if part.label == "edition" and row.left_source is None and row.is_in_force:
            found.setdefault(id(part.work.row), row)
    return found


def _find_address(row: StoredPart, live: PartAddresses, present: Present, plan: Plan) -> None:
    """Give a part that left the source an address that no live text has."""
    _keep_number(row, present, plan)
    if "slug" not in present.locked(row):
        plan.set(row, {"slug": live.free_slug(row)})
    live.add(row)


def _supersede(row: StoredPart, newer: Edition | None, present: Present, plan: Plan) -> None:
    """Mark an edition that left the source as superseded if a newer one is in force."""
    is_in_force = isinstance(row, Edition) and row.is_in_force
    if is_in_force and newer is not None and "state" not in present.locked(row):
        grounds = f"no longer in the source; {newer.identifier} is in force"
        plan.set(row, {"state": State.SUPERSEDED.value, "state_grounds": grounds[:250]})


def _keep_number(row: StoredPart, present: Present, plan: Plan) -> None:
    """Let a part keep the number in its address though its work has another one now."""
    if "number_slug" not in present.locked(row):
        _label, _sector, number, _slug = present.locations[key_of_row(row)]
        plan.set(row, {"number_slug": "" if number == row.publication.slug else number})


def _mark_left(row: StoredRow, plan: Plan) -> None:
    """Mark a row as gone from the source, unless an earlier import did."""
    if not row.left_source:
        plan.set(row, {"left_source": plan.day})
        plan.tally_of(row).gone += 1
        plan.report(ChangeKind.GONE, row)
