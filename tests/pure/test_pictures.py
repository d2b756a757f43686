"""Where the marks of the pictures stand, and the figures' arithmetic."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest

from catalog.charts.figures import full_years, year_before
from catalog.charts.pictures import (
    LANE,
    STEPS,
    WIDEST,
    ages_of,
    colour_steps,
    decades_between,
    matrix_of,
    step_of,
)
from tests.found import some

A, B, C = (SimpleNamespace(pk=number, letters=letter) for number, letter in enumerate("ABC", 1))


@pytest.mark.parametrize(
    ("known", "drawn"),
    [
        ([], []),
        ([1990], [1990]),
        ([2010, 1980], [1980, 1990, 2000, 2010]),
    ],
)
def test_decades_have_no_gap(known, drawn):
    assert decades_between(known) == drawn


@pytest.mark.parametrize(
    ("count", "most", "step"),
    [(0, 100, 0), (1, 100, 1), (4, 100, 1), (5, 100, 2), (25, 100, 3), (64, 100, 4), (65, 100, 5)],
)
def test_small_counts_are_told_apart_by_colour(count, most, step):
    assert step_of(count, most) == step


@pytest.mark.parametrize("most", [1, 2, 7, 350])
def test_the_largest_count_has_the_strongest_colour_and_every_count_shows(most):
    assert step_of(most, most) == STEPS
    steps = [step_of(count, most) for count in range(1, most + 1)]
    assert steps == sorted(steps)
    assert min(steps) >= 1


def test_a_matrix_has_a_row_for_each_series_with_works_in_the_given_order():
    matrix = matrix_of([C, A, B], [(A.pk, 1980, 9), (C.pk, 2000, 1), (C.pk, 1980, 4)])
    assert matrix.decades == [1980, 1990, 2000]
    assert [row.series for row in matrix.rows] == [C, A]
    assert [[cell.count for cell in row.cells] for row in matrix.rows] == [[4, 0, 1], [9, 0, 0]]
    assert matrix.works == 14
    for row in some(matrix.rows):
        assert [cell.decade for cell in row.cells] == matrix.decades
        for cell in some(row.cells):
            assert bool(cell.step) == bool(cell.count)
    assert [row.works for row in matrix.rows] == [5, 9]


@pytest.mark.parametrize("most", [1, 2, 7, 500])
def test_the_steps_of_colour_cover_every_number_once(most):
    steps = colour_steps(most)
    covered = [n for step in steps for n in range(step.fewest, step.most + 1)]
    assert covered == list(range(1, most + 1))
    for step in some(steps):
        assert step_of(step.fewest, most) == step_of(step.most, most) == step.step


def test_nothing_is_drawn_of_nothing():
    assert matrix_of([A], []) is None
    assert ages_of({}) is None


def test_bars_are_as_long_as_their_counts_and_stand_in_lanes():
    ages = ages_of({1980: 50, 2000: 100})
    assert [(bar.decade, bar.count) for bar in ages.bars] == [(1980, 50), (1990, 0), (2000, 100)]
    assert [bar.width for bar in ages.bars] == [WIDEST / 2, 0, WIDEST]
    assert [bar.y // LANE for bar in ages.bars] == [0, 1, 2]
    assert ages.height == 3 * LANE
    assert (ages.first, ages.last, ages.works) == (1980, 2000, 150)
    assert all(bar.label_at + 48 / 2.88 + 10 <= 100 for bar in some(ages.bars))


@pytest.mark.parametrize(
    ("day", "before"),
    [("2026-08-22", "2025-08-22"), ("2024-02-29", "2023-02-28"), ("2025-03-01", "2024-03-01")],
)
def test_a_year_before(day, before):
    assert year_before(datetime.date.fromisoformat(day)).isoformat() == before


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2000-08-22", "2026-08-22", 26),
        ("2000-08-23", "2026-08-22", 25),
        ("2026-08-22", "2026-08-22", 0),
        ("2027-01-01", "2026-08-22", 0),
    ],
)
def test_only_full_years_count(start, end, years):
    days = (datetime.date.fromisoformat(text) for text in (start, end))
    assert full_years(*days) == years
