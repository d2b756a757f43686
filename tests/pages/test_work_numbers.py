"""Numbers, twins and related texts of works: names, redirects, links. All content is invented."""

from __future__ import annotations

import datetime

import pytest

from catalog.models import (
    Series,
    SeriesSupplement,
)
from tests.pages.reading import page
from tests.pages.works import add_component, add_edition, dual, make_work, settle, supplement

pytestmark = pytest.mark.django_db

PAST = datetime.date(2026, 7, 1)


def test_names_stand_under_what_they_are_without_repeating_the_number_of_today(client):
    dual()
    names = {
        row.dt.get_text(): row.dd.get_text()
        for row in page(client.get("/itu-t/g.90709/")).select("dl.facts > div")
    }
    assert names["Former number"] == "G.90708"
    assert names["Part of a dual number"] == "Y.91330"
    assert names["ISO/IEC twin"] == "ISO/IEC 99999-1"
    assert names["Draft code"] == "G.sonet-x"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/itu-t/y.91331/", "/itu-t/g.90709/"),
        ("/itu-t/g.90709/y.91331/", "/itu-t/g.90709/"),
        ("/itu-t/y.91331/g.90709/", "/itu-t/g.90709/"),
        ("/itu-t/g.90708/y.91330/", "/itu-t/g.90709/"),
        ("/itu-t/g.90708/?on=2021-01-01", "/itu-t/g.90709/?on=2021-01-01"),
    ],
)
def test_a_dual_number_leads_to_the_work_by_one_redirect(client, asked, answer):
    dual()
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, answer)
    assert response["Cache-Control"] == "max-age=600"


def test_a_part_of_a_dual_number_leads_to_the_edition_that_bears_it_and_to_no_other(client):
    dual()
    response = client.get("/itu-t/y.91331/2020-06/")
    assert (response.status_code, response["Location"]) == (301, "/itu-t/g.90709/2020-06/")
    assert client.get("/itu-t/g.90708/2020-06/").status_code == 404


@pytest.mark.parametrize(
    "asked", ["/itu-t/g.90709/y.1331/", "/itu-t/g.711/y.91331/", "/itu-r/g.90709/y.91331/"]
)
def test_numbers_of_different_texts_lead_nowhere(client, asked):
    dual()
    assert client.get(asked).status_code == 404


def test_a_text_under_two_numbers_has_one_page(client):
    work = make_work("ITU-T F.90019", "f.90019", series="itu-t-series-f")
    add_edition(
        work,
        "1996-10-18",
        "in-force",
        second_identifier="ITU-T C.90002 (10/1996)",
        second_number_slug="c.90002",
    )
    settle(work)
    soup = page(client.get("/itu-t/f.90019/1996-10/"))
    assert "ITU-T C.90002 (10/1996)" in soup.find("dl").get_text()
    response = client.get("/itu-t/c.90002/1996-10/")
    assert (response.status_code, response["Location"]) == (301, "/itu-t/f.90019/1996-10/")
    assert client.get("/itu-t/c.90002/1996-11/").status_code == 404


def test_two_corrigenda_of_one_month_are_asked_about(client):
    work = make_work("ITU-T X.90519", "x.90519", series="itu-t-series-x")
    for when, state in (("2001-02-02", "superseded"), ("2005-08-29", "in-force")):
        edition = add_edition(work, when, state)
        add_component(
            edition,
            "cor1",
            "2008-05-29",
            state,
            type="corrigendum",
            slug=f"2008-05/cor1-{when[:4]}",
            identifier=f"ITU-T X.90519 ({when[:4]}) Cor. 1 (05/2008)",
        )
    settle(work)
    response = client.get("/itu-t/x.90519/2008-05/cor1/")
    assert response.status_code == 200
    soup = page(response)
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert [a["href"] for a in soup.select("tbody th a")] == [
        "/itu-t/x.90519/2008-05/cor1-2005/",
        "/itu-t/x.90519/2008-05/cor1-2001/",
    ]
    assert "Corrigendum 1 to ITU-T X.90519 (2001)" in soup.table.get_text()
    assert client.get("/itu-t/x.90519/2008-05/cor/").status_code == 404
    assert client.get("/itu-t/x.90519/2008-05/").status_code == 200
    for address in ("cor1-2001", "cor1-2005"):
        assert client.get(f"/itu-t/x.90519/2008-05/{address}/").status_code == 200


def test_supplements_are_linked_both_ways_and_series_wide_ones_by_one_link(client):
    work = make_work("ITU-T G.90006", "g.90006")
    add_edition(work, "2019-01-01", "in-force")
    settle(work)
    of_work = supplement(9001, work)
    of_series = supplement(9002)
    series = Series.objects.get(key="itu-t-series-g")
    SeriesSupplement.objects.create(supplement=of_series, series=series)
    main = page(client.get("/itu-t/g.90006/")).find("main")
    assert main.find("a", href=of_work.get_absolute_url())
    assert not main.find("a", href=of_series.get_absolute_url())
    link = main.find("a", href="/itu-t/g/#supplements")
    assert link.get_text() == "Supplements to the whole G series"
    ended = make_work("ITU-T G.90007", "g.90007")
    add_edition(ended, "1996-01-01", "withdrawn")
    settle(ended)
    main = page(client.get("/itu-t/g.90007/")).find("main")
    assert not main.find("a", href="/itu-t/g/#supplements")
    main = page(client.get(of_work.get_absolute_url())).find("main")
    assert (
        main.find("h3", string="Supplement to")
        .find_next_sibling()
        .find("a", href="/itu-t/g.90006/")
    )
    main = page(client.get(of_series.get_absolute_url())).find("main")
    heading = main.find("h3", string="Supplement to a whole series")
    assert heading.find_next_sibling().a["href"] == "/itu-t/g/"


@pytest.mark.parametrize("number", [20, 21, 45])
def test_a_supplement_of_many_works_shows_some_and_links_to_all(client, number):
    works = [make_work(f"ITU-T G.{90100 + n}", f"g.{90100 + n}") for n in range(number)]
    settle(*works)
    sup = supplement(9003, *works)
    section = page(client.get(sup.get_absolute_url())).find(id="texts").find_parent("section")
    listed = section.select("ul.links li")
    assert len(listed) == 20
    more = section.find("a", href=f"/publications/?supplement={sup.key}")
    assert bool(more) == (number > 20)
    if more:
        assert f"{number - 20} more" in more.get_text()
        soup = page(client.get(more["href"]))
        assert soup.find(id="results-title").get_text().split()[0] == str(number)
        assert "Supplement: ITU-T G Suppl. 9003" in soup.select_one(".chips").get_text()
        assert soup.select_one('.facets input[name="supplement"]')["value"] == sup.key


@pytest.mark.parametrize("value", ["no-such-key", "itu-t-g.711", "a b", "'"])
def test_an_unknown_supplement_is_refused(client, value):
    assert client.get("/publications/", {"supplement": value}).status_code == 400


def test_the_list_of_a_supplement_and_its_export_agree(client):
    works = [make_work(f"ITU-T G.{90100 + n}", f"g.{90100 + n}") for n in range(3)]
    settle(*works)
    sup = supplement(9003, *works)
    rows = client.get(f"/publications/index.json?supplement={sup.key}").json()["rows"]
    assert [row["identifier"] for row in rows] == [work.identifier for work in works]
