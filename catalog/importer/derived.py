"""What lists need of each work that changes: name, state and order, from all its editions."""

from __future__ import annotations

from collections import defaultdict

from catalog.importer.names import NamesOfWorks
from catalog.importer.plan import Plan, WholeWork
from catalog.importer.present import Present
from catalog.importer.wanted import Wanted
from catalog.models import Component, Edition, Publication
from catalog.works import standing

PartsOfWorks = dict[int, tuple[list[Edition], list[Component]]]


def derive_works(wanted: Wanted, present: Present, names: NamesOfWorks, plan: Plan) -> None:
    """Work out what lists need of each touched work; those that go are touched no more."""
    merged = {id(row) for row, _heir in plan.merged.values()}
    parts = _parts_of_works(wanted, present, merged)
    titles = {id(work.row): work.work.title for work in wanted.works}
    for work in list(plan.touched.values()):
        if id(work) in merged:
            del plan.touched[id(work)]
            continue
        editions, components = parts[id(work)]
        plan.complete(WholeWork(work, editions, components, names[id(work)]))
        is_fixed = work.pk is not None and "name" in present.locked(work)
        _derive(work, editions, titles.get(id(work), ""), is_fixed, plan)


def _parts_of_works(wanted: Wanted, present: Present, merged: set[int]) -> PartsOfWorks:
    """Return the editions and components that each work will have, by its identity."""
    found: PartsOfWorks = defaultdict(lambda: ([], []))
    seen = set(merged)
    reported = (part.row for part in wanted.by_part.values())
    for row in (*reported, *present.editions.values(), *present.components.values()):
        if id(row) not in seen:
            seen.add(id(row))
            found[id(row.publication)][isinstance(row, Component)].append(row)
    return found


def _derive(
    work: Publication, editions: list[Edition], title: str, is_fixed: bool, plan: Plan
) -> None:
    """Work out the columns of a work; `is_fixed` if an editor corrected its name."""
    before = work.name
    if work.from_source and title and not is_fixed:
        work.name = title
    if standing.derive(work, editions, name_is_fixed=is_fixed) and work.pk:
        plan.change(work)
    if work.pk and work.name != before:
        plan.change(work, {"name": (before, work.name)})
