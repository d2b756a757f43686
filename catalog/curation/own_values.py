"""What curated rows say by themselves where an import has the say: files bring it up to date."""

from __future__ import annotations

from typing import Any

from django.db import models

from catalog.curation.values import natural_key_of
from catalog.models import CuratedValues
from catalog.writing.job import Job
from catalog.writing.values import to_json


class OwnValues:
    """What curated rows say by themselves where imports wrote, and what files change in it."""

    def __init__(self) -> None:
        self.rows = {(row.model, row.row_id): row for row in CuratedValues.objects.all()}
        self.changed: dict[int, CuratedValues] = {}

    def natural_key_of(self, row: models.Model) -> list:
        """Return what stands for a row in the files, whatever address an import gave it."""
        key = natural_key_of(row)
        kept = self._kept_of(row)
        if kept is not None and row._meta.model_name in ("edition", "component"):
            key[-1] = kept.values["slug"]
        return key

    def learn(
        self, row: models.Model, column: models.Field, value: Any, *, is_new: bool = False
    ) -> None:
        """Note what a file says now in a column in which an import has the say.

        `is_new` if the file takes in a row that an import made.
        """
        kept = self._kept_of(row)
        if kept is None and is_new:
            kept = CuratedValues(model=row._meta.model_name, row_id=row.pk)
            self.rows[kept.model, kept.row_id] = kept
        if kept is None:
            return
        said = to_json(column, value)
        if column.name not in kept.values or kept.values[column.name] != said:
            kept.values[column.name] = said
            self.changed[id(kept)] = kept

    def write(self, job: Job) -> None:
        """Store the values noted by `learn`."""
        job.insert([row for row in self.changed.values() if row.pk is None])
        job.update([row for row in self.changed.values() if row.pk is not None], ["values"])
        self.changed.clear()

    def _kept_of(self, row: models.Model) -> CuratedValues | None:
        return self.rows.get((row._meta.model_name, row.pk))
