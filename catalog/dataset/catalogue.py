"""The whole way from records to works: group, name, relate."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.dataset.naming import name_works
from catalog.dataset.radio import RadioTexts, group_radio
from catalog.dataset.record import Record
from catalog.dataset.relations import Relations, relate
from catalog.dataset.standards import Standards, group_standards
from catalog.dataset.works import LeftOut, Work


@dataclass
class Catalogue:
    """What a snapshot says, ready to be compared with a database."""

    records: list[Record]
    works: list[Work]
    left_out: list[LeftOut]
    relations: Relations
    standards: Standards
    radio: RadioTexts


def build(records: list[Record]) -> Catalogue:
    """Return the works that records make; needs all of them, in whatever order."""
    standards = group_standards(record for record in records if record.is_standard)
    radio = group_radio(record for record in records if not record.is_standard)
    works = sorted(
        [*standards.works, *radio.works], key=lambda work: (work.sector.value, work.slug)
    )
    name_works(works, radio.left_out)
    works.sort(key=lambda work: (work.sector.value, work.slug))
    return Catalogue(records, works, radio.left_out, relate(works), standards, radio)
