"""The changes that an import reports: new, superseded, withdrawn, renumbered, retitled, gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalog.importer.present import StoredPart, StoredRow, publication_of
from catalog.models import Change, Edition, ImportRun, Publication, bulk
from catalog.terms import ChangeKind, State
from catalog.writing.job import Changed

KINDS_BY_STATE = {
    State.SUPERSEDED: ChangeKind.SUPERSEDED,
    State.WITHDRAWN: ChangeKind.WITHDRAWN,
}
# Of a first import not reported: nearly everything is new then.
NOT_OF_FIRST_IMPORT = {
    ChangeKind.NEW_WORK,
    ChangeKind.NEW_EDITION,
    ChangeKind.NEW_COMPONENT,
    ChangeKind.DATA,
}
# Columns of works and parts that have a kind of change of their own, or none.
NO_DATA_OF_WORK = {"identifier", "name", "study_group_id", "left_source", "slug"}
NO_DATA_OF_PART = {"state", "state_grounds", "title", "left_source", "position", "number_slug"}
MOST_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """One change of a work or of a part of it, with the old and the new value in words."""

    kind: ChangeKind
    row: StoredRow
    before: str = ""
    after: str = ""


def changes_of_work(work: Publication, changed: Changed) -> Iterator[ReportedChange]:
    """Yield what is reported of a known work whose columns changed."""
    if "identifier" in changed:
        yield ReportedChange(ChangeKind.RENUMBERED, work, *_in_words(changed["identifier"]))
    if "name" in changed:
        yield ReportedChange(ChangeKind.RETITLED, work, *_in_words(changed["name"]))
    if "study_group_id" in changed:
        yield ReportedChange(ChangeKind.MOVED, work)
    if "left_source" in changed:
        yield ReportedChange(ChangeKind.BACK, work)
    if changed.keys() - NO_DATA_OF_WORK:
        yield ReportedChange(ChangeKind.DATA, work, after=_columns(changed))


def changes_of_part(part: StoredPart, changed: Changed) -> Iterator[ReportedChange]:
    """Yield what is reported of a known edition or component whose columns changed."""
    if "state" in changed:
        old, new = changed["state"]
        kind = KINDS_BY_STATE.get(State(new), ChangeKind.STATE)
        yield ReportedChange(kind, part, State(old).label if old else "", State(new).label)
    if "title" in changed and changed["title"][0]:
        yield ReportedChange(ChangeKind.RETITLED, part, *_in_words(changed["title"]))
    if "left_source" in changed:
        yield ReportedChange(ChangeKind.BACK, part)
    if changed.keys() - NO_DATA_OF_PART:
        yield ReportedChange(ChangeKind.DATA, part, after=_columns(changed))


def kind_of_new_part(part: StoredPart) -> ChangeKind:
    """Return what a new part of a work that was known is reported as."""
    is_edition = isinstance(part, Edition)
    return ChangeKind.NEW_EDITION if is_edition else ChangeKind.NEW_COMPONENT


def save_changes(run: ImportRun, changes: list[ReportedChange], *, is_first: bool) -> None:
    """Write what an import changed; of a first import only what it changed in known works."""
    if is_first:
        changes = [change for change in changes if change.kind not in NOT_OF_FIRST_IMPORT]
    order = {kind: place for place, kind in enumerate(ChangeKind)}
    changes = sorted(
        changes, key=lambda change: (order[change.kind], publication_of(change.row).sort_key)
    )
    bulk.insert(
        [
            Change(
                run=run,
                position=position,
                kind=change.kind.value,
                publication=publication_of(change.row),
                identifier=change.row.identifier,
                title=(getattr(change.row, "title", "") or publication_of(change.row).name)[:400],
                url=change.row.get_absolute_url(),
                before=change.before,
                after=change.after,
            )
            for position, change in enumerate(changes, 1)
        ]
    )


def _in_words(pair: tuple[Any, Any]) -> tuple[str, ...]:
    return tuple(str(value)[:MOST_CHARACTERS] for value in pair)


def _columns(changed: Changed) -> str:
    names = (name.removesuffix("_id").replace("_", " ") for name in changed)
    return ", ".join(names)[:MOST_CHARACTERS]
