"""The values that the source has for a row, by column."""

from __future__ import annotations

from catalog.dataset.works import DatedPart, Work
from catalog.identifiers.links import is_ours
from catalog.importer.present import ColumnValues
from catalog.importer.structure import Structure
from catalog.importer.wanted import WantedPart, WantedWork
from catalog.terms import Precision


def work_values(wanted: WantedWork, structure: Structure) -> ColumnValues:
    """Return what the source says of a work itself, by column; what it does not say is None."""
    work: Work = wanted.work
    series, group = structure.series_of(work), structure.group_of(work)
    return {
        "name": work.title,
        "identifier": wanted.identifier,
        "slug": wanted.slug,
        "kind": work.kind.value,
        "family_id": structure.family_of(work).pk,
        "series_id": series.pk if series else None,
        "study_group_id": group.pk if group else None,
    }


def part_values(wanted: WantedPart, work_slug: str) -> ColumnValues:
    """Return what the source says of an edition or component of the work at `work_slug`.

    The edition to which a component belongs is not among it.
    """
    part: DatedPart = wanted.part
    record = part.record
    values: ColumnValues = {
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
    if wanted.label == "component":
        values["type"] = part.type.value
    else:
        values["version"] = part.version
        values["second_identifier"] = part.twin_identifier
        values["second_number_slug"] = part.twin_number
    return values
