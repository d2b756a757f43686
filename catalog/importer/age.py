"""A snapshot that is older than the last one takes things away: not without being meant."""

from __future__ import annotations

import datetime

from catalog.dataset.archive import SnapshotError
from catalog.dataset.dating import Dating
from catalog.importer.plan import Plan
from catalog.models import ImportRun
from catalog.terms import ChangeKind

NAMED_ROWS = 5


class SnapshotOlder(SnapshotError):
    """The last import was of a later day; the message says what this one would take away."""


def check_age(dating: Dating | None, day: datetime.date, last: ImportRun, plan: Plan) -> None:
    """Raise SnapshotOlder if a snapshot of a day is older than that of the last import.

    Its records say so (`catalog.dataset.dating`); the days are compared only where the records of
    one of the two do not.
    """
    kept = (last.report.get("snapshot") or {}).get("dating")
    if dating is not None and kept:
        is_older = dating.is_older_than(Dating.from_dict(kept))
    else:
        is_older = day < last.snapshot_date
    if is_older:
        raise SnapshotOlder(
            f"This snapshot is of {day}, the last one was of {last.snapshot_date}. "
            f"{what_would_go(plan)} If that is meant, import it with --allow-older."
        )


def what_would_go(plan: Plan) -> str:
    """Return in a sentence what a plan would take away."""
    counts = [
        f"{tally.gone:,} {name if tally.gone != 1 else name.removesuffix('s')}"
        for name, tally in plan.tallies.items()
        if tally.gone
    ]
    if not counts:
        return "Nothing would leave the catalogue, but newer values would become older ones."
    gone = [change.row.identifier for change in plan.reported if change.kind is ChangeKind.GONE]
    named = ", ".join(gone[:NAMED_ROWS]) + (" and others" if len(gone) > NAMED_ROWS else "")
    return f"It would take away {' and '.join(counts)}: {named}."
