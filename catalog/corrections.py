"""The one way in which a person changes a field that imports write (data set notes, section 10).

A correction says why and where the right value was seen. It locks the field: the importer leaves
the value alone and only notes what the source says meanwhile. Values are kept in the form of
JSON: dates as 1988-11-25, links to other rows as their primary keys.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from catalog.imported_fields import IMPORTED_FIELDS, ONLY_OF_NEW_WORKS
from catalog.models import Correction

Value = str | int | bool | None


class NotImported(Exception):
    """The field is none that imports write on this row; `thing` and `field` say which."""

    def __init__(self, thing: models.Model, field: str):
        self.thing, self.field = thing, field
        super().__init__(f"no import writes the field ‘{field}’ of {thing}")


def imported_fields(thing: models.Model) -> tuple[str, ...]:
    """Return the fields of a publication, edition or component that imports write.

    None if the row did not come from the source. A work that was here before keeps its name.
    """
    if not thing.pk or not thing.source_records.exists():
        return ()
    names = IMPORTED_FIELDS[thing._meta.concrete_model.__name__]
    if Correction.column_of(thing) == "publication" and not thing.from_source:
        return tuple(name for name in names if name not in ONLY_OF_NEW_WORKS)
    return names


def to_json(field: models.Field, value) -> Value:
    """Return the value of a model field in the form in which corrections keep it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def from_json(field: models.Field, value: Value):
    """Return the Python value of a model field: a date, a primary key, a text, a number.

    Raises ValidationError if the field cannot hold it.
    """
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


def snapshot(thing: models.Model) -> dict[str, Value]:
    """Return the imported fields of a row with their values as JSON; empty if it has none."""
    return {name: _value(thing, name) for name in imported_fields(thing)}


@transaction.atomic
def correct(
    thing: models.Model, field: str, value, reason: str, evidence: str, by=None
) -> Correction:
    """Write a value into an imported field, save the row and lock the field.

    Takes the value as the model does (a date, a row, a text). Raises NotImported for any other
    field, and ValidationError if the value breaks a rule of the model or if reason or evidence
    are missing.
    """
    if field not in imported_fields(thing):
        raise NotImported(thing, field)
    before = _value(thing, field)
    column = thing._meta.get_field(field)
    _put(thing, field, to_json(column, value))
    return _note(thing, field, before, reason, evidence, by)


@transaction.atomic
def record(
    thing: models.Model,
    before: dict[str, Value],
    after: dict[str, Value],
    reason: str,
    evidence: str,
    by=None,
) -> list[Correction]:
    """Note the corrections of a row that a form has saved; return those that were made.

    `before` and `after` are snapshots; what differs was corrected. Raises NotImported for a
    field that no import writes, ValidationError if reason or evidence are missing.
    """
    changed = [name for name in after if name in before and after[name] != before[name]]
    allowed = imported_fields(thing) if changed else ()
    for name in changed:
        if name not in allowed:
            raise NotImported(thing, name)
    return [_note(thing, name, before[name], reason, evidence, by) for name in changed]


@transaction.atomic
def revert(correction: Correction) -> models.Model:
    """Put the source's value back, delete the correction, return the row that was corrected.

    Raises ValidationError, and changes nothing, if the value would break a rule of the model.
    """
    thing = correction.thing
    _put(thing, correction.field, correction.source_value)
    correction.delete()
    return thing


def _value(thing: models.Model, name: str) -> Value:
    field = thing._meta.get_field(name)
    return to_json(field, getattr(thing, field.attname))


def _put(thing: models.Model, name: str, value: Value) -> None:
    """Write and save one field if the row keeps all rules with it."""
    field = thing._meta.get_field(name)
    before = getattr(thing, field.attname)
    try:
        setattr(thing, field.attname, from_json(field, value))
        thing.clean_fields(exclude={other.name for other in thing._meta.fields} - {name})
        thing.clean()
        thing.validate_unique()
        thing.validate_constraints()
    except ValidationError:
        setattr(thing, field.attname, before)
        raise
    thing.save(update_fields=[name])


def _note(
    thing: models.Model, name: str, before: Value, reason: str, evidence: str, by
) -> Correction:
    """Store the correction of a field; the source's value is the one of before the first."""
    correction = Correction.objects.of(thing).filter(field=name).first()
    if correction is None:
        column = Correction.column_of(thing)
        correction = Correction(**{f"{column}_id": thing.pk}, field=name, source_value=before)
    correction.value, correction.made = _value(thing, name), timezone.now()
    correction.reason, correction.evidence, correction.by = reason.strip(), evidence.strip(), by
    # The other columns are ours; an empty value is a value.
    texts = {"reason", "evidence"}
    correction.clean_fields(exclude={field.name for field in Correction._meta.fields} - texts)
    correction.save()
    return correction


def describe(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the corrections with `field_words`, `value_words` and `source_words` for readers.

    Words of closed lists become labels, keys of rows become their names; an empty value is the
    empty text. One query for each model that is named.
    """
    corrections = list(corrections)
    columns = [one.thing._meta.get_field(one.field) for one in corrections]
    named: dict[type[models.Model], set] = {}
    for one, column in zip(corrections, columns, strict=True):
        if column.related_model:
            named.setdefault(column.related_model, set()).update([one.value, one.source_value])
    rows = {
        model: model._base_manager.in_bulk([pk for pk in pks if pk is not None])
        for model, pks in named.items()
    }
    for one, column in zip(corrections, columns, strict=True):
        known = rows.get(column.related_model, {})
        one.field_words = column.verbose_name
        one.value_words = _words(column, one.value, known)
        one.source_words = _words(column, one.source_value, known)
    return corrections


def _words(column: models.Field, value: Value, known: dict) -> str:
    if value is None:
        return ""
    if column.related_model:
        return str(known.get(value, value))
    return str(dict(column.flatchoices).get(value, value))
