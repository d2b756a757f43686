"""Days as people type them."""

from __future__ import annotations

import datetime

import pytest

from catalog.rules.typed_days import (
    AmbiguousDay,
    DayAhead,
    DayError,
    NoSuchDay,
    UnreadableDay,
    read_day,
)

TODAY = datetime.date(2026, 11, 24)

ONE_DAY = [
    "2010-05-01",
    "2010-5-1",
    "2010/05/01",
    "2010.5.1",
    "20100501",
    "1 May 2010",
    "01 MAY 2010",
    "1-May-2010",
    "1st of May 2010",
    "1st May, 2010",
    "May 1, 2010",
    "May 1st 2010",
    "2010 May 1",
    "  1   May 2010\n",
]


@pytest.mark.parametrize("text", ONE_DAY)
def test_one_day_in_many_ways_of_writing(text):
    asked = read_day(text, TODAY)
    assert (asked.day, asked.precision, asked.lasts) == (datetime.date(2010, 5, 1), "day", False)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("May 2010", "2010-05-31", "month"),
        ("may, 2010", "2010-05-31", "month"),
        ("2010-05", "2010-05-31", "month"),
        ("2010/5", "2010-05-31", "month"),
        ("05/2010", "2010-05-31", "month"),
        ("(05/2010)", "2010-05-31", "month"),
        ("Feb. 2012", "2012-02-29", "month"),
        ("Sept 2012", "2012-09-30", "month"),
        ("2010", "2010-12-31", "year"),
    ],
)
def test_a_month_or_a_year_means_its_last_day(text, day, precision):
    asked = read_day(text, TODAY)
    assert (asked.day.isoformat(), asked.precision, asked.lasts) == (day, precision, False)


@pytest.mark.parametrize("text", ["2026", "2026-11", "November 2026"])
def test_a_month_or_a_year_that_lasts_means_today(text):
    asked = read_day(text, TODAY)
    assert (asked.day, asked.lasts) == (TODAY, True)


@pytest.mark.parametrize(("text"), ["25/12/2010", "12/25/2010", "25.12.2010", "12-25-2010"])
def test_numbers_of_which_one_only_can_be_the_month_are_read(text):
    assert read_day(text, TODAY).day == datetime.date(2010, 12, 25)


def test_day_and_month_alike_are_no_question():
    assert read_day("05/05/2010", TODAY).day == datetime.date(2010, 5, 5)


@pytest.mark.parametrize("text", ["01/05/2010", "1.5.2010", "01-05-2010"])
def test_numbers_that_may_be_exchanged_are_not_guessed(text):
    with pytest.raises(AmbiguousDay) as caught:
        read_day(text, TODAY)
    assert caught.value.days == (datetime.date(2010, 5, 1), datetime.date(2010, 1, 5))


@pytest.mark.parametrize(
    "text",
    [
        "2019-02-30",
        "30 February 2019",
        "2019-13",
        "2019-00",
        "2019-01-00",
        "13/2019",
        "31/02/2010",
        "40/40/2010",
        "0000",
        "0000-01-01",
        "20190230",
        "0 May 2010",
    ],
)
def test_a_day_that_no_calendar_has_is_said_to_be_none(text):
    with pytest.raises(NoSuchDay):
        read_day(text, TODAY)


@pytest.mark.parametrize("text", ["2026-11-25", "December 2026", "2027", "9999-12-31"])
def test_a_day_ahead_is_told_apart(text):
    with pytest.raises(DayAhead):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "yesterday",
        "May",
        "1 May",
        "1 May 10",
        "1 2 May 2010",
        "May May 2010",
        "1 Mayday 2010",
        "May 2010 x",
        "1 May 2010!",
        "2019-W18-3",
        "2019-05-01T00:00",
        "2019--05",
        "2019-05/01",
        "1/5/10",
        "201",
        "20190",
        "٢٠١٩-٠٥-٠١",
        "٢٠١٩",
        "²010",
        "<script>",
        "x" * 5000,
        "1" * 5000,
    ],
)
def test_anything_else_is_not_read(text):
    with pytest.raises(UnreadableDay):
        read_day(text, TODAY)


def test_whatever_is_wrong_is_one_kind_of_error():
    assert all(issubclass(kind, DayError) for kind in (AmbiguousDay, DayAhead, NoSuchDay))
