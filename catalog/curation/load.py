"""Load the fixture files: repeatable, in one transaction, never over an editor's change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from catalog.curation.change_notes import ChangeNotes
from catalog.curation.files import FILES, FixtureFile
from catalog.curation.gone import Gone
from catalog.curation.plain_relations import drop_plain_relations
from catalog.curation.planning import Planner
from catalog.curation.report import FileReport, FixtureError
from catalog.curation.rows import FixtureProblem, FixtureRow, read_rows
from catalog.curation.taken_in import TakingIn
from catalog.curation.targets import as_key, is_self_link
from catalog.curation.values import (
    FixtureValues,
    as_json_values,
    curated_values,
    default_of,
    key_in_words,
    natural_key_of,
    queryset_for,
    sourced_rows,
)
from catalog.models import EntryRelation, LoadedRow, Publication, Sector
from catalog.models.sources import NEEDS_SOURCE
from catalog.search import index
from catalog.search.documents import SOURCES
from catalog.terms import Actor
from catalog.writing import attachment, sourcing, topics
from catalog.writing.job import Job, whole_catalogue
from catalog.writing.locks import only_job
from catalog.writing.record import Author
from catalog.writing.upkeep import refresh_standing
from catalog.writing.values import kept_links

# Columns that are part of addresses.
IN_ADDRESSES = (
    "key",
    "other_keys",
    "slug",
    "number_slug",
    "code",
    "letters",
    "sector",
    "year",
    "conference",
    "initiative",
)


@dataclass
class Loader:
    """One run over all files; holds what is known so far."""

    directory: Path
    files: Sequence[FixtureFile] = FILES
    planner: Planner = field(default_factory=Planner)
    by: AbstractBaseUser | None = None
    is_first: bool = False
    job: Job | None = None
    notes: ChangeNotes | None = None
    gone: Gone | None = None

    @property
    def problems(self) -> list[FixtureProblem]:
        """Every fault so far."""
        return self.planner.problems

    def run(self) -> dict[str, FileReport]:
        """Load every file; raise FixtureError, with nothing changed, if a row is faulty."""
        author = Author(Actor.LOAD, self.by)
        with only_job(str(Actor.LOAD.label)), whole_catalogue(author) as self.job:
            self.planner.read_memory(sourced_rows())
            self.is_first = not Sector.objects.exists()
            self.notes = ChangeNotes(self.job)
            self.gone = Gone(self.job, self.planner.targets.memory)
            for file in self.files:
                self.load(file)
            reports = self.planner.reports
            if not self.problems:
                self.gone.take_away()
                if any(r.created or r.changed or r.gone for r in reports.values()):
                    self.finish()
            if self.problems:
                raise FixtureError(self.problems)
        return reports

    def load(self, file: FixtureFile) -> None:
        """Load one file; note its problems and go on, so that one run names them all."""
        planner = self.planner
        report = planner.reports[file.name] = FileReport()
        rows = self.rows_of(file)
        if rows is None:
            return
        if file.model is EntryRelation:
            drop_plain_relations(self.job, rows, planner.targets.memory[file.label])
        present = {
            as_key(planner.own_values.natural_key_of(row)): row for row in queryset_for(file)
        }
        before = {key: curated_values(file, row) for key, row in present.items()}
        planner.targets.known[file.label] = present
        TakingIn(self.job, self.notes, planner.targets).run(file, rows, present)
        new, changed, many, remember = [], [], [], []
        for row in rows:
            planned = planner.plan(file, row, before)
            if planned is None:
                continue
            key, wanted, values = planned
            instance = present.get(key) or file.model()
            is_other = key in before and (
                values != before[key] or getattr(instance, "from_source", False)
            )
            if is_other:
                moves = any(values.get(name) != before[key].get(name) for name in IN_ADDRESSES)
                self.notes.before(instance, moves=moves)
            # A row that stands as the file has it was found sound when it was written.
            if is_other or key not in before:
                planner.assign(file, instance, values)
                if not planner.is_valid(file, row, instance):
                    continue
            if instance.pk is None:
                new.append((row, instance))
                present[key] = instance
                report.created += 1
            elif is_other:
                if hasattr(instance, "from_source"):
                    instance.from_source = False
                changed.append((row, instance))
                report.changed += 1
            else:
                report.unchanged += 1
            many.append((instance, values, before.get(key)))
            remember.append((key, wanted))
        self.write(file, new, changed)
        if not self.problems:
            self.save_many(file, many)
            self.remember(file, remember)
            planner.own_values.write(self.job)
            self.gone.look(file, report, {key for key, _wanted in remember}, present, before)

    def rows_of(self, file: FixtureFile) -> list[FixtureRow] | None:
        """Return the rows of all parts of a file; None, and a problem, if one is missing."""
        missing = [name for name in file.parts if not (self.directory / name).is_file()]
        if missing:
            reason = f"is missing in {self.directory}"
            self.problems.extend([FixtureProblem(name, reason) for name in missing])
            return None
        found = []
        for name in file.parts:
            rows, problems = read_rows(self.directory / name)
            found += rows
            self.problems.extend(problems)
        return found

    def write(
        self,
        file: FixtureFile,
        new: list[tuple[FixtureRow, models.Model]],
        changed: list[tuple[FixtureRow, models.Model]],
    ) -> None:
        """Write rows in bulk; where the database refuses, find the row that it refuses."""
        columns = [
            column.name for column in file.fields if not isinstance(column, models.ManyToManyField)
        ]
        if hasattr(file.model, "from_source"):
            columns.append("from_source")
        try:
            with transaction.atomic():
                self.job.create([row for _, row in new])
                self.job.update([row for _, row in changed], columns)
        except IntegrityError:
            for row, instance in [*new, *changed]:
                try:
                    with transaction.atomic():
                        self.job.save(instance)
                except IntegrityError as error:
                    self.problems.append(row.problem(_refusal(instance, error), str(instance)))
        if not self.is_first and not self.problems:
            for _row, instance in new:
                self.notes.added(instance)

    def save_many(self, file: FixtureFile, many: list[tuple]) -> None:
        """Write many-to-many columns and links between rows of one file, where they changed."""
        links = [column for column in file.fields if is_self_link(column)]
        for column in [*links, *kept_links(file.model)]:
            fresh: list[models.Model] = []
            for instance, values, before in many:
                wanted = values[column.name]
                if wanted == (before[column.name] if before else default_of(column)):
                    continue
                keys = [wanted] if column in links and wanted else wanted or []
                targets = [self.planner.targets.resolve(column, key)[1] for key in keys]
                if None in targets:
                    row = self.planner.places[file.label, as_key(natural_key_of(instance))]
                    missing = key_in_words(as_key(keys[targets.index(None)]))
                    reason = f"{column.name}: no row ‘{missing}’ in this file"
                    self.problems.append(row.problem(reason, str(instance)))
                elif column in links:
                    setattr(instance, column.name, next(iter(targets), None))
                    self.job.save(instance, update_fields=[column.name])
                elif before:
                    self.job.link(instance, column.name, targets)
                else:
                    fresh.extend(_through_rows(column, instance, targets))
            if fresh:
                self.job.create(fresh)

    def remember(self, file: FixtureFile, rows: list[tuple[tuple, FixtureValues]]) -> None:
        """Keep what the file said, so that a later run can tell an editor's change from it."""
        fresh, stale = [], []
        for key, wanted in rows:
            values = as_json_values(wanted)
            remembered = self.planner.targets.memory[file.label].get(key_in_words(key))
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
        """Work out what follows from the loaded rows; note a key that two entries have."""
        refresh_standing(Publication.objects.all())
        attachment.attach()
        topics.assign()
        self.notes.finish()
        try:
            index.rebuild()
        except index.KeyTaken as error:
            self.problems.append(FixtureProblem("fixtures", str(error)))
            return
        self._refuse_unsupported()

    def _refuse_unsupported(self) -> None:
        """Note entries that are called checked though no source that can be looked up says so."""
        for key in sourcing.all_unsupported():
            rows = (self.planner.places.get((model._meta.label_lower, (key,))) for model in SOURCES)
            row = next(filter(None, rows), None)
            reason = f"verification: {NEEDS_SOURCE}"
            self.problems.append(
                row.problem(reason, key)
                if row
                else FixtureProblem("source_uses.yaml", f"{key}: {reason}")
            )


def load_fixtures(
    directory: Path, only: Collection[str] = (), by: AbstractBaseUser | None = None
) -> dict[str, FileReport]:
    """Load the fixture files of a directory in one transaction; return a report by file name.

    `only` narrows the run to some files by name; that of a part stands for all parts of its file.
    A field that an editor changed since the last loading is kept and reported. Raises
    FixtureError, and changes nothing, if any file or row is faulty; CatalogueBusy if an import or
    another loading is at work.
    """
    named = set(only)
    files = [file for file in FILES if not only or named & {file.name, *file.parts}]
    return Loader(directory, files, by=by).run()


def _through_rows(
    column: models.ManyToManyField, instance: models.Model, targets: list[models.Model]
) -> list[models.Model]:
    """Return the unsaved rows that link a new instance with its targets."""
    through = column.remote_field.through
    source, target = column.m2m_field_name(), column.m2m_reverse_field_name()
    return [through(**{source: instance, target: other}) for other in targets]


def _refusal(instance: models.Model, error: IntegrityError) -> str:
    """Return the words of the constraint that refused a row, else the database's own."""
    try:
        instance.validate_unique()
        instance.validate_constraints()
    except ValidationError as refused:
        return " ".join(refused.messages)
    return f"the database refuses the row: {' '.join(str(error).split())}"
