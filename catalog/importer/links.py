"""Links between works: supplements with series and works, texts that moved to another letter."""

from __future__ import annotations

from catalog.dataset.works import Work
from catalog.importer.plan import Planner
from catalog.models import Publication, PublicationRelation, SeriesSupplement
from catalog.terms import RelationKind, SectorCode

# How a link is told apart: rows that are there by their keys, new rows by themselves.
End = tuple[str, int]


def plan_links(planner: Planner) -> None:
    """Plan the links that the source tells of; links that editors made stay."""
    _plan_relations(planner)
    _plan_series(planner)


def _end(row: Publication) -> End:
    return ("there", row.pk) if row.pk else ("new", id(row))


def _plan_relations(planner: Planner) -> None:
    relations = planner.catalogue.relations
    pairs: list[tuple[RelationKind, Work, Work]] = [
        (RelationKind.SUPPLEMENTS, one, other) for one, other in relations.supplement_to_work
    ]
    pairs += [(RelationKind.ALSO_AS, one, other) for one, other in relations.also_published_as]
    rows = planner.plan.work_rows
    wanted = {}
    for kind, one, other in pairs:
        subject, target = rows[id(one)], rows[id(other)]
        if subject is not target:
            wanted[kind.value, _end(subject), _end(target)] = (subject, target)
    held = {
        (kind, ("there", subject), ("there", target)): (pk, from_source)
        for pk, kind, subject, target, from_source in PublicationRelation.objects.values_list(
            "pk", "kind", "subject_id", "target_id", "from_source"
        )
    }
    planner.plan.new[PublicationRelation] += [
        PublicationRelation(kind=key[0], subject=subject, target=target, from_source=True)
        for key, (subject, target) in wanted.items()
        if key not in held
    ]
    planner.plan.delete[PublicationRelation] += [
        pk for key, (pk, from_source) in held.items() if from_source and key not in wanted
    ]


def _plan_series(planner: Planner) -> None:
    series_of = planner.structure.series
    wanted = {}
    for work, letter in planner.catalogue.relations.supplement_to_series:
        supplement = planner.plan.work_rows[id(work)]
        if series := series_of.get((SectorCode.ITU_T.value, letter)):
            wanted[_end(supplement), series.pk] = (supplement, series)
    held = {
        (("there", supplement), series): pk
        for pk, supplement, series in SeriesSupplement.objects.values_list(
            "pk", "supplement_id", "series_id"
        )
    }
    planner.plan.new[SeriesSupplement] += [
        SeriesSupplement(supplement=supplement, series=series)
        for key, (supplement, series) in wanted.items()
        if key not in held
    ]
    planner.plan.delete[SeriesSupplement] += [pk for key, pk in held.items() if key not in wanted]
