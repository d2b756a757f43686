"""The memory of every record of the source: what became of it, and what left the source."""

from __future__ import annotations

from catalog.dataset.works import WorkEdition
from catalog.identifiers import compact
from catalog.importer.changes import News
from catalog.importer.plan import Planner
from catalog.models import Component, Edition, Publication, SourceRecord
from catalog.terms import ChangeKind, RecordRole, State

LENGTH = 400


def plan_records(planner: Planner) -> None:
    """Plan a row for every record, and mark what is no longer in the source."""
    seen: set[str] = set()
    for work in planner.catalogue.works:
        publication = planner.plan.work_rows[id(work)]
        for part in (*work.editions, *work.components):
            row = planner.plan.part_rows[id(part)]
            role = RecordRole.EDITION if isinstance(part, WorkEdition) else RecordRole.COMPONENT
            _record(planner, part.record, role, publication, row, "")
            seen.add(part.record.source_identifier)
            if isinstance(part, WorkEdition) and part.twin:
                _record(planner, part.twin, role, publication, row, "")
                seen.add(part.twin.source_identifier)
    for left in planner.catalogue.left_out:
        row = planner.plan.part_rows[id(left.target)] if left.target else None
        publication = row.publication if row is not None else None
        _record(planner, left.record, left.role, publication, row, left.reason)
        seen.add(left.record.source_identifier)
    _mark_gone(planner, seen)


def _record(planner, record, role, publication, part, reason) -> None:
    there = planner.present.records.get(record.source_identifier)
    edition = part if isinstance(part, Edition) else None
    component = part if isinstance(part, Component) else None
    values = {
        "file": record.file,
        "checksum": record.checksum,
        "role": role.value,
        "notes": "\n".join(sorted(note.value for note in record.notes)),
        "reason": reason[:LENGTH],
        "left_source": None,
    }
    if there is None:
        planner.plan.new[SourceRecord].append(
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
    planner.plan.change(there)


def _mark_gone(planner: Planner, seen: set[str]) -> None:
    """Mark records that are not there, and the texts that no record tells of any more.

    A record whose file could not be read is not gone.
    """
    present = planner.present
    staying_parts, staying_works = set(), set()
    gone = []
    in_force = {
        row.publication.pk: row
        for row in planner.plan.part_rows.values()
        if isinstance(row, Edition) and row.is_in_force
    }
    for identifier, row in present.records.items():
        is_left = row.left_source is not None and identifier not in seen
        if RecordRole(row.role).is_left_out and identifier in seen:
            continue
        if identifier in seen or (not is_left and row.file in planner.unread_files):
            staying_parts.update([("edition", row.edition_id), ("component", row.component_id)])
            staying_works.add(row.publication_id)
        elif not is_left:
            row.left_source = planner.day
            planner.plan.change(row)
            gone.append(row)
    for row in gone:
        for label, pk, rows in (
            ("edition", row.edition_id, present.editions),
            ("component", row.component_id, present.components),
        ):
            if pk in rows and (label, pk) not in staying_parts and not rows[pk].left_source:
                _mark_part(planner, rows[pk], f"{label}s", in_force)
        work = present.works.get(row.publication_id)
        if work is not None and work.pk not in staying_works and not work.left_source:
            _mark(planner, work, "works")
            planner.plan.touch(work)


def _mark_part(
    planner: Planner, part: Edition | Component, tally: str, in_force: dict[int, Edition]
) -> None:
    _mark(planner, part, tally)
    work = planner.present.works[part.publication_id]
    planner.plan.touch(work)
    newer = in_force.get(part.publication_id)
    if isinstance(part, Edition) and part.is_in_force and newer:
        part.state = State.SUPERSEDED.value
        part.state_grounds = f"no longer in the source; {newer.identifier} is in force"


def _mark(planner: Planner, row: Publication | Edition | Component, tally: str) -> None:
    row.left_source = planner.day
    planner.plan.change(row)
    planner.plan.tallies[tally].gone += 1
    planner.plan.news.append(News(ChangeKind.GONE, row))
