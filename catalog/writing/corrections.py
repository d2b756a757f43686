"""The one way in which a person changes a field that imports write (rule 7.1).

A correction says why and where the right value was seen. It locks the field: the importer leaves
the value alone and only notes what the source says meanwhile. Values are kept in the form of
JSON: dates as 1988-11-25, links to other rows as their primary keys.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from catalog.models import Correction
from catalog.rules.imported_fields import IMPORTED_FIELDS, ONLY_OF_NEW_WORKS
from catalog.writing import doubts
from catalog.writing.edit import Edit, editing
from catalog.writing.values import Value, from_json, to_json, value_of

# Whoever corrects the first says with it what the second is: how we know the status.
COMPANION = {"state": "state_grounds"}
TAKEN_BACK = gettext_lazy("Correction reverted; the value of the data set applies again.")


class NotImported(Exception):
    """Imports do not write this field of the row; `thing` and `field` say which."""

    def __init__(self, thing: models.Model, field: str):
        self.thing, self.field = thing, field
        super().__init__(f"no import writes the field ‘{field}’ of {thing}")


def imported_fields(thing: models.Model) -> tuple[str, ...]:
    """Return the fields of a publication, edition or component that imports write.

    None if the row did not come from the source. A work that was here before keeps its name.
    """
    names = IMPORTED_FIELDS.get(thing._meta.concrete_model.__name__, ())
    if not names or not thing.pk or not thing.source_records.exists():
        return ()
    if Correction.column_of(thing) == "publication" and not thing.from_source:
        return tuple(name for name in names if name not in ONLY_OF_NEW_WORKS)
    return names


def snapshot(thing: models.Model) -> dict[str, Value]:
    """Return the imported fields of a row with their values as JSON; empty if it has none."""
    return {name: value_of(thing, name) for name in imported_fields(thing)}


def correct(
    thing: models.Model, field: str, value, reason: str, evidence: str, by=None
) -> Correction:
    """Write a value into an imported field, save the row and lock the field.

    Takes the value as the model does (a date, a row, a text). Raises NotImported for any other
    field, and ValidationError if the value breaks a rule of the model or if reason or evidence
    are missing.
    """
    with editing(by, reason=reason, evidence=evidence) as edit:
        return correct_in(edit, thing, field, value)


def correct_in(edit: Edit, thing: models.Model, field: str, value) -> Correction:
    """Correct an imported field within a write, for its reason and evidence; as `correct` does."""
    if field not in imported_fields(thing):
        raise NotImported(thing, field)
    edit.watch(thing)
    before = value_of(thing, field)
    _put(edit, thing, field, to_json(thing._meta.get_field(field), value))
    author = edit.author
    made = _note(edit, thing, field, before, author.reason, author.evidence, author.by)
    _follow(edit, thing, [field], author.reason, author.evidence, author.by)
    return made


def record(
    edit: Edit,
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
    made = [_note(edit, thing, name, before[name], reason, evidence, by) for name in changed]
    _follow(edit, thing, changed, reason, evidence, by)
    return made


def revert(correction: Correction, by=None) -> models.Model:
    """Put the source's value back, delete the correction, return the row that was corrected.

    Raises ValidationError, and changes nothing, if the value would break a rule of the model.
    """
    with editing(by, reason=str(TAKEN_BACK)) as edit:
        return revert_in(edit, correction)


def revert_in(edit: Edit, correction: Correction) -> models.Model:
    """Revert a correction within a write, as `revert` does. A doubt that it ended returns.

    Raises Correction.DoesNotExist if somebody else reverted it meanwhile.
    """
    edit.watch(correction)
    correction = Correction.objects.get(pk=correction.pk)
    thing = correction.thing
    _put(edit, thing, correction.field, correction.source_value)
    if doubts.doubt_again(thing, correction.field):
        edit.save(thing, update_fields=[doubts.MARKS])
    edit.delete(correction)
    companion = Correction.objects.of(thing).filter(field=COMPANION.get(correction.field, ""))
    for other in companion.exclude(value=None):
        if other.value == _grounds(correction.reason, correction.evidence):
            revert_in(edit, other)
    return thing


def _follow(
    edit: Edit, thing: models.Model, changed: Collection[str], reason: str, evidence: str, by
) -> None:
    """Where a status was corrected and its basis was not, make the correction the basis.

    The basis that stood there is that of the value that was wrong.
    """
    for name, companion in COMPANION.items():
        if name in changed and companion not in changed:
            before = value_of(thing, companion)
            _put(edit, thing, companion, _grounds(reason, evidence))
            if value_of(thing, companion) != before:
                _note(edit, thing, companion, before, reason, evidence, by)


def _grounds(reason: str, evidence: str) -> str:
    return evidence.strip() or reason.strip()


def _put(edit: Edit, thing: models.Model, name: str, value: Value) -> None:
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
    edit.save(thing, update_fields=[name])


def _note(
    edit: Edit, thing: models.Model, name: str, before: Value, reason: str, evidence: str, by
) -> Correction:
    """Store the correction of a field; the source's value is the one from before the first."""
    correction = Correction.objects.of(thing).filter(field=name).first()
    if correction is None:
        column = Correction.column_of(thing)
        correction = Correction(**{f"{column}_id": thing.pk}, field=name, source_value=before)
    correction.value, correction.made = value_of(thing, name), timezone.now()
    correction.reason, correction.evidence, correction.by = reason.strip(), evidence.strip(), by
    # The other columns are ours; an empty value is a value.
    texts = {"reason", "evidence"}
    correction.clean_fields(exclude={field.name for field in Correction._meta.fields} - texts)
    edit.save(correction)
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
