"""What the pages of topics open with, and what the page of a work says of its topics."""

from __future__ import annotations

import re

import pytest

from catalog.models import Publication, Topic, TopicChoice, TopicOfWork
from catalog.pages.subjects import LANDMARKS, NEWEST, WHOLE_LIST, TopicPage
from catalog.writing.edit import editing
from tests.found import some
from tests.pages.reading import main_text, page
from tests.pages.works import move_version

pytestmark = pytest.mark.django_db


def rows_under(soup, heading: str) -> list[str]:
    """Return the identifiers of the rows under a heading."""
    found = next(h for h in some(soup.select("h3")) if h.get_text(strip=True) == heading)
    return [row.get_text(strip=True) for row in found.find_next("ol").select(".row-id")]


def test_a_long_topic_opens_with_landmarks_the_newest_and_counts(client):
    topic = Topic.objects.get(key="broadcasting")
    assert topic.publications.count() > WHOLE_LIST
    response = client.get("/topics/broadcasting/")
    soup = page(response)
    landmarks = rows_under(soup, "Landmarks")
    assert len(landmarks) == LANDMARKS
    assert {"ITU-R BT.709", "ITU-R BT.2020"} <= set(landmarks)
    assert len(rows_under(soup, "Newest")) == NEWEST
    shares = [link for link in soup.select(".columns a") if "series=" in link["href"]]
    for link in some(shares, at_least=3):
        number = link.find_next_sibling(class_="count").get_text(strip=True)
        listed = main_text(client.get(link["href"]))
        assert re.search(rf"\b{number} publications?\b", listed), link
    assert topic.grounds in main_text(response)


def test_a_short_topic_is_named_whole(client):
    topic = next(
        topic for topic in some(Topic.objects.with_counts()) if 1 < topic.publication_count < 10
    )
    soup = page(client.get(topic.get_absolute_url()))
    assert len(soup.select("section[aria-labelledby=works] .row")) == topic.publication_count
    assert not soup.select("section[aria-labelledby=works] h3")


@pytest.mark.parametrize("key", ["mining", "ict", "member-state-contributions"])
def test_a_topic_without_a_list_says_why(client, key):
    topic = Topic.objects.get(key=key)
    text = main_text(client.get(f"/topics/{key}/"))
    assert topic.grounds
    assert topic.grounds in text
    assert "Chosen by rule" not in text


def test_a_topic_without_rules_leads_to_the_search(client):
    with editing() as edit:
        edit.save(Topic(key="speech", name="Speech"))
    soup = page(client.get("/topics/speech/"))
    (link,) = [a for a in some(soup.select("a")) if a.get_text(strip=True) == "Search for its name"]
    assert client.get(link["href"]).status_code == 200


def test_no_topic_says_that_there_is_nothing_while_there_is(client):
    for topic in some(Topic.objects.with_counts(), at_least=100)[::8]:
        text = main_text(client.get(topic.get_absolute_url()))
        assert (f"{topic.publication_count:,} publication" in text) is bool(topic.publication_count)


MERGED = [
    ("standards", "standardization"),
    ("public-services", "digital-government"),
    ("urban-regional-development", "smart-sustainable-cities"),
    ("machine-to-machine", "internet-of-things"),
    ("smart-ports", "logistics"),
    ("older-persons", "accessibility"),
]


@pytest.mark.parametrize(("old", "new"), MERGED)
def test_the_address_of_a_merged_topic_leads_on(client, old, new):
    for path in (f"/topics/{old}/", f"/id/{old}/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, f"/topics/{new}/")


def test_no_such_topic(client):
    assert client.get("/topics/no-such-topic/").status_code == 404
    # A key of something else is no topic.
    assert client.get("/topics/itu-t-g.711/").status_code == 404


def test_groups_are_those_of_the_file(client):
    topic = Topic.objects.get(key="blockchain")
    groups = {group.name for group in some(topic.groups.all())}
    assert groups == {"ITU-T Study Group 17", "ITU-T Study Group 20", "ITU-T Study Group 21"}
    text = main_text(client.get("/topics/blockchain/"))
    assert {name for name in groups if name in text} == groups


def test_a_work_says_why_it_stands_under_each_topic(client):
    text = main_text(client.get("/itu-t/g.711/"))
    assert "Speech coding: its number lies in ITU-T G.711–G.729" in " ".join(text.split())


def test_every_reason_has_words(client):
    topic = Topic.objects.get(key="radar")
    work = Publication.objects.get(key="itu-t-g.711")
    with editing() as edit:
        edit.save(TopicChoice(topic=topic, reference="ITU-T G.711"))
    words = {
        "title": ("pulse code", "its title says ‘pulse code’"),
        "number": ("ITU-T G.711", "its number is ITU-T G.711"),
        "series": ("ITU-T G", "in the ITU-T G series"),
        "group": ("itu-t-sg21", "by its group"),
        "kind": ("recommendation", "by its kind"),
        "family": ("itu-t-recommendations", "by its collection"),
        "editor": ("", "chosen by an editor"),
    }
    for basis, (stored, said) in words.items():
        TopicOfWork.objects.filter(topic=topic, publication=work).update(basis=basis, words=stored)
        move_version()
        text = " ".join(main_text(client.get("/itu-t/g.711/")).split())
        assert f": {said}" in text


def test_a_page_of_a_topic_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    assert TopicPage(Topic.objects.get(key="broadcasting")).is_long
    with django_assert_max_num_queries(26):
        client.get("/topics/broadcasting/")
