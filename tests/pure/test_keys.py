"""The keys of numbers, names, ISO/IEC numbers and links, and the words that a link spells."""

from __future__ import annotations

import pytest

from catalog.identifiers import parse_identifier
from catalog.identifiers.keys import (
    MAX_KEY,
    bare_iso_key,
    iso_key,
    name_key,
    number_keys,
    strip_iso,
)
from catalog.identifiers.pasted_links import (
    MAX_LINK,
    LinkTarget,
    find_link,
    link_key,
    read_link_text,
)
from catalog.terms import Kind, SectorCode

T, R = SectorCode.ITU_T, SectorCode.ITU_R


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ITU-T G.711", ["g.711"]),
        ("ITU-T G.709/Y.1331", ["g.709", "y.1331"]),
        ("ITU-T V.25 bis", ["v.25bis"]),
        ("ITU-T G Suppl. 39", ["g.sup39"]),
        ("ITU-T E-800 series Suppl. 9", ["e-800.sup9"]),
        ("ITU-R BT.2020-2", ["bt.2020", "rec:2020"]),
        ("ITU-R RS.1745-2/SA.1745", ["rs.1745", "sa.1745", "rec:1745"]),
        ("Report ITU-R BT.2020", ["bt.2020"]),
        ("Question ITU-R 203-8/3", ["203/3", "203"]),
        ("Question ITU-R 111", ["111/none", "111"]),
        ("Resolution ITU-R 1-9", ["r.1", "1"]),
        ("Handbook ITU-R 43", ["43"]),
        ("ITU-D 19", ["19"]),
        ("D-STG-SG01.05-2017", ["=dstgsg01052017"]),
    ],
)
def test_the_keys_of_an_identifier(text, keys):
    assert number_keys(parse_identifier(text)) == keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ISO/IEC 13818-1", "iso:13818-1"),
        (" ISO 13818-01:2007 ", "iso:13818-1"),
        ("iec 061834", "iso:61834"),
        ("ISO/IEC TR 10000-1 (12/1998)", "iso:10000-1"),
        ("ISO/IEC/IEEE 8802-3", "iso:8802-3"),
        ("ISO 639", "iso:639"),
        ("ISO 12", ""),
        ("ISO 1234567", ""),
        ("IS 13818", ""),
        ("ISO 9594-8 and more", ""),
    ],
)
def test_the_key_of_an_iso_number(text, key):
    assert iso_key(text) == key


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("X.509 | ISO/IEC 9594-8", "X.509"),
        ("X.509, ISO 9594", "X.509"),
        ("ISO/IEC 9594-8:2001 | X.509", "X.509"),
        ("ISO/IEC 9594-8; X.509", "X.509"),
        ("X.509 ISO 9594", "X.509 ISO 9594"),
        ("ISO/IEC 9594-8 |", "ISO/IEC 9594-8 |"),
        ("G.711", "G.711"),
    ],
)
def test_an_iso_number_beside_one_of_itu_is_dropped(text, rest):
    assert strip_iso(text) == rest


def test_the_key_of_a_name_has_no_blanks_and_an_end():
    assert name_key("H.E V-C") == "=hevc"
    assert name_key(" -- ") == ""
    assert name_key("x" * 300) == "=" + "x" * (MAX_KEY - 1)
    assert MAX_KEY == 200
    assert len(link_key("https://www.itu.int/" + "a" * 300)) == MAX_KEY
    assert len(link_key("T-REC-" + "A" * 80 + "-198811-I!" + "b" * 80)) < MAX_KEY


HOST = "https://www.itu.int"
SPELLED = [
    # link, its key without `link:`, text, Sector, kind
    ("/rec/T-REC-G.711-198811-I", "t-rec-g.711-198811", "G.711 (1988-11)", T, None),
    (
        *("/rec/T-REC-G.729-200103-S!AnnC1-Cor1/en", "t-rec-g.729-200103!annc1-cor1"),
        *("G.729 AnnC1 Cor1 (2001-03)", T, None),
    ),
    ("/T-REC-G.711-19881125-S!!PDF", "t-rec-g.711-19881125", "G.711 (1988-11)", T, None),
    (
        *("/rec/T-REC-E.800SerSup9-201911-I", "t-rec-e.800sersup9-201911"),
        *("E.800 series Sup9 (2019-11)", T, None),
    ),
    ("/rec/T-REC-G.711-1988", "t-rec-g.711-1988", "G.711 (1988)", T, None),
    ("/rec/T-REC-G.711-198813-I", "t-rec-g.711-198813", "G.711 (1988)", T, None),
    ("/rec/T-REC-G.711-198800-I", "t-rec-g.711-198800", "G.711 (1988)", T, None),
    ("/rec/T-REC-G.711-198812-I", "t-rec-g.711-198812", "G.711 (1988-12)", T, None),
    ("/rec/T-REC-G.711-198801-I", "t-rec-g.711-198801", "G.711 (1988-01)", T, None),
    (
        *("/rec/R-REC-BT.601-7-201103-I!Cor1/en", "r-rec-bt.601-7-201103!cor1"),
        *("Recommendation BT.601-7 Cor1 (2011-03)", R, Kind.RECOMMENDATION),
    ),
    (
        *("/pub/R-REP-BT.2390-11-2023", "r-rep-bt.2390-11-2023"),
        *("Report BT.2390-11 (2023)", R, Kind.REPORT),
    ),
    (
        *("/R-HDB-43-2013-OAS-PDF-E.pdf", "r-hdb-43-2013"),
        *("Handbook 43 (2013)", R, Kind.HANDBOOK),
    ),
    (
        *("/R-RES-R.1-9-2023-PDF-E.pdf", "r-res-r.1-9-2023"),
        *("Resolution 1-9 (2023)", R, Kind.RESOLUTION),
    ),
    ("/pub/R-QUE-SG03.203", "r-que-sg03.203", "Question SG03.203", R, Kind.QUESTION),
    ("/pub/R-REC-abc", "r-rec-abc", "abc", R, Kind.RECOMMENDATION),
    ("/11.1002/1000/911-en", "handle/911", "", None, None),
    ("/a/X.690-0207.pdf", "itu.int/a/x.690-0207.pdf", "X.690 (2002-07)", None, None),
    ("/a/X.690-9912.pdf", "itu.int/a/x.690-9912.pdf", "X.690 (1999-12)", None, None),
    ("/a/X.690-4007", "itu.int/a/x.690-4007", "X.690 (1940-07)", None, None),
    ("/a/X.690-3907.pdf", "itu.int/a/x.690-3907.pdf", "X.690 (2039-07)", None, None),
    ("/itu-t/g.711/en/", "itu.int/itu-t/g.711/en", "g.711", None, None),
    ("/g.711/e/index.html", "itu.int/g.711/e/index.html", "g.711", None, None),
    ("/dir/g.711.html?x#y", "itu.int/dir/g.711.html?x#y", "g.711", None, None),
    ("/Words/", "itu.int/words", "", None, None),
    ("/pub?id=R-REG-RR&x=1", "itu.int/pub?id=r-reg-rr&x=1", "R-REG-RR", None, None),
    ("/pub?parent=T-X", "itu.int/pub?parent=t-x", "T-X", None, None),
    ("/pub?id=12", "itu.int/pub?id=12", "", None, None),
    ("/a?q=1&utm_source=m&fbclid=2", "itu.int/a?q=1", "", None, None),
    ("/rec.aspx?rec=G.711", "itu.int/rec.aspx?rec=g.711", "G.711", None, None),
]


@pytest.mark.parametrize(("link", "key", "text", "sector", "kind"), SPELLED)
def test_a_link_has_a_key_and_spells_a_text(link, key, text, sector, kind):
    found = read_link_text(HOST + link)
    assert link_key(HOST + link) == link_key(HOST.replace("s:", ":") + link) == f"link:{key}"
    assert " ".join(found.text.split()) == text
    assert found == LinkTarget(f"link:{key}", found.text, sector, frozenset([kind] if kind else []))
    assert hash(found) == hash(read_link_text(HOST + link))


def test_a_page_that_asks_for_a_number_has_the_key_of_its_handle():
    page = f"{HOST}/ITU-T/recommendations/rec.aspx"
    assert read_link_text(f"{page}?rec=0911") == LinkTarget("link:handle/911")
    assert read_link_text(f"{page}?lang=en&rec=1&rec=911") == LinkTarget("link:handle/911")
    assert read_link_text(f"{page}?rec=²").key == f"link:{page[12:].lower()}?rec=²"
    assert read_link_text(f"{HOST}/x.aspx?rec=911").key == "link:itu.int/x.aspx?rec=911"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"see {HOST}/rec/T-REC-G.711-198811-I, and", f"{HOST}/rec/T-REC-G.711-198811-I"),
        ("(itu.int/a/b).", "itu.int/a/b"),
        ("ftp.itu.int:80/x y", "ftp.itu.int:80/x"),
        ("hdl:11.1002/1000/911 x", "hdl:11.1002/1000/911"),
        ("T-REC-G.711-\n198811-I and", "T-REC-G.711-198811-I"),
        ("see T-REC-G.711-\n198811-I and", "T-REC-G.711-198811-I"),
        ("R-QUE-SG03.203 text", "R-QUE-SG03.203"),
        ("r-hdb-43 text", "r-hdb-43"),
        (f"{HOST}/rec/T-REC-G.711%2D198811-I", f"{HOST}/rec/T-REC-G.711-198811-I"),
        ("www.itu.int", "www.itu.int"),
        ("see T-REC-A.1 or https://itu.int/x", "T-REC-A.1"),
        ("see https://itu.int/x or T-REC-A.1", "https://itu.int/x"),
        ("itu.intx", ""),
        ("xT-REC-A.1", ""),
    ],
)
def test_a_link_is_found_in_a_text(text, link):
    assert find_link(text) == link


def test_the_end_of_a_very_long_link_is_not_read():
    assert find_link("itu.int/" + "a" * 1_000) == "itu.int/" + "a" * (MAX_LINK - 8)
    assert MAX_LINK == 400


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("29115", "iso:29115"),
        ("29115:2013", "iso:29115"),
        ("14496-10", "iso:14496-10"),
        ("14496-10:2022", "iso:14496-10"),
        ("8824-1", "iso:8824-1"),
        ("8824", "iso:8824"),
        # A year, a month, bare numbers of ITU-R.
        ("1988", ""),
        ("2020", ""),
        ("601", ""),
        ("29115 x", ""),
        ("", ""),
    ],
)
def test_a_bare_number_may_be_one_of_iso(text, key):
    assert bare_iso_key(text) == key
