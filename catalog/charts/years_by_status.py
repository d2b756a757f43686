"""How many works have a standing edition of each year, by status: columns drawn on the server.

Widths and positions are per cent of the plot, heights are pixels, so that columns stretch and type
does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from catalog.terms import CURRENT_STATES, IN_FORCE_STATES, State

HEIGHT = 150  # pixels of the longest column
ROOM_ABOVE = 18  # pixels for the number over it
GAP = 0.2  # of the width of a year
LABELS_EVERY = 10  # years
FIRST = 1960  # Too few current editions are older to be drawn beside the others.
OVER = (State.SUPERSEDED, State.WITHDRAWN, State.NOT_IN_FORCE)


@dataclass(frozen=True)
class Segment:
    """The works of one status in a column; `kind` names its colour and pattern."""

    kind: str
    count: int
    y: float
    height: float


@dataclass(frozen=True)
class YearColumn:
    """A year: where its column stands, in per cent, and what it is made of."""

    year: int
    left: float
    width: float
    segments: list[Segment]

    @property
    def count(self) -> int:
        """How many works stand in an edition of this year."""
        return sum(segment.count for segment in self.segments)

    @property
    def numbers(self) -> list[int]:
        """How many of them there are of each kind of status, in the order of `KINDS`."""
        counts = {segment.kind: segment.count for segment in self.segments}
        return [counts.get(kind, 0) for kind in KINDS]

    @property
    def middle(self) -> float:
        """The middle of the column, in per cent."""
        return round(self.left + self.width / 2, 2)

    @property
    def top(self) -> float:
        """The upper end of the column, in pixels."""
        return min((segment.y for segment in self.segments), default=HEIGHT + ROOM_ABOVE)


@dataclass(frozen=True)
class YearsByStatus:
    """Columns for all years from the first to the last, gaps included."""

    columns: list[YearColumn]
    earlier: int = 0

    @property
    def first(self) -> int:
        return self.columns[0].year

    @property
    def last(self) -> int:
        return self.columns[-1].year

    @property
    def floor(self) -> int:
        """The line on which the columns stand, in pixels."""
        return HEIGHT + ROOM_ABOVE

    @property
    def height(self) -> int:
        """Height of the figure with its years, in pixels."""
        return self.floor + 20

    @cached_property
    def peak(self) -> YearColumn:
        """The year of most works."""
        return max(self.columns, key=lambda column: column.count)

    @property
    def labelled(self) -> list[YearColumn]:
        """The years that are written below the figure."""
        return [column for column in self.columns if column.year % LABELS_EVERY == 0]

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many works have each kind of status."""
        kinds = dict.fromkeys(KINDS, 0)
        for column in self.columns:
            for segment in column.segments:
                kinds[segment.kind] += segment.count
        return kinds

    @property
    def works(self) -> int:
        """How many works are drawn."""
        return sum(self.totals.values())

    @property
    def filled(self) -> list[YearColumn]:
        """The years with works, newest first, as a table lists them."""
        return [column for column in reversed(self.columns) if column.count]


# From the ground up, as they are drawn, and in the order of the legend.
KINDS = ("in-force", "presumed-current", "superseded", "withdrawn")


def kind_of(state: str) -> str:
    """Return the kind of status under which a state is drawn: one of `KINDS`, "" for none."""
    if state in IN_FORCE_STATES:
        return "in-force"
    if state in CURRENT_STATES:
        return "presumed-current"
    if state == State.SUPERSEDED:
        return "superseded"
    return "withdrawn" if state in OVER else ""


def years_by_status(counts: Iterable[tuple[int | None, str, int]]) -> YearsByStatus | None:
    """Return the figure from (year, state, works); None where fewer than two years have works.

    Works without a year or a status, and those of the years before `FIRST`, are not drawn; the last
    are counted.
    """
    works: dict[int, dict[str, int]] = {}
    earlier = 0
    for year, state, number in counts:
        if year is None:
            continue
        if year < FIRST:
            earlier += number
        elif kind := kind_of(state):
            of_year = works.setdefault(year, {})
            of_year[kind] = of_year.get(kind, 0) + number
    if len(works) < 2:
        return None
    first, last = min(works), max(works)
    step = 100 / (last - first + 1)
    most = max(sum(of_year.values()) for of_year in works.values())
    return YearsByStatus(
        [
            YearColumn(
                year,
                round((year - first + GAP / 2) * step, 3),
                round((1 - GAP) * step, 3),
                _segments(works.get(year, {}), most),
            )
            for year in range(first, last + 1)
        ],
        earlier,
    )


def _segments(works: dict[str, int], most: int) -> list[Segment]:
    segments, floor = [], float(HEIGHT + ROOM_ABOVE)
    for kind in KINDS:
        if number := works.get(kind, 0):
            height = round(max(HEIGHT * number / most, 1), 1)
            floor = round(floor - height, 1)
            segments.append(Segment(kind, number, floor, height))
    return segments
