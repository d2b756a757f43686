"""The rows that a fixture file names in its links, and the values of its columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from catalog.curation.values import key_in_words
from catalog.models import LoadedRow


class DeletedTarget(LookupError):
    """A row refers to another that an editor deleted."""


@dataclass
class Targets:
    """What links may lead to: the rows of the files read so far, and what earlier runs loaded.

    `known` has the rows by model label and natural key, `memory` what an earlier run remembers of
    each row, by model label and natural key in words.
    """

    known: dict[str, dict[tuple, models.Model]] = field(default_factory=dict)
    memory: dict[str, dict[str, LoadedRow]] = field(default_factory=lambda: defaultdict(dict))

    def value(self, column: models.Field, value: Any) -> Any:
        """Return a value as the database has it; raise where it does not fit the column."""
        if isinstance(column, models.ManyToManyField):
            if not isinstance(value, list):
                raise TypeError("must be a list of keys")
            return sorted(self.all_of(column, value))
        if isinstance(column, models.ForeignKey):
            return self.resolve(column, value)[0] if value is not None else None
        if value is None and not column.null:
            raise TypeError("must not be empty")
        return column.to_python(value)

    def all_of(self, column: models.Field, keys: list) -> Iterator[list]:
        """Yield the natural keys of the rows that exist; what an editor deleted is left out."""
        for key in keys:
            try:
                yield self.resolve(column, key)[0]
            except DeletedTarget:
                continue

    def resolve(self, column: models.Field, key: Any) -> tuple[list, models.Model]:
        """Return the natural key and the row it names.

        Raises DeletedTarget if an editor deleted that row, LookupError if there never was one.
        """
        target = column.related_model._meta
        natural = key if isinstance(key, list) else [key]
        rows = self.known.get(target.label_lower)
        if rows is None:
            try:
                return natural, column.related_model._default_manager.get_by_natural_key(*natural)
            except (column.related_model.DoesNotExist, TypeError, ValueError):
                rows = {}
        if column.related_model is column.model:
            return natural, rows.get(as_key(natural))
        if as_key(natural) not in rows:
            words = key_in_words(as_key(natural))
            if words in self.memory[target.label_lower]:
                raise DeletedTarget(f"{words} was deleted by an editor")
            raise LookupError(f"there is no {target.verbose_name} ‘{words}’")
        return natural, rows[as_key(natural)]


def is_self_link(column: models.Field) -> bool:
    """Return whether the column points to a row of its own model."""
    return isinstance(column, models.ForeignKey) and column.related_model is column.model


def as_key(natural: list) -> tuple:
    """Return a natural key as it stands in dictionaries."""
    return tuple(tuple(part) if isinstance(part, list) else part for part in natural)
