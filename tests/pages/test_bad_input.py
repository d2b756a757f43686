"""Odd requests get a clear answer, never a 500, and lose nothing."""

from __future__ import annotations

import pytest

from catalog.models import ProblemReport
from tests.pages.reading import main_text, page

pytestmark = pytest.mark.django_db

LISTS = [
    "/publications/",
    "/initiatives/",
    "/partners/",
    "/conferences/",
    "/topics/",
    "/fact-check/",
    "/changes/",
    "/search/",
]
ODD_QUERIES = [
    ("state=bogus", 400),
    ("verification=bogus", 400),
    ("page=0", 404),
    ("page=-1", 404),
    ("page=99999", 404),
    ("page=x", 404),
    ("page=1&page=2", 400),
    ("page=-1&sort=;drop", 400),
    ("sort=;drop", 400),
    ("q=" + "a" * 10_000, 400),
    ("q=%00", 400),
    ("q=a%1fb", 400),
    ("q=%ff%fe", 400),
    ("q=a&q=b", 400),
    ("colour=red", 400),
    ("page=%D9%A3", 404),
    ("q=%27%20OR%201=1--", 200),
    ("q=%3Cscript%3E", 200),
    ("q=", 200),
    ("page=", 200),
]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("query", "status"), ODD_QUERIES, ids=[query[:24] for query, _ in ODD_QUERIES]
)
def test_an_odd_query_gets_a_helpful_answer(client, path, query, status):
    if query == "state=bogus" and path not in ("/publications/", "/search/"):
        status = 400  # an unknown filter there
    response = client.get(f"{path}?{query}")
    assert response.status_code == status
    soup = page(response)
    assert len(soup.find_all("h1")) == 1
    if status != 200:
        assert soup.find("main").find("a", href=True)


def test_an_unknown_filter_value_is_named_and_the_list_offered(client):
    response = client.get("/publications/?state=bogus")
    assert "bogus" in main_text(response)
    assert page(response).find("main").find("a", href="/publications/")


def test_a_page_out_of_range_links_to_the_last_page(client):
    response = client.get("/publications/?sector=itu-d&page=99")
    link = page(response).find("a", string="Last page")
    assert client.get(link["href"]).status_code == 200
    assert "sector=itu-d" in link["href"]


ODD_PATHS = [
    ("/nowhere/", 404),
    ("/itu-t/zz/", 404),
    ("/itu-t/g.99999/", 404),
    ("/itu-x/g.711/", 404),
    ("/itu-t/g.711/1988-12/", 404),
    ("/itu-t/g.711/1988-13/", 404),
    ("/itu-t/g.711/2009-08/amd9/", 404),
    ("/sdgs/0/", 404),
    ("/sdgs/18/", 404),
    ("/conferences/wrc/1/", 404),
    ("/conferences/wrc/2024/", 404),
    ("/initiatives/no-such-thing/", 404),
    ("/topics/..%2f..%2fetc/", 404),
    ("/id/no-such-key/", 404),
    ("/id/%00/", 400),
    ("/%ff/", 400),
    ("/itu-t/g.711%0a/", 400),
    ("/membership/?a=bogus", 400),
    ("/bodies/giga/", 404),
    ("/" + "a" * 3000 + "/", 404),
]


@pytest.mark.parametrize(("path", "status"), ODD_PATHS, ids=[path[:40] for path, _ in ODD_PATHS])
def test_an_odd_address_gets_a_helpful_answer(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert page(response).find("main").find("a", href=True)


def test_a_path_that_looks_like_another_host_stays_here(client):
    response = client.get("/", PATH_INFO="//evil.example/")
    assert response.status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "[::", "a b"])
def test_a_strange_host_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 400


def test_near_numbers_are_offered_for_a_number_that_is_not_held(client):
    response = client.get("/itu-t/g.712/")
    links = [a["href"] for a in page(response).find("section").find_all("a")]
    assert "/itu-t/g.711/" in links


def test_the_404_page_fills_its_search_with_the_readable_part(client):
    field = page(client.get("/initiatives/smart-rivers/")).find("input", id="q-page")
    assert field["value"] == "smart rivers"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_readers_pages_cannot_be_written_to(client, method):
    before = client.get("/itu-t/g.711/").content
    getattr(client, method)("/itu-t/g.711/")
    assert client.get("/itu-t/g.711/").content == before


def test_everything_brought_by_readers_is_escaped(client):
    response = client.get("/search/", {"q": "<script>alert(1)</script>\"'"})
    assert b"<script>alert" not in response.content


def test_a_report_of_several_lines_is_taken_as_a_browser_sends_it(client, db):
    sent = {"page": "/itu-t/g.711/", "message": "The title is wrong.\r\nSo is the year."}
    assert client.post("/report/", sent).status_code == 302
    assert ProblemReport.objects.get().message == "The title is wrong.\nSo is the year."
