"""A snapshot into the database: collect, group, plan, and write in one short transaction."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError, transaction
from django.utils import timezone

from catalog.dataset.archive import FileProblem, Snapshot, SnapshotError, open_snapshot
from catalog.dataset.catalogue import build
from catalog.dataset.collect import Collection, collect
from catalog.importer.age import check_age
from catalog.importer.json_report import (
    ReportData,
    conflicts_with_source,
    repeated,
    report_of,
    warnings_of,
)
from catalog.importer.plan import Plan
from catalog.importer.present import Present, read_present
from catalog.importer.reported_changes import save_changes
from catalog.importer.save import RowsRefused, Saver
from catalog.importer.steps import Task, make_plan
from catalog.importer.structure import read_structure
from catalog.importer.wanted import Refusal
from catalog.models import ImportRun
from catalog.search.index import KeyTaken
from catalog.terms import Actor
from catalog.writing import locks
from catalog.writing.job import Job, whole_catalogue
from catalog.writing.record import Author, catalogue_version

# Raised whenever the same snapshot makes other works than before.
RULES = 2
# So many rejected files are kept in the record of an import.
KEPT_REJECTIONS = 500
# A snapshot that lacks so many of the records that are known is rather a part of one.
MANY_MISSING = 1_000
# So often a plan is made anew, while others write, before everybody has to wait for it.
PLANS = 3
# So often works are looked for that the database refuses.
SEARCHES = 5

StepProgress = Callable[[str, int, int], None]


class SnapshotIncomplete(SnapshotError):
    """Most records that are known are missing; importing would mark them all as gone."""


class Unwritable(SnapshotError):
    """The database refuses rows, and no work can be found whose absence would help."""


@dataclass
class Result:
    """What became of an import; `run` is None after a dry run."""

    run: ImportRun | None
    report: ReportData
    rejected: list[FileProblem] = field(default_factory=list)
    changed: bool = False

    @property
    def warnings(self) -> int:
        """The number of files and works left out, unknown words and conflicts with corrections."""
        return warnings_of(self.report)


@dataclass
class Options:
    """How an import is made."""

    by: AbstractBaseUser | None = None
    date: datetime.date | None = None
    dry_run: bool = False
    even_if_unchanged: bool = False
    allow_removals: bool = False
    allow_older: bool = False
    progress: StepProgress | None = None


def import_snapshot(path: Path, options: Options | None = None) -> Result:
    """Bring works, editions and components to the state of a snapshot (a zip or a folder).

    Raises SnapshotError, and changes nothing, if nothing can be imported;
    MissingContent if the curated content is not loaded; CatalogueBusy if somebody else imports or
    loads just now. A snapshot with the same files as the last one changes nothing.
    """
    options = options or Options()
    by = f" by {options.by}" if options.by else ""
    alone = locks.only_job(f"Import of {path.name}{by}")
    with _garbage_left_alone(), nullcontext() if options.dry_run else alone:
        return _import(path, options)


def _import(path: Path, options: Options) -> Result:
    started = timezone.now()
    snapshot = open_snapshot(path)
    last = ImportRun.objects.latest_data()
    if last is not None and not options.even_if_unchanged and _is_same(last, snapshot):
        return _repeat(last, snapshot, started, options)
    structure = read_structure()
    collection = _collect(snapshot, options)
    _show_progress(options, "works", 0, 0)
    catalogue = build(collection.records)
    if options.date and snapshot.dating:
        snapshot.dating = replace(snapshot.dating, stated=options.date)
    day = options.date or snapshot.date or timezone.localdate()
    unread = {Path(problem.file).name for problem in collection.problems}
    refused = [
        Refusal(row.label, tuple(r.source_identifier for r in row.records), row.reason)
        for row in getattr(catalogue, "refused", ())
    ]
    task = Task(catalogue, structure, day, unread, refused, snapshot.dating)
    author = Author(Actor.IMPORT, options.by, reason=f"Import of {snapshot.path.name}")
    for attempt in range(1, PLANS + 1):
        version, present = _read()
        plan = _plan(task, present, options, last)
        if options.dry_run:
            report = report_of(snapshot, task, collection, plan, RULES)
            report["conflicts"] = conflicts_with_source()
            return Result(None, report, collection.problems, not plan.is_empty)
        _show_progress(options, "database", 0, 0)
        with whole_catalogue(author) as job:
            if catalogue_version() != version:
                # Somebody wrote meanwhile; what is planned would undo it.
                if attempt < PLANS:
                    continue
                plan = _plan(task, read_present(), options, last)
            plan = _save(plan, job, task, options, last)
            report = report_of(snapshot, task, collection, plan, RULES)
            report["conflicts"] = conflicts_with_source()
            run = _record(snapshot, report, started, day, not plan.is_empty, options)
            save_changes(run, plan.reported, is_first=last is None)
            job.finish(run)
            return Result(run, report, collection.problems, not plan.is_empty)
    raise AssertionError("the last attempt returns")


def _read() -> tuple[int, Present]:
    """Return the version of the catalogue with all its rows, none of them of another version."""
    while True:
        version = catalogue_version()
        try:
            present = read_present()
        except KeyError:
            # A row came between two queries; of one version this cannot happen.
            if catalogue_version() == version:
                raise
            continue
        if catalogue_version() == version:
            return version, present


def _plan(task: Task, present: Present, options: Options, last: ImportRun | None) -> Plan:
    """Plan; raises SnapshotIncomplete or SnapshotOlder if the snapshot takes too much away."""
    known = {row.identifier for row in present.records.values() if row.left_source is None}
    missing = len(known - {record.source_identifier for record in task.catalogue.records})
    if missing > MANY_MISSING and missing * 2 > len(known) and not options.allow_removals:
        raise SnapshotIncomplete(
            f"{missing:,} of {len(known):,} known records are missing in this snapshot. "
            "If that is meant, import it with --allow-removals."
        )
    plan = make_plan(task, present)
    if last is not None and not options.allow_older and not options.dry_run:
        check_age(task.dating, task.day, last, plan)
    return plan


def _save(plan: Plan, job: Job, task: Task, options: Options, last: ImportRun | None) -> Plan:
    """Write a plan; return the one that was written, without what the database refuses."""
    if plan.is_empty:
        return plan
    try:
        with transaction.atomic():
            Saver(plan, job).run()
        return plan
    except (DatabaseError, ValueError, KeyTaken) as error:
        if locks.is_passing(error):
            raise
        problem = error
    for _search in range(SEARCHES):
        job.start_over()
        plan = _plan(task, read_present(), options, last)
        try:
            with transaction.atomic():
                Saver(plan, job, searching=True).run()
            return plan
        except RowsRefused as refused:
            found = [plan.refusal_of(work, reason) for work, reason in refused.works]
            if not all(found):
                break
            task.refused += found
        except (DatabaseError, ValueError, KeyTaken) as error:
            problem = error
            break
    raise Unwritable(f"The database refuses what was to be written: {problem}") from problem


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Pause the collector of circular garbage: there is none, and it would look for it for long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _is_same(last: ImportRun, snapshot: Snapshot) -> bool:
    return last.contents == snapshot.contents and last.report.get("rules") == RULES


def _collect(snapshot: Snapshot, options: Options) -> Collection:
    collection = collect(
        snapshot, lambda done, total: _show_progress(options, "records", done, total)
    )
    if not collection.records:
        reasons = "; ".join(f"{p.file}: {p.reason}" for p in collection.problems[:5])
        raise SnapshotError(f"{snapshot.path.name}: none of its files is a record ({reasons})")
    return collection


def _record(
    snapshot: Snapshot,
    report: ReportData,
    started: datetime.datetime,
    day: datetime.date,
    changed: bool,
    options: Options,
) -> ImportRun:
    kept = {**report, "rejected": report["rejected"][:KEPT_REJECTIONS]}
    return ImportRun.objects.create(
        started=started,
        finished=timezone.now(),
        by=options.by,
        source=snapshot.path.name[:200],
        checksum=snapshot.checksum,
        contents=snapshot.contents,
        snapshot_date=day,
        changed=changed,
        warnings=warnings_of(report),
        counts=report["counts"],
        report=kept,
    )


def _repeat(
    last: ImportRun, snapshot: Snapshot, started: datetime.datetime, options: Options
) -> Result:
    """Keep a record of an import of files that are all known: nothing is to be done."""
    report = repeated(last.report, snapshot)
    report["conflicts"] = conflicts_with_source()
    rejected = [FileProblem(row["file"], row["reason"]) for row in report["rejected"]]
    if options.dry_run:
        return Result(None, report, rejected)
    run = _record(snapshot, report, started, last.snapshot_date, False, options)
    return Result(run, report, rejected)


def _show_progress(options: Options, step: str, done: int, total: int) -> None:
    if options.progress:
        options.progress(step, done, total)
