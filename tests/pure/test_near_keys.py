"""Which keys come near one that nobody carries, and in what order they are tried."""

from __future__ import annotations

import pytest

from catalog.resolver.near import near_keys
from tests.found import some


def keys(key: str, count: int | None = None) -> list[str]:
    """Return the first keys near a key, each without its letters."""
    return [near.partition(".")[2] for near in near_keys(key)][:count]


def test_slips_come_before_neighbours_and_those_before_other_series():
    found = keys("g.71")
    digits = [str(digit) for digit in range(10)]
    too_many = ["7", "1"]
    exchanged = ["17"]
    another = [f"{d}1" for d in digits if d != "7"] + [f"7{d}" for d in digits if d != "1"]
    one_more = [f"{d}71" for d in digits] + [f"7{d}1" for d in digits] + [f"71{d}" for d in digits]
    lost_dot = ["7.1"]
    neighbours = ["72", "70", "73", "69", "74", "68"]
    expected = [*too_many, *exchanged, *another, *one_more, *lost_dot, *neighbours]
    assert found[: len(expected)] == expected
    assert set(found[len(expected) :]) == {"71"}
    others = [near.partition(".")[0] for near in near_keys("g.71")][len(expected) :]
    assert others[:7] == ["a", "b", "c", "d", "e", "f", "h"]
    assert others[25:28] == ["bo", "br", "bs"]
    assert "g" not in others


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("h.222.0", ["222", "222.1", "222.2", "222.3", "2220", "22"]),
        ("h.222.5", ["222", "222.6", "222.4", "222.7", "222.3", "222.8", "222.2", "2225"]),
        ("x.1.2.3", ["1", "1.4", "1.2", "1.5", "1.1", "1.6", "1.0", "123"]),
        ("v.25bis", ["25", "2", "5", "52"]),
        # Nothing is left of a single digit that is one too many.
        ("g.5", ["0", "1", "2", "3", "4", "6"]),
    ],
)
def test_the_number_without_what_follows_it_comes_first(key, first):
    assert keys(key, len(first)) == first


def test_a_part_is_kept_in_another_series():
    assert "y.222.0" in near_keys("h.222.0")
    assert "bt.222.0" in near_keys("h.222.0")


def test_no_digit_is_added_to_a_long_number():
    assert "71110" in keys("g.7111")
    assert max(map(len, keys("g.71111"))) == len("7.1111")
    assert "7.231" in keys("g.7231") and "723.1" in keys("g.7231")


def test_no_number_below_nothing_is_near():
    assert keys("g.1")[-50:].count("0") == 1
    assert not any("-" in key for key in some(near_keys("g.1")))


@pytest.mark.parametrize("key", ["=hevc", "iso:13818-1", "203/3", "g.", "", "abcd.5", "link:x"])
def test_nothing_is_near_what_is_no_number(key):
    assert list(near_keys(key)) == []
