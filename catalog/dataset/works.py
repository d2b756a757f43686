"""What records become: works with editions and components (rules 2.1 to 2.13)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from catalog.dataset.source_record import Record
from catalog.terms import ComponentType, Kind, NameKind, Precision, RecordRole, SectorCode, State


@dataclass(slots=True, eq=False)
class DatedPart:
    """What an edition and a component have in common.

    `number` is the part of its address that names the work, `slug` the part that names it.
    """

    record: Record
    identifier: str
    number: str
    slug: str
    state: State | None = None
    grounds: str = ""
    approved: datetime.date | None = None
    approved_precision: Precision = Precision.DAY
    posted: datetime.date | None = None
    position: int = 0

    @property
    def date(self) -> datetime.date:
        """The date of approval, else that of posting."""
        return self.approved or self.posted or self.record.date


@dataclass(slots=True, eq=False)
class WorkComponent(DatedPart):
    """An amendment, corrigendum and so on, of an edition or, without one, of the work."""

    type: ComponentType = ComponentType.AMENDMENT


@dataclass(slots=True, eq=False)
class WorkEdition(DatedPart):
    """One issue of a work; `twin` is the second record of the same text."""

    version: int | None = None
    twin: Record | None = None
    twin_identifier: str = ""
    twin_number: str = ""
    components: list[WorkComponent] = field(default_factory=list)

    @property
    def is_in_force(self) -> bool:
        """Whether ITU lists the edition as in force."""
        return self.state is not None and self.state.is_in_force


@dataclass(slots=True, eq=False)
class Work:
    """A publication as the data set has it; editions and components are oldest first.

    `identifier` and `slug` are the label and the address; a text that shares both with one that
    is in force, or newer, carries the year of its newest edition.
    """

    sector: SectorCode
    kind: Kind
    label: str
    slug: str
    series: str = ""
    group: str = ""
    title: str = ""
    identifier: str = ""
    editions: list[WorkEdition] = field(default_factory=list)
    unattached: list[WorkComponent] = field(default_factory=list)
    names: list[WorkName] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    complements: tuple[str, ...] = ()

    @property
    def in_force(self) -> WorkEdition | None:
        """The edition that ITU lists as in force."""
        return next((edition for edition in reversed(self.editions) if edition.is_in_force), None)

    @property
    def standing(self) -> WorkEdition | None:
        """The edition in force, else the newest one."""
        return self.in_force or (self.editions[-1] if self.editions else None)

    @property
    def components(self) -> list[WorkComponent]:
        """All components, those of the oldest edition first."""
        return [part for edition in self.editions for part in edition.components] + self.unattached

    @property
    def newest_date(self) -> datetime.date:
        """The date of the newest edition, of a work without editions that of the newest part."""
        if self.editions:
            return self.editions[-1].date
        return max(part.date for part in self.unattached)

    @property
    def records(self) -> list[Record]:
        """All records of the work."""
        found = [edition.record for edition in self.editions]
        found += [edition.twin for edition in self.editions if edition.twin]
        return found + [part.record for part in self.components]


@dataclass(frozen=True, slots=True)
class WorkName:
    """A further name of a work; with a `slug` it is an address that leads there."""

    kind: NameKind
    name: str
    slug: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that stands for no text of its own; `target` is the edition it became."""

    record: Record
    role: RecordRole
    reason: str
    target: WorkEdition | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Records that cannot become a text; `label` is the work that they would belong to."""

    label: str
    records: tuple[Record, ...]
    reason: str
