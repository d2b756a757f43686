"""Everything that an import is to write. A dry run is a plan that is not saved.

The steps of planning write it through its methods; only saving and reporting read its lists.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models

from catalog.dataset.works import Work
from catalog.importer.present import StoredRow, key_of_row, publication_of
from catalog.importer.reported_changes import ReportedChange
from catalog.importer.wanted import Refusal
from catalog.models import (
    Component,
    Correction,
    CuratedValues,
    Edition,
    Publication,
    PublicationName,
)
from catalog.terms import ChangeKind
from catalog.writing.aggregates import RowKey
from catalog.writing.job import Changed

TALLIES = {Publication: "works", Edition: "editions", Component: "components"}


@dataclass
class Tally:
    """How many rows of a kind an import creates, changes, leaves and misses."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class LeftAddress:
    """An address that a row leaves: `row` is where it leads, `label` what was there."""

    path: str
    row: StoredRow
    label: str
    title: str


class WholeWork(NamedTuple):
    """A work with all editions, components and names that it will have."""

    work: Publication
    editions: list[Edition]
    components: list[Component]
    names: list[PublicationName]


@dataclass
class Plan:
    """Everything that is to be written. New rows name each other as objects, not by keys.

    `merged` has each row of which the text lives on in another row, with that row. `history` has
    each row that changes with the old and the new value of each column, `source_works` the work
    of the snapshot for each row of a work, by identity. `touched` are the works that lists and
    search must look at again, by identity, `whole_works` the same with all that belongs to them.
    """

    day: datetime.date
    new: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[type, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    deleted: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))
    merged: dict[RowKey, tuple[StoredRow, StoredRow]] = field(default_factory=dict)
    history: dict[tuple[type, int], tuple[Any, Changed]] = field(default_factory=dict)
    new_own_values: list[CuratedValues] = field(default_factory=list)
    old_own_values: list[CuratedValues] = field(default_factory=list)
    learned: list[Correction] = field(default_factory=list)
    moved_corrections: list[Correction] = field(default_factory=list)
    left_addresses: list[LeftAddress] = field(default_factory=list)
    readdressed: dict[RowKey, StoredRow] = field(default_factory=dict)
    touched: dict[int, Publication] = field(default_factory=dict)
    whole_works: list[WholeWork] = field(default_factory=list)
    source_works: dict[int, Work] = field(default_factory=dict)
    reported: list[ReportedChange] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    kept_out: list[Refusal] = field(default_factory=list)
    tallies: dict[str, Tally] = field(
        default_factory=lambda: {name: Tally() for name in TALLIES.values()}
    )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        rows = (*self.new.values(), *self.changed.values(), *self.deleted.values())
        others = (
            self.merged,
            self.new_own_values,
            self.old_own_values,
            self.learned,
            self.moved_corrections,
        )
        return not any(rows) and not any(others)

    def tally_of(self, row: StoredRow) -> Tally:
        """Return the counts of rows of this kind."""
        return self.tallies[TALLIES[type(row)]]

    def touch(self, publication: Publication) -> None:
        """Note that lists and search must look at a work again."""
        self.touched[id(publication)] = publication

    def complete(self, work: WholeWork) -> None:
        """Note all that a touched work will have; its derived columns are up to date."""
        self.whole_works.append(work)

    def add(self, row: models.Model) -> None:
        """Note a new row."""
        self.new[type(row)].append(row)

    def change(self, row: models.Model, changed: Changed | None = None) -> None:
        """Note a row that is there and differs, and in what readers see of it."""
        self.changed[type(row)][row.pk] = row
        if not changed:
            return
        _row, known = self.history.setdefault((type(row), row.pk), (row, {}))
        for name, (old, new) in changed.items():
            known[name] = (known[name][0] if name in known else old, new)

    def set(self, row: StoredRow, values: dict[str, Any]) -> None:
        """Set these values on a row that is there, and note what differs."""
        changed = {}
        for name, value in values.items():
            if (old := getattr(row, name)) != value:
                changed[name] = (old, value)
                setattr(row, name, value)
        if changed:
            self.change(row, changed)
            self.touch(publication_of(row))

    def changes_of(self, row: models.Model) -> Changed:
        """Return what differs in a row, old and new value by column."""
        return self.history.get((type(row), row.pk), (row, {}))[1]

    def remove(self, row: models.Model) -> None:
        """Note that a row goes."""
        self.deleted[type(row)].append(row)

    def merge(self, row: StoredRow, heir: StoredRow) -> None:
        """Note that a row goes, and that its text lives on in another one."""
        self.merged[key_of_row(row)] = (row, heir)

    def heir_of(self, key: RowKey) -> StoredRow | None:
        """Return the row in which the text of a row lives on; None if that row does not go."""
        _row, heir = self.merged.get(key, (None, None))
        return heir

    def keep_own_values(self, row: CuratedValues) -> None:
        """Note what a curated row says by itself, because an import writes something else now."""
        self.new_own_values.append(row)

    def drop_own_values(self, row: CuratedValues) -> None:
        """Note that a curated row says by itself what it shows, as before any import."""
        self.old_own_values.append(row)

    def learn(self, lock: Correction, said: Any) -> None:
        """Note what the source says now, as JSON, in a field that an editor corrected."""
        lock.said_before, lock.source_value = lock.source_value, said
        self.learned.append(lock)

    def move_correction(self, lock: Correction, heir: StoredRow) -> None:
        """Note that a correction belongs to another row of the same kind from now on."""
        column = Correction.column_of(heir)
        lock.moved_from = getattr(lock, f"{column}_id")
        setattr(lock, column, heir)
        self.moved_corrections.append(lock)

    def leave(self, path: str, row: StoredRow, label: str, title: str) -> None:
        """Note that an address is left and leads to a row; without a path there was no page."""
        if path:
            self.left_addresses.append(LeftAddress(path, row, label, title))

    def report(self, kind: ChangeKind, row: StoredRow, before: str = "", after: str = "") -> None:
        """Note a change that is reported to readers."""
        self.reported.append(ReportedChange(kind, row, before, after))

    def refusal_of(self, row: Publication, reason: str) -> Refusal | None:
        """Return what is left out with the work of a row; None if the snapshot has no such work."""
        work = self.source_works.get(id(row))
        if work is None:
            return None
        names = tuple(record.source_identifier for record in work.records)
        return Refusal(work.identifier, names, reason)
