"""The page of results: marks, parts, what is current, slips, facets, order, exports."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from catalog.filters import SearchFilter
from catalog.models import SearchEntry, Topic
from catalog.search import index
from tests.found import some
from tests.pages.reading import html_faults, main_text, page
from tests.pages.works import add_edition, make_work, settle, shared_number

pytestmark = [pytest.mark.django_db, pytest.mark.many]


@pytest.fixture
def birds(db):
    """Add works and a topic that all speak of plovers."""
    work = make_work("ITU-T G.93000", "g.93000", name="Marsh <birds> & fibres")
    add_edition(work, "1980-01-01", "superseded", title="Plovers <b>", abstract="Of reeds.")
    add_edition(work, "2001-05-01", "in-force", title="Marsh <birds> & fibres")
    other = make_work("ITU-T G.93001", "g.93001", name="The plover")
    add_edition(other, "2010-06-01", "withdrawn")
    settle(work, other)
    index.update([Topic.objects.create(key="one", name="Plovering", description="A marsh bird.")])
    return work


def search(client, **parameters):
    """Return the answer to a search; it must be a sound page."""
    response = client.get(f"/search/?{urlencode(parameters)}")
    assert response.status_code == 200
    assert not html_faults(response)
    return response


def chosen(**parameters) -> SearchFilter:
    """Return the filter that an address sets."""
    made = SearchFilter(QueryDict(urlencode(parameters)), queryset=SearchEntry.objects.all())
    assert made.is_valid(), made.problems
    return made


def rows(response) -> list[str]:
    """Return the names under which the hits stand, in their order."""
    return [
        hit.select_one(".row-title" if hit.select_one(".is-kind") else ".row-id").get_text(
            strip=True
        )
        for hit in page(response).select(".hits > li")
    ]


def test_the_part_that_alone_matches_is_named_with_its_state_and_what_is_current(client, birds):
    (hit,) = [
        hit
        for hit in page(search(client, q="plover reed")).select(".hits > li")
        if "G.93000" in hit.get_text()
    ]
    words = " ".join(hit.get_text(" ").split())
    assert "Matches in ITU-T G.93000 (01/1980) , Plovers <b> Superseded" in words
    assert "current edition: ITU-T G.93000 (05/2001)" in words
    links = [link["href"] for link in hit.find_all("a")]
    assert links == ["/itu-t/g.93000/", "/itu-t/g.93000/1980-01/", "/itu-t/g.93000/2001-05/"]
    assert [mark.get_text() for mark in hit.find_all("mark")] == ["Plovers"]


def test_matched_words_are_marked_in_title_and_text_and_all_is_escaped(client, birds):
    response = search(client, q="fiber birds")
    assert b"Marsh &lt;<mark>birds</mark>&gt; &amp; <mark>fibres</mark>" in response.content
    assert b"<birds>" not in response.content
    topic = page(search(client, q="marsh bir")).select(".row-note mark")
    assert {"marsh", "bird"} <= {mark.get_text() for mark in topic}


def test_a_text_that_ended_names_the_text_that_has_its_number(client):
    shared_number()
    text = main_text(search(client, q="G.90641", sort="best"))
    assert "this number today: ITU-T G.90641 (11/2025)" in text


def test_a_slip_is_offered_as_a_link_and_not_applied(client, birds):
    response = search(client, q="plovre marsh", kind="topic")
    text = main_text(response)
    assert "Nothing in this catalogue matches “plovre marsh”." in text
    (link,) = [
        a for a in page(response).select("main a") if a["href"] == "/search/?q=plover%20marsh"
    ]
    assert link.get_text() == "plover marsh"
    assert "Did you mean: plover marsh" in text
    assert rows(client.get(link["href"])) == ["ITU-T G.93000"] or rows(client.get(link["href"]))


def test_nothing_is_offered_where_nothing_is_near_or_words_are_held(client, birds):
    for words in ("zzzzyyyyxxxx", "plover reed zzzzyyyy", "plover telephone council marsh"):
        assert "Did you mean" not in main_text(search(client, q=words))


def test_results_are_ordered_by_match_number_or_day(client, birds):
    assert rows(search(client, q="plover")) == ["Plovering", "ITU-T G.93001", "ITU-T G.93000"]
    assert rows(search(client, q="plover", sort="newest")) == [
        "ITU-T G.93001",
        "ITU-T G.93000",
        "Plovering",
    ]
    by_number = rows(search(client, q="plover", sort="number"))
    assert by_number.index("ITU-T G.93000") < by_number.index("ITU-T G.93001")
    assert sorted(by_number) == ["ITU-T G.93000", "ITU-T G.93001", "Plovering"]


@pytest.mark.parametrize("words", ["plover", "radio", '"pulse code" -voice', "G", "standardis", ""])
def test_the_count_of_every_choice_is_what_the_list_shows(client, birds, words):
    whole = chosen(q=words)
    facets = whole.facets()
    assert [facet.name for facet in facets] == ["kind", "sector", "state", "verification"]
    checked = 0
    for facet in some(facets):
        for choice in some(facet.choices):
            narrowed = chosen(q=words, **{facet.name: choice.value})
            assert narrowed.qs.count() == len(narrowed.qs) == choice.count > 0
            checked += 1
    assert checked >= 4
    total = sum(choice.count for choice in facets[0].choices)
    assert total == whole.qs.count()
    heading = page(search(client, q=words, sort="best")).select_one("#results-title").get_text()
    assert heading == f"{total:,} results"


def test_a_list_finds_the_same_works_as_the_search(client, birds):
    found = client.get("/search/index.json?q=plover&kind=publication").json()["rows"]
    listed = client.get("/publications/index.json?q=plover").json()["rows"]
    assert {row["key"] for row in found} == {row["key"] for row in listed}
    assert {row["key"] for row in found} == {"itu-t-g.93000", "itu-t-g.93001"}


def test_exports_follow_query_choice_and_order(client, birds):
    address = "q=plover&sort=newest&sector=itu-t"
    expected = ["itu-t-g.93001", "itu-t-g.93000"]
    document = client.get(f"/search/index.json?{address}").json()
    assert [row["key"] for row in document["rows"]] == expected
    answer = b"".join(client.get(f"/search/index.csv?{address}").streaming_content)
    table = csv.DictReader(io.StringIO(answer.decode("utf-8-sig")))
    assert [row["key"] for row in table] == expected


@pytest.mark.parametrize(
    "words", ['"', "-", "-telephone", 'a"b', "NEAR(", "'", "*", "()", "電", "😀", "a-" * 140]
)
def test_every_search_has_a_page(client, words):
    response = search(client, q=words, sort="best")
    assert page(response).select_one("#results-title")
