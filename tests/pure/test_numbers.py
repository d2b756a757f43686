"""The number of a text: all the ways to read it, the likeliest first."""

from __future__ import annotations

import pytest

from catalog.identifiers.numbers import is_draft_code, readings_of
from catalog.terms import RECOMMENDED_KINDS, Kind, SectorCode

SECTORS = {"T": SectorCode.ITU_T, "R": SectorCode.ITU_R, "D": SectorCode.ITU_D}
NONE: frozenset[Kind] = frozenset()
QUESTION, REPORT = frozenset({Kind.QUESTION}), frozenset({Kind.REPORT})
HANDBOOK, RESOLUTION = frozenset({Kind.HANDBOOK}), frozenset({Kind.RESOLUTION})

# The text, the letter of the Sector and the kinds that stand before it; then of each reading the
# keys of its parts, its label, what is left of the text, its version, letter and kinds.
READINGS = [
    ("g.711", "", NONE, [("g.711", "G.711", "", None, "", NONE)]),
    ("203/3", "", NONE, [("203/3", "203/3", "", None, "R", QUESTION)]),
    ("203-8/3:", "", NONE, [("203/3", "203/3", "", 8, "R", QUESTION)]),
    ("203/3", "T", NONE, []),
    ("203/3", "", REPORT, [("rec:203", "203", "/3", None, "R", NONE)]),
    (
        "sg 3 203",
        "",
        QUESTION,
        [
            ("203/3", "203/3", "", None, "R", QUESTION),
            ("sg.3.203", "SG.3.203", "", None, "", NONE),
            ("sg.3", "SG.3", " 203", None, "", NONE),
        ],
    ),
    ("203/3/4", "", NONE, []),
    (
        "sg03.203-8",
        "R",
        NONE,
        [
            ("203/3", "203/3", "", 8, "R", QUESTION),
            ("sg.03.203-8 or sg.03.203.8", "SG.03.203-8", "", None, "", NONE),
            ("sg.03.203", "SG.03.203", "-8", None, "", NONE),
            ("sg.03", "SG.03", ".203-8", None, "", NONE),
        ],
    ),
    ("emc-3", "", NONE, [("emc-3", "EMC-3", "", None, "", NONE)]),
    ("qos 2.1", "", NONE, [("qos-2.1", "QOS-2.1", "", None, "", NONE)]),
    ("sec-qkd", "", NONE, [("sec-qkd", "SEC-QKD", "", None, "", NONE)]),
    ("43.hdb", "", NONE, [("43", "43", "", None, "R", HANDBOOK)]),
    ("43", "", NONE, []),
    (
        "43",
        "R",
        NONE,
        [
            ("43", "43", "", None, "R", HANDBOOK),
            ("43/none", "43", "", None, "R", QUESTION),
            ("rec:43", "43", "", None, "R", NONE),
        ],
    ),
    (
        "0601-7",
        "R",
        NONE,
        [
            ("601", "601", "", 7, "R", HANDBOOK),
            ("601/none", "601", "", 7, "R", QUESTION),
            ("rec:601", "601", "", 7, "R", NONE),
        ],
    ),
    ("601-7", "", RECOMMENDED_KINDS, [("rec:601", "601", "", 7, "R", NONE)]),
    ("60", "", RECOMMENDED_KINDS, []),
    ("60", "R", RECOMMENDED_KINDS, [("rec:60", "60", "", None, "R", NONE)]),
    ("19", "D", NONE, [("19", "19", "", None, "D", NONE)]),
    ("19-2", "D", NONE, [("19", "19", "", 2, "D", NONE)]),
    ("43", "", HANDBOOK, [("43", "43", "", None, "R", HANDBOOK)]),
    ("1-9", "", RESOLUTION, [("1", "1", "", 9, "R", RESOLUTION)]),
    ("203-8", "", QUESTION, [("203/none or 203", "203", "", 8, "R", QUESTION)]),
    ("601", "", REPORT, [("rec:601", "601", "", None, "R", NONE)]),
    ("601", "T", REPORT, []),
    ("601a", "", REPORT, []),
    ("g suppl. 39", "", NONE, [("g.sup39", "G Suppl. 39", "", None, "", NONE)]),
    (
        "e-800 series suppl. 9",
        "",
        NONE,
        [
            ("e.800.sup9 or e-800.sup9", "E.800 Suppl. 9", "", None, "", NONE),
            ("e.800", "E.800", " series suppl. 9", None, "", NONE),
        ],
    ),
    (
        "e.100-300 suppl. 3",
        "",
        NONE,
        [
            ("e100-300.sup3", "E100-300 Suppl. 3", "", None, "", NONE),
            ("e.100-300 or e.100.300", "E.100-300", " suppl. 3", None, "", NONE),
            ("e.100", "E.100", "-300 suppl. 3", None, "", NONE),
        ],
    ),
    ("g.709/y.1331", "", NONE, [("g.709 + y.1331", "G.709/Y.1331", "", None, "", NONE)]),
    (
        "h.13/o.71|v.55/x.1",
        "",
        NONE,
        [("h.13 + o.71 + v.55", "H.13/O.71/V.55", "/x.1", None, "", NONE)],
    ),
    (
        "bt.2020-2",
        "",
        NONE,
        [
            ("bt.2020-2 or bt.2020.2", "BT.2020-2", "", None, "", NONE),
            ("bt.2020", "BT.2020", "", 2, "R", NONE),
            ("bt.2020", "BT.2020", "-2", None, "", NONE),
        ],
    ),
    (
        "bt 2020 2",
        "T",
        NONE,
        [
            ("bt.2020.2", "BT.2020.2", "", None, "", NONE),
            ("bt.2020", "BT.2020", "", 2, "T", NONE),
            ("bt.2020", "BT.2020", " 2", None, "", NONE),
        ],
    ),
    (
        "f.746.5",
        "",
        NONE,
        [("f.746.5", "F.746.5", "", None, "", NONE), ("f.746", "F.746", ".5", None, "", NONE)],
    ),
    (
        "f.746-5",
        "",
        NONE,
        [
            ("f.746-5 or f.746.5", "F.746-5", "", None, "", NONE),
            ("f.746", "F.746", "", 5, "R", NONE),
            ("f.746", "F.746", "-5", None, "", NONE),
        ],
    ),
    (
        "f.746-5",
        "T",
        NONE,
        [
            ("f.746-5 or f.746.5", "F.746-5", "", None, "", NONE),
            ("f.746", "F.746", "-5", None, "", NONE),
        ],
    ),
    (
        "f.746-123",
        "",
        NONE,
        [
            ("f.746-123 or f.746.123", "F.746-123", "", None, "", NONE),
            ("f.746", "F.746", "-123", None, "", NONE),
        ],
    ),
    (
        "rs.516-1-0",
        "",
        NONE,
        [
            ("rs.516-1-0 or rs.516.1.0", "RS.516-1-0", "", None, "", NONE),
            ("rs.516", "RS.516", "", 0, "R", NONE),
            ("rs.516-1 or rs.516.1", "RS.516-1", "-0", None, "", NONE),
            ("rs.516", "RS.516", "-0", 1, "R", NONE),
            ("rs.516", "RS.516", "-1-0", None, "", NONE),
        ],
    ),
    (
        "q.120-q.139",
        "",
        NONE,
        [
            ("q.120-q.139", "Q.120-Q.139", "", None, "", NONE),
            ("q.120", "Q.120", "-q.139", None, "", NONE),
        ],
    ),
    (
        "q.732.2-5",
        "",
        NONE,
        [
            ("q.732.2-5 or q.732.2.5", "Q.732.2-5", "", None, "", NONE),
            ("q.732.2", "Q.732.2", "-5", None, "", NONE),
            ("q.732", "Q.732", ".2-5", None, "", NONE),
        ],
    ),
    (
        "v.25-bis",
        "",
        NONE,
        [("v.25bis", "V.25 bis", "", None, "", NONE), ("v.25", "V.25", "-bis", None, "", NONE)],
    ),
    (
        "q.11 quarter",
        "",
        NONE,
        [
            ("q.11quater", "Q.11 quater", "", None, "", NONE),
            ("q.11", "Q.11", " quarter", None, "", NONE),
        ],
    ),
    ("d.502r", "", NONE, [("d.502r", "D.502 R", "", None, "", NONE)]),
    (
        "q.2931 b",
        "",
        NONE,
        [("q.2931b", "Q.2931 B", "", None, "", NONE), ("q.2931", "Q.2931", " b", None, "", NONE)],
    ),
    ("m.73l", "", NONE, [("m.73l or m.731", "M.731", "", None, "", NONE)]),
    ("g.7lo", "", NONE, [("g.7lo or g.710", "G.710", "", None, "", NONE)]),
    ("g711amd1", "", NONE, [("g.711", "G.711", "amd1", None, "", NONE)]),
    ("g711v3", "", NONE, [("g.711", "G.711", "v3", None, "", NONE)]),
    ("g711xyz", "", NONE, []),
    (
        "e_118 - 1",
        "",
        NONE,
        [
            ("e.118-1 or e.118.1", "E.118-1", "", None, "", NONE),
            ("e.118", "E.118", " - 1", None, "", NONE),
        ],
    ),
    (
        "x.1.2.3.4.5",
        "",
        NONE,
        [
            ("x.1.2.3.4", "X.1.2.3.4", ".5", None, "", NONE),
            ("x.1.2.3", "X.1.2.3", ".4.5", None, "", NONE),
            ("x.1.2", "X.1.2", ".3.4.5", None, "", NONE),
            ("x.1", "X.1", ".2.3.4.5", None, "", NONE),
        ],
    ),
    ("g.1234567", "", NONE, []),
    ("g....711", "", NONE, []),
    ("abcd.1", "", NONE, []),
    ("g.lo", "", NONE, []),
]


@pytest.mark.parametrize(("text", "letter", "kinds", "readings"), READINGS)
def test_a_number_is_read_in_all_the_ways_it_may_be_meant(text, letter, kinds, readings):
    sectors = frozenset(SECTORS[one] for one in letter)
    found = list(readings_of(text, sectors, frozenset(kinds)))
    assert [
        (
            " + ".join(" or ".join(keys) for keys in reading.parts),
            reading.label,
            text[reading.end :],
            reading.version,
            "".join(one for one in SECTORS if SECTORS[one] in reading.sectors),
            reading.kinds,
        )
        for reading in found
    ] == readings
    # That a bare number is one of a Recommendation is a guess.
    assert [one.tier for one in found] == [int(row[0].startswith("rec:")) for row in readings]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("text", "is_draft"),
    [("bs.6/bl/30", True), ("m.5/22", True), ("m.5-bl-22", True), ("g.711", False), ("", False)],
)
def test_the_number_of_a_draft_is_known(text, is_draft):
    assert is_draft_code(text) is is_draft
