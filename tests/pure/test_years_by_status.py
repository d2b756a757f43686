"""The columns of the years by status: nothing is lost, and every column has its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.charts.years_by_status import (
    FIRST,
    HEIGHT,
    KINDS,
    ROOM_ABOVE,
    kind_of,
    years_by_status,
)
from catalog.terms import State
from tests.found import some

COUNTS = [
    (1988, "in-force", 90),
    (1988, "withdrawn", 9),
    (1988, "not-in-force", 1),
    (1990, "pre-published", 3),
    (1990, "presumed-current", 7),
    (1990, "", 4),
    (1866, "in-force", 2),
]


def test_every_state_is_drawn_as_one_kind():
    for state in some(State):
        assert kind_of(state.value) in KINDS
    assert kind_of("") == ""


def test_works_are_drawn_by_year_and_kind_and_early_ones_are_counted():
    years = years_by_status(COUNTS)
    assert [column.year for column in years.columns] == [1988, 1989, 1990]
    assert [column.numbers for column in years.columns] == [[90, 0, 0, 10], [0] * 4, [3, 7, 0, 0]]
    assert years.totals == {
        "in-force": 93,
        "presumed-current": 7,
        "superseded": 0,
        "withdrawn": 10,
    }
    assert (years.works, years.earlier) == (110, 2)
    assert years.peak.year == 1988
    assert years.peak.top == ROOM_ABOVE
    assert [column.year for column in years.filled] == [1990, 1988]


@pytest.mark.parametrize("counts", [[], [(2000, "in-force", 5)], [(1900, "in-force", 5)]])
def test_too_little_is_not_drawn(counts):
    assert years_by_status(counts) is None


STATES = [state.value for state in State]


@given(
    st.lists(
        st.tuples(st.integers(FIRST - 5, 2100), st.sampled_from(STATES), st.integers(1, 2000)),
        max_size=60,
    )
)
def test_columns_stand_side_by_side_within_the_figure(counts):
    years = years_by_status(counts)
    if years is None:
        assert len({year for year, *_rest in counts if year >= FIRST}) < 2
        return
    assert years.works + years.earlier == sum(number for *_rest, number in counts)
    right = 0.0
    for column in some(years.columns):
        assert column.left >= right - 0.01
        right = column.left + column.width
        ends = [years.floor, *(segment.y for segment in column.segments)]
        feet = [segment.y + segment.height for segment in column.segments]
        assert feet == pytest.approx(ends[:-1], abs=0.2)
    assert right <= 100.01
    assert max(sum(s.height for s in c.segments) for c in years.columns) <= HEIGHT + len(KINDS)
