"""Earlier states of an entry, and putting one back exactly."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from catalog.models import Correction, EntryRelation, RowChange, SourceUse
from catalog.models.entry import Entry
from catalog.models.fields import lines
from catalog.rules.checked import honest
from catalog.terms import CONFIRMED, RowAction
from catalog.writing import corrections, doubts, going
from catalog.writing.aggregates import (
    MODELS,
    EntryState,
    RowKey,
    key_of,
    kinds_of_rows,
    read_state,
)
from catalog.writing.edit import Edit, editing
from catalog.writing.values import Value, Values, from_json, kept_columns, kept_links, values_of


class ChangedMeanwhile(Exception):
    """Somebody wrote to the entry after the caller had looked at it; nothing was changed."""


def state_after(root: models.Model, number: int) -> EntryState:
    """Return an entry with its rows as the revision of this number left it.

    Empty if the entry was not there then. Walks back from today, change by change; what a whole
    import added has no values in history, but it is taken away all the same.
    """
    state = read_state(root)
    for change in RowChange.objects.of_entry(root).filter(revision__number__gt=number):
        key = (change.model, change.row_id)
        if change.action == RowAction.ADDED:
            state.pop(key, None)
        elif change.action == RowAction.DELETED:
            state[key] = _old_values(change)
        elif key in state:
            state[key] |= _old_values(change)
    return state


def _old_values(change: RowChange) -> Values:
    """Return what a row had before a change; what has no column any more is left out."""
    values = {name: pair[0] for name, pair in change.values.items()}
    if change.model not in MODELS:
        return values
    model = MODELS[change.model]
    columns = [*kept_columns(model), *model._meta.many_to_many]
    return {c.name: values[c.name] for c in columns if c.name in values}


def restore(
    root: models.Model,
    number: int,
    by: AbstractBaseUser | None,
    reason: str,
    evidence: str = "",
    *,
    seen: int | None = None,
) -> None:
    """Put an entry with all its rows back to what it was after the revision of this number.

    `root` may be the unsaved row of a deleted entry, with its primary key. A field that imports
    write is locked, so that no import undoes it. Raises ValidationError, and changes nothing, if
    the state breaks a rule today, for instance where another entry has taken the address; and
    ChangedMeanwhile if somebody wrote to the entry after the version of the catalogue that the
    caller saw.
    """
    with editing(by, reason=reason, evidence=evidence) as edit:
        edit.watch(root)
        edit.ends_doubts = False
        _refuse_newer(RowChange.objects.of_entry(root), seen)
        wanted = state_after(root, number)
        if not wanted:
            raise ValidationError(_("The entry did not exist at that time."))
        _bring_back(edit, root, wanted)


def restore_value(
    row: models.Model,
    column: str,
    change: RowChange,
    by: AbstractBaseUser | None,
    reason: str,
    evidence: str = "",
    *,
    seen: int | None = None,
) -> None:
    """Put one earlier value of a row back: the one from before a change. If it was doubted then,
    it is again.

    Raises ValidationError, and changes nothing, if it breaks a rule of the model today; and
    ChangedMeanwhile if somebody changed the value after the version that the caller saw, or
    deleted the row.
    """
    value = change.values[column][0]
    if column in getattr(row, "derived_links", ()):
        raise ValidationError(
            _("Topics follow from rules; change the rules or choices of a topic.")
        )
    with editing(by, reason=reason, evidence=evidence) as edit:
        edit.watch(row)
        _refuse_newer(RowChange.objects.of_row(row).filter(values__has_key=column), seen)
        row.refresh_from_db()
        field = row._meta.get_field(column)
        if isinstance(field, models.ManyToManyField):
            edit.link(row, column, field.related_model._base_manager.filter(pk__in=value))
        elif column in corrections.imported_fields(row):
            corrections.correct_in(edit, row, column, from_json(field, value))
        else:
            setattr(row, field.attname, from_json(field, _in_todays_words(row, column, value)))
            _check(row)
            edit.save(row, update_fields=[column])
        marks = change.values.get(doubts.MARKS)
        if marks and column in lines(marks[0] or "") and doubts.mark(row, column):
            edit.save(row, update_fields=[doubts.MARKS])


def _refuse_newer(changes: models.QuerySet, seen: int | None) -> None:
    if seen is not None and changes.filter(revision__number__gt=seen).exists():
        raise ChangedMeanwhile


def _bring_back(edit: Edit, root: models.Model, wanted: EntryState) -> None:
    present = read_state(root)
    for key in [key for key in reversed(list(present)) if key not in wanted]:
        if row := MODELS[key[0]]._base_manager.filter(pk=key[1]).first():
            edit.delete(row)
    for key in _parents_first(root, wanted):
        if wanted[key] != present.get(key) and _leads_somewhere(edit, key[0], wanted[key]):
            _write(edit, key, wanted[key], present.get(key), wanted)
    deletions: dict[RowKey, RowChange] = {}
    for change in RowChange.objects.of_entry(root).filter(action=RowAction.DELETED):
        key = (change.model, change.row_id)
        if key in wanted and key not in present:
            deletions.setdefault(key, change)
    going.tie_records(deletions.values())
    if (own := deletions.get(key_of(root))) is not None:
        for change in going.lost_elsewhere(root, own):
            _mend(edit, change)


def _mend(edit: Edit, change: RowChange) -> None:
    """Undo what the deletion of an entry did to a row of another one, as far as possible."""
    model = MODELS[change.model]
    row = model._base_manager.filter(pk=change.row_id).first()
    if row is None and change.action == RowAction.DELETED:
        values = {name: pair[0] for name, pair in change.values.items()}
        if _has_targets(model, values) and _leads_somewhere(edit, change.model, values):
            _write(edit, (change.model, change.row_id), values, None, {})
    elif row is not None:
        for column, keys in going.links_to_tie(row, change):
            target = model._meta.get_field(column).related_model
            edit.link(row, column, target._base_manager.filter(pk__in=keys))
        if values := going.values_to_put_back(row, change):
            edit.watch(row)
            for name, value in values.items():
                column = model._meta.get_field(name)
                setattr(row, column.attname, from_json(column, value))
            edit.save(row, update_fields=list(values))


def _has_targets(model: type[models.Model], values: Values) -> bool:
    """Whether all that a row leads to is there."""
    return all(
        column.related_model._base_manager.filter(pk=values[column.name]).exists()
        for column in model._meta.concrete_fields
        if column.is_relation and values.get(column.name) is not None
    )


def _leads_somewhere(edit: Edit, model: str, values: Values) -> bool:
    """Whether the entries that a relation ties are there; other rows name none by key."""
    if MODELS[model] is not EntryRelation:
        return True
    return edit.has_entry(values["subject_key"]) and edit.has_entry(values["target_key"])


def _parents_first(root: models.Model, state: EntryState) -> Iterator[RowKey]:
    order = kinds_of_rows(root)
    yield from sorted(state, key=lambda key: (order.index(key[0]), key[1]))


def _write(edit: Edit, key: RowKey, values: Values, old: Values | None, wanted: EntryState) -> None:
    model = MODELS[key[0]]
    row = model._base_manager.filter(pk=key[1]).first() or model(pk=key[1])
    locked = corrections.snapshot(row) if old is not None else {}
    for column in kept_columns(model):
        if column.name in values:
            value = _in_todays_words(row, column.name, values[column.name])
            setattr(row, column.attname, from_json(column, value))
    if not isinstance(row, Correction):
        _check(row)
    edit.save(row, force_insert=old is None)
    for column in kept_links(model):
        if column.name in values:
            keys = values[column.name]
            edit.link(row, column.name, column.related_model._base_manager.filter(pk__in=keys))
    if locked:
        _lock(edit, row, locked, wanted)


def _in_todays_words(row: models.Model, column: str, value: Value) -> Value:
    """Return a value of the past as it is called today: what was “confirmed” differs."""
    if column != "verification" or value != CONFIRMED:
        return value
    supported = SourceUse.objects.filter(entry_key=row.key).that_can_be_looked_up().exists()
    is_imported = getattr(row, "from_source", False)
    return honest(is_imported=is_imported, is_supported=supported).value


def _lock(edit: Edit, row: models.Model, before: Values, wanted: EntryState) -> None:
    """Lock the fields of imports that a restoration changed, unless a correction comes back too."""
    name, pk = key_of(row)
    kept = {
        values["field"]
        for key, values in wanted.items()
        if key[0] == "correction" and values[name] == pk
    }
    after = {n: value for n, value in corrections.snapshot(row).items() if n not in kept}
    author = edit.author
    evidence = author.evidence or author.reason
    corrections.record(edit, row, before, after, author.reason, evidence, author.by)


def _check(row: models.Model) -> None:
    """Raise ValidationError if a row breaks a rule of its model."""
    derived = {*getattr(row, "derived_fields", ()), "row_version", "added", "changed"}
    row.clean_fields(exclude=derived)
    row.clean()
    row.validate_unique()
    row.validate_constraints(exclude=derived)


def is_restorable(change: RowChange) -> bool:
    """Whether a change holds an earlier value of a row that is still there."""
    return (
        change.action == RowAction.CHANGED
        and change.model in MODELS
        and MODELS[change.model]._base_manager.filter(pk=change.row_id).exists()
    )


def deleted_entry(change: RowChange) -> Entry | None:
    """Return the unsaved row of an entry that a change deleted, for `restore`; else None."""
    model = MODELS.get(change.model)
    is_entry = model is not None and issubclass(model, Entry)
    if not is_entry or change.action != RowAction.DELETED or change.entry_version:
        return None
    return model(pk=change.row_id)


__all__ = [
    "ChangedMeanwhile",
    "deleted_entry",
    "is_restorable",
    "restore",
    "restore_value",
    "state_after",
    "values_of",
]
