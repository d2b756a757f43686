"""Two wordings of a text are cut so that what differs is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.timeline.excerpts import AROUND, CUT, DIFFERING, excerpts

WORDS = st.lists(st.sampled_from(["a", "bee", "sea", "tea", "\n"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "new", (("", "", ""), ("", "new", ""))),
        ("old", "", (("", "old", ""), ("", "", ""))),
        ("a b c", "a x c", (("a ", "b", " c"), ("a ", "x", " c"))),
        ("colour", "color", (("", "colour", ""), ("", "color", ""))),
        ("one two", "one two three", (("one two", "", ""), ("one two", " three", ""))),
    ],
)
def test_what_differs_is_told_apart(before, after, expected):
    pair = excerpts(before, after)
    assert tuple((text.lead, text.differing, text.tail) for text in pair) == expected


def test_of_a_long_text_the_part_that_differs_stays():
    lead, tail = "word " * 500, " word" * 500
    old, new = excerpts(f"{lead}seventeen{tail}", f"{lead}eighteen{tail}")
    assert (old.differing, new.differing) == ("seventeen", "eighteen")
    assert old.lead.startswith(CUT) and old.tail.endswith(CUT)
    assert len(str(old)) <= 2 * AROUND + len("seventeen") + 2


def test_a_long_part_that_differs_is_cut_in_its_middle():
    _old, new = excerpts("", f"begin {'word ' * 5000}end")
    assert len(str(new)) <= DIFFERING + 10
    assert str(new).startswith("begin") and str(new).endswith("end")


@given(WORDS, WORDS)
def test_short_texts_are_told_whole_and_equal_pieces_are_equal(before, after):
    old, new = excerpts(before, after)
    assert (old.lead, old.tail) == (new.lead, new.tail)
    assert (old.differing == new.differing) == (before == after)
    if CUT not in f"{old}{new}":
        assert (str(old), str(new)) == (before, after)
