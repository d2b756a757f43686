"""A write to the whole catalogue, in bulk: by an import or a loading of the fixtures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from catalog.models import FormerAddress, ImportRun, Revision, RowChange, bulk
from catalog.models.bulk import in_parts
from catalog.models.entry import Entry
from catalog.terms import RowAction
from catalog.writing import addresses, locks
from catalog.writing.aggregates import CONTENT, RowKey, key_of, label_of, root_of
from catalog.writing.record import Author, RowDifference, new_revision, things_seen
from catalog.writing.values import Values, to_json

Changed = dict[str, tuple[Any, Any]]


@contextmanager
def whole_catalogue(author: Author) -> Iterator[Job]:
    """Hold the door open for one job alone; what it notes is kept as history at the end.

    Raises CatalogueBusy, and changes nothing, if others do not stop writing.
    """
    with locks.for_whole_catalogue():
        job = Job(author)
        yield job
        job.finish()


class Job:
    """One write in bulk. The caller says what changed (`note_…`); nothing is compared again.

    `moment` is the time that stands for it everywhere.
    """

    def __init__(self, author: Author):
        self.author = author
        self.moment = timezone.now()
        self.revision: Revision | None = None
        self.start_over()

    def start_over(self) -> None:
        """Forget all that was noted, because what was written was rolled back."""
        # Whether there is something new to see, though nothing that was there changed.
        self.is_needed = False
        self._reported: list[tuple[RowKey, str, RowDifference]] = []
        self._left: list[FormerAddress] = []
        self._entries: dict[RowKey, models.Model] = {}
        self._merged: dict[RowKey, models.Model] = {}

    def insert(self, rows: Sequence[models.Model]) -> None:
        """Insert new rows of one model as they stand; those without a primary key get one."""
        for row in rows:
            if hasattr(row, "added"):
                row.added = row.changed = self.moment
        self.is_needed = self.is_needed or any(type(row) in CONTENT for row in rows[:1])
        bulk.insert(rows)

    def create(self, rows: Sequence[models.Model]) -> None:
        """Insert new rows of one model and set their primary keys."""
        for row in rows:
            if hasattr(row, "added"):
                row.added = row.changed = self.moment
        if rows:
            type(rows[0])._base_manager.bulk_create(rows, batch_size=500)
            self.is_needed = True

    def save(self, row: models.Model, **options) -> None:
        """Save one row; `options` are those of `Model.save`."""
        row.save(**options)

    def link(self, row: models.Model, column: str, targets: Iterable[models.Model]) -> None:
        """Make a many-to-many column of a row lead to these rows and no others."""
        getattr(row, column).set(targets)

    def update(self, rows: Sequence[models.Model], columns: Iterable[str]) -> None:
        """Write some columns of rows of one model."""
        bulk.update(rows, columns)

    def delete(self, model: type[models.Model], pks: Sequence[int]) -> None:
        """Delete rows of one model with what belongs to them."""
        for part in in_parts(pks):
            model._base_manager.filter(pk__in=part).delete()

    def note_change(self, row: models.Model, changed: Changed) -> None:
        """Note what changed in a row that was there: old and new value of each column.

        Values are those of the model: dates, primary keys, texts.
        """
        values = {}
        for name, pair in changed.items():
            field = row._meta.get_field(name.removesuffix("_id"))
            values[field.name] = [to_json(field, value) for value in pair]
        self._note(row, RowDifference(key_of(row), RowAction.CHANGED, values))

    def note_addition(self, row: models.Model) -> None:
        """Note a row that joined an entry that was there; the row has its primary key by now."""
        self._note(row, RowDifference(key_of(row), RowAction.ADDED))

    def note_deletion(self, row: models.Model, values: Values) -> None:
        """Note a row that is deleted, with all its values as JSON; before it is deleted."""
        gone = {name: [value, None] for name, value in values.items()}
        self._note(row, RowDifference(key_of(row), RowAction.DELETED, gone))

    def note_address(self, row: models.Model, path: str, *, label: str, title: str) -> None:
        """Note an address that a row leaves, and what it was called there."""
        model, pk = key_of(row)
        self._left.append(
            FormerAddress(path=path, model=model, row_id=pk, label=label[:400], title=title[:400])
        )

    def note_places(self, before: dict[RowKey, addresses.Place], rows: Iterable) -> None:
        """Note the addresses that rows have left, by where they stood before and stand now."""
        after = addresses.places_of(rows)
        kept = {key: place for key, place in before.items() if key in after}
        self._left += addresses.left(kept, after)

    def note_merge(self, row: models.Model, heir: models.Model) -> None:
        """Note that a row goes and another stands for its text: what led to it leads there."""
        self._merged[key_of(row)] = heir

    def touch(self, entry: models.Model) -> None:
        """Note that readers see something else of an entry, though no row of it changed itself."""
        self._entries[key_of(entry)] = entry

    def finish(self, run: ImportRun | None = None) -> Revision | None:
        """Keep the history and move the version; None if no content changed. Works once."""
        if self.revision is not None:
            return self.revision
        if not (self._reported or self._left or self._entries or self.is_needed):
            return None
        self.author.run = self.author.run or run
        self.revision = new_revision(self.author, self.moment)
        versions = self._move_versions()
        rows = []
        for root, label, difference in self._reported:
            rows.append(
                RowChange(
                    revision=self.revision,
                    model=difference.key[0],
                    row_id=difference.key[1],
                    entry_model=root[0],
                    entry_id=root[1],
                    entry_version=versions.get(root, 0),
                    label=label,
                    action=difference.action.value,
                    values=difference.values,
                )
            )
        bulk.insert(rows)
        addresses.lead_on({key: key_of(heir) for key, heir in self._merged.items()})
        addresses.keep(self._left, self.revision)
        return self.revision

    def _note(self, row: models.Model, difference: RowDifference) -> None:
        root = root_of(row)
        # What it is called is asked now: later it may be gone.
        self._reported.append((key_of(root), label_of(row), difference))
        self._entries[key_of(root)] = root

    def _move_versions(self) -> dict[RowKey, int]:
        """Move row version and date of each entry, and the date of each part, that changed."""
        moved: dict[RowKey, int] = {}
        by_model: dict[type[models.Model], list[int]] = defaultdict(list)
        for root in self._entries.values():
            if isinstance(root, Entry):
                by_model[root._meta.concrete_model].append(root.pk)
        for model, pks in by_model.items():
            for part in in_parts(pks):
                rows = model._base_manager.filter(pk__in=part)
                rows.update(row_version=F("row_version") + 1, changed=self.moment)
                for pk, version in rows.values_list("pk", "row_version"):
                    moved[model._meta.model_name, pk] = version
        seen = things_seen(difference for _root, _label, difference in self._reported)
        for name, model in addresses.DATED.items():
            for part in in_parts(pk for label, pk in seen if label == name):
                model._base_manager.filter(pk__in=part).update(changed=self.moment)
        return moved
