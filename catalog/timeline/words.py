"""What changed in rows, in words: labels of fields and of closed lists, names of linked rows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Component, Correction, Edition, EntryKey, EntryRelation, RowChange
from catalog.models.entry import Entry
from catalog.terms import CONFIRMED, CONFIRMED_LABEL, Precision, RowAction
from catalog.timeline.excerpts import Excerpt, excerpts
from catalog.wording.dates import date_words
from catalog.writing.aggregates import KEYED_PARTS, MODELS, PARENT_COLUMNS, RowKey
from catalog.writing.going import RECORDS
from catalog.writing.values import Value

# Columns that add nothing for readers.
SILENT = {"from_source", "sort_key", RECORDS}
# Columns that hold keys of entries, of which readers see the names.
KEYS_OF_ENTRIES = {"related_keys", "subject_key", "target_key", "entry_key"}
# Columns that are no more; what history says of them is still read.
FORMER_COLUMNS = {"related_keys": gettext_lazy("Related entries")}
# Columns of entries that no page shows.
NOTES_OF_EDITORS = {"evidence", "ranges_evidence"}
# The row that a correction corrects says the rest; `by` is a person.
OF_CORRECTIONS = ("source_value", "reason", "evidence")


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words; nothing is the empty text."""

    column: str
    label: str
    before: Excerpt
    after: Excerpt


@dataclass(frozen=True)
class ThingChange:
    """What happened to one row: `kind` and `label` say what it is, `action` what became of it.

    `note` is a sentence on it, where the fields do not say everything. `change` is the primary
    key of the `RowChange`, None for a change that is only planned.
    """

    change: int | None
    model: str
    row_id: int
    kind: str
    label: str
    action: str
    fields: tuple[FieldChange, ...] = ()
    note: str = ""

    @property
    def action_label(self) -> str:
        """What became of the row, in a word: Added, Changed, Deleted."""
        return _(RowAction(self.action).label)

    @property
    def key(self) -> RowKey:
        """What identifies the row among all rows."""
        return (self.model, self.row_id)


def in_words(changes: Sequence[RowChange], *, for_readers: bool = False) -> list[ThingChange]:
    """Return changes of rows in words, in their order; those that say nothing are left out.

    `for_readers` leaves out the notes that editors make for each other.
    Takes saved changes and unsaved ones. One query for each model whose rows are named.
    """
    words = _Words(changes, for_readers)
    things = (words.of_change(change) for change in changes if change.model in MODELS)
    return [thing for thing in things if thing is not None]


def value_words(model: type[models.Model], column: str, value: Value) -> str:
    """Return one value of a column in words; the empty text for nothing."""
    change = RowChange(
        model=model._meta.concrete_model._meta.model_name,
        action=RowAction.CHANGED,
        values={column: [None, value]},
    )
    return _Words([change]).value(change, model._meta.get_field(column), value)


@dataclass
class _Words:
    """The names of all rows that a list of changes mentions, read together."""

    changes: Sequence[RowChange]
    for_readers: bool = False
    names: dict[type[models.Model], dict[int, str]] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    precisions: dict[RowKey, dict[str, str]] = field(default_factory=dict)
    corrected: dict[int, Correction] = field(default_factory=dict)

    def __post_init__(self):
        self._read_corrections()
        self._read_names()
        self._read_precisions()

    def of_change(self, change: RowChange) -> ThingChange | None:
        """Return one change in words."""
        model = MODELS[change.model]
        if model is Correction:
            fields, note = self._of_correction(change)
        else:
            shown = (name for name in change.values if self._is_told(change, name))
            fields, note = [self._field(change, name) for name in shown], ""
        if change.action == RowAction.CHANGED and not fields:
            return None
        return ThingChange(
            change=change.pk,
            model=change.model,
            row_id=change.row_id,
            kind=str(model._meta.verbose_name),
            label=self._label(change),
            action=str(change.action),
            fields=tuple(fields),
            note=note,
        )

    def _is_told(self, change: RowChange, name: str) -> bool:
        is_note = name in NOTES_OF_EDITORS and issubclass(MODELS[change.model], Entry)
        return _is_shown(change, name) and not (is_note and self.for_readers)

    def value(self, change: RowChange, column: models.Field, value: Value, at: int = 1) -> str:
        """Return one value in words; `at` is 0 for the old one, 1 for the new one."""
        if value in (None, "", []):
            return ""
        if column.related_model:
            many = value if isinstance(value, list) else [value]
            return ", ".join(self._name(column.related_model, pk) for pk in many)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(column, models.DateField):
            return self._day(change, column.name, str(value), at)
        if column.name in KEYS_OF_ENTRIES:
            return self._entries(value)
        if value == CONFIRMED and column.name == "verification":
            return _(CONFIRMED_LABEL)
        return str(dict(column.flatchoices).get(value, value))

    def _entries(self, keys: Value) -> str:
        return ", ".join(self.entries.get(key, key) for key in str(keys or "").split())

    def _label(self, change: RowChange) -> str:
        """Return what a row is called; a relation by its verb and the name of the other entry."""
        pairs = [change.values.get(name) for name in ("verb", "target_key")]
        if MODELS[change.model] is not EntryRelation or None in pairs:
            return change.label
        verb, key = (old if new is None else new for old, new in pairs)
        verbs = dict(EntryRelation._meta.get_field("verb").flatchoices)
        return f"{verbs.get(verb, verb)}: {self._entries(key)}"

    def _field(self, change: RowChange, name: str) -> FieldChange:
        column = _column(MODELS[change.model], name)
        if name in FORMER_COLUMNS and column is None:
            old, new = (_whole(self._entries(keys)) for keys in change.values[name])
            return FieldChange(name, str(FORMER_COLUMNS[name]), old, new)
        if column is None:
            return FieldChange(name, name, *(_whole(value) for value in change.values[name]))
        old, new = (
            self.value(change, column, value, at) for at, value in enumerate(change.values[name])
        )
        is_prose = isinstance(column, models.CharField | models.TextField) and not column.choices
        pair = excerpts(old, new) if is_prose else (_whole(old), _whole(new))
        return FieldChange(name, label_of_field(column), *pair)

    def _of_correction(self, change: RowChange) -> tuple[list[FieldChange], str]:
        if change.action == RowAction.ADDED:
            return [], _("Locked: imports leave this field alone.")
        if change.action == RowAction.DELETED:
            return [], _("The lock is lifted: imports may change this field again.")
        return [
            self._field_of_correction(change, name)
            for name in OF_CORRECTIONS
            if name in change.values
        ], ""

    def _field_of_correction(self, change: RowChange, name: str) -> FieldChange:
        known = self.corrected.get(change.row_id)
        if name != "source_value" or known is None:
            return self._field(change, name)
        column = known.thing._meta.get_field(known.field)
        old, new = (self.value(change, column, value) for value in change.values[name])
        label = label_of_field(Correction._meta.get_field(name))
        return FieldChange(name, label, *excerpts(old, new))

    def _name(self, model: type[models.Model], pk: int) -> str:
        return self.names.get(model, {}).get(pk) or _("an entry that is no longer there")

    def _day(self, change: RowChange, name: str, value: str, at: int) -> str:
        try:
            day = datetime.date.fromisoformat(value[:10])
        except ValueError:
            return value
        column = f"{name}_precision"
        if column in change.values:
            return date_words(day, change.values[column][at])
        known = self.precisions.get((change.model, change.row_id), {})
        return date_words(day, known.get(column) or Precision.DAY)

    def _read_corrections(self) -> None:
        pks = [c.row_id for c in self.changes if c.model == "correction" and c.values]
        if pks:
            rows = Correction.objects.select_related("publication", "edition", "component")
            self.corrected = rows.in_bulk(pks)

    def _read_names(self) -> None:
        named: dict[type[models.Model], set[int]] = defaultdict(set)
        keys = set(self._keys())
        for column, value in self._values():
            if column.related_model:
                many = value if isinstance(value, list) else [value]
                named[column.related_model].update(pk for pk in many if pk is not None)
        for model, pks in named.items():
            rows = model._base_manager.in_bulk(pks)
            self.names[model] = {pk: str(row) for pk, row in rows.items()}
        if keys:
            found = EntryKey.objects.filter(key__in=keys).select_related("entry")
            self.entries = {row.key: row.entry.identifier or row.entry.title for row in found}

    def _keys(self) -> Iterable[str]:
        """Yield the keys of entries in all values."""
        for change in self.changes:
            for name in KEYS_OF_ENTRIES & change.values.keys():
                for value in change.values[name]:
                    yield from str(value or "").split()

    def _values(self) -> Iterable[tuple[models.Field, Value]]:
        for change in self.changes:
            if change.model not in MODELS:
                continue
            for name, pair in change.values.items():
                column = self._column_of(change, name)
                if column is not None:
                    yield from ((column, value) for value in pair)

    def _column_of(self, change: RowChange, name: str) -> models.Field | None:
        """Return the column whose values a change holds; a correction holds those of another."""
        if change.model != "correction":
            return _column(MODELS[change.model], name) if _is_shown(change, name) else None
        known = self.corrected.get(change.row_id)
        if name != "source_value" or known is None:
            return None
        return known.thing._meta.get_field(known.field)

    def _read_precisions(self) -> None:
        """Read how exact the dates of rows are, where a change does not say so itself."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for change in self.changes:
            for name in ("approved", "posted"):
                if name in change.values and f"{name}_precision" not in change.values:
                    wanted[change.model].add(change.row_id)
        for model in (Edition, Component):
            label = model._meta.model_name
            if label in wanted:
                rows = model._base_manager.filter(pk__in=wanted[label])
                for row in rows.values("pk", "approved_precision", "posted_precision"):
                    self.precisions[label, row["pk"]] = row


def label_of_field(column: models.Field) -> str:
    """Return what readers call a column, beginning with a capital."""
    if column.name == "left_source":
        return _("No longer in the data set since")
    label = str(column.verbose_name)
    return f"{label[:1].upper()}{label[1:]}"


def moment_words(moment: datetime.datetime) -> str:
    """Return a moment in words: 24 November 2026, 15:04 UTC."""
    return date_format(moment, "DATETIME_FORMAT")


def _is_shown(change: RowChange, name: str) -> bool:
    if name in SILENT:
        return False
    if change.action == RowAction.CHANGED:
        return True
    # Of a whole row only what it says; the entry to which it belongs is named above it.
    model = MODELS[change.model]
    is_parent = name in (PARENT_COLUMNS.get(model), KEYED_PARTS.get(model))
    return not is_parent and any(value not in (None, "", []) for value in change.values[name])


def _column(model: type[models.Model], name: str) -> models.Field | None:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _whole(value: Value) -> Excerpt:
    return Excerpt(differing="" if value is None else str(value))
