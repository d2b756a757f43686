"""Spellings of identifiers: what each is read as. One row for each way in which people write."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.identifiers.typed_spellings import read_asked
from catalog.terms import Kind, SectorCode
from tests.conftest import examples

T, R, D = SectorCode.ITU_T, SectorCode.ITU_R, SectorCode.ITU_D


def first(text: str):
    """Return the likeliest reading of a text, which must not be that of a bare name."""
    readings = [asked for asked in read_asked(text) if not asked.is_name]
    assert readings, f"{text!r} is not read as an identifier"
    return readings[0]


# What is written, the keys of its first number in which it must be found, the date.
WORKS = [
    ("ITU-T G.711", "g.711"),
    ("G.711", "g.711"),
    ("g711", "g.711"),
    ("G 711", "g.711"),
    ("G-711", "g.711"),
    ("G_711", "g.711"),
    ("g.711.", "g.711"),
    ("(G.711)", "g.711"),
    ("[ITU-T G.711]", "g.711"),
    ("[[ITU-T-G.711]]", "g.711"),
    ("ITU G.711", "g.711"),
    ("ITU-TG.711", "g.711"),
    ("ITU T G.711", "g.711"),
    ("UIT-T G.711", "g.711"),
    ("МСЭ-Т G.711", "g.711"),
    ("CCITT G.711", "g.711"),
    ("CCITT Rec. G.711", "g.711"),
    ("CCITT Recommendation G.711", "g.711"),
    ("Rec. ITU-T G.711", "g.711"),
    ("Recommendation ITU-T G.711", "g.711"),
    ("ITU-T Recommendation G.711", "g.711"),
    ("Recomendación UIT-T G.711", "g.711"),
    ("recommondation G.711", "g.711"),
    ("ITU-T Series G: G.711", "g.711"),
    ("G-series Recommendation G.711", "g.711"),
    # unusual dashes, blanks, letters
    ("ITU‑T G.711", "g.711"),
    ("ITU–T\u00a0G.711", "g.711"),
    ("ＩＴＵ－Ｔ　Ｇ．７１１", "g.711"),
    ("ITU-T\u200b G.711", "g.711"),
    ("Х.509", "x.509"),
    ("Р.800", "p.800"),
    ("G.7١١", "g.711"),
    ("G.7ll", "g.711"),
    ("M.73l", "m.731"),
    ("BT.2O2O", "bt.2020"),
    # forms of numbers
    ("E.118.1", "e.118.1"),
    ("E 118 1", "e.118.1"),
    ("E-118-1", "e.118.1"),
    ("V.25 ter", "v.25ter"),
    ("V.25ter", "v.25ter"),
    ("v25-bis", "v.25bis"),
    ("E.211/Q.11 quarter", "e.211"),
    ("D.200 R", "d.200r"),
    ("D.502R", "d.502r"),
    ("Q.2931 B", "q.2931b"),
    ("I.256.2a", "i.256.2a"),
    ("Q.120-Q.139", "q.120-q.139"),
    ("Q.732.2-5", "q.732.2-5"),
    ("MES-2", "mes-2"),
    ("QOS 2", "qos-2"),
    ("G Suppl. 39", "g.sup39"),
    ("G.Suppl.47", "g.sup47"),
    ("G Sup 39", "g.sup39"),
    ("GSup39", "g.sup39"),
    ("G Supplement 39", "g.sup39"),
    ("G-series Supplement 39", "g.sup39"),
    ("Supplement 39 to ITU-T G-series Recommendations", "g.sup39"),
    ("b-ITU-T H.Sup1", "h.sup1"),
    ("M Suppl. 1.1", "m.sup1.1"),
    ("E-800 series Suppl. 9", "e-800.sup9"),
    ("E.800-series Supplement 9", "e-800.sup9"),
    # ITU-R
    ("BT.2020", "bt.2020"),
    ("BT2020", "bt.2020"),
    ("bt 2020", "bt.2020"),
    ("ITU-R BT.2020", "bt.2020"),
    ("ITU-R Rec. BT.2020", "bt.2020"),
    ("Report ITU-R BT.2020", "bt.2020"),
    ("ITU-R Rep. M.2134", "m.2134"),
    ("CCIR Rec. 601", "rec:601"),
    ("CCIR 601", "601"),
    ("ITU Rec.2020", "rec:2020"),
    ("Handbook 43", "43"),
    ("ITU-R Handbook 43", "43"),
    ("ITU-R 43.HDB", "43"),
    ("43.HDB", "43"),
    ("Resolution ITU-R 1", "1"),
    ("Resolution 1", "1"),
    ("Question ITU-R 203/3", "203/3"),
    ("Question 203/3", "203/3"),
    ("203/3", "203/3"),
    ("ITU-R SG03.203", "203/3"),
    ("Question 203", "203"),
    ("ITU-D 19", "19"),
    ("Recommendation ITU-D 19", "19"),
    # twins
    ("ISO/IEC 13818-1", "iso:13818-1"),
    ("ISO 13818-1", "iso:13818-1"),
    ("IEC 13818-1:2007", "iso:13818-1"),
    ("ISO/IEC TR 10000-1", "iso:10000-1"),
    ("ITU-T Rec. X.509 | ISO/IEC 9594-8", "x.509"),
    ("ITU-T G.711, Pulse code modulation (PCM) of voice frequencies", "g.711"),
]


@pytest.mark.parametrize(("text", "key"), WORKS, ids=lambda value: value)
def test_a_work_in_any_spelling(text, key):
    keys = [key for asked in read_asked(text) if not asked.is_name for key in asked.keys]
    assert key in keys
    assert any(asked.is_undated for asked in read_asked(text) if key in asked.keys)


# text, key, part, base year, year, month, version
PARTS = [
    ("ITU-T G.711 (11/1988)", "g.711", "", None, 1988, 11, None),
    ("G.711 11/1988", "g.711", "", None, 1988, 11, None),
    ("G.711 11/88", "g.711", "", None, 1988, 11, None),
    ("G.711 1988-11", "g.711", "", None, 1988, 11, None),
    ("G.711 1988-11-25", "g.711", "", None, 1988, 11, None),
    ("G.711 (1988)", "g.711", "", None, 1988, None, None),
    ("G.711-1988", "g.711", "", None, 1988, None, None),
    ("G.711:1988", "g.711", "", None, 1988, None, None),
    ("G.711 (Nov. 1988)", "g.711", "", None, 1988, 11, None),
    ("G.711, November 1988", "g.711", "", None, 1988, 11, None),
    ("G.711 (25 November 1988)", "g.711", "", None, 1988, 11, None),
    ("G 711 11 1988", "g.711", "", None, 1988, 11, None),
    ("G.711 (02/00)", "g.711", "", None, 2000, 2, None),
    ("CCITT Blue Book, Rec. Q.23", "q.23", "", None, 1988, None, None),
    ("H.264 V15", "h.264", "", None, None, None, 15),
    ("H.264 (V15)", "h.264", "", None, None, None, 15),
    ("H.264 v.15", "h.264", "", None, None, None, 15),
    ("H.264 version 15", "h.264", "", None, None, None, 15),
    ("H.264 (V15) (08/2024)", "h.264", "", None, 2024, 8, 15),
    ("H.264 edition 8", "h.264", "", None, None, None, 8),
    ("BT.2020-2", "bt.2020", "", None, None, None, 2),
    ("BT 2020 v2", "bt.2020", "", None, None, None, 2),
    ("BT-2020-2", "bt.2020", "", None, None, None, 2),
    ("Recommendation ITU-R BT.2020-2 (10/2015)", "bt.2020", "", None, 2015, 10, 2),
    ("P.618-03", "p.618", "", None, None, None, 3),
    ("Question ITU-R 203-8/3", "203/3", "", None, None, None, 8),
    ("ITU-R 203-7/3:", "203/3", "", None, None, None, 7),
    ("ITU-R SG03.203-8", "203/3", "", None, None, None, 8),
    ("ITU-R R.1-9", "r.1", "", None, None, None, 9),
    ("Resolution 1-9", "1", "", None, None, None, 9),
    ("CCIR Recommendation 460-4 (1986)", "rec:460", "", None, 1986, None, 4),
    ("G.711 Amd. 1", "g.711", "amd1", None, None, None, None),
    ("G.711 Amd 1", "g.711", "amd1", None, None, None, None),
    ("G711amd1", "g.711", "amd1", None, None, None, None),
    ("G.711 Amendment 1", "g.711", "amd1", None, None, None, None),
    ("Amendment 1 to G.711", "g.711", "amd1", None, None, None, None),
    ("Amd. 1 (2009) to ITU-T G.711 (1988)", "g.711", "amd1", 1988, 2009, None, None),
    ("G.711 (1988) Amd. 1 (08/2009)", "g.711", "amd1", 1988, 2009, 8, None),
    ("A.12 Cor. 1", "a.12", "cor1", None, None, None, None),
    ("A.12 Corrigendum 1", "a.12", "cor1", None, None, None, None),
    ("H.222.0 (1995) Technical Cor. 1", "h.222.0", "cor1", 1995, None, None, None),
    ("H.222.0 Technical Corrigendum 1", "h.222.0", "cor1", None, None, None, None),
    ("A.11 Err. 1", "a.11", "err1", None, None, None, None),
    ("A.11 Erratum 1", "a.11", "err1", None, None, None, None),
    ("I.363 Add. 1", "i.363", "add1", None, None, None, None),
    ("G.729 Annex C+", "g.729", "anncplus", None, None, None, None),
    ("Z.100 Annex F1 (01/2015)", "z.100", "annf1", None, 2015, 1, None),
    ("G.711 App. I", "g.711", "appi", None, None, None, None),
    ("G.711 Appendix 2", "g.711", "appii", None, None, None, None),
    ("Y.1541 App.X", "y.1541", "appx", None, None, None, None),
    ("G.729 Annex C+ (2000) Cor. 1 (03/2001)", "g.729", "anncplus-cor1", 2000, 2001, 3, None),
    ("X.237 (1995) Amd. 1/Technical Cor. 1", "x.237", "amd1-cor1", 1995, None, None, None),
    ("G Suppl. 39 (2006) Err. 1 (08/2006)", "g.sup39", "err1", 2006, 2006, 8, None),
    ("H.350.1 attachment (08/2003)", "h.350.1", "att", None, 2003, 8, None),
]


@pytest.mark.parametrize(
    ("text", "key", "part", "base", "year", "month", "version"), PARTS, ids=[r[0] for r in PARTS]
)
def test_an_edition_or_component_in_any_spelling(text, key, part, base, year, month, version):
    seen = [
        (asked.part, asked.base_year, asked.year, asked.month, asked.version)
        for asked in read_asked(text)
        if key in asked.keys
    ]
    assert (part, base, year, month, version) in seen


def test_a_dual_number_has_two_halves():
    assert first("G.709/Y.1331").numbers == (("g.709",), ("y.1331",))
    assert first("Y.1331 / G.709 (02/2012)").numbers == (("y.1331",), ("g.709",))
    assert len(first("H.13/O.71/V.55").numbers) == 3


@pytest.mark.parametrize(
    ("text", "sectors", "kinds"),
    [
        ("G.711", set(), set()),
        ("ITU-T G.711", {T}, set()),
        ("CCIR BT.601", {R}, set()),
        ("Report ITU-R BT.2020", {R}, {Kind.REPORT}),
        ("Question 203/3", {R}, {Kind.QUESTION}),
        ("Handbook 43", {R}, {Kind.HANDBOOK}),
        ("ITU-D 19", {D}, set()),
    ],
)
def test_words_before_a_number_limit_what_is_meant(text, sectors, kinds):
    assert (first(text).sectors, first(text).kinds) == (sectors, kinds)


@pytest.mark.parametrize(
    "text",
    ["5G", "H.264 video coding", "video coding", "IMT", "", " ", "?", "43", "2020", "smart grid 2"],
)
def test_words_are_no_identifier(text):
    assert [asked for asked in read_asked(text) if not asked.is_name] == []


def test_what_was_understood_is_written_as_itu_does():
    assert first("g711 amendment 1 (aug 2009)").text == "G.711 Amd. 1 (08/2009)"
    assert first("itu-r question 203-8/3").text == "Question ITU-R 203-8/3"
    assert first("rec itu-r bt 2020-2").text == "ITU-R BT.2020-2"
    assert first("g.729 annex c+ (2000) cor. 1").text == "G.729 (2000) Annex C+ Cor. 1"
    assert first("e.211/q.11 quarter").text == "E.211/Q.11 quater"


WRITTEN = """
ITU-T ITU-R G.711 BT.2020-2 ( ) / - Amd.1 Annex C+ 11/1988 Suppl. series V15 1988 ISO/IEC 13818-1
to Question 203/3 l . https://www.itu.int/rec/T-REC- ! Ⅻ 🙂 ' " %
"""
PIECES = st.sampled_from([*WRITTEN.split(), "\x00", "%00", "\u202e", "\ud800"])


@settings(max_examples=examples(1_500), deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)))
@example("(" * 3_000)
@example("G.7" + "1" * 5_000)
@example("a-" * 2_000)
@example("amd 1 to " * 300)
@example("https://www.itu.int/rec/T-REC-" + "G." * 900)
@example("ITU-T " + "G.711/" * 200)
@example("²³.⁴")
def test_whatever_is_typed_is_read(text):
    # Of some texts nothing can be made.
    found = read_asked(text)
    keys = [key for asked in found for key in asked.keys]
    assert [key for key in keys if not re.fullmatch(r"\S.*", key, re.DOTALL)] == []
    assert [key for key in keys if len(key) > 200] == []
    assert [asked for asked in found if not isinstance(asked.text, str)] == []
