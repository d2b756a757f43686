"""Search from the address bar of a browser."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.reading import page

pytestmark = pytest.mark.django_db

SUGGEST = "/search/suggest/"
NAMES = {"os": "http://a9.com/-/spec/opensearch/1.1/"}


def suggestions(client, query: str) -> list[tuple[str, str, str]]:
    """Return (completion, description, address) rows, the form of the answer checked."""
    response = client.get(SUGGEST, {"q": query})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/x-suggestions+json"
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    asked, completions, descriptions, addresses = response.json()
    assert asked == query
    assert len(completions) == len(descriptions) == len(addresses) <= 10
    assert len(set(addresses)) == len(addresses)
    return list(zip(completions, descriptions, addresses, strict=True))


def test_every_page_names_the_description(client):
    for path in ("/", "/itu-t/g.711/", "/nowhere/"):
        link = page(client.get(path)).find("link", rel="search")
        assert link["type"] == "application/opensearchdescription+xml"
        assert link["href"] == "/opensearch.xml"


def test_the_description_says_where_to_search(client):
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert "max-age=86400" in response["Cache-Control"]
    root = ElementTree.fromstring(response.content)
    assert root.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    # At most 16 and 48 characters (OpenSearch 1.1).
    assert 0 < len(root.findtext("os:ShortName", None, NAMES)) <= 16
    assert 0 < len(root.findtext("os:LongName", None, NAMES)) <= 48
    assert root.findtext("os:InputEncoding", None, NAMES) == "UTF-8"
    urls = {url.get("type"): url.attrib for url in root.findall("os:Url", NAMES)}
    assert urls["text/html"]["template"] == "http://testserver/search/?q={searchTerms}"
    assert urls["application/x-suggestions+json"] == {
        "type": "application/x-suggestions+json",
        "rel": "suggestions",
        "template": "http://testserver/search/suggest/?q={searchTerms}",
    }
    assert urls["application/opensearchdescription+xml"]["rel"] == "self"


def test_what_the_text_means_comes_first(client):
    row, *_others = suggestions(client, "g 711 (11/88)")
    assert row == (
        "ITU-T G.711 (11/1988)",
        "Pulse code modulation (PCM) of voice frequencies",
        "http://testserver/itu-t/g.711/1988-11/",
    )


@pytest.mark.parametrize("begun", ["g.71", "G71", "g 71", "ITU-T G.71", "itu g-71"])
def test_numbers_that_begin_so_are_offered(client, begun):
    names = [row[0] for row in suggestions(client, begun)]
    assert "ITU-T G.711" in names


def test_reports_and_former_numbers_are_offered_too(client):
    names = [row[0] for row in suggestions(client, "bt.20")]
    assert {"ITU-R BT.2020", "Report ITU-R BT.2020"} <= set(names)
    # I.441 is what Q.921 was called before.
    assert "ITU-T Q.921" in [row[0] for row in suggestions(client, "i.44")]


def test_titles_are_offered_for_words(client):
    rows = suggestions(client, "pulse code")
    assert "http://testserver/itu-t/g.711/" in [row[2] for row in rows]


ODD = ["", " ", "-", "…", "😀", "%", "_", "\u202e", "שלום", "<script>", "\\", "'", "(", '"a']


@pytest.mark.parametrize("query", ODD)
def test_odd_words_get_a_list(client, query):
    suggestions(client, query)


@pytest.mark.parametrize("query", ["q=" + "a" * 301, "q=" + "a" * 10_000, "q=a&q=b", "q=%00"])
def test_bad_words_get_400(client, query):
    assert client.get(f"{SUGGEST}?{query}").status_code == 400


def test_without_words_there_are_none(client):
    assert client.get(SUGGEST).json() == ["", [], [], []]


def test_only_reading_is_possible(client):
    for url in (SUGGEST, "/opensearch.xml"):
        assert client.head(url).status_code == 200
        assert client.post(url).status_code == 405


def test_suggestions_take_few_queries_whatever_they_find(client):
    for query in ("g.71", "bt.2020", "optical", "zzzz", "a"):
        with CaptureQueriesContext(connection) as captured:
            client.get(SUGGEST, {"q": query})
        assert len(captured) <= 9
