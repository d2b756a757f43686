"""Values of one column in the three forms in which they are compared and shown.

History keeps them as JSON, forms compare them as they are shown at first, people read words.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.forms.models import InlineForeignKeyField

from catalog.timeline import Excerpt, excerpts
from catalog.timeline.words import KEYS_OF_ENTRIES, value_words
from catalog.writing.values import Value, from_json, to_json


def column_of(form: forms.ModelForm, name: str) -> models.Field | None:
    """Return the column that a field of a form writes; None if it writes none of this row."""
    if isinstance(form.fields[name], InlineForeignKeyField) or form.fields[name].disabled:
        return None
    try:
        column = form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return None if getattr(column, "primary_key", False) else column


def shown_at_first(column: models.Field, value: Value) -> Any:
    """Return a value of history as a form shows it at first."""
    if isinstance(column, models.ManyToManyField):
        return value or []
    return None if value is None else from_json(column, value)


def words_of(column: models.Field, value: Value) -> str:
    """Return a value from the history as readers see it: labels, names, dates."""
    return value_words(column.model, column.name, value)


def words_typed(column: models.Field, field: forms.Field, sent: Any) -> str:
    """Return what was typed in words; as it was typed if the field refuses it."""
    try:
        value = field.clean(sent)
    except ValidationError:
        return ", ".join(sent) if isinstance(sent, list) else str(sent or "")
    if isinstance(column, models.ManyToManyField):
        return words_of(column, sorted(row.pk for row in value))
    return words_of(column, to_json(column, value))


def side_by_side(column: models.Field, one: str, other: str) -> tuple[Excerpt, Excerpt]:
    """Return two values so that their difference is seen; words of closed lists stay whole."""
    is_prose = isinstance(column, models.CharField | models.TextField) and not column.choices
    if is_prose and column.name not in KEYS_OF_ENTRIES:
        return excerpts(one, other)
    return Excerpt(differing=one), Excerpt(differing=other)
