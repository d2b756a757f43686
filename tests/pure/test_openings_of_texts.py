"""The opening of a long text: whole sentences, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalog.rules.openings import opening_of

FIRST = "This Recommendation specifies the system layer of the coding of pictures and sound."
SECOND = "It was developed in 1994 to combine streams of video and audio. " * 4


def test_a_long_text_opens_with_whole_sentences():
    assert opening_of(f"{FIRST} {SECOND}") == (FIRST, SECOND)


def test_a_short_text_is_not_cut():
    assert opening_of(f"{FIRST} It is short.") == (f"{FIRST} It is short.", "")


def test_numbers_and_short_openings_are_no_ends():
    text = f"It is about G.711 and so on. See Rec. G.722. {SECOND}"
    assert opening_of(text).first.startswith("It is about G.711 and so on. See Rec. G.722.")


def test_a_paragraph_ends_the_opening():
    first = "A list of terms and of their meanings, in four languages, as of today, follows:"
    assert opening_of(f"{first}\n\n{SECOND}") == (first, SECOND)


@given(st.text(alphabet="ab A.!?)(“”\n1", max_size=600))
def test_nothing_is_lost(text):
    first, rest = opening_of(text)
    assert (first + rest).split() == text.split() or (first + " " + rest).split() == text.split()
