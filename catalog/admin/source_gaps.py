"""What is missing among the sources: a page of the desk with a count for each list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models import SearchEntry, SourceUse
from catalog.models.entry import Entry
from catalog.search.documents import ENTRY_MODELS
from catalog.terms import EntryKind
from catalog.wording.notes import place_of


@dataclass(frozen=True)
class Gap:
    """An entry with a gap: the address of its form, what it is called, and more about it."""

    address: str
    label: str
    more: str = ""


@dataclass(frozen=True)
class GapList:
    """Entries with one kind of gap."""

    heading: str
    note: str
    gaps: list[Gap]


class SourceGaps:
    """The lists of the page."""

    @cached_property
    def lists(self) -> list[GapList]:
        """The lists, the most serious first."""
        return [
            GapList(
                _("No source"),
                _("Nothing is named; imports and groupings of this catalogue need nothing."),
                self.without_source,
            ),
            GapList(
                _("General knowledge alone"),
                _("Nobody looked it up: find a source that others can look up."),
                [gap for key, gap in self._general.items() if key not in self._otherwise],
            ),
            GapList(
                _("General knowledge in part"),
                _("Another source stands behind the rest."),
                [gap for key, gap in self._general.items() if key in self._otherwise],
            ),
            GapList(
                _("Loose notes"),
                _(
                    "No sentence of the entry begins with the words at which the note should "
                    "stand; the source stands in the list alone."
                ),
                self.loose,
            ),
        ]

    @cached_property
    def without_source(self) -> list[Gap]:
        """The entries that need a source and have none."""
        rows = SearchEntry.objects.that_need_sources()
        return [Gap(form_of(row), row.label, row.get_verification_display()) for row in rows]

    @cached_property
    def loose(self) -> list[Gap]:
        """The uses whose statement is not found in the texts of their entry any more."""
        uses = list(SourceUse.objects.with_sources().exclude(statement=""))
        rows = {row.key: row for row in _rows({use.entry_key for use in uses})}
        entries = _entries(rows.values())
        return [
            Gap(form_of(rows[use.entry_key]), rows[use.entry_key].label, use.statement)
            for use in uses
            if use.entry_key in entries
            and place_of(use.statement, entries[use.entry_key].statements) is None
        ]

    @cached_property
    def _general(self) -> dict[str, Gap]:
        uses = SourceUse.objects.of_general_knowledge().order_by("entry_key")
        supports = dict(uses.values_list("entry_key", "supports"))
        return {row.key: Gap(form_of(row), row.label, supports[row.key]) for row in _rows(supports)}

    @cached_property
    def _otherwise(self) -> set[str]:
        return SourceUse.objects.that_can_be_looked_up().entry_keys()


def form_of(row: SearchEntry) -> str:
    """Return the address of the form of an entry."""
    name = ENTRY_MODELS[EntryKind(row.kind)]._meta.model_name
    return reverse(f"admin:catalog_{name}_change", args=[row.object_id])


def gaps_page(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the lists to whoever may see sources."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("What is missing among the sources"),
        "opts": model_admin.opts,
        "lists": SourceGaps().lists,
    }
    return TemplateResponse(request, "admin/catalog/source/gaps.html", context)


def _rows(keys: Iterable[str]) -> Iterable[SearchEntry]:
    return SearchEntry.objects.filter(key__in=list(keys)).order_by("position", "sort_key", "title")


def _entries(rows: Iterable[SearchEntry]) -> dict[str, Entry]:
    """Return entries by key, in one query for each kind."""
    by_kind: dict[str, list[int]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row.object_id)
    return {
        entry.key: entry
        for kind, pks in by_kind.items()
        for entry in ENTRY_MODELS[EntryKind(kind)].objects.filter(pk__in=pks)
    }
