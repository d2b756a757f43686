"""Addresses that lead nowhere, read as somebody would have typed an identifier."""

from __future__ import annotations

import pytest

from catalog.identifiers.site_paths import AskedPath, read_path

# path, Sector, text, year, month
WHOLE = [
    ("/itu-t/G711/", "itu-t", "ITU-T g711", None, None),
    ("/itu-t/g_711/", "itu-t", "ITU-T g-711", None, None),
    ("/itu-t/g/711", "itu-t", "ITU-T g.711", None, None),
    ("/ITU_T/g.711", "itu-t", "ITU-T g.711", None, None),
    ("/itut/g.711", "itu-t", "ITU-T g.711", None, None),
    ("/itu-t/g/sup39/", "itu-t", "ITU-T g.sup39", None, None),
    ("/itu-t/recommendations/g.711/", "itu-t", "ITU-T g.711", None, None),
    ("/itu-t/g.711.html", "itu-t", "ITU-T g.711", None, None),
    ("/itu-t/g.711/1988-12/", "itu-t", "ITU-T g.711 (1988-12)", 1988, 12),
    ("/itu-t/g.711/1988-11-25/", "itu-t", "ITU-T g.711 (1988-11)", 1988, 11),
    ("/itu-t/g.711/11-1988/", "itu-t", "ITU-T g.711 (1988-11)", 1988, 11),
    ("/itu-t/g.711/198811/", "itu-t", "ITU-T g.711 (1988-11)", 1988, 11),
    ("/itu-t/g.711/1988/", "itu-t", "ITU-T g.711 (1988)", 1988, None),
    ("/itu-t/g.711/2009-08/amd-1/", "itu-t", "ITU-T g.711 amd 1 (2009-08)", 2009, 8),
    (
        "/itu-t/g.729/2001-03/anncplus-cor1/",
        "itu-t",
        "ITU-T g.729 anncplus cor1 (2001-03)",
        2001,
        3,
    ),
    ("/itu-t/h.264/v15/", "itu-t", "ITU-T h.264 V15", None, None),
    ("/itu-r/bt2020/", "itu-r", "Recommendation ITU-R bt2020", None, None),
    ("/itu-r/bt.601/7/", "itu-r", "Recommendation ITU-R bt.601-7", None, None),
    ("/itu-r/report/bt2020/1/", "itu-r", "Report ITU-R bt2020-1", None, None),
    ("/itu-r/question/203/sg3/8/", "itu-r", "Question ITU-R 203-8/3", None, None),
    ("/itu-r/question/203/none/", "itu-r", "Question ITU-R 203", None, None),
    ("/itu-r/resolutions/1-9/", "itu-r", "Resolution ITU-R 1-9", None, None),
    ("/itu-d/19/", "itu-d", "ITU-D 19", None, None),
    ("/g.711", "", "g.711", None, None),
]


@pytest.mark.parametrize(("path", "sector", "text", "year", "month"), WHOLE)
def test_a_path_of_which_every_part_is_understood(path, sector, text, year, month):
    has_component = any(part in path for part in ("amd", "cor"))
    assert read_path(path) == AskedPath(sector, text, year, month, has_component, is_whole=True)


# The number is read, but something else stands in the path, so that nothing may be taken for sure.
@pytest.mark.parametrize(
    "path", ["/itu-t/g.711/nothing/", "/itu-t/g.711/1988-13/", "/itu-t/g.711/sg15/"]
)
def test_a_path_of_which_a_part_is_not_understood(path):
    asked = read_path(path)
    assert asked.text.startswith("ITU-T g.711 ")
    assert not asked.is_whole


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/itu-t/",
        "/itu-t/g/",
        "/itu-t/sg15/",
        "/initiatives/2024/",
        "/conferences/wrc/2023/",
        "/static/x.css",
        "/" + "a" * 3000 + "/",
        "/😀/",
        "//",
    ],
)
def test_a_path_without_a_number_asks_for_nothing(path):
    assert read_path(path).text == ""


LINKS = [
    ("/https:/www.itu.int/rec/T-REC-G.711/", "https://www.itu.int/rec/T-REC-G.711"),
    ("/go/www.itu.int/rec/T-REC-G.711", "https://www.itu.int/rec/T-REC-G.711"),
    ("/rec/T-REC-G.711-198811-I/en", "https://www.itu.int/rec/T-REC-G.711-198811-I/en"),
    (
        "/dms_pubrec/itu-r/rec/bt/R-REC-BT.601-7-201103-I!!PDF-E.pdf",
        "https://www.itu.int/dms_pubrec/itu-r/rec/bt/R-REC-BT.601-7-201103-I!!PDF-E.pdf",
    ),
]


@pytest.mark.parametrize(("path", "link"), LINKS)
def test_an_address_of_itu_in_a_path_is_taken_out(path, link):
    assert read_path(path) == AskedPath(link=link)
