"""The history figure: when each edition was the newest, as bars drawn on the server.

All positions are per cent of the width, so that bars stretch and type does not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.charts.pictures import LANE
from catalog.models import Component, Edition

TOP = 22


@dataclass(frozen=True)
class Tick:
    """A component as a mark on its edition's bar."""

    left: float
    label: str


@dataclass(frozen=True)
class EditionBar:
    """One edition: where its bar begins and how long it is, in per cent."""

    label: str
    state: str
    left: float
    width: float
    lane: int
    ticks: list[Tick] = field(default_factory=list)

    @property
    def label_side(self) -> str:
        """Where the label finds room: after the bar, before it, or inside it."""
        if self.left + self.width < 68:
            return "after"
        return "before" if self.left > 32 else "inside"

    @property
    def label_at(self) -> float:
        """Where the label is anchored, in per cent."""
        return {"after": self.left + self.width + 1, "before": self.left - 1}.get(
            self.label_side, self.left + 1
        )

    @property
    def y(self) -> int:
        """Top of the bar in pixels."""
        return TOP + self.lane * LANE + 4

    @property
    def tick_y(self) -> int:
        """Top of the ticks, below the label, in pixels."""
        return self.y + 15

    @property
    def bottom(self) -> int:
        """Bottom of the bar in pixels."""
        return self.y + 20

    @property
    def text_y(self) -> int:
        """Baseline of the label in pixels."""
        return self.y + 14


@dataclass(frozen=True)
class Mark:
    """A year on the axis."""

    year: int
    left: float


@dataclass(frozen=True)
class EditionHistory:
    first: int
    last: int
    bars: list[EditionBar]
    marks: list[Mark]

    @property
    def height(self) -> int:
        """Height of the figure in pixels."""
        return TOP + len(self.bars) * LANE + 6


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

    bars = []
    for lane, edition in enumerate(dated):
        until = dated[lane + 1].date if lane + 1 < len(dated) else end
        ticks = [
            Tick(at(part.date), part.identifier)
            for part in components
            if part.edition_id == edition.pk and part.date
        ]
        left = at(edition.date)
        state = "" if edition.state_doubted else edition.state
        width = round(max(at(until) - left, 0.6), 2)
        bars.append(EditionBar(edition.identifier, state, left, width, lane, ticks))
    return EditionHistory(start.year, end.year, bars, _marks(start, end, at))


def _marks(start: datetime.date, end: datetime.date, at) -> list[Mark]:
    span = end.year - start.year
    step = 20 if span > 60 else 10 if span > 24 else 5 if span > 9 else 2
    years = range(start.year - start.year % step + step, end.year + 1, step)
    return [
        Mark(year, at(datetime.date(year, 1, 1)))
        for year in years
        if at(datetime.date(year, 1, 1)) < 94
    ]
