"""What a write changed, found by comparing the rows before and after, and kept as history."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F
from django.utils import timezone

from catalog.models import CatalogueState, ImportRun, Revision
from catalog.models.history import new_mark
from catalog.terms import Actor, RowAction
from catalog.writing.aggregates import EntryState, RowKey
from catalog.writing.values import Value


@dataclass
class Author:
    """Who writes, and why; `run` is the import, if it is one."""

    actor: Actor
    by: AbstractBaseUser | None = None
    reason: str = ""
    evidence: str = ""
    run: ImportRun | None = None


@dataclass
class RowDifference:
    """What differs in one row: `values` maps each column to its old and its new value."""

    key: RowKey
    action: RowAction
    values: dict[str, list[Value]] = field(default_factory=dict)


def differences(before: EntryState, after: EntryState) -> list[RowDifference]:
    """Return what differs between two states of an entry, row by row; nothing if nothing does."""
    found = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old is None:
            values = {name: [None, value] for name, value in new.items()}
            found.append(RowDifference(key, RowAction.ADDED, values))
        elif new is None:
            values = {name: [value, None] for name, value in old.items()}
            found.append(RowDifference(key, RowAction.DELETED, values))
        elif changed := {
            name: [old.get(name), value] for name, value in new.items() if old.get(name) != value
        }:
            found.append(RowDifference(key, RowAction.CHANGED, changed))
    return found


def catalogue_version() -> int:
    """Return the version of the catalogue that readers see now."""
    return CatalogueState.objects.moment().version


def new_revision(author: Author, moment: datetime.datetime | None = None) -> Revision:
    """Move the version of the catalogue and return the revision that stands for it.

    The row of the version stays locked until the transaction ends, so numbers have no gaps and
    no doubles.
    """
    now = moment or timezone.now()
    rows = CatalogueState.objects.filter(pk=1)
    if not rows.update(version=F("version") + 1, mark=new_mark(), changed=now):
        CatalogueState.objects.create(pk=1, version=1, changed=now)
    return Revision.objects.create(
        number=rows.values_list("version", flat=True).get(),
        made=now,
        actor=author.actor.value,
        by=author.by,
        reason=author.reason[:250],
        evidence=author.evidence[:250],
        run=author.run,
    )


def things_seen(found: Iterable[RowDifference]) -> set[RowKey]:
    """Return the editions and components whose pages show something else after these changes.

    A component shows on the page of its edition, a correction on that of what it corrects.
    """
    seen = set()
    for difference in found:
        seen.add(difference.key)
        for column in ("edition", "component"):
            if column in difference.values:
                seen.update((column, pk) for pk in difference.values[column] if pk)
    return seen
