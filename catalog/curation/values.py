"""The curated values of a row as plain data: what fixtures hold and what is compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from catalog.curation.files import FixtureFile
from catalog.models import CuratedValues, Publication, SourceRecord
from catalog.rules.imported_fields import IMPORTED_FIELDS, ONLY_OF_NEW_WORKS

FixtureValues = dict[str, Any]


def natural_key_of(instance: models.Model) -> list:
    """Return the natural key as a list, as YAML and JSON write it."""
    return list(instance.natural_key())


def default_of(field: models.Field) -> Any:
    """Return the value that a field has where a fixture says nothing."""
    if isinstance(field, models.ManyToManyField):
        return []
    default = field.get_default()
    return yaml_value(default)


def yaml_value(value: Any) -> Any:
    """Return a column's value as YAML writes it: enumerations become their words."""
    return str(value) if isinstance(value, str) else value


def queryset_for(file: FixtureFile) -> models.QuerySet:
    """Return all rows of the file's model with what their values need, in a few queries."""
    foreign = [field.name for field in file.fields if isinstance(field, models.ForeignKey)]
    many = [field.name for field in file.fields if isinstance(field, models.ManyToManyField)]
    queryset = file.model._default_manager.order_by(*file.order, "pk")
    if foreign:
        queryset = queryset.select_related(*foreign)
    if file.label == "auth.group":
        many = ["permissions__content_type"]
    return queryset.prefetch_related(*many)


def curated_values(file: FixtureFile, instance: models.Model) -> FixtureValues:
    """Return every curated value of a row."""
    values: FixtureValues = {}
    for field in file.fields:
        if isinstance(field, models.ManyToManyField):
            keys = (natural_key_of(other) for other in getattr(instance, field.name).all())
            values[field.name] = sorted(keys)
        elif isinstance(field, models.ForeignKey):
            other = getattr(instance, field.name)
            values[field.name] = natural_key_of(other) if other else None
        else:
            values[field.name] = yaml_value(getattr(instance, field.name))
    return values


def sourced_rows() -> dict[str, set[int]]:
    """Return the primary keys of the rows that the imported source has, by model."""
    rows = SourceRecord.objects.filter(left_source=None)
    found = {
        f"catalog.{name}": set(rows.exclude(**{name: None}).values_list(name, flat=True))
        for name in ("publication", "edition", "component")
    }
    for model, pk in CuratedValues.objects.values_list("model", "row_id"):
        found[f"catalog.{model}"].add(pk)
    return found


def fields_of_source(instance: models.Model, sourced: dict[str, set[int]]) -> tuple[str, ...]:
    """Return the fields of a curated row that the imported source decides, not a file."""
    if instance.pk not in sourced.get(instance._meta.label_lower, ()):
        return ()
    fields = IMPORTED_FIELDS[type(instance).__name__]
    if isinstance(instance, Publication):
        fields = tuple(name for name in fields if name not in ONLY_OF_NEW_WORKS)
    return fields


def key_in_words(key: Iterable[Any]) -> str:
    """Return a natural key as one text: `itu-t-g.711 / 1988-11`."""
    return " / ".join(map(str, key))


def as_json_values(values: FixtureValues) -> FixtureValues:
    """Return the values in the form in which JSON keeps them (dates as text)."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
