"""Deleting asks why; texts of the data set go only by publishers, with their name typed in."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from catalog.models import (
    Component,
    Conference,
    Correction,
    Edition,
    FormerAddress,
    Initiative,
    Publication,
    Recommendation,
    Revision,
    RowChange,
    SearchEntry,
    Sector,
    SourceRecord,
    Topic,
)
from catalog.terms import RowAction
from catalog.writing.edit import editing
from tests.found import some
from tests.pages.admin.conftest import add_record, admin_name

pytestmark = pytest.mark.many

REASON = "Recorded twice."


@pytest.fixture
def maria(db):
    """Another editor."""
    return User.objects.create_user("maria", is_staff=True)


@pytest.fixture
def topic(db):
    return Topic.objects.get(key="5g")


def question_address(row):
    return reverse(admin_name(type(row), "delete"), args=[row.pk])


def texts_of(edition):
    """Return what the data set tells of: an edition, its work, a component of it."""
    work = edition.publication
    part = Component.objects.create(
        publication=work,
        edition=edition,
        type="amendment",
        identifier="ITU-R P.835-7 Amd. 1",
        slug="2024-08/amd1",
    )
    add_record(part.identifier, role="component", publication=work, component=part)
    return {"edition": edition, "work": work, "component": part}


@pytest.mark.parametrize("what", ["edition", "work", "component"])
def test_an_editor_deletes_no_text_of_the_data_set(desk, told_edition, what):
    text = texts_of(told_edition)[what]
    form = reverse(admin_name(type(text), "change"), args=[text.pk])
    words = f"{text} comes from the data set: only a publisher can delete it, on its own page."
    shown = desk.open(form)
    assert not shown.soup.select(".deletelink")
    assert words in shown.soup.select_one(".submit-row").get_text(" ")
    answer = desk.open(question_address(text))
    assert answer.response.status_code == 403
    assert words in answer.text and "open for too long" not in answer.text
    assert answer.soup.select_one(f'#content-main a[href="{form}"]')
    sent = {"post": "yes", "reason": REASON, "name": str(text), "_seen": "0"}
    assert desk.client.post(question_address(text), sent).status_code == 403
    assert type(text).objects.filter(pk=text.pk).exists()


def test_an_editor_deletes_no_curated_edition_that_takes_a_text_of_the_data_set_along(desk, db):
    component = Component.objects.filter(edition__isnull=False).first()
    add_record(component.identifier, role="component", component=component)
    answer = desk.open(question_address(component.edition))
    assert answer.response.status_code == 403
    assert f"A component of {component.edition} comes from the data set" in answer.text


@pytest.mark.parametrize("what", ["edition", "work", "component"])
@pytest.mark.slow
def test_a_publisher_deletes_a_text_of_the_data_set_by_its_name(
    desk, publisher, told_edition, correction, what, client
):
    text = texts_of(told_edition)[what]
    name, address = str(text), text.get_absolute_url()
    question = desk.open(question_address(text))
    assert "imports will leave it out" in question.text
    assert f"Type ‘{name}’" in question.text

    for values in (
        {"reason": ""},
        {"name": name, "reason": ""},
        {"reason": REASON},
        {"name": "another", "reason": REASON},
    ):
        refused = desk.delete(text, **values)
        assert not refused.saved
        assert type(text).objects.filter(pk=text.pk).exists()
        assert bool(refused.said_at("reason")) is (values["reason"] == "")
        assert bool(refused.said_at("name")) is (values.get("name") != name)
    assert refused.form().data["reason"] == [REASON]

    assert desk.delete(text, name=f" {name} ", reason=REASON).saved

    revision = Revision.objects.first()
    assert (revision.reason, revision.by) == (REASON, publisher)
    former = FormerAddress.objects.last_holder(address)
    assert former.is_gone and former.label == name
    records = SourceRecord.objects.filter(kept_out_by=revision)
    assert records.count() == {"edition": 2, "work": 1 + told_edition.version, "component": 1}[what]
    assert not Correction.objects.exists() or what == "component"
    assert SearchEntry.objects.filter(key="itu-r-p.835").exists() is (what != "work")


def test_an_edition_that_goes_leaves_the_work_its_next_one(desk, publisher, told_edition):
    work = told_edition.publication
    assert desk.delete(told_edition, name="ITU-R P.835-7", reason=REASON).saved
    work.refresh_from_db()
    assert work.current_edition.slug == "6"


def test_a_list_of_one_kind_has_the_same_rule(desk, told_edition):
    work = Recommendation.objects.get(pk=told_edition.publication_id)
    assert desk.open(question_address(work)).response.status_code == 403


@pytest.mark.slow
def test_curated_entries_are_deleted_without_their_name_typed_in(desk, topic):
    question = desk.open(question_address(topic))
    assert not question.soup.select("[name=name]")
    assert "imports will leave it out" not in question.text
    assert desk.delete(topic, reason=REASON).saved
    assert Revision.objects.first().reason == REASON


@pytest.mark.parametrize("reason", ["", "   "])
@pytest.mark.parametrize("model", [Topic, Publication, Edition, Component])
def test_nothing_is_deleted_without_a_reason(desk, db, model, reason):
    row = model.objects.first()
    refused = desk.delete(row, reason=reason)
    assert "Say in one sentence why you are deleting it." in refused.said_at("reason")
    several = desk.act(model, "delete_selected", [row], reason=reason)
    assert "Say in one sentence why you are deleting it." in several.said_at("reason")
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("reason", ["x" * 251, "odd \x07 bell"])
def test_a_reason_that_no_page_can_show_is_refused(desk, topic, reason):
    page = desk.delete(topic, reason=reason)
    assert page.said_at("reason")
    assert Topic.objects.filter(pk=topic.pk).exists()


@pytest.mark.slow
def test_what_changed_since_the_question_was_asked_is_shown_first(desk, topic, maria):
    form = desk.open(question_address(topic)).form().fill(reason=REASON)
    with editing(maria, reason="Found a source") as edit:
        fresh = Topic.objects.get(pk=topic.pk)
        edit.watch(fresh)
        fresh.description = "Written by Maria"
        edit.save(fresh)

    page = desk.answer(question_address(topic), form)

    assert not page.saved
    for words in ("Nothing has been done yet", "Written by Maria", "maria", "Found a source"):
        assert words in page.text
    assert Topic.objects.filter(pk=topic.pk).exists()
    assert page.form().data["reason"] == [REASON]
    assert desk.answer(question_address(topic), page.form()).saved
    assert not Topic.objects.filter(pk=topic.pk).exists()


def test_a_component_added_to_an_edition_since_the_question_is_shown_first(desk, maria, db):
    edition = Edition.objects.filter(components=None, source_records=None).first()
    form = desk.open(question_address(edition)).form().fill(reason=REASON)
    with editing(maria) as edit:
        edit.save(
            Component(
                publication=edition.publication,
                edition=edition,
                type="amendment",
                identifier="An amendment of Maria",
                slug="2024-08/amd1",
            )
        )
    page = desk.answer(question_address(edition), form)
    assert not page.saved
    assert "An amendment of Maria: Added (maria" in page.text


@pytest.mark.slow
def test_what_changed_elsewhere_asks_nothing(desk, topic, maria):
    form = desk.open(question_address(topic)).form().fill(reason=REASON)
    with editing(maria) as edit:
        other = Topic.objects.get(key="accessibility")
        edit.watch(other)
        other.description = "Written by Maria"
        edit.save(other)
    assert desk.answer(question_address(topic), form).saved


@pytest.mark.parametrize("version", [None, "", "x", "99999999"])
@pytest.mark.slow
def test_a_question_without_its_version_is_asked_again(desk, topic, version):
    form = desk.open(question_address(topic)).form().fill(reason=REASON)
    del form.data["_seen"]
    if version is not None:
        form.fill(_seen=version)
    page = desk.answer(question_address(topic), form)
    assert "was incomplete or out of date" in page.text
    assert Topic.objects.filter(pk=topic.pk).exists()
    assert desk.answer(question_address(topic), page.form()).saved


def test_what_another_editor_deleted_first_is_said(desk, topic, maria):
    address = question_address(topic)
    form = desk.open(address).form().fill(reason=REASON)
    with editing(maria, reason="Double") as edit:
        edit.delete(topic)
    page = desk.answer(address, form)
    assert page.saved
    told = desk.open(page.response.url).text
    assert "has already been deleted (maria" in told and "Double" in told
    assert RowChange.objects.filter(model="topic", action=RowAction.DELETED).count() == 1


def test_several_texts_of_the_data_set_are_not_deleted_at_once(desk, publisher, told_edition):
    other = Edition.objects.filter(source_records=None).first()
    answer = desk.ask(Edition, "delete_selected", [told_edition, other]).response
    told = desk.open(answer.url).text
    assert "Nothing was deleted. ITU-R P.835-7 comes from the data set" in told
    sent = {
        "action": "delete_selected",
        "_selected_action": [told_edition.pk, other.pk],
        "post": "yes",
        "_seen": "0",
    }
    assert desk.client.post(answer.url, sent).status_code == 302
    assert Edition.objects.filter(pk__in=[told_edition.pk, other.pk]).count() == 2


@pytest.mark.slow
def test_several_entries_are_deleted_with_one_reason(desk, db):
    topics = Topic.objects.filter(key__in=["5g", "accessibility"])
    assert desk.act(Topic, "delete_selected", topics, reason=REASON).saved
    assert not Topic.objects.filter(key__in=["5g", "accessibility"]).exists()
    revision = Revision.objects.first()
    assert revision.reason == REASON
    assert set(revision.rows.values_list("model", flat=True)) >= {"topic"}


@pytest.mark.slow
def test_what_changed_since_several_were_chosen_is_shown_first(desk, topic, maria):
    other = Topic.objects.get(key="accessibility")
    form = desk.ask(Topic, "delete_selected", [topic, other]).form().fill(reason=REASON)
    with editing(maria) as edit:
        edit.watch(topic)
        topic.description = "Written by Maria"
        edit.save(topic)
        edit.delete(other)
    address = reverse("admin:catalog_topic_changelist")
    page = desk.answer(address, form)
    assert "Written by Maria" in page.text
    assert "1 of the chosen rows is no longer there." in page.text
    assert Topic.objects.filter(pk=topic.pk).exists()
    assert desk.answer(address, page.form()).saved
    assert not Topic.objects.filter(pk=topic.pk).exists()


def test_a_deleted_conference_says_so_at_its_meetings_too(desk, db):
    conference = Conference.objects.get(key="wrc")
    paths = [meeting.get_absolute_url() for meeting in conference.meetings.all()]
    assert desk.delete(conference, reason=REASON).saved
    for path in some(paths):
        former = FormerAddress.objects.last_holder(path)
        assert former.is_gone and former.revision.reason == REASON


def test_the_code_of_a_sector_that_exists_is_fixed(desk, db):
    sector = Sector.objects.get(key="itu-t")
    assert desk.change(sector, code="itu").saved
    sector.refresh_from_db()
    assert sector.code == "itu-t"


def test_a_publisher_is_not_asked_more_than_that(desk, publisher, db):
    curated = Initiative.objects.get(key="ai-for-good")
    assert not desk.open(question_address(curated)).soup.select("[name=name]")
    assert Publication.objects.exists()


def test_what_others_need_is_refused_without_reading_all_of_them(
    desk, django_assert_max_num_queries
):
    sector = Sector.objects.get(code="itu-t")
    address = reverse(admin_name(Sector, "delete"), args=[sector.pk])
    with django_assert_max_num_queries(60):
        page = desk.open(address)
    assert "would require deleting the following protected related objects" in page.text
    assert re.search(r"and [\d,]+ more", page.text)
    assert page.soup.select_one("#content-main form") is None


def test_the_list_of_what_goes_leaves_out_how_it_is_found(desk, db):
    work = Publication.objects.get(key="itu-t-g.711")
    assert work.known_identifiers.exists() and work.topics.exists()
    question = desk.open(question_address(work))
    listed = question.soup.select_one("#deleted-objects").get_text(" ")
    assert "Edition: " in listed and "Component: " in listed
    for words in ("nown identifier", "relationship", "ntry key", "earch "):
        assert words not in question.soup.select_one("#content").get_text(" "), words
    edition = work.editions.first()
    several = desk.ask(Edition, "delete_selected", [edition])
    assert edition.identifier in several.text and "nown identifier" not in several.text


def test_a_publisher_has_the_button_and_no_such_words(desk, publisher, told_edition):
    form = desk.open(reverse("admin:catalog_edition_change", args=[told_edition.pk]))
    assert form.soup.select(".deletelink")
    assert "only a publisher can delete it" not in form.text


@pytest.mark.slow
def test_the_page_says_where_a_deleted_part_is_brought_back(desk, db):
    edition = Edition.objects.filter(components=None, source_records=None).first()
    work, label = edition.publication, edition.identifier
    history = reverse("admin:catalog_publication_history", args=[work.pk])
    question = desk.open(question_address(edition))
    assert "Deleted entries” " not in question.soup.select_one("#content").get_text(" ")
    assert question.soup.select_one(f'#content a[href="{history}"]')
    assert "Deleted entries" in desk.open(question_address(work)).soup.select_one("#content").text
    assert desk.delete(edition).saved

    told = desk.open(history).soup.select_one(".changes > li")
    (link,) = (a for a in told.select("a") if "before this deletion" in a.text)
    question = desk.open(link["href"])
    assert label in question.text
    assert desk.answer(link["href"], question.form().fill(reason="It was right.")).saved
    assert work.editions.filter(identifier=label).exists()


def test_what_publishers_alone_bring_back_is_no_link_for_editors(
    desk, told_edition, client, editor, publisher
):
    work = told_edition.publication
    history = reverse("admin:catalog_publication_history", args=[work.pk])
    assert desk.delete(told_edition, name=str(told_edition)).saved
    assert "before this deletion" in desk.open(history).text
    editor.groups.remove(*editor.groups.filter(name="Publishers"))
    page = desk.open(history)
    assert "before this deletion" not in page.text
    assert "What was deleted comes from the data set: only publishers can restore it." in page.text
    link = page.soup.select_one('.changes a[href*="/history/"]')
    if link:
        refused = desk.open(link["href"])
        assert refused.response.status_code == 403
        assert "only publishers can do that" in refused.text
