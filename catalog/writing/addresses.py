"""Addresses that rows leave: each goes on leading to its row, or says what was there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.urls import NoReverseMatch, reverse

from catalog.models import Component, Edition, FormerAddress, Revision
from catalog.models.bulk import in_parts
from catalog.models.entry import Entry
from catalog.writing.aggregates import MODELS, RowKey, key_of, label_of

# Rows without an entry of their own that have a page and a date of change.
DATED = {"edition": Edition, "component": Component}


@dataclass(frozen=True)
class Place:
    """Where a row stands: its address, for an entry also those of its keys, and what it is."""

    paths: tuple[str, ...]
    label: str
    title: str


def place_of(row: models.Model) -> Place | None:
    """Return where a row stands; None if rows of its kind have no page."""
    if not isinstance(row, Entry | Edition | Component):
        return None
    try:
        paths = [row.get_absolute_url()]
    except NoReverseMatch:
        paths = []
    if isinstance(row, Entry):
        paths += [reverse("by-key", kwargs={"key": k}) for k in (row.key, *row.other_key_list)]
    own = row.shown_name if isinstance(row, Entry) else row.shown_title
    title = own or row.publication.shown_name
    return Place(tuple(paths), label_of(row), title[:400])


def places_of(rows: Iterable[models.Model]) -> dict[RowKey, Place]:
    """Return where each of these rows stands that has a page."""
    found = {key_of(row): place_of(row) for row in rows}
    return {key: place for key, place in found.items() if place is not None}


def left(before: dict[RowKey, Place], after: dict[RowKey, Place]) -> list[FormerAddress]:
    """Return the addresses that rows left, without their revision; for `keep`."""
    rows = []
    for key, place in before.items():
        now = after.get(key)
        for path in place.paths:
            if now is None or path not in now.paths:
                rows.append(
                    FormerAddress(
                        path=path,
                        model=key[0],
                        row_id=key[1],
                        label=place.label,
                        title=place.title,
                        is_gone=now is None,
                    )
                )
    return rows


def keep(rows: list[FormerAddress], revision: Revision) -> None:
    """Store addresses that were left by a revision.

    What led to a row that is gone now says so too.
    """
    for row in rows:
        row.revision = revision
    gone = {(row.model, row.row_id) for row in rows if row.is_gone}
    by_model: dict[str, list[int]] = {}
    for model, pk in gone:
        by_model.setdefault(model, []).append(pk)
    for model, pks in by_model.items():
        for part in in_parts(pks):
            FormerAddress.objects.filter(model=model, row_id__in=part).update(is_gone=True)
    FormerAddress.objects.bulk_create(rows, batch_size=500)


def lead_on(heirs: dict[RowKey, RowKey]) -> None:
    """Let the addresses that led to rows which go lead to the rows that stand for them now."""
    by_model: dict[str, list[int]] = {}
    for model, pk in heirs:
        by_model.setdefault(model, []).append(pk)
    for model, pks in by_model.items():
        for part in in_parts(pks):
            rows = list(FormerAddress.objects.filter(model=model, row_id__in=part))
            for row in rows:
                row.model, row.row_id = heirs[row.model, row.row_id]
            FormerAddress.objects.bulk_update(rows, ["model", "row_id"], batch_size=500)


def back(keys: Iterable[RowKey]) -> None:
    """Take the tombstones of rows away that are there again; their addresses lead to them."""
    for model, pk in keys:
        FormerAddress.objects.filter(model=model, row_id=pk).update(is_gone=False)


def present_address(former: FormerAddress) -> str:
    """Return the address at which the row of a former address stands today; empty if it is gone."""
    if former.is_gone or former.model not in MODELS:
        return ""
    row = MODELS[former.model]._base_manager.filter(pk=former.row_id).first()
    if row is None:
        return ""
    try:
        return row.get_absolute_url()
    except NoReverseMatch:
        return ""
