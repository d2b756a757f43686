"""Write the curated content back to fixture files."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path

from django.db import models

from catalog.curation.files import FILES, FixtureFile
from catalog.curation.own_values import OwnValues
from catalog.curation.rows import write_rows
from catalog.curation.values import (
    FixtureValues,
    curated_values,
    default_of,
    fields_of_source,
    key_in_words,
    queryset_for,
    sourced_rows,
)
from catalog.models import LoadedRow


def export_fixtures(directory: Path) -> dict[str, int]:
    """Write every fixture file below `directory`; return the number of rows by file name.

    Values that equal the default are left out, rows stand in a fixed order, and a file whose
    text would not change is not touched, so that a diff shows what editors did and no more.
    What comes from an imported source is not exported: rows that are its own are left out, and its
    fields of curated rows stand as they were loaded.
    """
    directory.mkdir(parents=True, exist_ok=True)
    counts = {}
    sourced, own_values = sourced_rows(), OwnValues()
    memory = {
        (row.model, row.natural_key): row.values
        for row in LoadedRow.objects.filter(model__in=sourced)
    }
    for file in FILES:
        instances = queryset_for(file)
        if hasattr(file.model, "from_source"):
            instances = instances.filter(from_source=False)
        rows = []
        for instance in instances:
            loaded = memory.get((file.label, key_in_words(own_values.natural_key_of(instance))), {})
            rows.append(compact_values(file, instance, fields_of_source(instance, sourced), loaded))
        if file.order[0] == "publication__key" or file.is_sorted_by_text:
            # By what is written: an import may have given other places to curated rows, and
            # databases sort capitals and signs each in their own way.
            rows.sort(key=lambda values, file=file: _place(file, values))
        for name, part in zip(file.parts, _cut(file, rows), strict=True):
            write_rows(directory / name, file.label, part)
        counts[file.name] = len(rows)
    return counts


def compact_values(
    file: FixtureFile, instance: models.Model, of_source: tuple[str, ...], loaded: FixtureValues
) -> dict[str, object]:
    """Return the values of a row that differ from the defaults.

    Fields in `of_source` have the value that was `loaded`.
    """
    values = curated_values(file, instance)
    for column in file.fields:
        if column.name in of_source and column.name in loaded:
            values[column.name] = _value(column, loaded[column.name])
    return {
        field.name: values[field.name]
        for field in file.fields
        if values[field.name] != default_of(field)
    }


def _cut(file: FixtureFile, rows: list[dict[str, object]]) -> list[list[dict[str, object]]]:
    """Return the rows of a file part by part."""
    parts: list[list[dict[str, object]]] = [[] for _name in file.parts]
    for values in rows:
        first = str(_place(file, values)[0])
        parts[bisect_right(file.cuts, first)].append(values)
    return parts


def _place(file: FixtureFile, values: dict[str, object]) -> tuple:
    """Return what orders a row of a work in its file: key of the work, position, address part."""
    columns = {column.name: column for column in file.fields}
    names = (name.partition("__")[0] for name in file.order)
    found = (values.get(name, default_of(columns[name])) for name in names)
    return tuple(value[0] if isinstance(value, list) else value for value in found)


def _value(column: models.Field, remembered: object) -> object:
    """Return a value that was kept as JSON as the column has it."""
    return column.to_python(remembered) if isinstance(column, models.DateField) else remembered
