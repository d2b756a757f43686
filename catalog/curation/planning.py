"""From a row of a fixture file to the values to store: what is faulty, what an editor has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from catalog.curation.entry_keys import EntryKeys
from catalog.curation.files import FixtureFile
from catalog.curation.own_values import OwnValues
from catalog.curation.report import FileReport
from catalog.curation.rows import FixtureProblem, FixtureRow
from catalog.curation.targets import DeletedTarget, Targets, as_key, is_self_link
from catalog.curation.values import (
    FixtureValues,
    as_json_values,
    default_of,
    fields_of_source,
    key_in_words,
    natural_key_of,
)
from catalog.models import LoadedRow


@dataclass
class Planner:
    """Reads the rows of all files; holds what is known so far, and every fault."""

    problems: list[FixtureProblem] = field(default_factory=list)
    reports: dict[str, FileReport] = field(default_factory=dict)
    targets: Targets = field(default_factory=Targets)
    places: dict[tuple[str, tuple], FixtureRow] = field(default_factory=dict)
    sourced: dict[str, set[int]] = field(default_factory=dict)
    own_values: OwnValues | None = None
    entry_keys: EntryKeys | None = None

    def read_memory(self, sourced: dict[str, set[int]]) -> None:
        """Read what earlier loadings remember; `sourced` are the rows that an import has."""
        for remembered in LoadedRow.objects.all():
            self.targets.memory[remembered.model][remembered.natural_key] = remembered
        self.sourced, self.own_values = sourced, OwnValues()
        self.entry_keys = EntryKeys(self.targets.memory)

    def plan(
        self, file: FixtureFile, row: FixtureRow, before: dict[tuple, FixtureValues]
    ) -> tuple[tuple, FixtureValues, FixtureValues] | None:
        """Return natural key, the file's values and those to store; None if there is a fault."""
        if row.model != file.label:
            self.problems.append(row.problem(f"the model must be {file.label}, not {row.model}"))
            return None
        wanted = self.read_values(file, row)
        if wanted is None:
            return None
        key = self.key_of(file, wanted)
        if first := self.places.get((file.label, key)):
            where = "" if first.file == row.file else f"{first.file}, "
            reason = f"the key stands in {where}row {first.number} too"
            self.problems.append(row.problem(reason, key_in_words(key)))
            return None
        self.places[file.label, key] = row
        remembered = self.targets.memory[file.label].get(key_in_words(key))
        if key not in before:
            if remembered:
                self.reports[file.name].kept.append(f"{key_in_words(key)}: deleted by an editor")
                return None
            return key, wanted, wanted
        values = dict(before[key])
        base = remembered.values if remembered else {}
        now, said = as_json_values(before[key]), as_json_values(wanted)
        fields = {column.name: column for column in file.fields}
        instance = self.targets.known[file.label][key]
        of_source = fields_of_source(instance, self.sourced)
        for name in wanted:
            if name in of_source and (not remembered or base.get(name) != said[name]):
                self.keep_own_value(file, instance, name, wanted[name], is_new=not remembered)
            if said[name] == now[name] or name in of_source:
                continue
            is_new_here = not remembered and getattr(instance, "from_source", False)
            # A column that is newer than the last loading had its default then.
            loaded = base.get(name, default_of(fields[name])) if remembered else None
            if is_new_here or (remembered and loaded == now[name]):
                values[name] = wanted[name]
            else:
                self.reports[file.name].kept.append(f"{key_in_words(key)}: {name}")
        return key, wanted, values

    def keep_own_value(
        self, file: FixtureFile, row: models.Model, name: str, value: Any, *, is_new: bool
    ) -> None:
        """Keep what the file says in a field in which an import has the say."""
        column = next(column for column in file.fields if column.name == name)
        if isinstance(column, models.ForeignKey) and value is not None:
            value = self.targets.resolve(column, value)[1]
        self.own_values.learn(row, column, value, is_new=is_new)

    def read_values(self, file: FixtureFile, row: FixtureRow) -> FixtureValues | None:
        """Return the row's value for every curated field; None, with problems noted, if faulty."""
        fields = {column.name: column for column in file.fields}
        faults = [
            row.problem(f"unknown field ‘{name}’") for name in row.fields if name not in fields
        ]
        values: FixtureValues = {}
        for name, column in fields.items():
            value = row.fields.get(name, default_of(column))
            try:
                values[name] = self.targets.value(column, value)
                self.entry_keys.check(file, name, values[name])
            except DeletedTarget as error:
                self.reports[file.name].kept.append(f"row {row.number}: {error}")
                return None
            except (ValidationError, LookupError, TypeError, ArithmeticError) as error:
                reason = " ".join(getattr(error, "messages", [str(error)]))
                faults.append(row.problem(f"{name}: {reason}", str(row.fields.get("key", ""))))
        self.problems += faults
        return None if faults else values

    def key_of(self, file: FixtureFile, values: FixtureValues) -> tuple:
        """Return the natural key that a row with these values has."""
        return as_key(natural_key_of(self.assign(file, file.model(), values)))

    def assign(
        self, file: FixtureFile, instance: models.Model, values: FixtureValues
    ) -> models.Model:
        """Set the columns of an instance; links to other rows of its file are saved later."""
        for column in file.fields:
            value = values[column.name]
            if isinstance(column, models.ManyToManyField) or is_self_link(column):
                continue
            if isinstance(column, models.ForeignKey) and value is not None:
                value = self.targets.resolve(column, value)[1]
            setattr(instance, column.name, value)
        return instance

    def is_valid(self, file: FixtureFile, row: FixtureRow, instance: models.Model) -> bool:
        """Apply the rules of the model; note what is wrong."""
        foreign = {column.name for column in file.fields if isinstance(column, models.ForeignKey)}
        try:
            instance.clean_fields(exclude=foreign)
            instance.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                reason = " ".join(messages)
                where = "" if name == "__all__" else f"{name}: "
                self.problems.append(row.problem(f"{where}{reason}", str(instance)))
            return False
        return True
