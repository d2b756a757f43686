"""What must hold of works before any of them is written: each text has an address of its own.

The rules are those of the tables and of the addresses of the portal. `faults_of` is asked by
`catalogue.build`, which leaves out what does not stand the test, and by the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.dataset.source_record import Record
from catalog.dataset.works import DatedPart, Work, WorkComponent, WorkEdition
from catalog.identifiers import address_parts

# What the columns take; a key is made of Sector and address, and may get an ordinal.
LONGEST_ADDRESS = 85
LONGEST_LABEL = 120
LONGEST_IDENTIFIER = 250
LONGEST_TITLE = 400
WELL_FORMED = re.compile(r"[a-z0-9]+(?:[./-][a-z0-9]+)*")
CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Fault:
    """What keeps a work, or one of its editions or components, from being written.

    `part` is None if the work itself is at fault. `records` are those that would have to go.
    """

    work: Work
    part: DatedPart | None
    reason: str

    @property
    def records(self) -> list[Record]:
        """The records that the fault lies with."""
        if self.part is None:
            return self.work.records
        twin = self.part.twin if isinstance(self.part, WorkEdition) else None
        return [self.part.record, *([twin] if twin else [])]


def faults_of(works: Iterable[Work]) -> list[Fault]:
    """Return everything that is wrong with these works.

    Of two works or components that clash the second is at fault, of two editions the older one.
    """
    seen = _Seen(set(), set(), set(), set())
    found: list[Fault] = []
    for work in works:
        found += [Fault(work, None, reason) for reason in _of_work(work, seen)]
        for part in (*reversed(work.editions), *work.components):
            found += [Fault(work, part, reason) for reason in _of_part(work, part, seen)]
    return found


@dataclass
class _Seen:
    """What is taken: by works, by their identifiers, by editions and components, by records."""

    addresses: set[tuple[str, str]]
    identifiers: set[str]
    parts: set[tuple[bool, str, str, str]]
    records: set[str]


def _of_work(work: Work, seen: _Seen) -> Iterator[str]:
    if not _is_address(work.slug):
        yield f"{work.slug!r} cannot stand in an address"
    elif (work.sector, work.slug) in seen.addresses:
        yield f"another text has the address {work.slug}"
    if not _is_text(work.identifier, LONGEST_LABEL):
        yield f"{work.identifier[:LONGEST_LABEL]!r} cannot be an identifier"
    elif work.identifier in seen.identifiers:
        yield f"another text is called {work.identifier}"
    if not _is_text(work.title, LONGEST_TITLE):
        yield "the title is blank, too long or holds control characters"
    names = [name.name for name in work.names]
    if len(set(names)) < len(names):
        yield "it has the same name twice"
    for name in work.names:
        if not _is_text(name.name, LONGEST_LABEL):
            yield f"{name.name[:LONGEST_LABEL]!r} cannot be a name"
        if name.slug and not _is_address(name.slug):
            yield f"the name {name.name!r} cannot stand in an address"
    if not work.records:
        yield "there is no record of it"
    seen.addresses.add((work.sector, work.slug))
    seen.identifiers.add(work.identifier)


def _of_part(work: Work, part: WorkEdition | WorkComponent, seen: _Seen) -> Iterator[str]:
    is_edition = isinstance(part, WorkEdition)
    is_form = _is_month_or_version if is_edition else address_parts.is_component
    twin = part.twin if is_edition else None
    address = (is_edition, work.sector, part.number, part.slug)
    if not _is_address(part.number) or not is_form(part.slug) or len(part.slug) > LONGEST_ADDRESS:
        yield f"‘{part.number}/{part.slug}’ cannot be an address"
    elif address in seen.parts:
        yield f"another text has the address {part.number}/{part.slug}"
    if not _is_text(part.identifier, LONGEST_IDENTIFIER):
        yield f"{part.identifier[:LONGEST_LABEL]!r} cannot be an identifier"
    if twin and not _is_address(part.twin_number):
        yield f"‘{part.twin_number}’ cannot be an address"
    for record in (part.record, twin) if twin else (part.record,):
        if record.source_identifier in seen.records:
            yield f"the record {record.source_identifier} belongs to two texts"
        seen.records.add(record.source_identifier)
    if part.state is None:
        yield "nothing says what its status is"
    seen.parts.add(address)


@lru_cache(maxsize=50_000)
def _is_address(text: str) -> bool:
    return (
        len(text) <= LONGEST_ADDRESS
        and address_parts.is_publication(text)
        and bool(WELL_FORMED.fullmatch(text))
    )


@lru_cache(maxsize=10_000)
def _is_month_or_version(text: str) -> bool:
    return address_parts.is_edition(text)


def _is_text(text: str, longest: int) -> bool:
    if not text or len(text) > longest:
        return False
    return not text.isspace() and (text.isprintable() or not CONTROL.search(text))
