"""The values that the source has for a row, and what of them differs from the row."""

from __future__ import annotations

from typing import Any

from django.db import models

from catalog.corrections import to_json
from catalog.dataset.works import DatedPart, Work, WorkComponent, WorkEdition
from catalog.identifiers.links import is_ours
from catalog.importer.present import Structure
from catalog.models import Correction
from catalog.terms import Precision

Values = dict[str, Any]


def work_values(work: Work, structure: Structure) -> Values:
    """Return what the source says of a work itself; what it does not say is left out."""
    values: Values = {
        "name": work.title,
        "identifier": work.identifier,
        "slug": work.slug,
        "kind": work.kind.value,
    }
    if series := structure.series_of(work):
        values["series_id"] = series.pk
    if group := structure.group_of(work):
        values["study_group_id"] = group.pk
    return values


def edition_values(edition: WorkEdition, work_slug: str) -> Values:
    """Return what the source says of an edition of the work at `work_slug`."""
    return {
        **_part_values(edition, work_slug),
        "version": edition.version,
        "second_identifier": edition.twin_identifier,
        "second_number_slug": edition.twin_number,
    }


def component_values(component: WorkComponent, work_slug: str) -> Values:
    """Return what the source says of a component, but for the edition it hangs on."""
    return {**_part_values(component, work_slug), "type": component.type.value}


def _part_values(part: DatedPart, work_slug: str) -> Values:
    record = part.record
    return {
        "identifier": part.identifier,
        "slug": part.slug,
        "number_slug": "" if part.number == work_slug else part.number,
        "position": part.position,
        "title": record.title,
        "approved": part.approved,
        "approved_precision": part.approved_precision.value,
        "posted": part.posted,
        "posted_precision": Precision.MONTH.value,
        "state": part.state.value,
        "state_grounds": part.grounds,
        "abstract": record.abstract,
        "link": record.link if is_ours(record.link) else "",
    }


def apply(
    row: models.Model,
    values: Values,
    locks: dict[str, Correction],
    news: list[Correction],
) -> dict[str, tuple[Any, Any]]:
    """Set the values on a row, but for its corrected fields; return what changed, old and new.

    A correction learns what the source says now; those that learn something new join `news`.
    """
    changed = {}
    for name, value in values.items():
        column = name.removesuffix("_id")
        lock = locks.get(column)
        if lock is not None:
            if lock.source_value != (told := to_json(row._meta.get_field(column), value)):
                lock.source_value = told
                news.append(lock)
            continue
        old = getattr(row, name)
        if old != value:
            changed[name] = (old, value)
            setattr(row, name, value)
    return changed
