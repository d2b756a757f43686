"""Addresses and identifiers of works: each has its own, and what left the source gives way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from django.urls import NoReverseMatch, reverse

from catalog.importer.claims import Claims
from catalog.importer.present import Location, Present, StoredPart, location_of
from catalog.importer.wanted import Wanted, WantedWork
from catalog.models import Edition, Publication


class WorkAddresses:
    """The addresses and identifiers that works have from this import on."""

    def __init__(self) -> None:
        self.addresses: set[tuple[int, str]] = set()
        self.identifiers: set[str] = set()

    def add(self, sector: int, slug: str, identifier: str) -> None:
        """Note that a work has this address and this identifier."""
        self.addresses.add((sector, slug))
        if identifier:
            self.identifiers.add(identifier)

    def is_free(self, sector: int, slug: str, identifier: str) -> bool:
        """Return whether no work has this address or this identifier."""
        return (sector, slug) not in self.addresses and identifier not in self.identifiers

    def first_free(self, sector: int, slug: str, identifier: str, year: int) -> tuple[str, str]:
        """Return the address and identifier themselves, else with the year, else with a number."""
        for new_slug, new_identifier in _variants(slug, identifier, year):
            if self.is_free(sector, new_slug, new_identifier):
                return new_slug, new_identifier
        raise AssertionError("numbers do not end")

    def move_aside(self, row: Publication, editions: Iterable[Edition], this_year: int) -> None:
        """Let a work that left the source keep its address if nobody needs it, else a free one."""
        years = [edition.date.year for edition in editions if edition.date]
        year = max(years, default=row.year or this_year)
        row.slug, row.identifier = self.first_free(row.sector_id, row.slug, row.identifier, year)
        self.add(row.sector_id, row.slug, row.identifier)


def _variants(slug: str, identifier: str, year: int) -> Iterator[tuple[str, str]]:
    yield slug, identifier
    yield f"{slug}-{year}", f"{identifier} ({year})" if identifier else ""
    for ordinal in count(2):
        named = f"{identifier} ({year}, {ordinal})" if identifier else ""
        yield f"{slug}-{year}-{ordinal}", named


def assign_addresses(wanted: Wanted, present: Present, claims: Claims) -> WorkAddresses:
    """Give each wanted work an address and an identifier that no other row needs.

    Curated rows that are not wanted, rows that stay untouched and corrected addresses come first;
    then a work whose address is taken carries the year of its newest edition.
    """
    book = WorkAddresses()
    _add_unreported(book, present, claims)
    free = []
    for work in wanted.works:
        work.slug, work.identifier = work.work.slug, work.work.identifier
        locks = present.locked(work.row) if present.locks else {}
        if "slug" in locks or "identifier" in locks:
            work.slug = work.row.slug if "slug" in locks else work.slug
            work.identifier = work.row.identifier if "identifier" in locks else work.identifier
            book.add(work.sector.pk, work.slug, work.identifier)
        else:
            free.append(work)
    for work in free:
        sector = work.row.sector_id if work.row is not None else work.sector.pk
        if not book.is_free(sector, work.slug, work.identifier):
            work.slug, work.identifier = book.first_free(
                sector, work.slug, work.identifier, _year_of(work)
            )
        book.add(sector, work.slug, work.identifier)
    return book


def _add_unreported(book: WorkAddresses, present: Present, claims: Claims) -> None:
    """Note the addresses of works that the snapshot does not report, but that keep theirs."""
    for row in present.works.values():
        key = ("publication", row.pk)
        if key in claims.reported:
            continue
        if key in claims.untouched:
            book.add(row.sector_id, row.slug, row.identifier)
        elif not row.from_source:
            values, locks = present.curated_works[row.pk], present.locked(row)
            slug = row.slug if "slug" in locks else values["slug"]
            identifier = row.identifier if "identifier" in locks else values["identifier"]
            book.add(row.sector_id, slug, identifier)


def _year_of(work: WantedWork) -> int:
    source = work.work
    if source.editions:
        return source.editions[-1].date.year
    return max(part.date for part in source.unattached).year


class PartAddresses:
    """The addresses that editions and components have from this import on."""

    def __init__(self) -> None:
        self.rows: dict[Location, StoredPart] = {}

    def add(self, row: StoredPart) -> None:
        """Note that a part stands where it says, unless another one does."""
        self.rows.setdefault(location_of(row), row)

    def free_slug(self, row: StoredPart) -> str:
        """Return the address part of a row, or one like it if another row stands there."""
        label, sector, number, slug = location = location_of(row)
        if self.rows.get(location, row) is row:
            return slug
        return _free_slug(slug, {s for *place, s in self.rows if place == [label, sector, number]})


def live_parts(wanted: Wanted, present: Present) -> PartAddresses:
    """Return where the parts that the snapshot reports will stand, and the curated ones."""
    book = PartAddresses()
    for part in wanted.by_part.values():
        book.add(part.row)
    for row in (*present.editions.values(), *present.components.values()):
        if not row.from_source:
            book.add(row)
    return book


def _free_slug(slug: str, taken: set[str]) -> str:
    """Return an address part like that of an edition or component which is not taken.

    Of an edition its year, then a number; a component gets a number behind its name.
    """
    month, slash, part = slug.partition("/")
    if slash:
        return next(
            found for ordinal in count(2) if (found := f"{month}/{part}-{ordinal}") not in taken
        )
    candidates = (month[:4], *(str(ordinal) for ordinal in range(1, 10_000)))
    return next(found for found in candidates if found not in taken)


def path_of(location: Location) -> str:
    """Return the path of a page; empty if a row at this location has none."""
    label, sector, number, slug = location
    parts = {"sector": sector, "publication": number}
    if label != "publication":
        parts["edition"] = slug
    if label == "component":
        parts["edition"], _slash, parts["part"] = slug.partition("/")
    try:
        return reverse(label, kwargs=parts)
    except NoReverseMatch:
        return ""
