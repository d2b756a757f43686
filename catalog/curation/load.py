"""Load the fixture files: repeatable, in one transaction, never over an editor's change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from catalog import standing
from catalog.curation.files import FILES, FixtureFile
from catalog.curation.rows import Problem, Row, read_rows
from catalog.curation.values import (
    Values,
    default_of,
    fields_of_source,
    key_in_words,
    natural_key_of,
    queryset_for,
    sourced_rows,
    to_json,
    values_of,
)
from catalog.models import EntryKey, LoadedRow, Publication
from catalog.search import index
from catalog.search.documents import SOURCES


class DeletedTarget(LookupError):
    """A row refers to another that an editor deleted."""


class FixtureError(Exception):
    """Nothing was loaded; `problems` names file, row and reason of each fault."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass
class FileReport:
    """What loading one file did."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


@dataclass
class Loader:
    """One run over all files; holds what is known so far."""

    directory: Path
    files: Sequence[FixtureFile] = FILES
    problems: list[Problem] = field(default_factory=list)
    reports: dict[str, FileReport] = field(default_factory=dict)
    known: dict[str, dict[tuple, models.Model]] = field(default_factory=dict)
    places: dict[tuple[str, tuple], Row] = field(default_factory=dict)
    memory: dict[str, dict[str, LoadedRow]] = field(default_factory=lambda: defaultdict(dict))
    sourced: dict[str, set[int]] = field(default_factory=dict)

    def run(self) -> dict[str, FileReport]:
        """Load every file; raise FixtureError, with nothing changed, if a row is faulty."""
        for remembered in LoadedRow.objects.all():
            self.memory[remembered.model][remembered.natural_key] = remembered
        self.sourced = sourced_rows()
        with transaction.atomic():
            for file in self.files:
                self.load(file)
            if not self.problems and any(r.created or r.changed for r in self.reports.values()):
                self.finish()
            if self.problems:
                raise FixtureError(self.problems)
        return self.reports

    def load(self, file: FixtureFile) -> None:
        """Load one file; note its problems and go on, so that one run names them all."""
        report = self.reports[file.name] = FileReport()
        present = {_key(natural_key_of(row)): row for row in queryset_for(file)}
        before = {key: values_of(file, row) for key, row in present.items()}
        self.known[file.label] = present
        path = self.directory / file.name
        if not path.is_file():
            self.problems.append(Problem(file.name, f"is missing in {self.directory}"))
            return
        rows, problems = read_rows(path)
        self.problems += problems
        new, changed, many, remember = [], [], [], []
        for row in rows:
            planned = self.plan(file, row, before)
            if planned is None:
                continue
            key, wanted, values = planned
            instance = present.get(key) or file.model()
            self.assign(file, instance, values)
            if not self.is_valid(file, row, instance):
                continue
            if instance.pk is None:
                new.append((row, instance))
                present[key] = instance
                report.created += 1
            elif values != before[key] or getattr(instance, "from_source", False):
                if hasattr(instance, "from_source"):
                    instance.from_source = False
                changed.append((row, instance))
                report.changed += 1
            else:
                report.unchanged += 1
            many.append((instance, values, before.get(key)))
            remember.append((key, wanted))
        self.save(file, new, changed)
        if not self.problems:
            self.save_many(file, many)
            self.remember(file, remember)

    def plan(
        self, file: FixtureFile, row: Row, before: dict[tuple, Values]
    ) -> tuple[tuple, Values, Values] | None:
        """Return natural key, the file's values and those to store; None if there is a fault."""
        if row.model != file.label:
            self.problems.append(row.problem(f"the model must be {file.label}, not {row.model}"))
            return None
        wanted = self.read_values(file, row)
        if wanted is None:
            return None
        key = self.key_of(file, wanted)
        if first := self.places.get((file.label, key)):
            self.problems.append(
                row.problem(f"the key stands in row {first.number} too", key_in_words(key))
            )
            return None
        self.places[file.label, key] = row
        remembered = self.memory[file.label].get(key_in_words(key))
        if key not in before:
            if remembered:
                self.reports[file.name].kept.append(f"{key_in_words(key)}: deleted by an editor")
                return None
            return key, wanted, wanted
        values = dict(before[key])
        base = remembered.values if remembered else {}
        now, asked = to_json(before[key]), to_json(wanted)
        instance = self.known[file.label][key]
        told_by_source = fields_of_source(instance, self.sourced)
        for name in wanted:
            if asked[name] == now[name] or name in told_by_source:
                continue
            is_new_here = not remembered and getattr(instance, "from_source", False)
            if is_new_here or (name in base and base[name] == now[name]):
                values[name] = wanted[name]
            else:
                self.reports[file.name].kept.append(f"{key_in_words(key)}: {name}")
        return key, wanted, values

    def read_values(self, file: FixtureFile, row: Row) -> Values | None:
        """Return the row's value for every curated field; None, with problems noted, if faulty."""
        fields = {column.name: column for column in file.fields}
        faults = [
            row.problem(f"unknown field ‘{name}’") for name in row.fields if name not in fields
        ]
        values: Values = {}
        for name, column in fields.items():
            value = row.fields.get(name, default_of(column))
            try:
                values[name] = self.read_value(column, value)
            except DeletedTarget as error:
                self.reports[file.name].kept.append(f"row {row.number}: {error}")
                return None
            except (ValidationError, LookupError, TypeError) as error:
                reason = " ".join(getattr(error, "messages", [str(error)]))
                faults.append(row.problem(f"{name}: {reason}", str(row.fields.get("key", ""))))
        self.problems += faults
        return None if faults else values

    def read_value(self, column: models.Field, value: Any) -> Any:
        """Return a value as the database has it; raise where it does not fit the column."""
        if isinstance(column, models.ManyToManyField):
            if not isinstance(value, list):
                raise TypeError("must be a list of keys")
            return sorted(self.targets_of(column, value))
        if isinstance(column, models.ForeignKey):
            return self.resolve(column, value)[0] if value is not None else None
        if value is None and not column.null:
            raise TypeError("must not be empty")
        return column.to_python(value)

    def targets_of(self, column: models.Field, keys: list) -> Iterator[list]:
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
            return natural, rows.get(_key(natural))
        if _key(natural) not in rows:
            words = key_in_words(_key(natural))
            if words in self.memory[target.label_lower]:
                raise DeletedTarget(f"{words} was deleted by an editor")
            raise LookupError(f"there is no {target.verbose_name} ‘{words}’")
        return natural, rows[_key(natural)]

    def key_of(self, file: FixtureFile, values: Values) -> tuple:
        """Return the natural key that a row with these values has."""
        return _key(natural_key_of(self.assign(file, file.model(), values)))

    def assign(self, file: FixtureFile, instance: models.Model, values: Values) -> models.Model:
        """Set the columns of an instance; links to other rows of its file are saved later."""
        for column in file.fields:
            value = values[column.name]
            if isinstance(column, models.ManyToManyField) or is_self_link(column):
                continue
            if isinstance(column, models.ForeignKey) and value is not None:
                value = self.resolve(column, value)[1]
            setattr(instance, column.name, value)
        return instance

    def is_valid(self, file: FixtureFile, row: Row, instance: models.Model) -> bool:
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

    def save(
        self,
        file: FixtureFile,
        new: list[tuple[Row, models.Model]],
        changed: list[tuple[Row, models.Model]],
    ) -> None:
        """Write rows in bulk; where the database refuses, find the row that it refuses."""
        columns = [
            column.name for column in file.fields if not isinstance(column, models.ManyToManyField)
        ]
        if hasattr(file.model, "from_source"):
            columns.append("from_source")
        manager = file.model._default_manager
        try:
            with transaction.atomic():
                manager.bulk_create([row for _, row in new], batch_size=500)
                manager.bulk_update([row for _, row in changed], columns, batch_size=200)
        except IntegrityError:
            for row, instance in [*new, *changed]:
                try:
                    with transaction.atomic():
                        instance.save()
                except IntegrityError as error:
                    self.problems.append(row.problem(_refusal(instance, error), str(instance)))

    def save_many(self, file: FixtureFile, many: list[tuple]) -> None:
        """Write many-to-many columns and links between rows of one file, where they changed."""
        links = [column for column in file.fields if is_self_link(column)]
        for column in [*links, *file.model._meta.many_to_many]:
            fresh: list[models.Model] = []
            for instance, values, before in many:
                wanted = values[column.name]
                if wanted == (before[column.name] if before else default_of(column)):
                    continue
                keys = [wanted] if column in links and wanted else wanted or []
                targets = [self.resolve(column, key)[1] for key in keys]
                if None in targets:
                    row = self.places[file.label, _key(natural_key_of(instance))]
                    missing = key_in_words(_key(keys[targets.index(None)]))
                    reason = f"{column.name}: no row ‘{missing}’ in this file"
                    self.problems.append(row.problem(reason, str(instance)))
                elif column in links:
                    setattr(instance, column.name, next(iter(targets), None))
                    instance.save(update_fields=[column.name])
                elif before:
                    getattr(instance, column.name).set(targets)
                else:
                    fresh.extend(_through_rows(column, instance, targets))
            if fresh:
                type(fresh[0]).objects.bulk_create(fresh, batch_size=500)

    def remember(self, file: FixtureFile, rows: list[tuple[tuple, Values]]) -> None:
        """Keep what the file said, so that a later run can tell an editor's change from it."""
        fresh, stale = [], []
        for key, wanted in rows:
            values = to_json(wanted)
            remembered = self.memory[file.label].get(key_in_words(key))
            if remembered is None:
                fresh.append(
                    LoadedRow(model=file.label, natural_key=key_in_words(key), values=values)
                )
            elif remembered.values != values:
                remembered.values = values
                stale.append(remembered)
        LoadedRow.objects.bulk_create(fresh, batch_size=500)
        LoadedRow.objects.bulk_update(stale, ["values"], batch_size=200)

    def finish(self) -> None:
        """Work out what follows from the loaded rows and check what spans several files."""
        standing.refresh(Publication.objects.all())
        try:
            index.rebuild()
        except index.KeyTaken as error:
            self.problems.append(Problem("fixtures", str(error)))
            return
        keys = set(EntryKey.objects.values_list("key", flat=True)) | {
            key for model in SOURCES for key in self.memory[model._meta.label_lower]
        }
        for model in SOURCES:
            for (key,), entry in self.known.get(model._meta.label_lower, {}).items():
                row = self.places.get((model._meta.label_lower, (key,)))
                for other in entry.related_key_list:
                    if other not in keys and row:
                        reason = f"related_keys: no entry has the key ‘{other}’"
                        self.problems.append(row.problem(reason, key))


def load_fixtures(directory: Path, only: Collection[str] = ()) -> dict[str, FileReport]:
    """Load the fixture files of a directory in one transaction; return a report by file name.

    `only` narrows the run to some files by name. A field that an editor changed since the last
    loading is kept and reported. Raises FixtureError, and changes nothing, if any file or row
    is faulty.
    """
    return Loader(directory, [file for file in FILES if not only or file.name in only]).run()


def _through_rows(
    column: models.ManyToManyField, instance: models.Model, targets: list[models.Model]
) -> list[models.Model]:
    """Return the unsaved rows that link a new instance with its targets."""
    through = column.remote_field.through
    source, target = column.m2m_field_name(), column.m2m_reverse_field_name()
    return [through(**{source: instance, target: other}) for other in targets]


def is_self_link(column: models.Field) -> bool:
    """Return whether the column points to a row of its own model."""
    return isinstance(column, models.ForeignKey) and column.related_model is column.model


def _key(natural: list) -> tuple:
    return tuple(tuple(part) if isinstance(part, list) else part for part in natural)


def _refusal(instance: models.Model, error: IntegrityError) -> str:
    """Return the words of the constraint that refused a row, else the database's own."""
    try:
        instance.validate_unique()
        instance.validate_constraints()
    except ValidationError as refused:
        return " ".join(refused.messages)
    return f"the database refuses the row: {' '.join(str(error).split())}"
