"""Numbered notes at the statements of an entry, and the list of its sources."""

from __future__ import annotations

import pytest

from catalog.models import (
    Conference,
    Initiative,
    Meeting,
    Partner,
    Publication,
    Source,
    SourceUse,
    Topic,
)
from catalog.search.documents import SOURCES
from tests.conftest import ALL_CHECKS
from tests.found import some
from tests.pages.reading import main_text, page
from tests.pages.works import move_version

pytestmark = pytest.mark.django_db
NOTE_OF_A_WORKER = "AI for Good pages; third-news on the 2026 summit"


def use(entry, statement: str, **fields) -> SourceUse:
    """Give an entry a further source at a statement."""
    number = Source.objects.count()
    fields = {"title": f"Report {number}", "url": f"https://www.itu.int/{number}", **fields}
    source = Source.objects.create(key=f"report-{number}", **fields)
    made = SourceUse.objects.create(
        entry_key=entry.key, source=source, statement=statement, position=number
    )
    move_version()
    return made


def test_a_note_stands_behind_its_sentence_and_leads_to_the_source_and_back(client):
    topic = Topic.objects.get(key="5g")
    SourceUse.objects.filter(entry_key="5g").delete()
    first, rest = topic.description.split(". ", 1)
    use(topic, "", title="Behind all of it")
    use(topic, " ".join(first.split()[:3]), publisher="ITU", dated="2025-11")
    soup = page(client.get("/topics/5g/"))
    lead = soup.select_one(".lead")
    mark = lead.select_one("sup a")
    assert mark.get_text() == "Source 1"
    assert mark.parent.previous_sibling == f"{first}."
    assert lead.get_text() == f"{first}.Source 1 {rest}"
    row = soup.select_one(mark["href"])
    assert "ITU, November 2025." in " ".join(row.get_text(" ").split())
    assert row.select_one('a[role="doc-backlink"]')["href"] == f"#{mark['id']}"
    (heading,) = soup.select("section[aria-labelledby=sources] h3")
    assert heading.get_text() == "Also consulted"
    (other,) = heading.find_next("ul")("li")
    assert "Behind all of it" in other.get_text()
    assert other.select_one('a[role="doc-backlink"]') is None


def test_notes_are_numbered_as_the_page_comes_to_them(client):
    topic = Topic.objects.get(key="5g")
    SourceUse.objects.filter(entry_key="5g").delete()
    topic.description, topic.facts = "One is first. Two is second.", "Three is a fact"
    topic.save()
    use(topic, "Three is")
    use(topic, "Two is")
    use(topic, "One is")
    soup = page(client.get("/topics/5g/"))
    assert [mark.get_text() for mark in soup.select("main sup a")] == [
        "Source 1",
        "Source 2",
        "Source 3",
    ]
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))


def test_a_note_whose_sentence_is_gone_leaves_its_source_in_the_list(client):
    topic = Topic.objects.get(key="5g")
    SourceUse.objects.filter(entry_key="5g").delete()
    use(topic, "No sentence begins so", title="A loose one")
    soup = page(client.get("/topics/5g/"))
    assert not soup.select("main sup")
    assert soup.select_one("#source-1") is None
    part = soup.select_one("section[aria-labelledby=sources]")
    assert "A loose one" in part.get_text()
    assert "Also consulted" not in part.get_text()  # Nothing stands above it.


def test_every_numbered_source_of_a_page_has_its_number_in_the_text(client):
    named, checked = SourceUse.objects.exclude(statement="").entry_keys(), []
    for model in some(SOURCES):
        rows = model.objects.filter(key__in=named).order_by("pk")
        checked += rows if ALL_CHECKS else rows[:3]
    for entry in some(checked, at_least=20):
        soup = page(client.get(entry.get_absolute_url()))
        sources = {row["id"].removeprefix("source-") for row in soup.select("li[id^=source-]")}
        marks = {mark["id"].removeprefix("note-") for mark in soup.select("main sup a")}
        assert sources == marks, entry.key


def test_general_knowledge_is_said(client):
    use(Topic.objects.get(key="5g"), "", title="Field", url="", how="general-knowledge")
    assert "Nobody looked this up." in main_text(client.get("/topics/5g/"))


PLACES = [
    (Conference, "wrc", "role"),
    (Conference, "gsr", "Years"),
    (Initiative, "giga", "Years"),
    (Partner, "unicef", "description"),
    (Meeting, "wrc-2023", "place"),
    (Meeting, "wrc-2023", "Dates"),
    (Publication, "itu-t-g.711", "purpose"),
    (Initiative, "desi", "correction"),
]


@pytest.mark.parametrize(("model", "key", "field"), PLACES)
def test_notes_stand_wherever_the_entry_makes_a_statement(client, model, key, field):
    entry = model.objects.get(key=key)
    for name in some({"Years": ["since"], "Dates": ["starts"]}.get(field, [field])):
        assert getattr(entry, name), "the entry says nothing there"
    SourceUse.objects.filter(entry_key=key).delete()
    words = field if field[0].isupper() else " ".join(getattr(entry, field).split()[:3])
    use(entry, words)
    soup = page(client.get(entry.get_absolute_url()))
    assert [mark.get_text() for mark in soup.select("main sup a")] == ["Source 1"]


def test_an_imported_work_says_so_in_the_place_of_sources(client):
    work = Publication.objects.get(key="itu-t-g.711")
    assert work.verification == "imported"
    soup = page(client.get(work.get_absolute_url()))
    assert "The record of the public data set." in soup.get_text()
    assert soup.find(id="sources") is None


def test_no_page_list_or_file_shows_the_notes_of_editors(client):
    for model in some(SOURCES):
        model.objects.update(evidence=NOTE_OF_A_WORKER)
    move_version()
    lists = [
        f"/{name}/index.{kind}"
        for name in ("publications", "fact-check", "search", "initiatives", "topics")
        for kind in ("csv", "json")
    ]
    pages = [model.objects.first().get_absolute_url() for model in SOURCES]
    for address in some([*lists, *pages, "/fact-check/", "/id/5g/history/"]):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert NOTE_OF_A_WORKER.encode() not in whole, address


def test_exports_name_the_sources(client):
    rows = {row["key"]: row for row in client.get("/fact-check/index.json").json()["rows"]}
    source = SourceUse.objects.of_entry("itu")[0].source
    assert f"{source.title} ({source.publisher})" in rows["itu"]["sources"]
    works = {row["key"]: row for row in client.get("/publications/index.json").json()["rows"]}
    assert works["itu-t-g.711"]["source"].startswith("relaton-data-itu")


@pytest.mark.parametrize(
    "list_name", ["initiatives", "publications", "topics", "search", "fact-check"]
)
def test_old_addresses_of_what_was_confirmed_find_what_that_meant(client, list_name):
    old = page(client.get(f"/{list_name}/?verification=confirmed"))
    new = "&".join(f"verification={word}" for word in ("checked", "grouping", "imported"))
    assert main_text(client.get(f"/{list_name}/?verification=confirmed")) == main_text(
        client.get(f"/{list_name}/?{new}")
    )
    assert "Checked" in old.select_one(".chips").get_text()
    both = page(client.get(f"/{list_name}/?verification=confirmed&verification=corrected"))
    assert "Corrected" in both.select_one(".chips").get_text()
