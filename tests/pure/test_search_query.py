"""What somebody typed is read as far as it can be, and marked where it is found."""

from __future__ import annotations

import random

import pytest

from catalog.search.highlight import highlight
from catalog.search.query import MAX_WORDS, Query, Sequence, Term, read
from catalog.search.words import reading_of


def closed(*forms: str) -> Term:
    """Return a term of one sequence that is no beginning."""
    return Term((Sequence(forms),))


def open_word(form: str) -> Term:
    """Return the last word of a query: itself or a beginning."""
    return Term((Sequence((form,)), Sequence((form,), True)))


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("optical cable", [closed("optical"), open_word("cable")], []),
        ("optical cable ", [closed("optical"), closed("cable")], []),
        ('"pulse code"', [closed("pulse", "code")], []),
        ("“pulse code”", [closed("pulse", "code")], []),
        ('"pulse code', [closed("pulse", "code")], []),
        ('"cables"', [closed("cable")], []),
        ("video -coding", [closed("video")], [closed("coding")]),
        ("video −coding", [closed("video")], [closed("coding")]),
        ('video -"source coding"', [closed("video")], [closed("source", "coding")]),
        ("-coding", [], [closed("coding")]),
        ("video - coding", [closed("video"), open_word("coding")], []),
        ("Éclair, “éclair” (OPTICAL)", [closed("eclair"), open_word("optical")], []),
        ("a", [closed("a")], []),
        ("電", [open_word("電")], []),
        ("AND OR NOT NEAR", [*map(closed, ("and", "or", "not")), open_word("near")], []),
        ("title:video*", [closed("title"), open_word("video")], []),
    ],
)
def test_a_text_is_read_as_words_phrases_and_exclusions(text, wanted, unwanted):
    query = read(text)
    assert (list(query.wanted), list(query.unwanted)) == (wanted, unwanted)


def test_a_compound_is_its_parts_or_one_word_and_may_still_be_typed():
    assert read("G.71").wanted == (
        Term(
            (
                Sequence(("g", "71")),
                Sequence(("g71",)),
                Sequence(("g", "71"), True),
                Sequence(("g71",), True),
            )
        ),
    )


@pytest.mark.parametrize(
    "text", ["", "   ", "-", '"', '""', '-"', "…", "%_*", "\0", "\ud800", "😀"]
)
def test_what_asks_nothing_is_empty(text):
    assert read(text) == Query()
    assert read(text).is_empty


def test_of_many_words_the_first_count():
    assert len(read(" ".join(f"w{number}" for number in range(100))).wanted) == MAX_WORDS
    assert len(read("a1 " * 50 + "b2").wanted) == 1
    (phrase,) = read('"' + " ".join(f"w{number}" for number in range(100)) + '"').wanted
    assert len(phrase.sequences[0].forms) == MAX_WORDS


def test_any_text_can_be_read_and_marked():
    drawn = random.Random(5)
    signs = "aé\u0301Ｇ.7/-−\"“”'()*:^{}&|!<>\\%_\0\ud800😀電ﷺ½ \t\n"
    for _round in range(2_000):
        text = "".join(drawn.choices(signs, k=drawn.randrange(30)))
        highlight(text, read(text))
    for text in ("a" * 10_000, '"' * 10_000, "-" * 10_000, "a-" * 5_000, 'a"' * 5_000):
        highlight(text, read(text))


@pytest.mark.parametrize(
    ("query", "text", "is_in"),
    [
        ("fiber", "Optical fibres", True),
        ("standardis", "Standardization", True),
        ('"standardis"', "Standardization", False),
        ("multimode", "multi-mode", True),
        ("multi-mode", "multimode", True),
        ("multi-mode", "multi mode", True),
        ('"code pulse"', "pulse code", False),
        ('"pulse code"', "pulse, code", True),
        ("g711", "Rec. G.711", True),
    ],
)
def test_a_term_is_looked_for_in_a_text_without_a_database(query, text, is_in):
    (term,) = read(query).wanted
    assert term.is_in(reading_of(text)) is is_in


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("fiber", "Fibres & cables", "[Fibres] & cables"),
        ("optical", "<b>Optical & optical</b>", "<b>[Optical] & [optical]</b>"),
        ("stand", "Standardization stands", "[Standardization] [stands]"),
        ("multimode", "A multi‑mode fibre", "A [multi‑mode] fibre"),
        ("g711", "ITU-T G.711 (11/1988)", "ITU-T [G.711] (11/1988)"),
        ("G.711", "ITU-T G.711.1 and g 711", "ITU-T [G.711.1] and [g 711]"),
        ('"pulse code"', "Pulse code, code of pulse", "[Pulse code], code of pulse"),
        ("eclair", "Éclair e\u0301clair", "[Éclair] [e\u0301clair]"),
        ("-video coding", "Video coding", "Video [coding]"),
        ("b", "x <b> y", "x <[b]> y"),
        ("", "<b>", "<b>"),
        ("a|b [x (", "a|b [x (", "[a]|[b] [[x] ("),
    ],
)
def test_what_matched_is_marked_and_the_rest_escaped(query, text, marked):
    plain = marked
    for sign, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        plain = plain.replace(sign, safe)
    assert highlight(text, read(query)).replace("<mark>", "[").replace("</mark>", "]") == plain
