"""Addresses at itu.int as people paste them: what they name, whatever their status letter."""

from __future__ import annotations

import pytest

from catalog.identifiers.pasted_links import find_link, link_key
from catalog.identifiers.typed_spellings import read_asked
from tests.found import some

# address, key of the number, part, year, month, version
LINKS = [
    ("https://www.itu.int/rec/T-REC-G.711-198811-I", "g.711", "", 1988, 11, None),
    ("http://www.itu.int/rec/T-REC-G.711-198811-S/en", "g.711", "", 1988, 11, None),
    ("itu.int/rec/T-REC-G.711-198811-W", "g.711", "", 1988, 11, None),
    ("https://www.itu.int/rec/T-REC-G.711-200908-I!Amd1/en", "g.711", "amd1", 2009, 8, None),
    (
        "https://www.itu.int/rec/T-REC-G.729-200103-S!AnnC1-Cor1",
        "g.729",
        "annc1-cor1",
        2001,
        3,
        None,
    ),
    ("https://www.itu.int/rec/T-REC-G.711/en", "g.711", "", None, None, None),
    ("https://www.itu.int/rec/T-REC-G.711", "g.711", "", None, None, None),
    (
        "https://www.itu.int/rec/T-REC-G.711/recommendation.asp?lang=en",
        "g.711",
        "",
        None,
        None,
        None,
    ),
    ("https://www.itu.int/rec/T-REC-V.25ter-199508-S", "v.25ter", "", 1995, 8, None),
    ("https://www.itu.int/rec/T-REC-G.Sup39-201602-S", "g.sup39", "", 2016, 2, None),
    ("https://www.itu.int/rec/T-REC-E.800SerSup9-201911-I", "e-800.sup9", "", 2019, 11, None),
    ("T-REC-T.801-202106-S!!PDF-E.pdf", "t.801", "", 2021, 6, None),
    (
        "https://www.itu.int/rec/dologin_pub.asp?lang=e&id=T-REC-G.711-198811-I!!PDF-E&type=items",
        *("g.711", "", 1988, 11, None),
    ),
    (
        "https://www.itu.int/rec/recommendation.asp?type=items&lang=e&parent=T-REC-G.711-198811-I",
        *("g.711", "", 1988, 11, None),
    ),
    ("https://www.itu.int/ITU-T/recommendations/rec.aspx?rec=G.711", "g.711", "", None, None, None),
    ("https://www.itu.int/rec/T-REC-G.711-\n198811-I/en", "g.711", "", 1988, 11, None),
    ("https://www.itu.int/rec/T-REC-G.711-1988", "g.711", "", 1988, None, None),
    ("https://www.itu.int/rec/T-REC-G.711-198811-I?utm_source=mail", "g.711", "", 1988, 11, None),
    ("<https://www.itu.int/rec/T-REC-G.711-198811-I>.", "g.711", "", 1988, 11, None),
    ("404 https://www.itu.int/rec/T-REC-G.711-198811-I (3 times)", "g.711", "", 1988, 11, None),
    ("[G.711](https://www.itu.int/rec/T-REC-G.711-198811-I)", "g.711", "", 1988, 11, None),
    (
        "https://www.itu.int/dms_pubrec/itu-r/rec/bt/R-REC-BT.2020-2-201510-I!!PDF-E.pdf",
        *("bt.2020", "", 2015, 10, 2),
    ),
    ("https://www.itu.int/rec/R-REC-BT.601-7-201103-I/en", "bt.601", "", 2011, 3, 7),
    ("https://www.itu.int/pub/R-REC-BT.2020", "bt.2020", "", None, None, None),
    (
        "http://www.itu.int/dms_pub/itu-r/opb/rep/R-REP-BT.2043-2004-PDF-E.pdf",
        *("bt.2043", "", 2004, None, None),
    ),
    ("https://www.itu.int/pub/R-REP-BT.2390-11-2023", "bt.2390", "", 2023, None, 11),
    (
        "http://www.itu.int/dms_pub/itu-r/opb/hdb/R-HDB-43-2013-OAS-PDF-E.pdf",
        "43",
        "",
        2013,
        None,
        None,
    ),
    ("http://www.itu.int/pub/R-HDB-23-2002", "23", "", 2002, None, None),
    ("http://www.itu.int/dms_pub/itu-r/opb/res/R-RES-R.1-9-2023-PDF-E.pdf", "1", "", 2023, None, 9),
    ("http://www.itu.int/pub/R-QUE-SG03.203", "203/3", "", None, None, None),
    (
        "http://www.itu.int/ITU-T/studygroups/com17/languages/X.690-0207.pdf",
        *("x.690", "", 2002, 7, None),
    ),
]


@pytest.mark.parametrize(
    ("link", "key", "part", "year", "month", "version"), LINKS, ids=[row[0] for row in LINKS]
)
def test_a_link_names_its_text(link, key, part, year, month, version):
    seen = [
        (asked.part, asked.year, asked.month, asked.version)
        for asked in read_asked(link)
        if key in asked.keys
    ]
    assert (part, year, month, version) in seen
    assert all(asked.is_link for asked in some(read_asked(link)))


@pytest.mark.parametrize("letter", "ISPWT")
@pytest.mark.parametrize(
    "link",
    [
        "{scheme}://www.itu.int/rec/T-REC-G.711-198811-{letter}{language}",
        "{scheme}://www.itu.int/rec/T-REC-G.711-198811-{letter}!!PDF-E.pdf",
        "T-REC-G.711-198811-{letter}",
    ],
)
def test_scheme_letter_and_language_are_no_part_of_the_key(link, letter):
    keys = {
        link_key(link.format(letter=letter, scheme=scheme, language=language))
        for scheme in ("http", "https")
        for language in ("", "/en", "/fr", "?lang=en")
    }
    assert keys == {"link:t-rec-g.711-198811"}


def test_the_part_of_a_link_is_part_of_its_key():
    assert link_key("https://www.itu.int/rec/T-REC-G.711-200908-I!Amd1") == (
        "link:t-rec-g.711-200908!amd1"
    )
    radio = "https://www.itu.int/dms_pubrec/itu-r/rec/bt/R-REC-BT.2020-2-201510-{}!!PDF-E.pdf"
    assert {link_key(radio.format(letter)) for letter in "ISW"} == {"link:r-rec-bt.2020-2-201510"}


def test_a_handle_has_the_key_of_its_number():
    assert link_key("https://handle.itu.int/11.1002/1000/911-en") == "link:handle/911"
    assert read_asked("https://www.itu.int/ITU-T/recommendations/rec.aspx?rec=911")[0].link == (
        "link:handle/911"
    )


@pytest.mark.parametrize("text", ["G.711", "https://example.org/T-shirt", "R-HOME", ""])
def test_other_texts_hold_no_link(text):
    assert find_link(text) == ""
