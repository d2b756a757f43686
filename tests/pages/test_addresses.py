"""One address for each thing, for ever; every other spelling leads there by one redirect."""

from __future__ import annotations

import pytest

from catalog.models import EntryKey, SearchEntry
from tests.conftest import ALL_CHECKS
from tests.found import some
from tests.pages.reading import page

pytestmark = pytest.mark.django_db

REDIRECTS = [
    ("/ITU-T/G.711/", "/itu-t/g.711/"),
    ("/itu-t/G.711", "/itu-t/g.711/"),
    ("/itu-t//g.711/", "/itu-t/g.711/"),
    ("/itu-t/l.10/", "/itu-t/l.100/"),
    ("/itu-t/y.1331/", "/itu-t/g.709/"),
    ("/itu-t/v.25ter/", "/itu-t/v.250/"),
    ("/itu-t/l.100/1988-11/", "/itu-t/l.10/1988-11/"),
    ("/bodies/tsag/", "/itu-t/tsag/"),
    ("/id/ai/", "/topics/artificial-intelligence/"),
    ("/id/imsi-e212/", "/itu-t/e.212/"),
    ("/id/tsb/", "/bodies/tsb/"),
    ("/id/itu-t-sg15/", "/itu-t/sg15/"),
]


@pytest.mark.parametrize(("asked", "answer"), REDIRECTS)
def test_another_spelling_leads_to_the_page_by_one_permanent_redirect(client, asked, answer):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, answer)
    assert client.get(answer).status_code == 200


def test_a_redirect_of_an_undated_number_is_not_kept_for_ever(client):
    assert client.get("/itu-t/l.10/")["Cache-Control"] == "max-age=600"


def test_every_key_answers_with_one_permanent_redirect_to_a_page(client):
    rows = list(EntryKey.objects.select_related("entry"))
    assert len(rows) > 1400
    for row in some(rows[:: 1 if ALL_CHECKS else 10]):
        response = client.get(f"/id/{row.key}/")
        assert (response.status_code, response["Location"]) == (301, row.entry.url), row.key


PLACES = [
    ("/itu-t/recommendations/", "ITU-T Recommendations"),
    ("/itu-t/handbooks/", "ITU-T Handbooks"),
    ("/itu-t/reports/", "ITU-T Reports"),
    ("/itu-r/recommendations/", "ITU-R Recommendations"),
    ("/itu-r/handbooks/", "ITU-R Handbooks"),
    ("/itu-r/reports/", "ITU-R Reports"),
    ("/itu-d/recommendations/", "ITU-D Recommendations"),
    ("/itu-d/handbooks/", "ITU-D Handbooks"),
    ("/itu-d/reports/", "ITU-D Reports"),
]


@pytest.mark.parametrize(("url", "name"), PLACES)
def test_each_of_the_nine_kinds_has_its_page_with_entries(client, url, name):
    soup = page(client.get(url))
    assert soup.h1.get_text() == name
    assert soup.select("ol.rows li")


def test_a_dated_address_never_leads_to_another_edition(client):
    response = client.get("/itu-t/g.711/1984-10/")
    assert response.status_code == 200
    assert page(response).h1.get_text() == "ITU-T G.711 (10/1984)"


def test_addresses_of_the_index_are_those_of_the_models():
    assert SearchEntry.objects.get(key="itu-t-g.711").url == "/itu-t/g.711/"
    assert SearchEntry.objects.get(key="radio-regulations").url == "/itu/pub/radio-regulations/"
    assert SearchEntry.objects.get(key="associates").url == "/membership/associate/"


def test_a_search_for_one_identifier_goes_straight_to_the_work(client):
    response = client.get("/search/?q=g+711")
    assert (response.status_code, response["Location"]) == (302, "/itu-t/g.711/?q=g+711")
    soup = page(client.get(response["Location"]))
    assert "Opened from your search for “g 711”." in soup.get_text()
    assert soup.find("link", rel="canonical")["href"].endswith("/itu-t/g.711/")


@pytest.mark.parametrize("query", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_no_redirect_leaves_the_site(client, query):
    for path in ("/search/", "/report/"):
        response = client.get(path, {"q": query} if path == "/search/" else {"page": query})
        assert response.status_code == 200
    assert client.post("/report/", {"page": query, "message": "x"}).status_code == 400
