"""Links between works: supplements with series and works, texts that moved to another letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from catalog.dataset.relations import Relations
from catalog.dataset.works import Work
from catalog.importer.plan import Plan
from catalog.importer.present import Present, removed_by_editors
from catalog.importer.structure import Structure
from catalog.importer.wanted import Wanted
from catalog.models import Publication, PublicationRelation, SeriesSupplement
from catalog.terms import RelationKind, SectorCode

# What identifies an end of a link: rows that are there by their keys, new rows by themselves.
End = tuple[str, int]


def plan_links(
    relations: Relations, wanted: Wanted, present: Present, structure: Structure, plan: Plan
) -> None:
    """Plan the links that the source has; links that editors made or deleted stay so."""
    _plan_relations(relations, wanted, present, plan)
    _plan_supplements(relations, wanted, present, structure, plan)


def _plan_relations(relations: Relations, wanted: Wanted, present: Present, plan: Plan) -> None:
    in_source = {
        (kind.value, _end(subject), _end(target)): {
            "kind": kind.value,
            "subject": subject,
            "target": target,
            "from_source": True,
        }
        for kind, subject, target in _pairs(relations, wanted)
    }
    removed = {
        (values["kind"], ("there", values["subject"]), ("there", values["target"]))
        for values in removed_by_editors(PublicationRelation)
    }
    held = {
        (row.kind, ("there", row.subject_id), ("there", row.target_id)): row
        for row in PublicationRelation.objects.all()
    }
    _plan_missing(PublicationRelation, in_source, held.keys() | removed, plan)
    for key, row in held.items():
        if key not in in_source and row.from_source:
            # Spares a query for each where history asks what they tie together.
            row.subject, row.target = present.works[row.subject_id], present.works[row.target_id]
            plan.remove(row)


def _plan_supplements(
    relations: Relations, wanted: Wanted, present: Present, structure: Structure, plan: Plan
) -> None:
    """Plan the links of supplements with series; imports alone make these."""
    in_source = {}
    for work, letter in relations.supplement_to_series:
        row = _row_of(work, wanted)
        series = structure.series.get((SectorCode.ITU_T.value, letter))
        if series and row is not None:
            in_source[_end(row), series.pk] = {"supplement": row, "series": series}
    removed = {
        (("there", values["supplement"]), values["series"])
        for values in removed_by_editors(SeriesSupplement)
    }
    held = {
        (("there", row.supplement_id), row.series_id): row for row in SeriesSupplement.objects.all()
    }
    _plan_missing(SeriesSupplement, in_source, held.keys() | removed, plan)
    all_series = {series.pk: series for series in structure.series.values()}
    for key, row in held.items():
        if key not in in_source:
            # Spares a query for each where history asks what they tie together.
            row.supplement, row.series = present.works[row.supplement_id], all_series[row.series_id]
            plan.remove(row)


def _plan_missing(
    model: type[models.Model], in_source: dict[tuple, dict[str, Any]], reconciled: set, plan: Plan
) -> None:
    """Plan the links that are neither there nor deleted by an editor."""
    for key, values in in_source.items():
        if key not in reconciled:
            plan.add(model(**values))


def _pairs(
    relations: Relations, wanted: Wanted
) -> Iterator[tuple[RelationKind, Publication, Publication]]:
    for kind, pairs in (
        (RelationKind.SUPPLEMENTS, relations.supplement_to_work),
        (RelationKind.ALSO_AS, relations.also_published_as),
    ):
        for one, other in pairs:
            subject, target = _row_of(one, wanted), _row_of(other, wanted)
            if subject is not None and target is not None and subject is not target:
                yield kind, subject, target


def _row_of(work: Work, wanted: Wanted) -> Publication | None:
    found = wanted.by_work.get(id(work))
    return found.row if found is not None else None


def _end(row: Publication) -> End:
    return ("there", row.pk) if row.pk else ("new", id(row))
