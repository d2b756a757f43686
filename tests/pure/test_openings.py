"""What may stand before a number: organizations, kinds of text, books, series."""

from __future__ import annotations

import pytest

from catalog.identifiers.openings import MAX_STEPS, Opening, components_first, read_opening
from catalog.terms import RECOMMENDED_KINDS, Kind, SectorCode

T, R, D = SectorCode.ITU_T, SectorCode.ITU_R, SectorCode.ITU_D
NONE = frozenset()
OPENINGS = [
    # openings, parted by bars, number, sectors, kinds, year
    ("itu-t |uit-t |mcэ-t |itu t |itu_t |itu/t |itut |itu-t:|itu-|itu-t", "a.1", {T}, NONE, None),
    ("ccitt ", "g.711", {T}, NONE, None),
    ("itu-r |uit-r |itu r |ccir |itu-r", "bt.601", {R}, NONE, None),
    ("itu-d |uit-d |mcэ d ", "19", {D}, NONE, None),
    ("itu |uit |the |of |doc. |document |std: |standard no. ", "g.711", NONE, NONE, None),
    ("itu-trec. ", "a.1", {T}, RECOMMENDED_KINDS, None),
    ("itu-rrec. |ccir recommendation ", "bt.601", {R}, RECOMMENDED_KINDS, None),
    ("itu-rrep. |itu-rreport ", "bt.601", {R}, {Kind.REPORT}, None),
    ("rec |recs |rec. |recommendation |recommendations ", "g.711", NONE, RECOMMENDED_KINDS, None),
    (
        "recomendacion |recommandation |recommondation |t-rec-",
        "g.711",
        NONE,
        RECOMMENDED_KINDS,
        None,
    ),
    ("report |reports |rept |rep |rapport |informe |r-rep-", "m.1", NONE, {Kind.REPORT}, None),
    ("technical report |technical reports ", "x", NONE, {Kind.TECHNICAL_REPORT}, None),
    ("technical paper |technical papers ", "x", NONE, {Kind.TECHNICAL_PAPER}, None),
    ("question |questions |que |r-que-", "1", NONE, {Kind.QUESTION}, None),
    ("resolution |resolutions |res |r-res-", "1", NONE, {Kind.RESOLUTION}, None),
    ("handbook |handbooks |hdbk |hdb |manual |r-hdb-", "1", NONE, {Kind.HANDBOOK}, None),
    ("white book ", "g.1", NONE, NONE, 1968),
    ("green book ", "g.1", NONE, NONE, 1972),
    ("orange book ", "g.1", NONE, NONE, 1976),
    ("yellow-book ", "g.1", NONE, NONE, 1980),
    ("red book |red book volume x, ", "g.1", NONE, NONE, 1984),
    ("blue book |blue book, fascicle iii.4 |blue book vol. ii ", "g.1", NONE, NONE, 1988),
    ("blue book 1989, vol. ii |blue book (1989) ", "g.1", NONE, NONE, 1989),
    ("blue book 1700 ", "g.1", NONE, NONE, 1988),
    (
        "series g: |g-series recommendations |g series reports: |series g - ",
        "g.1",
        NONE,
        NONE,
        None,
    ),
    ("sm-series |sm series: ", "sm.1", NONE, NONE, None),
    ("b-itu-t ", "h.sup1", {T}, NONE, None),
    ("(|[[| *|", "g.711", NONE, NONE, None),
    # The first word of a kind counts.
    ("itu-t itu-r ", "g.1", {T}, NONE, None),
    ("report question ", "g.1", NONE, {Kind.REPORT}, None),
]
SPELLED = [
    (opening, number, sectors, kinds, year)
    for openings, number, sectors, kinds, year in OPENINGS
    for opening in openings.split("|")
    if opening != "itu-"
]


@pytest.mark.parametrize(("opening", "number", "sectors", "kinds", "year"), SPELLED)
def test_what_opens_a_number_is_read(opening, number, sectors, kinds, year):
    found = read_opening(f"{opening}{number}")
    assert found == Opening(number, frozenset(sectors), frozenset(kinds), year)


@pytest.mark.parametrize("text", ["record g.1", "itup g.1", "ccitts", "a-series x"])
def test_other_words_open_nothing(text):
    assert read_opening(text) == Opening(text)


def test_no_more_words_are_read_than_stand_before_any_number():
    assert read_opening("rec " * (MAX_STEPS // 2) + "g.711").rest == "g.711"
    assert read_opening("rec " * (MAX_STEPS // 2 + 1) + "g.711").rest == "rec g.711"
    assert MAX_STEPS == 24


@pytest.mark.parametrize(
    ("own", "given", "label"),
    [
        ({Kind.REPORT}, set(), "Report"),
        ({Kind.REPORT}, {Kind.QUESTION}, "Question"),
        ({Kind.RECOMMENDATION}, set(), ""),
        (RECOMMENDED_KINDS, set(), ""),
        (set(), set(), ""),
    ],
)
def test_the_word_before_a_number_of_itu_r(own, given, label):
    assert Opening("", kinds=frozenset(own)).kind_label(frozenset(given)) == label


TURNED = [
    ("amendment 1 (2009) to g.711", "g.711 amendment 1 (2009)"),
    ("amd 1, 08/2009, to g.711", "g.711 amd 1, 08/2009"),
    ("itu-t amd 1 to g.711", "g.711 amd 1"),
    ("annex b to the draft rec. g.711", "g.711 annex b"),
    ("amd 1 for recommendations g.711", "g.711 amd 1"),
    ("amd 1 in g.711", "g.711 amd 1"),
    ("annex b of recommendation g.711", "g.711 annex b"),
    ("cor 1 to amd 2 (2001) to g.1", "g.1 amd 2 (2001) cor 1"),
    ("supplement 39 to itu-t g-series recommendations", "g supplement 39"),
    ("supplement 39 to series g", "g supplement 39"),
    ("amd 1 g.711", "amd 1 g.711"),
    ("g.711", "g.711"),
    ("amd 1 unto g.711", "amd 1 unto g.711"),
]


@pytest.mark.parametrize(("text", "turned"), TURNED)
def test_a_component_before_its_number_is_put_behind_it(text, turned):
    assert " ".join(components_first(text).split()) == turned
