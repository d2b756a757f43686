"""Pictures drawn on the server: where each mark stands and how large it is.

Widths are per cent, so that bars stretch and type does not; heights and squares are pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LANE = 28
BAR = 20
# The longest bar leaves room for the decade before it and the count after it, also at 320 px.
WIDEST = 68
STEPS = 5


@dataclass(frozen=True)
class Cell:
    """How many works of a series stand in an edition of a decade; `step` is its colour, from 1."""

    decade: int
    count: int
    step: int

    @property
    def last_year(self) -> int:
        return self.decade + 9


@dataclass(frozen=True)
class MatrixRow:
    """A series with its cells, one for each decade of the matrix."""

    series: Any
    cells: list[Cell]

    @property
    def works(self) -> int:
        """The sum of its cells."""
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True)
class ColourStep:
    """Which numbers of works have a colour."""

    step: int
    fewest: int
    most: int


@dataclass(frozen=True)
class Matrix:
    """Series by decades; `works` is the sum of all cells."""

    decades: list[int]
    rows: list[MatrixRow]
    works: int
    legend: list[ColourStep]


@dataclass(frozen=True)
class AgeBar:
    """The works of a decade as a bar."""

    decade: int
    count: int
    width: float
    lane: int

    @property
    def last_year(self) -> int:
        return self.decade + 9

    @property
    def y(self) -> int:
        """Top of the bar in pixels."""
        return self.lane * LANE + (LANE - BAR) // 2

    @property
    def text_y(self) -> int:
        """Baseline of decade and count in pixels."""
        return self.y + 14

    @property
    def label_at(self) -> float:
        """Where the count stands, in per cent."""
        return round(self.width + 1, 2)


@dataclass(frozen=True)
class Ages:
    """A bar for each decade from the first to the last, gaps included."""

    bars: list[AgeBar]
    works: int

    @property
    def height(self) -> int:
        """Height of the picture in pixels."""
        return len(self.bars) * LANE

    @property
    def first(self) -> int:
        return self.bars[0].decade

    @property
    def last(self) -> int:
        return self.bars[-1].decade


def decades_between(decades: Iterable[int]) -> list[int]:
    """Return every decade from the first to the last."""
    known = list(decades)
    return list(range(min(known), max(known) + 1, 10)) if known else []


def step_of(count: int, most: int) -> int:
    """Return the step of colour from 1 to 5; small numbers are told apart better than large."""
    return math.ceil(STEPS * math.sqrt(count / most)) if count else 0


def colour_steps(most: int) -> list[ColourStep]:
    """Return the numbers of works from 1 to `most` that each step of colour stands for."""
    steps: dict[int, list[int]] = {}
    for count in range(1, most + 1):
        steps.setdefault(step_of(count, most), []).append(count)
    return [ColourStep(step, counts[0], counts[-1]) for step, counts in steps.items()]


def matrix_of(series: Sequence[Any], counts: Iterable[tuple[int, int, int]]) -> Matrix | None:
    """Return the matrix from (series pk, decade, works); None if there is nothing to draw.

    Series without works in force have no row; the others keep their order.
    """
    by_place = {(pk, decade): number for pk, decade, number in counts}
    if not by_place:
        return None
    decades = decades_between(decade for _pk, decade in by_place)
    drawn = {pk for pk, _decade in by_place}
    most = max(by_place.values())
    rows = []
    for one in series:
        if one.pk in drawn:
            numbers = [(decade, by_place.get((one.pk, decade), 0)) for decade in decades]
            rows.append(
                MatrixRow(one, [Cell(d, number, step_of(number, most)) for d, number in numbers])
            )
    return Matrix(decades, rows, sum(by_place.values()), colour_steps(most))


def ages_of(counts: Mapping[int, int]) -> Ages | None:
    """Return a bar for each decade; None if there is nothing to draw."""
    if not counts:
        return None
    most = max(counts.values())
    bars = [
        AgeBar(decade, number, round(WIDEST * number / most, 2), lane)
        for lane, decade in enumerate(decades_between(counts))
        for number in (counts.get(decade, 0),)
    ]
    return Ages(bars, sum(counts.values()))
