"""Further names of works, as the source has them; what editors wrote or deleted stays so."""

from __future__ import annotations

from catalog.importer.addresses import path_of
from catalog.importer.claims import Claims
from catalog.importer.plan import Plan
from catalog.importer.present import Present
from catalog.importer.wanted import Wanted, WantedWork
from catalog.models import Publication, PublicationName

# The names that works will have, by the identity of the work.
NamesOfWorks = dict[int, list[PublicationName]]


def plan_names(
    wanted: Wanted, present: Present, claims: Claims, left_works: frozenset[int], plan: Plan
) -> NamesOfWorks:
    """Plan the names of all works; return those that they will have.

    Works in `left_works`, and curated ones that the source does not report, lose the names that
    the source gave them.
    """
    names = {id(work.row): _names_of(work, present, plan) for work in wanted.works}
    for work in present.works.values():
        is_unreported = not work.from_source and not claims.covers(work)
        if work.pk in left_works or is_unreported:
            names[id(work)] = _own_names_of(work, present, plan)
        elif id(work) not in names:
            names[id(work)] = list(present.names.get(work.pk, {}).values())
    return names


def _names_of(wanted: WantedWork, present: Present, plan: Plan) -> list[PublicationName]:
    """Plan the names of a work that the source reports."""
    row = wanted.row
    held = present.names.get(row.pk, {}) if row.pk else {}
    in_source = {name.name: name for name in wanted.work.names}
    names = []
    for there in held.values():
        if not there.from_source:
            names.append(there)
        elif there.name not in in_source:
            _remove(there, plan)
    for name in in_source.values():
        slug = "" if name.slug == row.slug else name.slug
        there = held.get(name.name)
        if there is not None:
            if there.from_source:
                names.append(there)
                _change(there, name.kind.value, slug, plan)
        elif (row.pk, name.name) not in present.removed_names:
            new = PublicationName(
                publication=row, kind=name.kind.value, name=name.name, slug=slug, from_source=True
            )
            plan.add(new)
            plan.touch(row)
            names.append(new)
    return names


def _own_names_of(work: Publication, present: Present, plan: Plan) -> list[PublicationName]:
    """Plan the names of a work that the source does not report: those of editors stay."""
    kept = []
    for name in present.names.get(work.pk, {}).values():
        if name.from_source:
            _remove(name, plan)
        else:
            kept.append(name)
    return kept


def _change(row: PublicationName, kind: str, slug: str, plan: Plan) -> None:
    changed = {
        column: (old, new)
        for column, old, new in (("kind", row.kind, kind), ("slug", row.slug, slug))
        if old != new
    }
    if changed:
        if "slug" in changed:
            _leave_address(row, plan)
        row.kind, row.slug = kind, slug
        plan.change(row, changed)
        plan.touch(row.publication)


def _remove(row: PublicationName, plan: Plan) -> None:
    _leave_address(row, plan)
    plan.remove(row)
    plan.touch(row.publication)


def _leave_address(row: PublicationName, plan: Plan) -> None:
    """Note the address that a name was, which leads to its work from now on."""
    if row.slug:
        work = row.publication
        path = path_of(("publication", work.sector.code, row.slug, ""))
        plan.leave(path, work, row.name, work.name)
