"""Characters that cannot be seen are known, in the portal and for texts of the data set."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from catalog.dataset.texts import clean_abstract, clean_title
from catalog.rules import visible_characters
from tests.conftest import ALL_CHECKS


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("G.711", None),
        ("Línea – naïve “quotes”, 5 µs, ½, 日本語, русский, العربية", None),
        ("two\nlines\twith\r\ntabs", None),
        ("soft\u00adhyphen", None),
        ("no-break\u00a0space", None),
        # Letters of Persian, joined and parted as they are written.
        ("می\u200cخواهم", None),
        ("a\u200b", 1),
        ("\u200b", 0),
        ("\u202egnp.exe", 0),
        ("a\u2066b\u2069", 1),
        ("\ufeffname", 0),
        ("a\u200d", 1),
        ("5\u200c6", 1),
        ("nul\x00", 3),
        ("esc\x1b[31m", 3),
        ("a\u2028b", 1),
        ("\u3164", 0),
        ("x\ue000", 1),
        ("x\uffff", 1),
        ("x\U000e0041", 1),
        ("\u061cx", 0),
    ],
)
def test_the_first_character_that_no_text_may_hold(text, place):
    assert visible_characters.first_invisible(text) == place
    assert visible_characters.first_invisible(visible_characters.without_invisible(text)) is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("G.711", "G.711"),
        ("XML over ATM \u200b", "XML over ATM "),
        ("a\u200bb\u202ec", "abc"),
        ("two\nlines\tand\rmore", "two\nlines\tand\rmore"),
        ("soft\u00adhyphen", "softhyphen"),
        ("می\u200cخواهم\u200c", "می\u200cخواهم"),
        ("\u115f\u1160\u3164\uffa0\u2800", ""),
        ("\ud800x\ue000\u2029\x07", "x"),
        ("\ufffex\U0001ffff", "x"),
        # No character yet, but it may become one.
        ("\u0378", "\u0378"),
    ],
)
def test_what_a_text_must_not_hold_is_dropped(text, seen):
    assert visible_characters.without_invisible(text) == seen


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("a", True),
        ("–", True),
        ("日", True),
        ("\u00ad\u00ad", False),
        (" \u00a0\u2003\t\n", False),
        ("\u0301", False),
        ("", False),
        ("\u3164", False),
        (" \u0301a", True),
        ("e\u0301", True),
    ],
)
def test_a_text_shows_something_or_nothing(text, is_seen):
    assert visible_characters.shows_something(text) is is_seen


def test_leftovers_of_copying_go_and_nothing_else():
    assert visible_characters.without_leftovers("\ufeffG\u200b.7\u206011\u00ad") == "G.711"
    assert visible_characters.without_leftovers("\u202eG.711") == "\u202eG.711"


def test_a_character_is_named_as_tables_name_it():
    assert visible_characters.code_of("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert visible_characters.code_of("\x00") == "U+0000"


def test_texts_of_the_data_set_are_cleaned_of_all_of_them():
    # Unless all is to be tested, those of which most scripts are made, those that cannot be seen,
    # and some of the rest.
    everything = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if ALL_CHECKS
        or code % 50 == 0
        or code < 0x3200
        or unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp")
    ]
    assert len(everything) > 30_000
    # Bytes of no character cannot come out of a file that was read as UTF-8.
    kept = [
        character
        for character in everything
        if unicodedata.category(character) != "Cs"
        and visible_characters.first_invisible(clean_abstract(f"a{character}b")[0]) is not None
    ]
    assert [visible_characters.code_of(character) for character in kept] == []
    assert clean_title("a\u202eb\u2028c\x85d") == "ab c d"
    # What is read stays.
    assert clean_abstract("½ µ “é” 日本\n\tx\u00ady")[0] == "½ µ “é” 日本\n\tx\u00ady"
