"""What a loading of the fixtures changes in rows that are there, noted for their history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models

from catalog.models import Publication
from catalog.models.entry import Entry
from catalog.writing.addresses import Place, places_of
from catalog.writing.aggregates import (
    KEYED_PARTS,
    MODELS,
    PARENT_COLUMNS,
    RowKey,
    key_of,
    root_of,
    rows_of,
)
from catalog.writing.job import Job
from catalog.writing.record import differences
from catalog.writing.values import Values, kept_links, values_of


@dataclass
class ChangeNotes:
    """The rows that a loading changes, as they were before."""

    job: Job
    held: dict[RowKey, Values] = field(default_factory=dict)
    stood: dict[RowKey, Place] = field(default_factory=dict)

    def before(self, row: models.Model, *, moves: bool) -> None:
        """Note a row that is about to change; `moves` says that its address may change.

        With the address of a work those of its editions and components change.
        """
        key = key_of(row)
        if key[0] not in MODELS:
            return
        self.held[key] = values_of(row)
        if moves:
            rows = rows_of(row) if isinstance(row, Publication) else [row]
            self.stood |= places_of(rows)

    def added(self, row: models.Model) -> None:
        """Note a new row that joins an existing entry."""
        if isinstance(row, Entry):
            return
        # A row that names its entry by key may have come with it; nothing is noted of new entries.
        is_part = type(row) in PARENT_COLUMNS
        if is_part or (type(row) in KEYED_PARTS and root_of(row) is not row):
            self.job.note_addition(row)

    def finish(self) -> None:
        """Compare the rows with what they are now, and report each that changed to the job."""
        by_model: dict[str, list[int]] = defaultdict(list)
        for name, pk in self.held:
            by_model[name].append(pk)
        for name, pks in by_model.items():
            model = MODELS[name]
            links = [column.name for column in kept_links(model)]
            for row in model._base_manager.filter(pk__in=pks).prefetch_related(*links):
                key = key_of(row)
                for found in differences({key: self.held[key]}, {key: values_of(row)}):
                    self.job.note_change(row, {n: tuple(p) for n, p in found.values.items()})
        moved = defaultdict(list)
        for name, pk in self.stood:
            moved[name].append(pk)
        for name, pks in moved.items():
            rows = MODELS[name]._base_manager.filter(pk__in=pks)
            before = {key: place for key, place in self.stood.items() if key[0] == name}
            self.job.note_places(before, rows)
