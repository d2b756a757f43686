"""The addresses that rows leave; each leads to the row, or to the one in which its text lives."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from catalog.importer.addresses import path_of
from catalog.importer.plan import Plan
from catalog.importer.present import LABELS, Present, StoredRow, key_of_row, location_of
from catalog.models import Edition, Publication

MOVING = {"slug", "number_slug", "publication", "identifier", "second_number_slug"}


def plan_left_addresses(present: Present, plan: Plan) -> None:
    """Note each address that a row leaves, and the rows that have another one now."""
    for row in _moved_rows(present, plan):
        key = key_of_row(row)
        heir = plan.heir_of(key)
        before = present.locations[key]
        if before != location_of(heir or row):
            plan.leave(path_of(before), heir or row, *_former_words(row, plan))
        if heir is None and (type(row), row.pk) in plan.history:
            plan.readdressed[key] = row
        if isinstance(row, Publication) and heir is not None:
            _leave_keys_and_names(row, heir, present, plan)
        if isinstance(row, Edition):
            _leave_second_number(row, heir or row, plan)


def _moved_rows(present: Present, plan: Plan) -> Iterable[StoredRow]:
    """Return the rows that may stand at another address than before, or that go."""
    found: dict[int, StoredRow] = {id(row): row for row, _heir in plan.merged.values()}
    for row, changed in plan.history.values():
        if type(row) in LABELS and changed.keys() & MOVING:
            found[id(row)] = row
            if isinstance(row, Publication) and "slug" in changed:
                found |= {id(part): part for part in present.parts_of.get(row.pk, ())}
    return found.values()


def _leave_keys_and_names(row: Publication, heir: StoredRow, present: Present, plan: Plan) -> None:
    """Note the addresses by key and by further names of a work that goes."""
    for key in (row.key, *row.other_key_list):
        plan.leave(reverse("by-key", kwargs={"key": key}), heir, *_former_words(row, plan))
    for name in present.names.get(row.pk, {}).values():
        if name.slug:
            path = path_of(("publication", row.sector.code, name.slug, ""))
            plan.leave(path, heir, name.name, row.name)


def _leave_second_number(row: Edition, stands_for: StoredRow, plan: Plan) -> None:
    """Note the address of the second number that an edition no longer has."""
    changed = plan.changes_of(row)
    second = changed.get("second_number_slug", (row.second_number_slug, ""))[0]
    if second and (stands_for is not row or second != row.second_number_slug):
        slug = changed.get("slug", (row.slug, ""))[0]
        path = path_of(("edition", row.publication.sector.code, second, slug))
        plan.leave(path, stands_for, *_former_words(row, plan))


def _former_words(row: StoredRow, plan: Plan) -> tuple[str, str]:
    """Return what a row was called before this import, and its title."""
    changed = plan.changes_of(row)
    column = "name" if isinstance(row, Publication) else "title"
    label = changed.get("identifier", (row.identifier, ""))[0]
    title = changed.get(column, (getattr(row, column), ""))[0]
    return label, title
