"""The figures by which a whole import is checked (rule 12.5)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from catalog.dataset.catalogue import Catalogue
from catalog.dataset.naming import full_numbers
from catalog.dataset.works import Work, WorkComponent
from catalog.terms import RecordNote, RecordRole, SectorCode

SPOTS = (
    "ITU-T G.711",
    "ITU-T H.264",
    "ITU-T L.100",
    "ITU-T X.509",
    "ITU-T G.709/Y.1331",
    "ITU-T E.164",
    "ITU-T Z.100",
    "ITU-T M.1400",
    "ITU-T G Suppl. 39",
    "ITU-T X.1500",
    "ITU-T X.1280",
    "ITU-T Y.1540",
    "Question ITU-R 203/3",
    "Handbook ITU-R 43",
    "Report ITU-R BT.2020",
    "ITU-R BT.2020",
    "ITU-R P.835",
    "Resolution ITU-R 1",
)


def figures_of(found: Catalogue) -> dict[str, Any]:
    """Return the figures as nested mappings of names to counts."""
    standards = [work for work in found.works if work.sector is SectorCode.ITU_T]
    radio = [work for work in found.works if work.sector is SectorCode.ITU_R]
    return {
        "records": _records(found),
        "works": {
            "all": len(found.works),
            "itu_t": _sorted(Counter(work.kind.value for work in standards)),
            "itu_r": _sorted(Counter(work.kind.value for work in radio)),
        },
        "editions": {
            "all": sum(len(work.editions) for work in found.works),
            "itu_t": sum(len(work.editions) for work in standards),
            "itu_r": sum(len(work.editions) for work in radio),
            "twin_pairs_itu_t": len(found.standards.twins),
            "twin_pairs_itu_r": len(found.radio.twins),
        },
        "components": _components(standards, radio),
        "left_out_itu_r": {
            role.value: sum(row.role is role for row in found.left_out)
            for role in RecordRole
            if role.is_left_out
        },
        "states_itu_t_editions": _states(standards),
        "states_itu_r_editions": {
            kind: _states([work for work in radio if work.kind.value == kind])
            for kind in sorted({work.kind.value for work in radio})
        },
        "works_with_edition_in_force": {
            "itu_t": sum(work.in_force is not None for work in standards),
            "itu_r": sum(work.in_force is not None for work in radio),
        },
        "relations": {
            "hasEdition_rows": sum(record.family_rows for record in found.records),
            "complementOf_rows": sum(record.complement_rows for record in found.records),
            "families_by_hasEdition": found.standards.families_by_relation,
            "supplement_to_series": len(found.relations.supplement_to_series),
            "supplement_to_work": len(found.relations.supplement_to_work),
        },
        "numbers": _numbers(standards),
        "iso": _iso(standards, found),
        "text": _text(found),
        "links": {
            "records": sum(bool(record.link) for record in found.records),
            "distinct": len({record.link for record in found.records if record.link}),
        },
        "works_spot": _spots(found.works),
    }


def _records(found: Catalogue) -> dict[str, int]:
    standard = sum(record.is_standard for record in found.records)
    return {
        "all": len(found.records),
        "itu_t": standard,
        "itu_r": len(found.records) - standard,
        "thin_itu_t": sum(record.is_thin for record in found.records),
    }


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _states(works: list[Work]) -> dict[str, int]:
    return _sorted(Counter(edition.state.value for work in works for edition in work.editions))


def _components(standards: list[Work], radio: list[Work]) -> dict[str, Any]:
    attached = [
        part for work in standards for edition in work.editions for part in edition.components
    ]
    unattached = [part for work in standards for part in work.unattached]
    of_radio = [part for work in radio for part in work.components]
    parts: list[WorkComponent] = attached + unattached
    return {
        "all": len(parts) + len(of_radio),
        "itu_t_attached": len(attached),
        "itu_t_on_work_only": len(unattached),
        "itu_r": len(of_radio),
        "by_type_itu_t": _sorted(Counter(part.type.value for part in parts)),
    }


def _numbers(works: list[Work]) -> dict[str, int]:
    # A work with components alone has a label, but no edition with a number.
    works = [work for work in works if work.editions]
    labels = Counter(work.label for work in works)
    holders: dict[str, int] = defaultdict(int)
    for work in works:
        for number in work.numbers:
            holders[number] += 1
    return {
        "works_with_former_numbers": sum(len(full_numbers(work)) > 1 for work in works),
        "shared_labels": sum(count > 1 for count in labels.values()),
        "works_under_shared_labels": sum(count for count in labels.values() if count > 1),
        "single_numbers": len(holders),
        "single_numbers_in_several_works": sum(count > 1 for count in holders.values()),
    }


def _iso(works: list[Work], found: Catalogue) -> dict[str, int]:
    return {
        "records": sum(bool(record.iso) for record in found.records),
        "values": len({record.iso for record in found.records if record.iso}),
        "works": sum(any(record.iso for record in work.records) for work in works),
    }


def _text(found: Catalogue) -> dict[str, int]:
    return {
        "titles_missing": sum(not record.title for record in found.records),
        "abstracts": sum(
            bool(record.abstract) or RecordNote.ABSTRACT_BLANK in record.notes
            for record in found.records
        ),
        "abstracts_to_clean": sum(
            RecordNote.TEXT_CLEANED in record.notes for record in found.records
        ),
        "abstracts_blank": sum(
            RecordNote.ABSTRACT_BLANK in record.notes for record in found.records
        ),
    }


def _spots(works: list[Work]) -> dict[str, dict[str, Any]]:
    by_identifier = {work.identifier: work for work in works}
    return {spot: _spot(by_identifier[spot]) for spot in SPOTS if spot in by_identifier}


def _spot(work: Work) -> dict[str, Any]:
    in_force = work.in_force.record.source_identifier if work.in_force else None
    if work.sector is SectorCode.ITU_T:
        return {
            "editions": len(work.editions),
            "components": len(work.components),
            "in_force": in_force,
            "first": work.editions[0].record.source_identifier if work.editions else None,
        }
    return {
        "editions": len(work.editions),
        "in_force": in_force,
        "latest": work.editions[-1].record.source_identifier if work.editions else None,
    }
