"""The whole way from records to works: group, name, relate, and leave out what cannot stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from catalog.dataset.checking import Fault, faults_of
from catalog.dataset.naming import name_works
from catalog.dataset.radio import RadioTexts, group_radio
from catalog.dataset.relations import Relations, relate
from catalog.dataset.source_record import Record
from catalog.dataset.standards import Standards, group_standards
from catalog.dataset.works import LeftOut, Refused, Work

# How many times records are grouped again without those that make no text.
ROUNDS = 3


@dataclass
class Catalogue:
    """What a snapshot says, ready to be compared with a database.

    Every record belongs to a work, is `left_out` as no text of its own, or is `refused`: no
    text with an address of its own can be made of it. All works stand the test of `checking`.
    """

    records: list[Record]
    works: list[Work]
    left_out: list[LeftOut]
    relations: Relations
    standards: Standards
    radio: RadioTexts
    refused: list[Refused] = field(default_factory=list)


def build(records: list[Record]) -> Catalogue:
    """Return the works that records make; needs all of them, in whatever order.

    The records of the catalogue are copies: what is noted of them depends on the others.
    """
    records = [record.copied() for record in records]
    found, faults = _group(records)
    refused: list[Refused] = []
    for _round in range(ROUNDS):
        if not faults:
            break
        refused += _refusals(faults)
        gone = {record.source_identifier for row in refused for record in row.records}
        found, faults = _group([r for r in records if r.source_identifier not in gone])
    if faults:
        refused += _without_works(found, faults)
    found.refused = refused + _surplus(found)
    found.records = records
    found.relations = relate(found.works)
    return found


def _group(records: list[Record]) -> tuple[Catalogue, list[Fault]]:
    """Return the works of some records, not yet related, and what is wrong with them."""
    standards = group_standards(record for record in records if record.is_standard)
    radio = group_radio(record for record in records if not record.is_standard)
    works = [*standards.works, *radio.works]
    name_works(works, radio.left_out)
    works.sort(key=lambda work: (work.sector.value, work.slug))
    found = Catalogue(records, works, radio.left_out, Relations(), standards, radio)
    return found, faults_of(works)


def _refusals(faults: list[Fault]) -> list[Refused]:
    """Return the records that are at fault, each once."""
    refused, seen = [], set()
    for fault in faults:
        records = [r for r in fault.records if r.source_identifier not in seen]
        seen.update(record.source_identifier for record in records)
        if records:
            refused.append(Refused(fault.work.label, tuple(records), fault.reason))
    return refused


def _without_works(found: Catalogue, faults: list[Fault]) -> list[Refused]:
    """Take works that are still at fault out of a catalogue, whole; return what was taken."""
    reasons = {id(fault.work): fault for fault in reversed(faults)}
    gone = {id(edition) for fault in reasons.values() for edition in fault.work.editions}
    found.works = [work for work in found.works if id(work) not in reasons]
    found.left_out = [
        replace(row, target=None) if id(row.target) in gone else row for row in found.left_out
    ]
    return [
        Refused(fault.work.label, tuple(fault.work.records), fault.reason)
        for fault in reasons.values()
    ]


def _surplus(found: Catalogue) -> list[Refused]:
    """Return the records that repeat what another record of the same text says."""
    named = [(record, first.identifier.text) for record, first in found.standards.surplus]
    named += [(record, edition.identifier) for record, edition in found.radio.surplus]
    return [
        Refused(identifier, (record,), f"a further record of {identifier}")
        for record, identifier in named
    ]
