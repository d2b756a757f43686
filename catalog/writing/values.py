"""The values of rows in the form of JSON: what history and corrections keep."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models

Value = str | int | bool | list | None
Values = dict[str, Value]

# What the door itself keeps of each row; no part of the content.
BOOKKEEPING = ("row_version", "added", "changed", "made")


def to_json(field: models.Field, value: Any) -> Value:
    """Return the value of a column in the form in which history and corrections keep it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def from_json(field: models.Field, value: Value) -> Any:
    """Return the Python value of a column: a date, a primary key, a text, a number.

    Raises ValidationError if the column cannot hold it.
    """
    if isinstance(field, models.JSONField):
        return value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


def value_of(row: models.Model, name: str) -> Value:
    """Return the value of one column of a row as JSON; of many links the sorted keys."""
    field = row._meta.get_field(name)
    if isinstance(field, models.ManyToManyField):
        return sorted(other.pk for other in getattr(row, name).all())
    return to_json(field, getattr(row, field.attname))


def kept_columns(model: type[models.Model]) -> list[models.Field]:
    """Return the columns that are content: no primary key, nothing derived, no bookkeeping."""
    left_out = {*getattr(model, "derived_fields", ()), *BOOKKEEPING}
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in left_out
    ]


def kept_links(model: type[models.Model]) -> list[models.ManyToManyField]:
    """Return the many-to-many columns that are content: nothing derived."""
    derived = getattr(model, "derived_links", ())
    return [column for column in model._meta.many_to_many if column.name not in derived]


def values_of(row: models.Model) -> Values:
    """Return all content of a row as JSON, many-to-many links included."""
    columns = kept_columns(type(row))
    values = {column.name: to_json(column, getattr(row, column.attname)) for column in columns}
    for column in kept_links(type(row)):
        values[column.name] = value_of(row, column.name)
    return values
