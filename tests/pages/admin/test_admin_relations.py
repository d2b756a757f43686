"""Relations at the desk: chosen by typing, shown from both sides, kept when two write at once."""

from __future__ import annotations

import pytest

from catalog.models import Body, EntryRelation, Initiative, Publication, Topic
from catalog.writing.edit import editing
from tests.pages.admin.conftest import change_address, resend

TABLE = "entry_relations"
LABEL = "relation to another entry"


@pytest.fixture
def topic(db) -> Topic:
    """A topic without relations."""
    EntryRelation.objects.touching("5g").delete()
    return Topic.objects.get(key="5g")


def add(desk, entry, **values):
    """Add one relation in the form of an entry."""
    form = desk.open(change_address(entry)).form()
    form.add_row(TABLE, **values)
    return desk.send(change_address(entry), form)


def triples(key: str) -> set[tuple[str, str, str]]:
    rows = EntryRelation.objects.touching(key)
    return set(rows.values_list("subject_key", "verb", "target_key"))


def test_a_relation_is_added_and_both_pages_show_it(desk, client, topic):
    page = add(desk, topic, verb="serves", target_key="giga", note="by schools", position=1)
    assert page.saved, page.refusals
    assert triples("5g") == {("5g", "serves", "giga")}
    assert "/initiatives/giga/" in client.get("/topics/5g/").content.decode()
    assert "Served by" in client.get("/initiatives/giga/").content.decode()


def test_a_new_entry_takes_relations_at_once(desk, address_of, db):
    form = desk.open(address_of(Topic, "add")).form()
    form.fill(name="Whistling", key="whistling")
    form.add_row(TABLE, verb="part-of", target_key="5g", position=1)
    page = desk.send(address_of(Topic, "add"), form)
    assert page.saved, page.refusals
    assert triples("whistling") == {("whistling", "part-of", "5g")}


@pytest.mark.parametrize("key", ["no-such-key", "999999999", "Not a key", "a\x00b", ""])
def test_an_unknown_entry_is_refused(desk, topic, key):
    page = add(desk, topic, verb="uses", target_key=key, note="x", position=1)
    assert not page.saved
    words = page.said_at("target_key", f"{TABLE}-0")
    assert "There is no entry" in words or "required" in words
    assert triples("5g") == set()


def test_an_entry_is_not_related_to_itself(desk, topic):
    page = add(desk, topic, verb="uses", target_key="5g", position=1)
    assert "An entry cannot be related to itself." in page.said_at("target_key", f"{TABLE}-0")


def test_the_same_relation_is_refused_in_its_row(desk, topic):
    assert add(desk, topic, verb="uses", target_key="giga", position=1).saved
    page = add(desk, topic, verb="uses", target_key="giga", position=2)
    assert "This relation is there already." in page.refusals


def test_a_relation_is_changed_and_deleted(desk, topic):
    assert add(desk, topic, verb="uses", target_key="giga", position=1).saved
    row = EntryRelation.objects.get(subject_key="5g")
    form = desk.open(change_address(topic)).form()
    assert form.data[f"{TABLE}-0-target_key"] == ["giga"]
    form.fill_row(TABLE, 0, verb="based-on", target_key="wrc")
    assert desk.send(change_address(topic), form).saved
    row.refresh_from_db()
    assert (row.verb, row.target_key) == ("based-on", "wrc")
    form = desk.open(change_address(topic)).form().fill_row(TABLE, 0, DELETE="on")
    assert desk.send(change_address(topic), form).saved
    assert triples("5g") == set()


def test_a_form_that_was_not_touched_changes_nothing(desk, topic):
    assert add(desk, topic, verb="uses", target_key="giga", position=1).saved
    before = list(EntryRelation.objects.touching("5g").values())
    giga = Initiative.objects.get(key="giga")
    version = giga.row_version
    for entry in (topic, giga):
        assert desk.send(change_address(entry), desk.open(change_address(entry)).form()).saved
    assert list(EntryRelation.objects.touching("5g").values()) == before
    giga.refresh_from_db()
    assert giga.row_version == version


def test_the_other_side_is_shown_and_leads_to_the_form_that_changes_it(desk, topic):
    assert add(desk, topic, verb="serves", target_key="giga", position=1).saved
    giga = Initiative.objects.get(key="giga")
    soup = desk.open(change_address(giga)).soup
    part = soup.select_one("#named_by-group")
    assert "Served by" in part.get_text()
    assert part.find("a", href=change_address(topic))
    assert not part.select("select, textarea, input:not([type=hidden])")


@pytest.mark.parametrize("key", ["itu-t-g.711", "itu-t-g.709"])
def test_works_have_both_tables(desk, key, db):
    work = Publication.objects.get(key=key)
    assert add(desk, work, verb="related", target_key="giga", position=1).saved
    assert (key, "related", "giga") in triples(key)


def test_what_two_editors_add_stays(desk, topic, maria):
    form = desk.open(change_address(topic)).form()
    with editing(maria) as edit:
        edit.save(EntryRelation(subject_key="5g", verb="uses", target_key="wrc"))
    form.add_row(TABLE, verb="serves", target_key="giga", position=1)
    page = desk.send(change_address(topic), form)
    assert page.saved, page.refusals
    assert triples("5g") == {("5g", "uses", "wrc"), ("5g", "serves", "giga")}


def test_a_relation_that_both_changed_is_shown_with_both_values(desk, topic, maria):
    assert add(desk, topic, verb="uses", target_key="giga", position=1).saved
    form = desk.open(change_address(topic)).form()
    row = EntryRelation.objects.get(subject_key="5g")
    with editing(maria) as edit:
        edit.watch(row)
        row.target_key = "wrc"
        edit.save(row)
    page = desk.send(change_address(topic), form.fill_row(TABLE, 0, target_key="unicef"))
    assert not page.saved
    assert "World Radiocommunication Conference (WRC)" in page.text
    assert "UNICEF" in page.text
    assert resend(desk, change_address(topic), page, **{f"{TABLE}-0-target_key-keep": "mine"}).saved
    row.refresh_from_db()
    assert row.target_key == "unicef"


def test_a_relation_that_others_deleted_while_it_was_changed_is_asked_about(desk, topic, maria):
    assert add(desk, topic, verb="uses", target_key="giga", position=1).saved
    form = desk.open(change_address(topic)).form()
    with editing(maria) as edit:
        edit.delete(EntryRelation.objects.get(subject_key="5g"))
    page = desk.send(change_address(topic), form.fill_row(TABLE, 0, verb="serves"))
    assert not page.saved
    assert "Leave it deleted" in page.text


def test_the_page_of_deleting_says_who_names_the_entry(desk, topic):
    assert add(desk, topic, verb="serves", target_key="itu-council", position=1).saved
    council = Body.objects.get(key="itu-council")
    question = desk.open(change_address(council).replace("change", "delete"))
    named = question.soup.select_one("#named-by")
    assert named.find("a", href="/topics/5g/")
    assert "Serves" in named.get_text()
    assert "Served by" not in named.get_text()
    assert "Relation to another entry" in question.soup.select_one("#deleted-objects").get_text()
    assert desk.delete(council).saved
    assert triples("itu-council") == set()


def test_the_list_of_what_goes_names_relations_when_several_are_deleted(desk, topic):
    assert add(desk, topic, verb="serves", target_key="giga", position=1).saved
    page = desk.ask(Topic, "delete_selected", [topic])
    assert f"{LABEL.capitalize()}: {topic.name} (Topic) – Serves – " in page.text
