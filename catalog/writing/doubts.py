"""The doubt about a value ends when an editor gives another one, and comes back with the old one.

Marks of doubt stand in `doubted_fields` of works, editions and components.
"""

from __future__ import annotations

from django.db import models

from catalog.models import RowChange
from catalog.models.fields import lines
from catalog.writing.aggregates import MODELS, EntryState
from catalog.writing.values import value_of

MARKS = "doubted_fields"


def end_doubts(before: EntryState) -> None:
    """Take the mark from each doubted field that has another value now.

    `before` is an entry with its rows before the write. Where the write set the marks itself,
    they stay as it set them.
    """
    for (model, pk), values in before.items():
        if not values.get(MARKS):
            continue
        row = MODELS[model]._base_manager.filter(pk=pk).first()
        if row is None or row.doubted_fields != values[MARKS]:
            continue
        marked = lines(row.doubted_fields)
        kept = [name for name in marked if value_of(row, name) == values[name]]
        if kept != marked:
            row.doubted_fields = "\n".join(kept)
            row.save(update_fields=[MARKS])


def doubt_again(row: models.Model, name: str) -> bool:
    """Mark a field as doubted if it was so before its value was corrected; return whether."""
    field = _marks_of(row)
    if field is None or name not in field.words:
        return False
    recorded = RowChange.objects.of_row(row).filter(values__has_key=MARKS)
    pairs = (change.values[MARKS] for change in recorded)
    was_doubted = next((name in lines(old or "") for old, _new in pairs), False)
    return was_doubted and mark(row, name)


def mark(row: models.Model, name: str) -> bool:
    """Mark a field of a row as doubted, unsaved; return whether the row has such marks."""
    field = _marks_of(row)
    if field is None or name not in field.words:
        return False
    row.doubted_fields = field.clean(f"{row.doubted_fields}\n{name}", row)
    return True


def _marks_of(row: models.Model) -> models.Field | None:
    columns = {column.name: column for column in row._meta.concrete_fields}
    return columns.get(MARKS)
