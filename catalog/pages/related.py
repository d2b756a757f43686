"""Entries that are related to the one a page is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import SearchEntry
from catalog.models.entry import Entry
from catalog.models.page_queries import entries_related_to
from catalog.terms import EntryKind


@dataclass(frozen=True)
class RelatedGroup:
    """Related entries of one kind."""

    kind: EntryKind
    rows: list[SearchEntry]


def related_groups(entry: Entry, leave_out: Iterable[Entry] = ()) -> list[RelatedGroup]:
    """Return the related entries by kind, whoever named whom, in one query.

    What belongs to others is left out (it has its own page), and what the page shows elsewhere.
    """
    shown = {(other.entry_kind.value, other.pk) for other in leave_out}
    groups: dict[EntryKind, list[SearchEntry]] = {}
    for row in entries_related_to(entry.key):
        if (row.kind, row.object_id) not in shown:
            groups.setdefault(EntryKind(row.kind), []).append(row)
    return [RelatedGroup(kind, rows) for kind, rows in groups.items()]
