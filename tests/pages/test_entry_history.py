"""Every entry says when its record last changed, and tells its history without names of people."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from catalog.identifiers.itu_t import ComponentToken
from catalog.models import Component, Edition, Initiative, Publication, Topic
from catalog.terms import Actor, ComponentType
from catalog.writing import corrections
from catalog.writing.edit import editing
from tests.found import some
from tests.pages.reading import main_text, page
from tests.pages.works import add_record

pytestmark = pytest.mark.django_db

G711 = "/id/itu-t-g.711/history/"
ENTRIES = [
    "itu-t-g.711",
    "giga",
    "unesco",
    "wrc",
    "wrc-2023",
    "accessibility",
    "itu-t-sg15",
    "sdg-9",
]


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("zenobia", first_name="Zenobia", last_name="Quist")


def rename(entry, name: str, by=None, reason: str = "") -> None:
    with editing(by, reason=reason, evidence="the text itself") as edit:
        edit.watch(entry)
        entry.name = name
        edit.save(entry)


@pytest.mark.parametrize("key", ENTRIES)
def test_every_kind_of_entry_says_when_it_changed_and_leads_to_its_history(client, key):
    soup = page(client.get(client.get(f"/id/{key}/")["Location"]))
    record = soup.find("section", class_="record")
    told = record.find("dt", string="Record last changed").find_next_sibling("dd")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told.time["datetime"])
    assert told.a["href"] == f"/id/{key}/history/"
    response = client.get(told.a["href"])
    assert response.status_code == 200
    soup = page(response)
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert len(soup.select("main ol.rows > li")) == 1


def test_a_change_is_told_with_reason_source_and_both_values_and_no_name(client, editor):
    work = Publication.objects.get(key="itu-t-g.711")
    before = work.name
    rename(work, "Another title", editor, "the old one was wrong")
    response = client.get(G711)
    text = main_text(response)
    assert "An editor" in text
    assert "the old one was wrong" in text and "the text itself" in text
    assert before in text and "Another title" in text
    whole = response.content.decode().lower()
    assert "zenobia" not in whole and "quist" not in whole
    soup = page(client.get("/itu-t/g.711/"))
    work.refresh_from_db()
    moment = soup.find("dt", string="Record last changed").find_next_sibling("dd").time
    assert moment["datetime"] == f"{work.changed:%Y-%m-%dT%H:%M:%SZ}"


def test_parts_tell_what_happened_to_them_alone(client):
    work = Publication.objects.get(key="itu-t-g.711")
    edition, component = work.editions.get(slug="1988-11"), work.components.first()
    add_record(edition)
    corrections.correct(edition, "title", "A title of its own", "why", "where")
    rename(work, "Another title")
    for part, is_told in ((edition, True), (component, False)):
        soup = page(client.get(part.get_absolute_url()))
        link = soup.find("dt", string="Record last changed").find_next_sibling("dd").a["href"]
        assert link == f"{part.get_absolute_url()}history/"
        text = main_text(client.get(link))
        assert ("A title of its own" in text) is is_told
        assert "Another title" not in text
    assert "A title of its own" in main_text(client.get(G711))


@pytest.mark.slow
def test_a_long_history_comes_in_pages(client):
    topic = Topic.objects.get(key="accessibility")
    for number in range(51):
        rename(topic, f"Name {number}")
    url = "/id/accessibility/history/"
    first, second = page(client.get(url)), page(client.get(f"{url}?page=2"))
    assert len(first.select("main ol.rows > li")) == 50
    # One write, and since when the entry is here.
    assert len(second.select("main ol.rows > li")) == 2
    assert first.find("a", rel="next")["href"].startswith("?page=2")
    for wrong in ("3", "0", "x", "-1"):
        assert client.get(f"{url}?page={wrong}").status_code == 404


def test_another_key_leads_to_the_history_under_the_first(client):
    response = client.get("/id/imsi-e212/history/")
    assert (response.status_code, response["Location"]) == (301, "/id/itu-t-e.212/history/")


NOTHING = [
    "/id/no-such-entry/history/",
    "/itu-t/g.711/1900-01/history/",
    "/itu-t/g.711/2009-08/amd9/history/",
    "/itu-t/g.711/history/",
]


@pytest.mark.parametrize("url", NOTHING)
def test_what_is_not_there_has_no_history(client, url):
    assert client.get(url).status_code == 404


def test_the_history_of_what_is_gone_answers_410(client):
    initiative = Initiative.objects.get(key="giga")
    with editing() as edit:
        edit.delete(initiative)
    assert client.get("/id/giga/history/").status_code == 410


def test_no_address_of_a_text_is_taken_by_a_history():
    tokens = {ComponentToken(kind, "").address for kind in ComponentType}
    assert len(tokens) == len(ComponentType) and "history" not in tokens
    assert not Component.objects.filter(slug__contains="history").exists()
    assert not Edition.objects.filter(slug__contains="history").exists()
    assert resolve("/itu-t/g.711/2009-08/amd1/").url_name == "component"
    assert resolve("/itu-t/g.711/2009-08/history/").url_name == "edition-history"


@pytest.mark.slow
def test_pages_ask_nothing_of_the_history_and_a_history_asks_little(client):
    work = Publication.objects.get(key="itu-t-g.711")
    with CaptureQueriesContext(connection) as few:
        client.get(G711)
    for number in range(20):
        rename(work, f"Name {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(G711)
    assert len(many) <= len(few) + 4 <= 20
    with CaptureQueriesContext(connection) as captured:
        client.get("/itu-t/g.711/")
    assert not [query for query in some(captured) if "rowchange" in query["sql"].lower()]


def test_imports_and_loads_are_named_as_such(client):
    topic = Topic.objects.get(key="accessibility")
    for actor in (Actor.IMPORT, Actor.LOAD):
        with editing(actor=actor) as edit:
            edit.watch(topic)
            topic.name = f"By {actor}"
            edit.save(topic)
    text = main_text(client.get("/id/accessibility/history/"))
    assert Actor.IMPORT.label in text and Actor.LOAD.label in text
