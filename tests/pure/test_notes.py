"""Where the numbers of sources stand in a text, and what may be called checked."""

from __future__ import annotations

import pytest

from catalog.rules.checked import can_be_looked_up, honest, without_source
from catalog.terms import WHAT_CONFIRMED_MEANT, Verification
from catalog.wording.notes import Piece, Place, pieces, place_of, sentences
from tests.found import some

TEXT = (
    "Founded by ITU in May 2010. It met (see No. 5 of the list) in St. Petersburg! Did it, e.g. in "
    "Geneva? “Yes.” The U.S. A. Smith took part.\nA new line without an end"
)
SENTENCES = [
    "Founded by ITU in May 2010.",
    "It met (see No. 5 of the list) in St. Petersburg!",
    "Did it, e.g. in Geneva?",
    "“Yes.”",
    "The U.S. A. Smith took part.",
    "A new line without an end",
]


def test_sentences_end_where_a_reader_would_end_them():
    found = [TEXT[start:end].strip() for start, end in sentences(TEXT)]
    assert found == SENTENCES


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_note_stands_at_the_end_of_the_sentence_that_begins_with_its_words(sentence):
    words = " ".join(sentence.split()[:3])
    place = place_of(words, ["Another text.", TEXT])
    assert place == Place(1, TEXT.index(sentence) + len(sentence))


@pytest.mark.parametrize(
    "statement",
    ["", "   ", "Found", "ITU in May", "founded by", "Founded by ITU in May 2010. It met by"],
)
def test_a_note_without_its_sentence_is_loose(statement):
    assert place_of(statement, [TEXT]) is None


def test_blanks_and_lines_do_not_matter():
    assert place_of(" Founded\n by  ITU", ["Founded by\nITU"]) is None
    assert place_of(" Founded\n by  ITU", ["Founded  by ITU in May."]) == Place(0, 23)


def test_a_fact_that_is_no_text_is_known_by_its_name():
    assert place_of("Years", ["It lasted two years.", "Years"]) == Place(1, 5)


def test_a_text_is_cut_where_notes_stand_and_nothing_of_it_is_lost():
    cut = pieces("One. Two. Three.", {4: [1, 3], 16: [2]})
    assert cut == [Piece("One.", (1, 3)), Piece(" Two. Three.", (2,))]
    assert pieces("One. Two.", {4: [1]}) == [Piece("One.", (1,)), Piece(" Two.")]
    assert pieces("One.", {}) == [Piece("One.")]
    assert "".join(piece.words for piece in some(cut)) == "One. Two. Three."


@pytest.mark.parametrize(
    ("url", "how", "dated", "expected"),
    [
        ("https://www.itu.int/", "page", "", True),
        ("https://www.itu.int/", "data-set", "", True),
        ("", "printed", "2014", True),
        ("", "printed", "", False),
        ("", "page", "2014", False),
        ("", "data-set", "2014", False),
        ("", "general-knowledge", "", False),
    ],
)
def test_others_can_look_up_an_address_or_a_printed_text_with_its_year(url, how, dated, expected):
    assert can_be_looked_up(url, how, dated) is expected


def test_checked_needs_a_source_and_nothing_else_does():
    marks = {word.value: word.value for word in Verification}
    assert without_source(marks, ()) == ["checked"]
    assert without_source(marks, ["checked"]) == []


@pytest.mark.parametrize(
    ("is_imported", "is_supported", "expected"),
    [
        (True, True, "imported"),
        (True, False, "imported"),
        (False, True, "checked"),
        (False, False, "not-yet-checked"),
    ],
)
def test_what_was_confirmed_is_called_by_what_stands_behind_it(is_imported, is_supported, expected):
    assert honest(is_imported=is_imported, is_supported=is_supported) == expected


def test_confirmed_is_a_word_of_the_past():
    assert "confirmed" not in {word.value for word in Verification}
    assert not [word for word in WHAT_CONFIRMED_MEANT if word.is_remarkable]
