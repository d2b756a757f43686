"""Write the curated content back to fixture files."""

from __future__ import annotations

from pathlib import Path

from django.db import models

from catalog.curation.files import FILES, FixtureFile
from catalog.curation.rows import write_rows
from catalog.curation.values import default_of, queryset_for, values_of


def export_fixtures(directory: Path) -> dict[str, int]:
    """Write every fixture file below `directory`; return the number of rows by file name.

    Values that equal the default are left out, rows stand in a fixed order, and a file whose
    text would not change is not touched, so that a diff shows what editors did and no more.
    """
    directory.mkdir(parents=True, exist_ok=True)
    counts = {}
    for file in FILES:
        rows = [compact_values(file, instance) for instance in queryset_for(file)]
        write_rows(directory / file.name, file.label, rows)
        counts[file.name] = len(rows)
    return counts


def compact_values(file: FixtureFile, instance: models.Model) -> dict[str, object]:
    """Return the values of a row that differ from the defaults, single keys without brackets."""
    values = values_of(file, instance)
    return {
        field.name: values[field.name]
        for field in file.fields
        if values[field.name] != default_of(field)
    }
