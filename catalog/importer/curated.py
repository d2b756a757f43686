"""Which curated rows the works of a snapshot are, found by what the curated rows say themselves.

What earlier imports wrote plays no part, so the answer is that of a first import.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from catalog.importer.present import ColumnValues, Present, StoredPart
from catalog.importer.wanted import Wanted, WantedPart, WantedWork
from catalog.models import Edition, Publication
from catalog.terms import NameKind


@dataclass(slots=True, eq=False)
class CuratedPart:
    """A part that no import made; `number` is that of its address."""

    row: StoredPart
    number: str
    slug: str
    values: ColumnValues
    is_taken: bool = False


class CuratedRows:
    """The rows that no import made, and which of them are wanted."""

    def __init__(self, present: Present) -> None:
        self.present = present
        self.by_identifier: dict[str, Publication] = {}
        self.by_address: dict[tuple[int, str], Publication] = {}
        for pk, values in present.curated_works.items():
            row = present.works[pk]
            if values["identifier"]:
                self.by_identifier[values["identifier"]] = row
            self.by_address[row.sector_id, values["slug"]] = row

    def match_works(self, wanted: Wanted) -> None:
        """Give each wanted work the curated row that it is; the best claim has it."""
        rules: list[Callable[[WantedWork], Iterable[Publication | None]]] = [
            lambda work: [self.by_identifier.get(work.work.identifier)],
            lambda work: [self.by_identifier.get(work.work.label)],
            lambda work: [self.by_address.get((work.sector.pk, work.work.slug))],
            self._by_former_number,
        ]
        taken: set[int] = set()
        for rule in rules:
            rivals: dict[int, list[WantedWork]] = defaultdict(list)
            for work in wanted.works:
                if work.row is None:
                    row = next((r for r in rule(work) if r and r.pk not in taken), None)
                    if row is not None:
                        rivals[row.pk].append(work)
            for pk, works in rivals.items():
                best = max(works, key=_claim_of)
                best.row = self.present.works[pk]
                taken.add(pk)

    def match_parts(self, works: Iterable[WantedWork]) -> None:
        """Give the parts of these works the rows of theirs that no import made."""
        for work in works:
            rows = [
                row for row in self.present.parts_of.get(work.row.pk, ()) if not row.from_source
            ]
            if rows:
                self._match_parts(work, rows)

    def _by_former_number(self, work: WantedWork) -> Iterable[Publication]:
        """Yield curated works under a former number of this one that share an edition with it."""
        for name in work.work.names:
            if name.slug and name.kind in (NameKind.FORMER, NameKind.TWIN):
                row = self.by_address.get((work.sector.pk, name.slug))
                if row is not None and self._shares_edition(work, row):
                    yield row

    def _shares_edition(self, work: WantedWork, row: Publication) -> bool:
        own = {(edition.number, edition.slug) for edition in work.work.editions}
        held = (part for part in self._parts(row) if isinstance(part.row, Edition))
        return any((part.number, part.slug) in own for part in held)

    def _parts(
        self, work: Publication, rows: Iterable[StoredPart] | None = None
    ) -> list[CuratedPart]:
        if rows is None:
            rows = [row for row in self.present.parts_of.get(work.pk, ()) if not row.from_source]
        curated = self.present.curated_works.get(work.pk)
        slug = curated["slug"] if curated else work.slug
        found = []
        for row in rows:
            values = self.present.own_values_of(row)
            found.append(CuratedPart(row, values["number_slug"] or slug, values["slug"], values))
        return found

    def _match_parts(self, work: WantedWork, rows: list[StoredPart]) -> None:
        parts = self._parts(work.row, rows)
        for label in ("edition", "component"):
            held = [part for part in parts if part.row._meta.model_name == label]
            wanted = [part for part in work.parts if part.label == label]
            for rule in (_same_address, _same_identifier, _same_file):
                for part in wanted:
                    if part.row is None:
                        found = next((h for h in held if not h.is_taken and rule(part, h)), None)
                        if found is not None:
                            part.row, found.is_taken = found.row, True


def _claim_of(work: WantedWork) -> tuple:
    """Return how good the claim of a work is: in force, then newest, then first by address."""
    source = work.work
    newest = source.editions[-1].date.toordinal() if source.editions else 0
    return (source.in_force is not None, newest, [-ord(letter) for letter in source.slug])


def _same_address(wanted: WantedPart, held: CuratedPart) -> bool:
    return (wanted.part.number, wanted.part.slug) == (held.number, held.slug)


def _same_identifier(wanted: WantedPart, held: CuratedPart) -> bool:
    return wanted.part.identifier == held.values["identifier"]


def _same_file(wanted: WantedPart, held: CuratedPart) -> bool:
    """Whether a curated row stands for the same file under a year or month of its own."""
    return wanted.part.posted is not None and wanted.part.posted == held.values["posted"]
