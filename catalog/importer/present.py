"""What the database holds, as a plan needs it: rows, records, corrections, curated values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from catalog.models import (
    Component,
    Correction,
    CuratedValues,
    Edition,
    Publication,
    PublicationName,
    RowChange,
    SourceRecord,
)
from catalog.rules.imported_fields import IMPORTED_FIELDS, ONLY_OF_NEW_WORKS
from catalog.terms import Actor, RowAction
from catalog.writing.aggregates import RowKey
from catalog.writing.values import from_json

StoredRow = Publication | Edition | Component
StoredPart = Edition | Component
# Values of a row by column, as the model has them: dates, texts, primary keys.
ColumnValues = dict[str, Any]
# Where a row stands: its kind, code of the Sector, number, and of a part its own address part.
Location = tuple[str, str, str, str]

LABELS: dict[type[models.Model], str] = {
    Publication: "publication",
    Edition: "edition",
    Component: "component",
}
# The columns of which a curated row keeps its own values while imports write others, by label.
OWN_COLUMNS: dict[str, list[models.Field]] = {
    label: [
        model._meta.get_field(name)
        for name in IMPORTED_FIELDS[model.__name__]
        if label != "publication" or name not in ONLY_OF_NEW_WORKS
    ]
    for model, label in LABELS.items()
}


@dataclass
class Present:
    """The rows that an import may change, and where they stood before it.

    `own_values` are what curated rows say by themselves where an import wrote something else;
    `curated_works` has that of every curated work. `removed_names` are the names that editors
    deleted, each with its work.
    """

    records: dict[str, SourceRecord]
    works: dict[int, Publication]
    editions: dict[int, Edition]
    components: dict[int, Component]
    names: dict[int, dict[str, PublicationName]]
    locks: dict[RowKey, dict[str, Correction]]
    own_values: dict[RowKey, CuratedValues]
    removed_names: set[tuple[int, str]]
    parts_of: dict[int, list[StoredPart]] = field(default_factory=lambda: defaultdict(list))
    locations: dict[RowKey, Location] = field(default_factory=dict)
    curated_works: dict[int, ColumnValues] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for work in self.works.values():
            self.locations["publication", work.pk] = location_of(work)
        rows = {"publication": self.works, "edition": self.editions, "component": self.components}
        for (label, pk), locks in self.locks.items():
            for lock in locks.values():
                setattr(lock, label, rows[label][pk])
        for label in ("edition", "component"):
            for part in rows[label].values():
                work = self.works[part.publication_id]
                # Spares a query wherever a part is asked for its work.
                part.publication = work
                self.parts_of[work.pk].append(part)
                self.locations[label, part.pk] = location_of(part)
        for work in self.works.values():
            if not work.from_source:
                self.curated_works[work.pk] = self.own_values_of(work)

    @property
    def is_empty(self) -> bool:
        """Whether no import has been here before: then nothing but curated rows is there."""
        return not self.records

    def rows(self) -> Iterable[StoredRow]:
        """Yield all works, editions and components."""
        yield from self.works.values()
        yield from self.editions.values()
        yield from self.components.values()

    def parts(self, label: str) -> dict[int, StoredPart]:
        """Return the editions or the components by primary key."""
        return self.editions if label == "edition" else self.components

    def locked(self, row: models.Model | None) -> dict[str, Correction]:
        """Return the corrections of a row by field."""
        return self.locks.get((LABELS[type(row)], row.pk), {}) if row is not None else {}

    def own_values_of(self, row: StoredRow) -> ColumnValues:
        """Return what a curated row says by itself, whatever imports wrote; links as keys."""
        label = LABELS[type(row)]
        kept = self.own_values.get((label, row.pk))
        if kept is not None:
            return {
                column.attname: from_json(column, kept.values[column.name])
                for column in OWN_COLUMNS[label]
                if column.name in kept.values
            }
        values = {column.attname: getattr(row, column.attname) for column in OWN_COLUMNS[label]}
        for lock in self.locked(row).values():
            column = row._meta.get_field(lock.field)
            if column.attname in values:
                values[column.attname] = from_json(column, lock.source_value)
        return values


def key_of_row(row: StoredRow) -> RowKey:
    """Return label and primary key of a work, edition or component."""
    return (LABELS[type(row)], row.pk)


def location_of(row: StoredRow) -> Location:
    """Return where a row stands, as it says now."""
    if isinstance(row, Publication):
        return ("publication", row.sector.code, row.slug, "")
    work = row.publication
    return (LABELS[type(row)], work.sector.code, row.number_slug or work.slug, row.slug)


def publication_of(row: StoredRow) -> Publication:
    """Return the work that a row is or belongs to."""
    return row if isinstance(row, Publication) else row.publication


def read_present() -> Present:
    """Return everything that imports may change, in a fixed number of queries."""
    locks: dict[RowKey, dict[str, Correction]] = defaultdict(dict)
    for lock in Correction.objects.all():
        for label in LABELS.values():
            if pk := getattr(lock, f"{label}_id"):
                locks[label, pk][lock.field] = lock
    works = _by_key(Publication.objects.select_related("sector", "series"))
    names: dict[int, dict[str, PublicationName]] = defaultdict(dict)
    for name in PublicationName.objects.all():
        name.publication = works[name.publication_id]
        names[name.publication_id][name.name] = name
    return Present(
        {row.identifier: row for row in SourceRecord.objects.all()},
        works,
        _by_key(Edition.objects.all()),
        _by_key(Component.objects.all()),
        names,
        locks,
        {(row.model, row.row_id): row for row in CuratedValues.objects.all()},
        {(values["publication"], values["name"]) for values in removed_by_editors(PublicationName)},
    )


def removed_by_editors(model: type[models.Model]) -> list[dict[str, Any]]:
    """Return the values of the rows of a model that editors deleted and did not bring back."""
    last: dict[int, RowChange] = {}
    happened = RowChange.objects.filter(model=model._meta.model_name)
    happened = happened.exclude(action=RowAction.CHANGED).select_related("revision")
    for change in happened.order_by("revision__number", "pk"):
        last[change.row_id] = change
    return [
        {name: pair[0] for name, pair in change.values.items()}
        for change in last.values()
        if change.action == RowAction.DELETED and change.revision.actor == Actor.EDITOR
    ]


def _by_key(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows}
