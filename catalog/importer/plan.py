"""What an import would change: the works of a snapshot compared with the rows of the database.

Nothing is written here. A dry run is a plan that is not saved; a plan for a snapshot that was
imported before is empty.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from catalog import standing
from catalog.dataset.catalogue import Catalogue
from catalog.dataset.works import Work, WorkComponent, WorkEdition, WorkName
from catalog.imported_fields import ONLY_OF_NEW_WORKS
from catalog.importer.changes import News, tell_of_part, tell_of_work
from catalog.importer.differences import (
    apply,
    component_values,
    edition_values,
    work_values,
)
from catalog.importer.present import Present, Structure
from catalog.models import Component, Correction, Edition, Publication, PublicationName
from catalog.terms import NameKind, Verification

Part = Edition | Component
EVIDENCE = "record of the public data set relaton-data-itu, which is made from ITU’s own pages"


@dataclass
class Tally:
    """How many rows of a kind an import creates, changes, leaves and misses."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return dict(self.__dict__)


@dataclass
class Plan:
    """Everything that is to be written. New rows name each other as objects, not by keys."""

    new: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[type, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    delete: dict[type, list[int]] = field(default_factory=lambda: defaultdict(list))
    touched: dict[int, Publication] = field(default_factory=dict)
    readdressed: list[Publication | Part] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    tallies: dict[str, Tally] = field(
        default_factory=lambda: {name: Tally() for name in ("works", "editions", "components")}
    )
    work_rows: dict[int, Publication] = field(default_factory=dict)
    part_rows: dict[int, Part] = field(default_factory=dict)
    # Each touched work with all editions, components and names that it will have.
    rows_of: list[tuple[Publication, list[Edition], list[Component], list[PublicationName]]] = (
        field(default_factory=list)
    )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        rows = (*self.new.values(), *self.changed.values(), *self.delete.values())
        return not any(rows) and not self.corrections

    def touch(self, publication: Publication) -> None:
        """Note that lists and search must look at a work again."""
        self.touched[id(publication)] = publication

    def change(self, row: Any) -> None:
        """Note a row that is there and differs."""
        self.changed[type(row)][row.pk] = row


class Planner:
    """One comparison of a catalogue with what is present."""

    def __init__(
        self,
        catalogue: Catalogue,
        present: Present,
        structure: Structure,
        day: datetime.date,
        unread_files: set[str],
    ) -> None:
        self.catalogue = catalogue
        self.present = present
        self.structure = structure
        self.day = day
        self.unread_files = unread_files
        self.plan = Plan()
        self.known: list[Publication] = []
        self.changed_works: dict[int, dict[str, tuple[Any, Any]]] = {}
        self.claimed: set[int] = set()
        self.addresses: set[tuple[int, str]] = set()
        self.left_addresses: dict[int, tuple[str, str]] = {}
        self.parts: dict[int, tuple[list[Edition], list[Component], list[PublicationName]]] = {}

    def works(self) -> None:
        """Plan every work with its editions, components and names."""
        owners = self._owners()
        addresses = self._addresses(owners)
        for work in self.catalogue.works:
            work.slug, work.identifier = addresses[id(work)]
            self.addresses.add((self.structure.sector_of(work).pk, work.slug))
        # Known works first: their rows are theirs, whoever else names the same record.
        for work in sorted(self.catalogue.works, key=lambda work: id(work) not in owners):
            self._work(work, owners.get(id(work)))

    def finish(self) -> None:
        """Work out what lists need of every touched work, once all its parts are planned."""
        for row in self.plan.touched.values():
            self._derive(row)
        for row in self.known:
            changed = self.changed_works.get(id(row), {})
            tally = self.plan.tallies["works"]
            if changed:
                tally.changed += 1
                self.plan.news += tell_of_work(row, changed)
            elif not row.left_source:
                tally.unchanged += 1

    def _owners(self) -> dict[int, Publication]:
        """Find the row of each work; a row that several works claim goes to the best claim."""
        claims: dict[int, list[tuple[tuple, Work]]] = defaultdict(list)
        for work in self.catalogue.works:
            owner = self.present.owner_of(work, self.structure.sector_of(work))
            if owner is not None:
                held = sum(
                    getattr(self.present.records.get(r.source_identifier), "publication_id", None)
                    == owner.pk
                    for r in work.records
                )
                same = owner.identifier == work.identifier
                claims[owner.pk].append(((-held, not same, work.slug), work))
        owners = {}
        for pk, rivals in claims.items():
            _rank, work = min(rivals, key=lambda rival: rival[0])
            owners[id(work)] = self.present.works[pk]
        return owners

    def _addresses(self, owners: dict[int, Publication]) -> dict[int, tuple[str, str]]:
        """Return address and identifier of each work, clear of rows that are not of the source.

        A text that left the source keeps both; a new text with its number takes its year.
        """
        owned = {row.pk for row in owners.values()}
        others = [row for row in self.present.works.values() if row.pk not in owned]
        taken = {(row.sector_id, row.slug) for row in others}
        named = {row.identifier for row in others if row.identifier}
        found = {}
        for work in self.catalogue.works:
            slug, identifier = work.slug, work.identifier
            sector = self.structure.sector_of(work)
            if (sector.pk, slug) in taken or identifier in named:
                year = work.editions[-1].date.year if work.editions else self.day.year
                slug, identifier = f"{slug}-{year}", f"{identifier} ({year})"
            found[id(work)] = (slug, identifier)
        return found

    def _work(self, work: Work, row: Publication | None) -> None:
        values = work_values(work, self.structure)
        if row is None:
            row = self._new_work(work, values)
        else:
            self.known.append(row)
            if work.editions:
                del values["name"]  # follows the standing edition, see `standing`
            self._settle_work(row, values)
        self.plan.work_rows[id(work)] = row
        editions, components = [], []
        for edition in work.editions:
            editions.append(self._edition(edition, row, row.slug))
            components += [
                self._component(part, row, editions[-1], row.slug) for part in edition.components
            ]
        components += [self._component(part, row, None, row.slug) for part in work.loose]
        self.parts[id(row)] = (editions, components, self._names(work, row))

    def _new_work(self, work: Work, values: dict[str, Any]) -> Publication:
        sector = self.structure.sector_of(work)
        row = Publication(
            key=f"{sector.code}-{work.slug.replace('/', '-')}",
            sector=sector,
            family=self.structure.family_of(work),
            series=self.structure.series_of(work),
            from_source=True,
            verification=Verification.CONFIRMED.value,
            evidence=EVIDENCE,
            **{name: value for name, value in values.items() if name != "series_id"},
        )
        self.plan.new[Publication].append(row)
        self.plan.tallies["works"].created += 1
        self.plan.news.append(News.of_new_work(row))
        self.plan.touch(row)
        return row

    def _settle_work(self, row: Publication, values: dict[str, Any]) -> None:
        if not row.from_source:
            for name in ONLY_OF_NEW_WORKS:
                values.pop(name, None)
        locks = self.present.locked("publication", row.pk)
        address = (row.slug, row.identifier)
        changed = apply(row, values, locks, self.plan.corrections)
        if row.left_source:
            changed["left_source"] = (row.left_source, None)
            row.left_source = None
        if address != (row.slug, row.identifier):
            self.plan.readdressed.append(row)
            if (row.sector_id, address[0]) not in self.addresses:
                self.left_addresses[id(row)] = address
        if changed:
            self.changed_works[id(row)] = changed
            self.plan.change(row)
            self.plan.touch(row)

    def _edition(self, edition: WorkEdition, publication: Publication, slug: str) -> Edition:
        values = edition_values(edition, slug)
        row = self._part_row("edition", publication, edition, values)
        if row is None:
            row = Edition(publication=publication, from_source=True, **values)
            self._add_part(row, publication, "editions")
        else:
            self._settle_part("edition", row, publication, values)
        self.plan.part_rows[id(edition)] = row
        return row

    def _component(
        self,
        component: WorkComponent,
        publication: Publication,
        edition: Edition | None,
        slug: str,
    ) -> Component:
        values = component_values(component, slug)
        if edition is None:
            edition = self._curated_base(component, publication)
        row = self._part_row("component", publication, component, values)
        if row is None:
            row = Component(publication=publication, edition=edition, from_source=True, **values)
            self._add_part(row, publication, "components")
        else:
            # A new edition has no key yet; the row is told of it when it is saved.
            if (edition and edition.pk) != row.edition_id or (edition and edition.pk is None):
                row.edition = edition
                self.plan.change(row)
                self.plan.touch(publication)
            self._settle_part("component", row, publication, values)
        self.plan.part_rows[id(component)] = row
        return row

    def _curated_base(self, component: WorkComponent, publication: Publication) -> Edition | None:
        """Return the curated edition that a component changes, where the source lacks it."""
        tokens = getattr(component.record.identifier, "components", ())
        base = tokens[-1].base_year if tokens else None
        editions = self.present.parts_of["edition", publication.pk] if publication.pk else []
        return next((e for e in editions if base and e.date and e.date.year == base), None)

    def _part_row(
        self,
        label: str,
        publication: Publication,
        part: WorkEdition | WorkComponent,
        values: dict[str, Any],
    ) -> Part | None:
        if not self.present.works:
            return None
        row = self.present.part_of(label, publication, part, values["number_slug"])
        if row is None or id(row) in self.claimed:
            return None
        self.claimed.add(id(row))
        return row

    def _add_part(self, row: Part, publication: Publication, tally: str) -> None:
        self.plan.new[type(row)].append(row)
        self.plan.tallies[tally].created += 1
        self.plan.touch(publication)
        if publication.pk:
            self.plan.news.append(News.of_new_part(row))

    def _settle_part(
        self, label: str, row: Part, publication: Publication, values: dict[str, Any]
    ) -> None:
        tally = self.plan.tallies[f"{label}s"]
        locks = self.present.locked(label, row.pk)
        changed = apply(row, values, locks, self.plan.corrections)
        if row.publication_id != publication.pk or publication.pk is None:
            changed["publication"] = (row.publication_id, publication.pk)
            if former := self.present.works.get(row.publication_id):
                self.plan.touch(former)
        row.publication = publication
        if row.left_source:
            changed["left_source"] = (row.left_source, None)
            row.left_source = None
        if locks:
            self.plan.touch(publication)  # what follows from a corrected field may lag behind
        if not changed:
            tally.unchanged += 1
            return
        tally.changed += 1
        if changed.keys() & {"slug", "number_slug", "publication"}:
            self.plan.readdressed.append(row)
        self.plan.change(row)
        self.plan.touch(publication)
        self.plan.news += tell_of_part(row, changed)

    def _names(self, work: Work, row: Publication) -> list[PublicationName]:
        """Plan further names; a name that the source has forgotten stays, as do its addresses."""
        held = self.present.names.get(row.pk, {}) if row.pk else {}
        names = list(held.values())
        for name in (*work.names, *self._left_address(work, row)):
            there = held.get(name.name)
            if there is None:
                there = PublicationName(
                    publication=row,
                    kind=name.kind.value,
                    name=name.name,
                    slug=name.slug,
                    from_source=True,
                )
                self.plan.new[PublicationName].append(there)
                self.plan.touch(row)
                names.append(there)
            elif there.from_source and (there.kind, there.slug) != (name.kind.value, name.slug):
                there.kind, there.slug = name.kind.value, name.slug
                self.plan.change(there)
                self.plan.touch(row)
        return names

    def _left_address(self, work: Work, row: Publication) -> list[WorkName]:
        """Return the address that a work has left, if nothing else leads from it to the work."""
        if id(row) not in self.left_addresses:
            return []
        slug, identifier = self.left_addresses[id(row)]
        if any(name.slug == slug for name in work.names):
            return []
        return [WorkName(NameKind.FORMER, identifier.removeprefix("ITU-T ") or slug, slug)]

    def _derive(self, row: Publication) -> None:
        editions, components, names = self.parts.get(id(row), ([], [], []))
        known = {id(part) for part in (*editions, *components)}
        held = {
            label: [
                part
                for part in self.present.parts_of[label, row.pk]
                if id(part) not in known and part.publication_id == row.pk
            ]
            for label in ("edition", "component")
            if row.pk
        }
        if not names and row.pk:
            names = list(self.present.names.get(row.pk, {}).values())
        editions = [*editions, *held.get("edition", [])]
        components = [*components, *held.get("component", [])]
        self.plan.rows_of.append((row, editions, components, names))
        name = row.name
        locked = self.present.locked("publication", row.pk)
        if standing.derive(row, editions, name_is_fixed="name" in locked) and row.pk:
            self.plan.change(row)
        if row.pk and row.name != name:
            self.changed_works.setdefault(id(row), {})["name"] = (name, row.name)
            self.plan.change(row)
