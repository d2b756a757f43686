"""What every page has: title, description, canonical address, trail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator

from catalog.addresses import absolute
from catalog.models import SearchEntry
from catalog.models.entry import Entry
from catalog.terms import EntryKind, Verification

Trail = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class RelatedGroup:
    """Related entries of one kind."""

    kind: EntryKind
    rows: list[SearchEntry]


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    description: str,
    trail: Trail = (),
    status: int = 200,
    noindex: bool = False,
    edits: Entry | None = None,
    **context,
) -> HttpResponse:
    """Render a page inside the common frame.

    `trail` holds (label, address) pairs from the sector down to the page's parent; `edits` is
    the entry that signed-in editors may open in the admin.
    """
    frame = {
        "title": title,
        "description": Truncator(" ".join(description.split())).chars(155),
        "trail": trail,
        "canonical": absolute(request, request.path),
        "noindex": noindex,
        "edit_url": admin_url(edits) if edits is not None and request.user.is_staff else "",
        "entry": edits,
    }
    return render(request, f"catalog/{template}", {**frame, **context}, status=status)


def admin_url(entry: Entry) -> str:
    """Return the address of the entry's form in the admin."""
    meta = entry._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])


def related_groups(entry: Entry, leave_out: Iterable[Entry] = ()) -> list[RelatedGroup]:
    """Return the related entries by kind, whoever named whom, in one query.

    What belongs to others is left out (it has its own page), and what the page shows elsewhere.
    """
    shown = {(other.entry_kind.value, other.pk) for other in leave_out}
    groups: dict[EntryKind, list[SearchEntry]] = {}
    for row in SearchEntry.objects.related_to(entry.key):
        if (row.kind, row.object_id) not in shown:
            groups.setdefault(EntryKind(row.kind), []).append(row)
    return [RelatedGroup(kind, rows) for kind, rows in groups.items()]


def keeps_out_of_indexes(entry: Entry) -> bool:
    """Whether search engines should not list the page: it belongs to others."""
    return entry.verification == Verification.MISATTRIBUTED
