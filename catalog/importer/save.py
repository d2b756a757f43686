"""A plan to rows: everything in the transaction of the caller."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from catalog import bulk, standing
from catalog.imported_fields import IMPORTED_FIELDS
from catalog.importer.changes import News
from catalog.importer.plan import Plan
from catalog.models import (
    Change,
    Component,
    Correction,
    Edition,
    EntryKey,
    ImportRun,
    Publication,
    PublicationName,
    PublicationRelation,
    SeriesSupplement,
    SourceRecord,
)
from catalog.search import index
from catalog.terms import ChangeKind

# Rows that others name come first.
ORDER = (
    Publication,
    Edition,
    Component,
    PublicationName,
    PublicationRelation,
    SeriesSupplement,
    SourceRecord,
)
NAMED = (Publication, Edition, Component)
PARENTS = {
    Publication: ("current_edition",),
    Edition: ("publication",),
    Component: ("publication", "edition"),
    PublicationName: ("publication",),
    PublicationRelation: ("subject", "target"),
    SeriesSupplement: ("supplement", "series"),
    SourceRecord: ("publication", "edition", "component"),
}
WRITTEN = {
    Publication: (
        *IMPORTED_FIELDS["Publication"],
        *Publication.derived_fields,
        "left_source",
    ),
    Edition: ("publication", *IMPORTED_FIELDS["Edition"], "left_source"),
    Component: ("publication", *IMPORTED_FIELDS["Component"], "left_source"),
    PublicationName: ("kind", "slug"),
    SourceRecord: (
        "file",
        "checksum",
        "role",
        "publication",
        "edition",
        "component",
        "notes",
        "reason",
        "left_source",
    ),
}
BACKGROUND = {
    ChangeKind.NEW_WORK,
    ChangeKind.NEW_EDITION,
    ChangeKind.NEW_COMPONENT,
    ChangeKind.DATA,
}
PART = 500


def save(plan: Plan) -> None:
    """Write a plan, lists and search included."""
    _make_keys_free(plan.new[Publication])
    for model in NAMED:
        rows = plan.new[model]
        for row, key in zip(rows, bulk.reserve_keys(model, len(rows)), strict=True):
            row.pk = key
    everything = [row for model in ORDER for row in _all_rows(plan, model)]
    _name_parents(everything)
    for model, pks in plan.delete.items():
        for start in range(0, len(pks), PART):
            model.objects.filter(pk__in=pks[start : start + PART]).delete()
    _clear_addresses(plan)
    for model in ORDER:
        bulk.insert(plan.new[model])
    for model, columns in WRITTEN.items():
        bulk.update(list(plan.changed[model].values()), columns)
    bulk.update(plan.corrections, ["source_value"])
    for work, editions, components, names in plan.rows_of:
        standing.with_rows(work, editions, components, names)
    index.write(list(plan.touched.values()))


def _all_rows(plan: Plan, model: type) -> Iterable[Any]:
    yield from plan.new[model]
    yield from plan.changed[model].values()


def _name_parents(rows: Iterable[Any]) -> None:
    """Tell rows the keys of the rows they name, which were not known when they were linked."""
    for row in rows:
        for name in PARENTS[type(row)]:
            parent = row.__dict__["_state"].fields_cache.get(name)
            if parent is not None:
                setattr(row, f"{name}_id", parent.pk)


def _make_keys_free(works: list[Publication]) -> None:
    """Give each new work a key that no entry of any kind has."""
    if not works:
        return
    taken = set(EntryKey.objects.values_list("key", flat=True))
    taken.update(Publication.objects.values_list("key", flat=True))
    for work in works:
        key, ordinal = work.key, 1
        while work.key in taken:
            ordinal += 1
            work.key = f"{key}-{ordinal}"
        taken.add(work.key)


def _clear_addresses(plan: Plan) -> None:
    """Let go of addresses and identifiers that change, so that two works may swap them."""
    if not plan.readdressed:
        return
    wanted = [(row, row.slug, row.identifier) for row in plan.readdressed]
    for row in plan.readdressed:
        row.slug, row.identifier = f"moving-{row.pk}", ""
    bulk.update(plan.readdressed, ["slug", "identifier"])
    for row, slug, identifier in wanted:
        row.slug, row.identifier = slug, identifier


def save_news(run: ImportRun, news: list[News], *, is_first: bool) -> None:
    """Write what an import changed; of a first import only what it changed in known works."""
    if is_first:
        news = [told for told in news if told.kind not in BACKGROUND]
    order = list(ChangeKind)
    news = sorted(news, key=lambda told: (order.index(told.kind), told.publication.sort_key))
    bulk.insert(
        [
            Change(
                run=run,
                position=position,
                kind=told.kind.value,
                publication=told.publication,
                identifier=told.thing.identifier,
                title=(getattr(told.thing, "title", "") or told.publication.name)[:400],
                url=told.thing.get_absolute_url(),
                before=told.before,
                after=told.after,
            )
            for position, told in enumerate(news, 1)
        ]
    )


def conflicts() -> list[dict[str, Any]]:
    """Return the corrections with which the source does not agree, for the report."""
    rows = Correction.objects.in_conflict().select_related("publication", "edition", "component")
    return [
        {
            "thing": str(row.thing),
            "field": row.field,
            "value": row.value,
            "source_value": row.source_value,
            "reason": row.reason,
        }
        for row in rows
    ]
