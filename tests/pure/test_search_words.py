"""What is a word: endings, compounds, letters of any script."""

from __future__ import annotations

import pytest

from catalog.search.endings import BEGINNINGS, SPELLINGS, beginnings, form_of
from catalog.search.plurals import IRREGULAR, KEPT, PLURALS
from catalog.search.words import BREAK, LONGEST, START, column_of, words_in
from tests.found import some
from tests.pure.test_layers import CATALOG, imports_of

SAME = [
    ("fibre", "fibers"),
    ("centre", "centers"),
    ("kilometres", "kilometer"),
    ("metre", "meter"),
    ("colour", "colors"),
    ("behaviour", "behavior"),
    ("organisation", "organizations"),
    ("standardise", "standardize"),
    ("standardised", "standardized"),
    ("analysing", "analyzing"),
    ("analyses", "analysis"),
    ("signalling", "signaling"),
    ("labelled", "labeled"),
    ("modelling", "modeling"),
    ("programmes", "program"),
    ("catalogue", "catalogs"),
    ("analogue", "analog"),
    ("dialogue", "dialog"),
    ("licence", "licenses"),
    ("defence", "defense"),
    ("frequencies", "frequency"),
    ("addresses", "address"),
    ("switches", "switch"),
    ("indices", "index"),
    ("criteria", "criterion"),
    ("connexion", "connections"),
    ("artefacts", "artifact"),
    ("centred", "centered"),
]
UNCHANGED = [
    "access",
    "address",
    "adviser",
    "advertise",
    "analysis",
    "arise",
    "basis",
    "bus",
    "comprise",
    "compromise",
    "concise",
    "contour",
    "despite",
    "devise",
    "disguise",
    "enterprise",
    "error",
    "excise",
    "exercise",
    "expertise",
    "filter",
    "four",
    "franchise",
    "gas",
    "gps",
    "hour",
    "international",
    "interpretation",
    "ising",
    "lens",
    "means",
    "merchandise",
    "modem",
    "news",
    "noise",
    "otherwise",
    "paradise",
    "plus",
    "precise",
    "precision",
    "premise",
    "process",
    "promise",
    "raise",
    "revise",
    "rise",
    "science",
    "sequence",
    "series",
    "size",
    "species",
    "status",
    "subseries",
    "supervise",
    "surprise",
    "television",
    "thesis",
    "this",
    "tour",
    "treatise",
    "user",
    "vector",
    "water",
    "wise",
    "wireless",
    "x25s",
]
APART = [
    ("new", "news"),
    ("mean", "means"),
    ("network", "networking"),
    ("signal", "signaling"),
    ("transmit", "transmission"),
    ("precise", "precision"),
    ("rise", "rice"),
    ("size", "sis"),
    ("four", "for"),
    ("universe", "university"),
    ("optical", "optics"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_are_one_word(one, other):
    assert form_of(one) == form_of(other)


@pytest.mark.parametrize("word", UNCHANGED)
def test_a_word_that_only_looks_like_an_ending_stays(word):
    assert form_of(word) == word


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one, other):
    assert form_of(one) != form_of(other)


@pytest.mark.parametrize("row", [*SPELLINGS, *PLURALS], ids=lambda row: row.word)
def test_every_row_holds_for_its_example(row):
    assert form_of(row.word) == row.becomes


def test_no_word_is_both_kept_and_irregular():
    assert IRREGULAR and not KEPT & IRREGULAR.keys()


@pytest.mark.parametrize("row", BEGINNINGS, ids=lambda row: row.typed)
def test_a_word_half_typed_is_a_beginning_of_its_form(row):
    assert row.word.startswith(row.typed)
    assert row.becomes in beginnings(row.typed)
    assert form_of(row.word).startswith(row.becomes)


@pytest.mark.parametrize("whole", ["standardisation", "behaviours", "fibres", "catalogues"])
def test_a_word_is_found_at_every_letter_that_is_typed(whole):
    for length in range(2, len(whole) + 1):
        typed = whole[:length]
        assert any(form_of(whole).startswith(b) for b in [form_of(typed), *beginnings(typed)])


@pytest.mark.parametrize(
    ("text", "forms", "joined"),
    [
        ("multi-mode", ("multi", "mode"), ("multimode",)),
        ("multi‑mode", ("multi", "mode"), ("multimode",)),
        ("G.711", ("g", "711"), ("g711",)),
        ("3GPP-based", ("3gpp", "based"), ("3gppbased",)),
        ("user's", ("user", "s"), ("user",)),
        ("user’s", ("user", "s"), ("user",)),
        ("snake_case", ("snake", "case"), ("snakecase",)),
        ("G.709/Y.1331", ("g", "709", "y", "1331"), ("g709y1331", "g709", "y1331")),
        ("Éclair", ("eclair",), ()),
        ("ＦＵＬＬ", ("full",), ()),
        ("soft\u00adhyphen", ("softhyphen",), ()),
        ("связь", ("связь",), ()),
        ("電信", ("電信",), ()),
        ("اتصالات", ("اتصالات",), ()),
    ],
)
def test_a_word_is_read_as_its_parts_and_as_one(text, forms, joined):
    (word,) = words_in(text)
    assert (word.forms, word.joined) == (forms, joined)


@pytest.mark.parametrize("text", ["", " … ", "-", "--- ...", "😀", "\0", "\ud800", "▸ ¦"])
def test_what_holds_no_letter_and_no_digit_holds_no_word(text):
    assert words_in(text) == []


def test_a_word_without_end_is_cut():
    (word,) = words_in("a" * 5_000)
    assert word.forms == ("a" * LONGEST,)


def test_a_column_keeps_texts_apart_and_joined_words_at_its_end():
    assert column_of(["G.711 codec", "voice"]) == f"g 711 codec {BREAK} voice {BREAK} g711"
    assert column_of(["Codecs", "G"], marked=True) == f"{START} codec {START} g"
    assert column_of([]) == ""


@pytest.mark.parametrize("name", ["columns", "endings", "plurals", "query", "words"])
def test_reading_words_needs_no_django(name):
    modules = imports_of(CATALOG / "search" / f"{name}.py")
    assert not {
        module for module in some(modules) if module.startswith(("django", "catalog.models"))
    }
