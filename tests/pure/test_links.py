"""What the addresses at itu.int say of a text: number, month, letter, part, version."""

from __future__ import annotations

import pytest

from catalog.identifiers.links import RecommendationLink, handbook_year, is_ours, read_link

REC = "www.itu.int/rec/T-REC-"
FOLDER = "www.itu.int/dms_pubrec/itu-r/rec"
LINKS = [
    (f"https://{REC}G.711-198811-I", ("G.711", 1988, 11, "I", "", None)),
    (f"http://{REC}G.711-198811-S", ("G.711", 1988, 11, "S", "", None)),
    (f"https://{REC}G.711-200908-I!Amd1", ("G.711", 2009, 8, "I", "Amd1", None)),
    (f"https://{REC}Q.120-Q.139-198811-W", ("Q.120-Q.139", 1988, 11, "W", "", None)),
    (
        f"https://{FOLDER}/bt/R-REC-BT.2020-2-201510-I!!PDF-E.pdf",
        ("BT.2020", 2015, 10, "I", "", 2),
    ),
    (f"http://{FOLDER}/p/R-REC-P.835-202408-P!!MSW-E.docx", ("P.835", 2024, 8, "P", "", None)),
    (f"https://{FOLDER}/p/R-REC-P.835-12-202408-S!Cor1!PDF-E", ("P.835", 2024, 8, "S", "Cor1", 12)),
]


@pytest.mark.parametrize(("address", "parts"), LINKS)
def test_an_address_says_what_text_it_leads_to(address, parts):
    assert read_link(address) == RecommendationLink(*parts)


@pytest.mark.parametrize(
    "address",
    [
        "",
        f"https://{REC}G.711",
        f"https://{REC}G.711-1988-I",
        f"https://{REC}G.711-198811-I/en",
        f" https://{REC}G.711-198811-I",
        "https://wwwXitu.int/rec/T-REC-G.711-198811-I",
        f"https://{FOLDER}/p/R-REC-P.835-7-202408-I",
        "https://www.itu.int/pub/R-HDB-43-2013",
    ],
)
def test_other_addresses_say_nothing(address):
    assert read_link(address) is None


@pytest.mark.parametrize(
    ("address", "year"),
    [
        ("http://www.itu.int/dms_pub/itu-r/opb/hdb/R-HDB-43-2013-OAS-PDF-E.pdf", 2013),
        ("http://www.itu.int/pub/R-HDB-09-2002", 2002),
        ("http://www.itu.int/pub/R-HDB-09-20021", None),
        ("http://www.itu.int/pub/R-HDB-09", None),
        ("", None),
    ],
)
def test_the_address_of_a_handbook_ends_with_its_year(address, year):
    assert handbook_year(address) == year


@pytest.mark.parametrize(
    ("address", "is_shown"),
    [
        ("https://www.itu.int/rec/T-REC-G.711", True),
        ("http://www.itu.int/", True),
        ("https://itu.int/", False),
        ("https://www.itu.int.example.org/", False),
        ("https://www.itu.int/a b", False),
        ("javascript:https://www.itu.int/", False),
        ("", False),
    ],
)
def test_only_addresses_at_itu_are_ours(address, is_shown):
    assert is_ours(address) is is_shown
