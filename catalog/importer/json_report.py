"""The report of an import, as JSON."""

from __future__ import annotations

from typing import Any

from catalog.dataset.archive import Snapshot
from catalog.dataset.collect import Collection
from catalog.dataset.figures import figures_of
from catalog.dataset.findings import findings_of, summary_of
from catalog.importer.plan import Plan
from catalog.importer.steps import Task
from catalog.models import Correction

# The report of an import as JSON.
ReportData = dict[str, Any]


def report_of(
    snapshot: Snapshot, task: Task, collection: Collection, plan: Plan, rules: int
) -> ReportData:
    """Return the report of a plan; conflicts with corrections are known once it is written."""
    catalogue, structure = task.catalogue, task.structure
    rejected = [{"file": p.file, "reason": p.reason} for p in collection.problems]
    unknown = {**structure.unknown_groups, **structure.unknown_series}
    return {
        "rules": rules,
        "snapshot": {
            "source": snapshot.path.name,
            "checksum": snapshot.checksum,
            "contents": snapshot.contents,
            "date": task.day.isoformat(),
            "files": len(snapshot.members) + len(snapshot.problems),
            "other_files": snapshot.other_files,
            **snapshot.as_report(),
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
        "refused": [row.as_dict() for row in plan.refused],
        "kept_out": [row.as_dict() for row in plan.kept_out],
    }


def repeated(report: ReportData, snapshot: Snapshot) -> ReportData:
    """Return the report of an import of the same files once more."""
    found = {**report, "counts": _as_unchanged(report["counts"])}
    found["snapshot"] = {**report["snapshot"], "source": snapshot.path.name}
    return found


def _as_unchanged(counts: dict[str, Any]) -> dict[str, Any]:
    found = dict(counts)
    for name in ("works", "editions", "components"):
        tally = counts[name]
        unchanged = tally["created"] + tally["changed"] + tally["unchanged"]
        found[name] = {"created": 0, "changed": 0, "unchanged": unchanged, "gone": 0}
    return found


def warnings_of(report: ReportData) -> int:
    """Return the number of files and works left out, unknown words, conflicts with corrections."""
    return (
        report["counts"]["files_rejected"]
        + len(report["unknown_words"])
        + len(report.get("refused", ()))
        + len(report.get("conflicts", ()))
    )


def conflicts_with_source() -> list[dict[str, Any]]:
    """Return the corrections with which the source does not agree, for the report."""
    rows = Correction.objects.in_conflict().select_related("publication", "edition", "component")
    return [
        {
            "thing": str(row.thing),
            "field": row.field,
            "value": row.value,
            "source_value": row.source_value,
            "reason": row.reason,
        }
        for row in rows
    ]
