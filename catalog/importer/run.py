"""A snapshot into the database: collect, group, compare, write, in one transaction."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from catalog.dataset.archive import FileProblem, Snapshot, SnapshotError, open_snapshot
from catalog.dataset.catalogue import Catalogue, build
from catalog.dataset.collect import Collection, collect
from catalog.dataset.figures import figures_of
from catalog.dataset.report import findings_of, summary_of
from catalog.importer.links import plan_links
from catalog.importer.plan import Plan, Planner
from catalog.importer.present import Present, Structure, read_present, read_structure
from catalog.importer.records import plan_records
from catalog.importer.save import conflicts, save, save_news
from catalog.models import ImportRun

# Raised whenever the same snapshot makes other works than before.
RULES = 1
LISTED = 500
# A snapshot that lacks so many of the records that are known is rather a part of one.
MANY = 1_000

Progress = Callable[[str, int, int], None]


class SnapshotIncomplete(SnapshotError):
    """Most records that are known are missing; importing would mark them all as gone."""


@dataclass
class Result:
    """What became of an import; `run` is None after a dry run."""

    run: ImportRun | None
    report: dict[str, Any]
    rejected: list[FileProblem] = field(default_factory=list)
    changed: bool = False

    @property
    def warnings(self) -> int:
        """The number of files left out, unknown words and conflicts with corrections."""
        return warnings_of(self.report)


@dataclass
class Options:
    """How an import is made."""

    by: AbstractBaseUser | None = None
    date: datetime.date | None = None
    dry_run: bool = False
    even_if_unchanged: bool = False
    allow_removals: bool = False
    progress: Progress | None = None


def import_snapshot(path: Path, options: Options | None = None) -> Result:
    """Bring works, editions and components to the state of a snapshot (a zip or a folder).

    Raises SnapshotError, and changes nothing, if nothing can be imported;
    MissingContent if the curated content is not loaded. A snapshot with the same files as the
    last one changes nothing.
    """
    options = options or Options()
    with _garbage_left_alone():
        return _import(path, options)


def _import(path: Path, options: Options) -> Result:
    started = timezone.now()
    snapshot = open_snapshot(path)
    last = ImportRun.objects.latest_data()
    if last is not None and not options.even_if_unchanged and _is_same(last, snapshot):
        return _repeat(last, snapshot, started, options)
    structure = read_structure()
    collection = _collect(snapshot, options)
    _tell(options, "works", 0, 0)
    catalogue = build(collection.records)
    day = options.date or snapshot.date or timezone.localdate()
    with transaction.atomic():
        present = read_present()
        plan = _plan(catalogue, present, structure, day, collection, options)
        report = _report(snapshot, catalogue, collection, plan, structure, day)
        if options.dry_run:
            report["conflicts"] = conflicts()
            return Result(None, report, collection.problems, not plan.is_empty)
        _tell(options, "database", 0, 0)
        if not plan.is_empty:
            save(plan)
        report["conflicts"] = conflicts()
        run = _record(snapshot, report, started, day, not plan.is_empty, options)
        save_news(run, plan.news, is_first=last is None)
    return Result(run, report, collection.problems, not plan.is_empty)


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
    collection = collect(snapshot, lambda done, total: _tell(options, "records", done, total))
    if not collection.records:
        reasons = "; ".join(f"{p.file}: {p.reason}" for p in collection.problems[:5])
        raise SnapshotError(f"{snapshot.path.name}: none of its files is a record ({reasons})")
    return collection


def _plan(
    catalogue: Catalogue,
    present: Present,
    structure: Structure,
    day: datetime.date,
    collection: Collection,
    options: Options,
) -> Plan:
    unread = {Path(problem.file).name for problem in collection.problems}
    planner = Planner(catalogue, present, structure, day, unread)
    known = {row.identifier for row in present.records.values() if row.left_source is None}
    missing = len(known - {record.source_identifier for record in catalogue.records})
    if missing > MANY and missing * 2 > len(known) and not options.allow_removals:
        raise SnapshotIncomplete(
            f"{missing:,} of {len(known):,} known records are missing in this snapshot. "
            "If that is meant, import it with --allow-removals."
        )
    planner.works()
    plan_records(planner)
    planner.finish()
    plan_links(planner)
    return planner.plan


def _report(
    snapshot: Snapshot,
    catalogue: Catalogue,
    collection: Collection,
    plan: Plan,
    structure: Structure,
    day: datetime.date,
) -> dict[str, Any]:
    rejected = [{"file": p.file, "reason": p.reason} for p in collection.problems]
    unknown = {**structure.unknown_groups, **structure.unknown_series}
    return {
        "rules": RULES,
        "snapshot": {
            "source": snapshot.path.name,
            "checksum": snapshot.checksum,
            "contents": snapshot.contents,
            "date": day.isoformat(),
            "files": len(snapshot.members) + len(snapshot.problems),
            "other_files": snapshot.other_files,
        },
        "figures": figures_of(catalogue),
        "counts": {
            "files_read": len(snapshot.members),
            "records_accepted": len(collection.records),
            "records_left_out": len(catalogue.left_out),
            "files_rejected": len(rejected),
            **{name: tally.as_dict() for name, tally in plan.tallies.items()},
        },
        "summary": summary_of(catalogue),
        "problems": findings_of(catalogue),
        "unknown_words": dict(sorted(unknown.items())),
        "rejected": rejected,
    }


def _record(
    snapshot: Snapshot,
    report: dict[str, Any],
    started: datetime.datetime,
    day: datetime.date,
    changed: bool,
    options: Options,
) -> ImportRun:
    kept = {**report, "rejected": report["rejected"][:LISTED]}
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
    report = {**last.report, "counts": _as_unchanged(last.report["counts"])}
    report["conflicts"] = conflicts()
    report["snapshot"] = {**report["snapshot"], "source": snapshot.path.name}
    rejected = [FileProblem(row["file"], row["reason"]) for row in report["rejected"]]
    if options.dry_run:
        return Result(None, report, rejected)
    run = _record(snapshot, report, started, last.snapshot_date, False, options)
    return Result(run, report, rejected)


def _as_unchanged(counts: dict[str, Any]) -> dict[str, Any]:
    found = dict(counts)
    for name in ("works", "editions", "components"):
        tally = counts[name]
        unchanged = tally["created"] + tally["changed"] + tally["unchanged"]
        found[name] = {"created": 0, "changed": 0, "unchanged": unchanged, "gone": 0}
    return found


def warnings_of(report: dict[str, Any]) -> int:
    """Return the number of files left out, unknown words and conflicts with corrections."""
    return (
        report["counts"]["files_rejected"]
        + len(report["unknown_words"])
        + len(report.get("conflicts", ()))
    )


def _tell(options: Options, step: str, done: int, total: int) -> None:
    if options.progress:
        options.progress(step, done, total)
