"""When each edition was the newest, as bars drawn on the server, one for each row of a list.

All positions are per cent of the width, so that bars stretch and type does not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.models import Component, Edition
from catalog.terms import ComponentType

NARROWEST = 0.6  # per cent, so that a bar can be seen
# What corrects a text, and does not change what it says.
CORRECTIONS = (ComponentType.CORRIGENDUM, ComponentType.ERRATUM)


@dataclass(frozen=True)
class Tick:
    """A component as a mark on the bar of its edition."""

    left: float
    label: str
    is_correction: bool


@dataclass(frozen=True)
class EditionBar:
    """One edition: where its bar begins and how long it is, in per cent."""

    label: str
    state: str
    left: float
    width: float
    ticks: list[Tick] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """A year on the axis; every other one is `odd` and left out where room is short."""

    year: int
    left: float
    is_odd: bool = False


@dataclass(frozen=True)
class EditionHistory:
    """The bars of a work by the primary key of the edition, on one axis."""

    first: int
    last: int
    bars: dict[int, EditionBar]
    marks: list[Mark]

    @property
    def has_changes(self) -> bool:
        """Whether a bar carries a mark of an amendment or the like."""
        return any(not tick.is_correction for bar in self.bars.values() for tick in bar.ticks)

    @property
    def has_corrections(self) -> bool:
        """Whether a bar carries a mark of a corrigendum or an erratum."""
        return any(tick.is_correction for bar in self.bars.values() for tick in bar.ticks)


def edition_history(
    editions: Iterable[Edition], components: Iterable[Component], today: datetime.date
) -> EditionHistory | None:
    """Return the figure for a work; None where fewer than two editions are dated.

    An edition's bar runs from its date to that of the next one; the newest runs to `today`.
    """
    dated = sorted((e for e in editions if e.date), key=lambda edition: edition.position)
    dated = [edition for edition in dated if edition.date <= today]
    if len(dated) < 2:
        return None
    start, end = min(e.date for e in dated), max(today, dated[-1].date)
    days = max((end - start).days, 1)

    def at(day: datetime.date) -> float:
        return round(100 * (min(max(day, start), end) - start).days / days, 2)

    bars = {}
    for number, edition in enumerate(dated, 1):
        until = dated[number].date if number < len(dated) else end
        ticks = [
            Tick(at(part.date), part.identifier, part.type in CORRECTIONS)
            for part in components
            if part.edition_id == edition.pk and part.date
        ]
        left = at(edition.date)
        state = "" if edition.state_doubted else edition.state
        width = round(max(at(until) - left, NARROWEST), 2)
        bars[edition.pk] = EditionBar(edition.identifier, state, left, width, ticks)
    return EditionHistory(start.year, end.year, bars, year_marks(start, end, at))


def year_marks(start: datetime.date, end: datetime.date, at) -> list[Mark]:
    """Return the round years between two days, each with its place by `at`, in per cent."""
    span = end.year - start.year
    step = 20 if span > 60 else 10 if span > 24 else 5 if span > 9 else 2
    years = range(start.year - start.year % step + step, end.year + 1, step)
    places = [(year, at(datetime.date(year, 1, 1))) for year in years]
    return [
        Mark(year, left, number % 2 == 1)
        for number, (year, left) in enumerate(places)
        if 3 < left < 97
    ]
