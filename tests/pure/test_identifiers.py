"""Identifiers: the printed form to parts, and parts to addresses. Rows are from public texts."""

from __future__ import annotations

import re

import pytest

from catalog.identifiers import (
    IdentifierError,
    compact,
    number_sort_key,
    parse_identifier,
    parse_itu_r,
    parse_itu_t,
    parse_other,
)
from catalog.identifiers.itu_r import RadioPaper
from catalog.identifiers.itu_t import ComponentToken, StandardIdentifier
from catalog.terms import ComponentType, Kind, SectorCode
from tests.conftest import FIXTURES
from tests.found import some

WORKS = [
    # printed, first number, series, address of the work
    ("ITU-T G.711", "G.711", "G", "g.711"),
    ("ITU-T E.118.1", "E.118.1", "E", "e.118.1"),
    ("ITU-T G.709/Y.1331", "G.709", "G", "g.709"),
    ("ITU-T H.13/O.71/V.55", "H.13", "H", "h.13"),
    ("ITU-T V.25 ter", "V.25 ter", "V", "v.25ter"),
    ("ITU-T Q.2931 B", "Q.2931 B", "Q", "q.2931b"),
    ("ITU-T D.200 R", "D.200 R", "D", "d.200r"),
    ("ITU-T I.256.2a", "I.256.2a", "I", "i.256.2a"),
    ("ITU-T Q.120-Q.139", "Q.120-Q.139", "Q", "q.120-q.139"),
    ("ITU-T G Suppl. 39", "G", "G", "g.sup39"),
    ("ITU-T M.3050 Suppl. 1", "M.3050", "M", "m.3050.sup1"),
    ("ITU-T E-800 series Suppl. 9", "E-800 series", "E", "e-800.sup9"),
    ("ITU-T EMC-3", "EMC-3", "", "emc-3"),
]

DATED = [
    # printed, address of the date, address of the part, supplement is a work of its own
    ("ITU-T G.711 (11/1988)", "1988-11", "", False),
    ("ITU-T H.264 (V15) (08/2024)", "2024-08", "", False),
    ("ITU-T G.711 (1988) Amd. 1 (08/2009)", "2009-08", "amd1", False),
    ("ITU-T G.711 App. I (09/1999)", "1999-09", "appi", False),
    ("ITU-T G.729 Annex C+ (2000) Cor. 1 (03/2001)", "2001-03", "anncplus-cor1", False),
    ("ITU-T X.237 (1995) Amd. 1/Technical Cor. 1 (06/1999)", "1999-06", "amd1-cor1", False),
    ("ITU-T H.350.1 attachment (08/2003)", "2003-08", "att", False),
    ("ITU-T G Suppl. 39 (2006) Err. 1 (08/2006)", "2006-08", "err1", True),
    ("ITU-T E.164 Suppl. 3 (2004) Amd. 1 (11/2009)", "2009-11", "sup3-amd1", False),
]


@pytest.mark.parametrize(("text", "first", "series", "address"), WORKS)
def test_a_work_is_read_and_gets_its_address(text, first, series, address):
    identifier = parse_itu_t(text)
    assert (identifier.first_number, identifier.series) == (first, series)
    assert identifier.work_address == address
    assert identifier.work_label == text


@pytest.mark.parametrize(("text", "date", "part", "of_supplement"), DATED)
def test_a_dated_text_gets_an_address_from_its_own_month(text, date, part, of_supplement):
    identifier = parse_itu_t(text)
    assert identifier.edition_address == date
    if part:
        assert identifier.part_address(of_supplement) == part


PRINTED = [
    *(text for text, *_rest in WORKS),
    *(text for text, *_rest in DATED),
    "ITU-T H.264 v.15 (08/2024)",
    "ITU-T X.84 Technical Cor. 2 (06/1999)",
    "ITU-T I.363 Add. 1 (03/1993)",
    "ITU-T G.711 App. II Software (02/2000)",
    "ITU-T E.1100 series Suppl. 2.1 (02/2000)",
    "ITU-T E100-300 Suppl. 3 (1988) Annex B (1989) Cor. 1 (02/2000)",
    "ITU-T Q.732.2-5 (01/1999)",
]


@pytest.mark.parametrize("text", PRINTED)
def test_what_is_read_is_printed_as_it_was(text):
    assert parse_itu_t(text).text == text


def test_the_parts_of_an_identifier_are_told_apart():
    assert parse_itu_t("ITU-T H.264 (V15) (08/2024)") == StandardIdentifier(
        "H.264", version=15, month=8, year=2024
    )
    dotted = parse_itu_t("ITU-T H.264 v.15 (08/2024)")
    assert (dotted.version, dotted.dotted_version) == (15, True)
    assert parse_itu_t("ITU-T E.164 Suppl. 3 (2004) Amd. 1 (11/2009)") == StandardIdentifier(
        "E.164",
        "3",
        components=(ComponentToken(ComponentType.AMENDMENT, "1", 2004),),
        month=11,
        year=2009,
    )
    # After another component, or a year, a supplement is no part of the number.
    assert [token.type for token in parse_itu_t("ITU-T G.1 Annex B Suppl. 2").components] == [
        ComponentType.ANNEX,
        ComponentType.SUPPLEMENT,
    ]
    assert parse_itu_t("ITU-T G.1 (1988) Suppl. 2").supplement == ""
    (amendment, corrigendum) = parse_itu_t("ITU-T X.237 (1995) Amd. 1/Technical Cor. 1").components
    assert (amendment.technical, amendment.joined) == (False, False)
    assert (corrigendum.technical, corrigendum.joined) == (True, True)


def test_the_base_year_belongs_to_the_component_after_it():
    (annex, corrigendum) = parse_itu_t("ITU-T G.729 Annex C+ (2000) Cor. 1 (03/2001)").components
    assert (annex.type, annex.number, annex.base_year) == (ComponentType.ANNEX, "C+", None)
    assert (corrigendum.type, corrigendum.base_year) == (ComponentType.CORRIGENDUM, 2000)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("ITU-T M.73l (11/1988)", "M.731"), ("ITU-T D.502R (11/1988)", "D.502 R")],
)
def test_known_slips_of_the_source_are_mended(slip, meant):
    assert parse_itu_t(slip).number == meant


RADIO = [
    ("ITU-R P.835-6", None, "ITU-R P.835", "p.835", 6),
    ("Report ITU-R BT.2020-1", None, "Report ITU-R BT.2020", "report/bt.2020", 1),
    ("ITU-R BT.2020-1", Kind.REPORT, "Report ITU-R BT.2020", "report/bt.2020", 1),
    ("ITU-R 203-7/3:", Kind.QUESTION, "Question ITU-R 203/3", "question/203/sg3", 7),
    ("ITU-R SG03.203-8", Kind.QUESTION, "Question ITU-R 203/3", "question/203/sg3", 8),
    ("ITU-R 111-2:", Kind.QUESTION, "Question ITU-R 111", "question/111/none", 2),
    ("ITU-R 43.HDB", Kind.HANDBOOK, "Handbook ITU-R 43", "handbook/43", None),
    ("ITU-R R.1-9", Kind.RESOLUTION, "Resolution ITU-R 1", "resolution/1", 9),
    ("ITU-R 09.HDB", Kind.HANDBOOK, "Handbook ITU-R 9", "handbook/9", None),
    ("ITU-R 0-1", Kind.RESOLUTION, "Resolution ITU-R 0", "resolution/0", 1),
    ("ITU-R RS.516-1-0", None, "ITU-R RS.516", "rs.516", 0),
    ("ITU-R BT-1543-1", None, "ITU-R BT.1543", "bt.1543", 1),
    ("ITU-R RS.1745-2/SA.1745", None, "ITU-R RS.1745", "rs.1745", 2),
    ("Recommendation ITU-R P.835", Kind.REPORT, "ITU-R P.835", "p.835", None),
]


@pytest.mark.parametrize(("text", "kind", "label", "address", "version"), RADIO)
def test_radio_identifiers_are_read_by_kind(text, kind, label, address, version):
    identifier = parse_itu_r(text, kind)
    assert identifier.work_label == label
    assert identifier.work_address == address
    assert identifier.version == version


@pytest.mark.parametrize(
    "text",
    [
        "ITU-R P.835-0",
        "ITU-R RS.1745-2/SA.1745",
        "Report ITU-R BT.2020-1",
        "Question ITU-R 203-8/3",
        "Question ITU-R 111-2",
        "Handbook ITU-R 43",
        "Resolution ITU-R 1-9",
    ],
)
def test_a_radio_identifier_is_printed_as_it_was(text):
    assert parse_itu_r(text).text == text


@pytest.mark.parametrize(
    ("code", "is_draft"),
    [
        ("M.5/BL/22", True),
        ("BS.[6/30]:", True),
        ("M.5-BL-22", True),
        ("M.5BL22", True),
        ("M.5B22", True),
        ("IV.IX", False),
        ("RRB", False),
        ("LIST-4", False),
        ("LIST4", False),
    ],
)
def test_what_is_filed_among_radio_texts_but_is_none(code, is_draft):
    paper = parse_itu_r(f"ITU-R {code}")
    assert paper == RadioPaper(code, is_draft=is_draft)
    assert paper.text == f"ITU-R {code}"
    assert len({paper, parse_itu_r(f"ITU-R  {code} ")}) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "'' is not of the form ‘ITU-R …’"),
        ("P.835", "'P.835' is not of the form ‘ITU-R …’"),
        ("Letter ITU-R P.835", "'Letter ITU-R P.835' is not of the form ‘ITU-R …’"),
        ("ITU-R P.835.1", "'P.835.1' in 'ITU-R P.835.1' is of no known ITU-R form"),
        ("ITU-R ABCDE", "'ABCDE' in 'ITU-R ABCDE' is of no known ITU-R form"),
    ],
)
def test_what_is_no_radio_identifier_is_refused_with_a_reason(text, why):
    with pytest.raises(IdentifierError) as caught:
        parse_itu_r(text)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("G.711", "'G.711' does not start with ‘ITU-T ’"),
        ("ITU-T 711", "'711' in 'ITU-T 711' is no ITU-T number"),
        ("ITU-T G.711 (13/1988)", "'ITU-T G.711 (13/1988)' names month 13"),
        ("ITU-T G.711 (00/1988)", "'ITU-T G.711 (00/1988)' names month 0"),
        ("ITU-T G.711 Amd. 1 x", "' x' in 'ITU-T G.711 Amd. 1 x' is no known component"),
    ],
)
def test_the_reason_says_what_is_wrong(text, why):
    with pytest.raises(IdentifierError) as caught:
        parse_itu_t(text)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    "text", ["", "G.711", "ITU-T", "ITU-T 711", "ITU-T G.711 (13/1988)", "ITU-T G.711 Bogus 1"]
)
def test_what_is_no_identifier_is_refused_with_a_reason(text):
    with pytest.raises(IdentifierError, match=r"\w"):
        parse_itu_t(text)


@pytest.mark.parametrize(
    "spelling", ["G.711", "g 711", "G-711", "g711", "Ｇ．７１１", "G.\u00a0711"]
)
def test_spellings_of_one_number_agree(spelling):
    assert compact(spelling) == "g711"


CURATED = re.compile(r"^    identifier: (?:'(.+)'|(.+))$", re.MULTILINE)
SECTORS_BEYOND = re.compile(r"ITU-D \d+|[DRS]-[A-Z]+-.+")


def test_the_curated_identifiers_of_itu_d_and_the_union_are_read_and_printed():
    files = some(sorted(FIXTURES.glob("publications-*.yaml")))
    text = "".join(file.read_text("utf-8") for file in files)
    found = ["".join(groups) for groups in CURATED.findall(text)]
    beyond = [identifier for identifier in found if SECTORS_BEYOND.fullmatch(identifier)]
    assert len(beyond) > 20
    for identifier in some(beyond):
        assert parse_identifier(identifier).text == identifier


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("ITU-D 19", SectorCode.ITU_D),
        ("D-STG-SG01.05-2017", SectorCode.ITU_D),
        ("R-REG-ROP", SectorCode.ITU_R),
        ("S-CONF-ACTF-2022", SectorCode.ITU),
        ("T-TUT-ITSC-2020", SectorCode.ITU_T),
    ],
)
def test_the_letter_of_a_publication_code_is_its_sector(text, sector):
    code = parse_other(text)
    assert (code.sector, code.text, code.is_numbered) == (sector, text, text == "ITU-D 19")
    assert code == parse_other(text)


@pytest.mark.parametrize("text", ["ITU-D", "ITU-D 5 bis", "D-", "X-STG-SG01", "GAS", ""])
def test_what_is_no_publication_code_is_refused(text):
    with pytest.raises(IdentifierError, match=r"^'.*' is neither a number of ITU-D nor a"):
        parse_other(text)


@pytest.mark.parametrize("text", ["ITU-T G.711 (11/1988)", "ITU-R P.835-6", "ITU-D 19"])
def test_an_identifier_can_stand_in_a_set(text):
    assert len({parse_identifier(text), parse_identifier(text)}) == 1


def test_numbers_sort_as_people_count():
    numbers = ["G.10", "G.9", "G.711.1", "G.711", "G.711.10", "F.1"]
    ordered = ["F.1", "G.9", "G.10", "G.711", "G.711.1", "G.711.10"]
    assert sorted(numbers, key=number_sort_key) == ordered
