"""A write to a few entries: by an editor at a form, by a correction, by a restoration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F
from django.forms.models import BaseModelFormSet

from catalog.models import Meeting, Revision, RowChange, SearchEntry, SourceRecord
from catalog.models.entry import Entry
from catalog.terms import Actor, RowAction
from catalog.writing import addresses, attachment, doubts, locks, naming, sourcing, topics, upkeep
from catalog.writing.aggregates import (
    KEYED_PARTS,
    MODELS,
    EntryState,
    RowKey,
    entries_of,
    key_of,
    keyed_rows,
    label_of,
    root_of,
    rows_of,
)
from catalog.writing.going import RECORDS, linked_rows, records_by_row, relations_to
from catalog.writing.record import (
    Author,
    RowDifference,
    differences,
    new_revision,
    things_seen,
)
from catalog.writing.values import values_of

DATED = {**addresses.DATED, "meeting": Meeting}


@dataclass
class Picture:
    """An entry with its rows as the database has them at one moment."""

    state: EntryState = field(default_factory=dict)
    places: dict[RowKey, addresses.Place] = field(default_factory=dict)
    labels: dict[RowKey, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: models.Model) -> Picture:
        """Read an entry with all its rows."""
        rows = list(rows_of(root))
        return cls(
            {key_of(row): values_of(row) for row in rows},
            addresses.places_of(rows),
            {key_of(row): label_of(row) for row in rows},
        )


@contextmanager
def editing(
    by: AbstractBaseUser | None = None,
    *,
    reason: str = "",
    evidence: str = "",
    actor: Actor = Actor.EDITOR,
    wait: float | None = None,
) -> Iterator[Edit]:
    """Hold the door open for one write to a few entries; what it changed is kept at the end.

    Raises CatalogueBusy, and changes nothing, if somebody else writes for longer than `wait`
    seconds (`locks.EDITOR_WAIT`); KeyTaken if two entries would share a key.
    """
    with locks.for_entries(locks.EDITOR_WAIT if wait is None else wait):
        edit = Edit(Author(actor, by, reason, evidence))
        yield edit
        edit.finish()


class Edit:
    """One write; rows go through `save`, `delete` and `link`, or their entry through `watch`."""

    def __init__(self, author: Author):
        self.author = author
        self.revision: Revision | None = None
        # A restoration puts marks of doubt back as they were.
        self.ends_doubts = author.actor == Actor.EDITOR
        self._roots: dict[RowKey, models.Model] = {}
        self._before: dict[RowKey, Picture] = {}
        # The entries of this write by key: no index knows those that it brings.
        self._entries: dict[str, Entry] = {}
        # The records of the data set behind each row that goes, by their primary keys.
        self._records_of: dict[RowKey, list[int]] = {}
        # The works that a name that is watched concerned before.
        self._named: set[int] = set()

    def watch(self, row: models.Model) -> None:
        """Lock the entry of a row, and note how it is now, before anything of it is changed."""
        root = self._root_of(row)
        if root.pk is None or key_of(root) in self._roots:
            return
        model = root._meta.concrete_model
        # Locked first and read afterwards: what others wrote meanwhile is seen.
        list(model._base_manager.select_for_update(of=("self",)).filter(pk=root.pk))
        self._roots[key_of(root)] = root
        self._before[key_of(root)] = Picture.of(root)
        self._named |= naming.works_called_like(root)

    def save(self, row: models.Model, **options) -> None:
        """Save a row of content; `options` are those of `Model.save`."""
        if row.pk is not None or self._root_of(row) is not row:
            self.watch(row)
        attachment.follow(row)
        row.save(**options)
        self._note_new(row)
        if isinstance(row, Entry):
            self._entries[row.key] = row

    def delete(self, row: models.Model) -> None:
        """Delete a row with all that belongs to it; of an entry its addresses answer 410.

        The relations in which others name it go too, and so do the rows of others that lead to
        it. Its records in the data set are remembered, so that no import brings it back.
        """
        self.watch(row)
        if isinstance(row, Entry):
            for other in linked_rows(row):
                self.watch(other)
            entries = entries_of(row)
            for part in (*relations_to(entries), *keyed_rows(entries)):
                self.watch(part)
                part.delete()
            for entry in entries:
                self._entries.pop(entry.key, None)
            upkeep.forget(row)
        self._records_of |= records_by_row(row)
        row.delete()

    def has_entry(self, key: str) -> bool:
        """Whether an entry of any kind has this key, be it one that this write brings."""
        return key in self._entries or SearchEntry.objects.filter(key=key).exists()

    def link(self, row: models.Model, column: str, targets: Iterable[models.Model]) -> None:
        """Make a many-to-many column of a row lead to these rows and no others."""
        self.watch(row)
        getattr(row, column).set(targets)

    def save_formset(self, formset: BaseModelFormSet) -> None:
        """Delete and save the rows of a table of forms, with their links."""
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            self.delete(row)
        for row in rows:
            self.save(row)
        formset.save_m2m()

    def finish(self) -> Revision | None:
        """Record what changed, derive what follows, move the version; None if nothing changed.

        Called by `editing` at the end.
        """
        changed = []
        for key, root in self._roots.items():
            if _is_there(root):
                if self.ends_doubts:
                    doubts.end_doubts(self._before[key].state)
                upkeep.derive(root)
            after = Picture.of(root)
            if found := differences(self._before[key].state, after.state):
                changed.append((key, root, after, found))
        if not changed:
            return None
        sourcing.check(_as_it_is(root) for _key, root, after, _found in changed if after.state)
        if any(root._meta.concrete_model in attachment.MAY_ARRIVE for _key, root, *_ in changed):
            attachment.attach()
        self.revision = new_revision(self.author)
        # From here on no other write can come in between: two of them would miss each other.
        topics.follow((root, found) for _key, root, _after, found in changed)
        for difference in (d for _key, _root, _after, found in changed for d in found):
            if difference.action is RowAction.DELETED and difference.key in self._records_of:
                difference.values[RECORDS] = [self._records_of[difference.key], None]
        for key, root, after, found in changed:
            self._keep(key, root, after, found)
        for key, root, after, found in changed:
            if after.state and isinstance(root, Entry):
                own = next((d for d in found if d.key == key), None)
                upkeep.reindex(_as_it_is(root), own.values if own else ())
        if any(isinstance(root, naming.NAMING) for _key, root, *_ in changed):
            for _key, root, *_ in changed:
                self._named |= naming.works_called_like(root)
            naming.reindex(self._named)
        kept_out = {pk for pks in self._records_of.values() for pk in pks}
        SourceRecord.objects.filter(pk__in=kept_out).update(kept_out_by=self.revision)
        return self.revision

    def _root_of(self, row: models.Model) -> models.Model:
        """Return the entry to which a row belongs, also where this write brings that entry."""
        column = KEYED_PARTS.get(row._meta.concrete_model)
        own = self._entries.get(getattr(row, column)) if column else None
        return root_of(own or row)

    def _note_new(self, row: models.Model) -> None:
        root = self._root_of(row)
        if key_of(root) not in self._roots:
            self._roots[key_of(root)] = root
            self._before[key_of(root)] = Picture()

    def _keep(
        self, key: RowKey, root: models.Model, after: Picture, found: list[RowDifference]
    ) -> None:
        """Store the history of one entry, move its own version and dates, keep its addresses."""
        model = root._meta.concrete_model
        before = self._before[key]
        version = 0
        if after.state and isinstance(root, Entry):
            is_new = not before.state
            entry = model._base_manager.filter(pk=root.pk)
            step = 0 if is_new else 1
            entry.update(row_version=F("row_version") + step, changed=self.revision.made)
            version = entry.values_list("row_version", flat=True).get()
        for name, pk in things_seen(found):
            if name in DATED and (name, pk) in after.state:
                DATED[name]._base_manager.filter(pk=pk).update(changed=self.revision.made)
        labels = {**before.labels, **after.labels}
        RowChange.objects.bulk_create(
            [
                RowChange(
                    revision=self.revision,
                    model=difference.key[0],
                    row_id=difference.key[1],
                    entry_model=key[0],
                    entry_id=key[1],
                    entry_version=version,
                    label=labels[difference.key],
                    action=difference.action.value,
                    values=difference.values,
                )
                for difference in found
            ],
            batch_size=500,
        )
        addresses.keep(addresses.left(before.places, after.places), self.revision)
        addresses.back(d.key for d in found if d.action is RowAction.ADDED and d.key[0] in MODELS)


def _as_it_is(root: models.Model) -> models.Model:
    return root._meta.concrete_model._base_manager.get(pk=root.pk)


def _is_there(root: models.Model) -> bool:
    return root._meta.concrete_model._base_manager.filter(pk=root.pk).exists()
