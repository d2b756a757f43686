"""The history of an entry at the desk, and putting earlier values, states and entries back."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from catalog.models import (
    Component,
    Correction,
    DeletedEntry,
    Edition,
    Goal,
    Initiative,
    Publication,
    RowChange,
    SearchEntry,
    Topic,
)
from catalog.terms import Actor, RowAction
from catalog.writing.aggregates import read_state
from catalog.writing.edit import editing
from catalog.writing.job import whole_catalogue
from catalog.writing.record import Author, catalogue_version
from tests.found import some
from tests.pages.admin.conftest import admin_name

REASON = {"reason": "It was right before.", "evidence": "ITU page, seen 24 November 2026"}


@pytest.fixture
def maria(db):
    """Another editor."""
    return User.objects.create_user("maria", is_staff=True)


@pytest.fixture
def work(db):
    return Publication.objects.get(key="itu-t-g.711")


@pytest.fixture
def topic(db):
    return Topic.objects.get(key="5g")


def history(row):
    return reverse(admin_name(type(row), "history"), args=[row.pk])


def restore(row, number):
    return reverse(admin_name(type(row), "restore"), args=[row.pk, number])


def change(row, by=None, reason="", **values):
    row = type(row)._base_manager.get(pk=row.pk)
    with editing(by, reason=reason) as edit:
        edit.watch(row)
        for name, value in values.items():
            setattr(row, name, value)
        edit.save(row)
    return edit.revision


def test_the_form_leads_to_the_history_with_who_when_why_and_both_values(
    desk, work, maria, change_address_of
):
    old = work.purpose
    change(work, maria, "It was vague", purpose="To code speech")
    form = desk.open(change_address_of(work))
    link = form.soup.select_one(".object-tools a.historylink")["href"]
    page = desk.open(link)
    newest = page.soup.select_one(".changes > li").get_text(" ", strip=True)
    for words in ("maria", "It was vague", "What it is for", old, "To code speech", "UTC"):
        assert " ".join(words.split()) in " ".join(newest.split())


def test_both_values_are_named_and_no_blank_of_the_template_stands_in_them(desk, topic, maria):
    change(topic, maria, description="Line one\nline two")
    change(topic, maria, description="Line one\nline three")
    page = desk.open(history(topic))
    names = [name.text for name in page.soup.select(".changes > li:first-child .side-name")]
    values = [value.get_text() for value in page.soup.select(".changes > li:first-child .value")]
    assert names == ["Before", "After"]
    assert values == ["Line one\nline two", "Line one\nline three"]
    marked = [mark.text for mark in page.soup.select(".changes > li:first-child mark")]
    assert marked == ["two", "three"] or marked == ["wo", "hree"]
    link = page.soup.select_one('.changes a[href$="/description/"]')["href"]
    question = desk.open(link)
    assert [name.text for name in question.soup.select(".side-name")] == ["Now", "Then"]
    for value in some(question.soup.select(".value")):
        assert value.text == value.text.strip()


def test_imports_corrections_and_links_are_told(desk, told_edition, correction):
    with whole_catalogue(Author(Actor.IMPORT)) as job:
        job.note_change(told_edition, {"abstract": ("First", "Second")})
    for row in (told_edition, told_edition.publication):
        page = desk.open(history(row))
        for words in (
            "Import of the data set",
            "Locked: imports leave this field alone.",
            correction.reason,
            correction.evidence,
            "anna",
        ):
            assert words in page.text
    whole = desk.open(history(told_edition)).soup.select_one(
        f'a[href="{history(told_edition.publication)}"]'
    )
    assert whole is not None


@pytest.mark.slow
def test_a_long_history_is_read_in_pages_with_a_fixed_number_of_queries(
    desk, topic, maria, django_assert_max_num_queries
):
    for number in range(45):
        change(topic, maria, description=f"Number {number}")
    seen = []
    address = history(topic)
    for number in (1, 2, 3):
        with django_assert_max_num_queries(16):
            page = desk.open(f"{address}?p={number}")
        seen += [item.get_text() for item in page.soup.select(".changes > li")]
    assert len(seen) == 46
    assert "Number 44" in seen[0] and "Number 0" in seen[44]
    assert "Page 3 of 3" in page.text
    for odd in ("x", "-1", "999", "1e5"):
        assert desk.open(f"{address}?p={odd}").response.status_code == 200


def test_one_earlier_value_is_put_back(desk, topic, maria, editor):
    before = topic.description
    change(topic, maria, description="Another", doubt="A doubt")
    link = next(
        a["href"]
        for a in desk.open(history(topic)).soup.select(".changes a")
        if "Restore the earlier value of Description" in a.get_text()
    )
    question = desk.open(link)
    assert "Another" in question.text
    refused = desk.answer(link, question.form())
    assert refused.said_at("reason")
    assert desk.answer(link, question.form().fill(reason="It was right before.")).saved
    topic.refresh_from_db()
    assert (topic.description, topic.doubt) == (before, "A doubt")
    newest = RowChange.objects.of_entry(topic).first()
    assert (newest.revision.reason, newest.revision.by) == ("It was right before.", editor)
    assert "Nothing would change" in desk.open(link).text


def test_an_earlier_value_of_an_imported_field_becomes_a_correction(desk, told_edition, editor):
    with whole_catalogue(Author(Actor.IMPORT)) as job:
        job.note_change(told_edition, {"title": ("Right title", told_edition.title)})
    found = RowChange.objects.of_row(told_edition).first()
    link = reverse("admin:catalog_edition_value", args=[told_edition.pk, found.pk, "title"])
    form = desk.open(link).form().fill(reason=REASON["reason"])
    assert desk.answer(link, form).said_at("evidence")
    assert desk.answer(link, form.fill(**REASON)).saved
    told_edition.refresh_from_db()
    made = Correction.objects.get()
    assert told_edition.title == made.value == "Right title"
    assert (made.reason, made.evidence, made.by) == (*REASON.values(), editor)


def test_a_value_of_a_part_is_put_back_from_the_history_of_the_work(desk, work, maria):
    edition = work.editions.first()
    before = edition.identifier
    change(edition, maria, identifier="ITU-T G.711 (wrong)")
    links = [
        a["href"]
        for a in desk.open(history(work)).soup.select(".changes a")
        if "Restore the earlier value of Identifier" in a.get_text()
    ]
    assert len(links) == 1
    assert desk.answer(links[0], desk.open(links[0]).form().fill(**REASON)).saved
    edition.refresh_from_db()
    assert edition.identifier == before


@pytest.mark.slow
def test_each_earlier_state_is_put_back_exactly(desk, work, maria):
    states = {0: read_state(work)}
    goals = list(Goal.objects.order_by("pk")[:2])
    revision = change(work, maria, purpose="First")
    states[revision.number] = read_state(work)
    with editing(maria) as edit:
        edit.delete(work.editions.first())
        edit.save(Edition(publication=work, identifier="ITU-T G.711 (01/2001)", slug="2001-01"))
        edit.link(work, "goals", goals)
    states[edit.revision.number] = read_state(work)
    change(work, maria, purpose="Third")
    offered = {
        int(a["href"].rstrip("/").rpartition("/")[2]): a["href"]
        for a in desk.open(history(work)).soup.select(".changes a")
        if "Restore the whole entry" in a.get_text()
    }
    assert offered.keys() == states.keys()
    for number, link in some(offered.items()):
        question = desk.open(link)
        assert "What will change" in question.text
        assert desk.answer(link, question.form().fill(**REASON)).saved
        assert read_state(work) == states[number]


def test_what_an_editor_did_not_see_is_not_put_back_over(desk, topic, maria):
    before = topic.description
    change(topic, maria, description="Second")
    found = RowChange.objects.of_row(topic).first()
    value = reverse("admin:catalog_topic_value", args=[topic.pk, found.pk, "description"])
    for link in (restore(topic, 0), value):
        change(topic, maria, description=f"Second {link}")
        form = desk.open(link).form().fill(**REASON)
        change(topic, maria, description=f"Third {link}")
        page = desk.answer(link, form)
        assert "Somebody has changed this entry in the meantime" in page.text
        assert "Third" in page.text
        assert page.form().data["reason"] == [REASON["reason"]]
        del form.data["_seen"]
        assert not desk.answer(link, form).saved
        assert desk.answer(link, page.form()).saved
        topic.refresh_from_db()
        assert topic.description == before


def test_a_state_that_breaks_a_rule_today_is_refused_in_words(desk, work, maria):
    change(work, maria, slug="g.7111")
    other = Publication.objects.exclude(pk=work.pk).filter(sector=work.sector).first()
    change(other, maria, slug="g.711")
    page = desk.answer(restore(work, 0), desk.open(restore(work, 0)).form().fill(**REASON))
    assert "has this address" in page.text
    work.refresh_from_db()
    assert work.slug == "g.7111"


@pytest.mark.slow
def test_a_deleted_entry_is_listed_and_brought_back(desk, topic, maria, address_of):
    before, pk = read_state(topic), topic.pk
    with editing(maria, reason="Double of another") as edit:
        edit.delete(topic)
    topic.pk = pk
    listed = desk.open(reverse("admin:catalog_deletedentry_changelist"))
    for words in (str(topic), "maria", "Double of another"):
        assert words in listed.soup.select_one("#result_list").get_text(" ")
    link = next(a for a in listed.soup.select("#result_list a") if "Restore" in a.get_text())
    past = next(a for a in listed.soup.select("#result_list a") if "History" in a.get_text())
    assert "Double of another" in desk.open(past["href"]).text

    assert desk.answer(link["href"], desk.open(link["href"]).form().fill(**REASON)).saved

    again = Topic.objects.get(key="5g")
    assert (again.pk, read_state(again)) == (pk, before)
    assert SearchEntry.objects.filter(key="5g").exists()
    listed = desk.open(reverse("admin:catalog_deletedentry_changelist"))
    assert not listed.soup.select("#result_list tbody tr")


@pytest.mark.slow
def test_an_entry_whose_key_was_given_away_is_not_brought_back_over_its_holder(desk, topic, maria):
    pk = topic.pk
    with editing(maria) as edit:
        edit.delete(topic)
    with editing(maria) as edit:
        edit.save(Initiative(key="5g", name="Five G", kind="programme"))
    topic.pk = pk
    link = restore(topic, catalogue_version() - 2)
    page = desk.answer(link, desk.open(link).form().fill(**REASON))
    assert not page.saved
    assert "has its key or its address" in page.text
    assert not Topic.objects.filter(key="5g").exists()


def test_texts_of_the_data_set_are_brought_back_by_publishers(desk, told_edition, editor, client):
    work = told_edition.publication
    pk = work.pk
    with editing(editor, reason="Gone") as edit:
        edit.delete(Publication.objects.get(pk=pk))
    link = restore(Publication(pk=pk), edit.revision.number - 1)
    answer = desk.open(link)
    assert answer.response.status_code == 403
    assert "comes from the data set: only publishers can restore it." in answer.text
    assert answer.soup.select_one('#content-main a[href="/admin/catalog/deletedentry/"]')
    assert desk.client.post(link, REASON).status_code == 403
    deletion = DeletedEntry.objects.get()
    for page in ("changelist", "change"):
        arguments = [deletion.pk] if page == "change" else []
        shown = desk.open(reverse(admin_name(DeletedEntry, page), args=arguments))
        assert "It comes from the data set: only publishers can restore it." in shown.text
        assert not [a for a in some(shown.soup.select("a")) if "Restore" in a.text]
    past = desk.open(history(Publication(pk=pk)))
    assert "only publishers can restore it" in past.text and "Restore the whole" not in past.text


def test_a_publisher_is_shown_the_way_to_bring_it_back(desk, told_edition, publisher):
    pk = told_edition.publication_id
    with editing(publisher) as edit:
        edit.delete(Publication.objects.get(pk=pk))
    shown = desk.open(
        reverse(admin_name(DeletedEntry, "change"), args=[DeletedEntry.objects.get().pk])
    )
    assert [a for a in shown.soup.select("a") if "Restore" in a.text]
    assert re.search(r"\d{4}, \d\d:\d\d UTC", shown.soup.select_one(".field-when").text)


def test_a_publisher_brings_a_text_of_the_data_set_back(desk, told_edition, publisher):
    pk = told_edition.publication_id
    before = read_state(told_edition.publication)
    with editing(publisher) as edit:
        edit.delete(Publication.objects.get(pk=pk))
    link = restore(Publication(pk=pk), edit.revision.number - 1)
    assert desk.answer(link, desk.open(link).form().fill(**REASON)).saved
    assert read_state(Publication.objects.get(pk=pk)) == before


def test_putting_back_does_not_delete_texts_of_the_data_set_for_an_editor(desk, told_edition):
    work = told_edition.publication
    revision = change(work, purpose="First")
    with editing() as edit:
        edit.save(
            Component(
                publication=work,
                edition=told_edition,
                type="amendment",
                identifier="ITU-R P.835-7 Amd. 1",
                slug="2024-08/amd1",
                from_source=True,
            )
        )
    assert desk.open(restore(work, revision.number)).response.status_code == 403


@pytest.mark.parametrize("column", ["key", "nonsense", "row_version", "from_source"])
def test_what_is_fixed_is_not_put_back_by_itself(desk, topic, column):
    change(topic, description="Another")
    found = RowChange.objects.of_row(topic).first()
    found.values |= {column: ["old", "new"]}
    found.save()
    address = reverse("admin:catalog_topic_value", args=[topic.pk, found.pk, column])
    assert desk.open(address).response.status_code == 404
    assert desk.client.post(address, REASON).status_code == 404
    assert f"/{column}/" not in str(desk.open(history(topic)).soup)


def test_changes_of_another_entry_are_not_put_back_here(desk, topic):
    other = Topic.objects.get(key="accessibility")
    change(other, description="Another")
    found = RowChange.objects.of_row(other).first()
    address = reverse("admin:catalog_topic_value", args=[topic.pk, found.pk, "description"])
    assert desk.open(address).response.status_code == 404


def test_states_of_parts_are_put_back_with_their_work_only(desk, work):
    edition = work.editions.first()
    assert desk.open(restore(edition, 0)).response.status_code == 404


def test_who_may_only_look_reads_the_history_and_puts_nothing_back(client, topic, maria):
    change(topic, maria, description="Another")
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    page = client.get(history(topic))
    assert page.status_code == 200
    assert "back" not in page.content.decode().split('class="changes"')[1].split("</ol>")[0]
    assert client.get(restore(topic, 0)).status_code == 403
    assert client.post(restore(topic, 0), REASON).status_code == 403
    found = RowChange.objects.of_row(topic).first()
    value = reverse("admin:catalog_topic_value", args=[topic.pk, found.pk, "description"])
    assert client.post(value, REASON).status_code == 403
    client.logout()
    assert client.get(history(topic)).status_code == 302


@pytest.mark.parametrize("pk", [0, 99_999_999, 10**30])
def test_the_history_of_what_never_was_is_not_found(desk, pk):
    address = f"/admin/catalog/topic/{pk}/history/"
    assert desk.client.get(address).status_code == 404
    assert desk.client.get(f"{address}0/").status_code == 404
    assert not RowChange.objects.filter(action=RowAction.DELETED).exists()
