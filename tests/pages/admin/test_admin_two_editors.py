"""Two editors on one entry: nothing of either is lost, and nothing is overwritten unasked."""

from __future__ import annotations

import datetime

import pytest

from catalog.models import (
    Correction,
    Goal,
    Publication,
    Right,
    Topic,
)
from catalog.terms import Actor
from catalog.writing import corrections
from catalog.writing.edit import editing
from catalog.writing.job import whole_catalogue
from catalog.writing.record import Author
from tests.pages.admin.conftest import WRONG_TITLE, change_address, choices, resend

REASON = {
    "correction_reason": "The record has the title of a data file.",
    "correction_source": "ITU page of P.835-7, seen 24 November 2026",
}
MINE, THEIRS = "mine", "theirs"


@pytest.fixture
def work(db):
    return Publication.objects.get(key="itu-t-g.711")


@pytest.fixture
def topic(db):
    return Topic.objects.get(key="5g")


def test_fields_that_others_changed_and_this_editor_did_not_touch_are_taken_over(
    desk, topic, change
):
    address = change_address(topic)
    form = desk.open(address).form()
    change(topic, description="Written by Maria", doubt="A doubt of hers")

    page = desk.send(address, form.fill(evidence="Seen by Anna"))

    assert page.saved, page.refusals
    topic.refresh_from_db()
    assert topic.description == "Written by Maria"
    assert topic.doubt == "A doubt of hers"
    assert topic.evidence == "Seen by Anna"
    told = desk.open(page.response.url).text
    assert "Changed by others: Description" in told
    assert "maria" in told and "Seen at ITU" in told


def test_what_others_changed_elsewhere_is_no_matter_of_this_form(desk, work, topic, change):
    address = change_address(work.editions.first())
    form = desk.open(address).form()
    change(work, description="Written by Maria")
    change(topic, description="Written by Maria")

    page = desk.send(address, form.fill(title="Another title"))

    assert page.saved, page.refusals
    assert "Changed by others" not in desk.open(page.response.url).text


@pytest.mark.parametrize("choice", [MINE, THEIRS])
def test_a_field_that_both_changed_is_shown_with_both_values_and_the_editor_decides(
    desk, topic, change, choice
):
    address = change_address(topic)
    before = topic.description
    form = desk.open(address).form()
    change(topic, description="Written by Maria")

    page = desk.send(address, form.fill(description="Written by Anna", evidence="Seen by Anna"))

    assert not page.saved
    assert choices(page)["description"][1:] == ["Written by Maria", "Written by Anna"]
    assert " ".join(before.split())[:20] in choices(page)["description"][0]
    assert "maria" in page.text and "Seen at ITU" in page.text
    assert page.form().data["description"] == ["Written by Anna"]
    assert page.form().data["evidence"] == ["Seen by Anna"]
    assert "choose under “Changed while your form was open”" in page.said_at("description")
    assert "Nothing was chosen" not in page.text
    topic.refresh_from_db()
    assert (topic.description, topic.evidence != "Seen by Anna") == ("Written by Maria", True)

    undecided = resend(desk, address, page)
    assert not undecided.saved
    assert choices(undecided).keys() == {"description"}
    box = undecided.soup.select_one("fieldset.decide")
    assert "Nothing was chosen here" in box.select_one(".errorlist").text
    saved = resend(desk, address, undecided, **{"description-keep": choice})

    assert saved.saved, saved.refusals
    topic.refresh_from_db()
    assert topic.description == f"Written by {'Anna' if choice == MINE else 'Maria'}"
    assert topic.evidence == "Seen by Anna"


def test_the_conflict_is_told_first_then_come_the_choices_then_the_form(desk, topic, change):
    address = change_address(topic)
    form = desk.open(address).form().fill(description="Written by Anna", doubt="Anna's")
    change(topic, description="Written by Maria", doubt="Maria's")

    page = desk.send(address, form)

    parts = page.soup.select("#nothing-saved .errorlist, fieldset.decide, .form-row.field-name")
    assert [part.name for part in parts] == ["ul", "fieldset", "fieldset", "div"]
    heading = page.soup.select_one("#meanwhile").text
    assert "Nothing was saved yet" in parts[0].text and f"under “{heading}”" in parts[0].text
    assert page.text.count("Nothing was saved yet") == 1
    assert "Please correct" not in page.text
    assert page.soup.title.text.strip().startswith("Error:")
    assert "type the new text in its field" in page.text
    (focused,) = page.soup.select("[autofocus]")
    assert focused == page.soup.select_one("fieldset.decide input[type=radio]")
    half = resend(desk, address, page, **{"description-keep": MINE})
    assert half.text.count("Nothing was chosen here") == 1
    assert set(choices(half)) == {"doubt"}


def test_an_editor_may_put_both_texts_together(desk, topic, change):
    address = change_address(topic)
    form = desk.open(address).form()
    change(topic, description="Written by Maria")
    page = desk.send(address, form.fill(description="Written by Anna"))
    values = {"description": "Written by both", "description-keep": MINE}
    assert resend(desk, address, page, **values).saved
    topic.refresh_from_db()
    assert topic.description == "Written by both"


def test_who_writes_again_while_an_editor_decides_is_seen_too(desk, topic, change):
    address = change_address(topic)
    form = desk.open(address).form()
    change(topic, description="Written by Maria")
    page = desk.send(address, form.fill(description="Written by Anna"))
    change(topic, description="Written again")
    again = resend(desk, address, page, **{"description-keep": MINE})
    assert not again.saved
    assert choices(again)["description"] == ["Written by Maria", "Written again", "Written by Anna"]
    assert resend(desk, address, again, **{"description-keep": MINE}).saved
    topic.refresh_from_db()
    assert topic.description == "Written by Anna"


def test_the_same_change_by_both_is_no_conflict(desk, topic, change):
    address = change_address(topic)
    form = desk.open(address).form()
    change(topic, description="The same\nwords")
    assert desk.send(address, form.fill(description="The same\r\nwords")).saved


def test_what_others_changed_and_changed_back_is_no_conflict(desk, topic, change):
    before = topic.description
    address = change_address(topic)
    form = desk.open(address).form()
    change(topic, description="Written by Maria")
    change(topic, description=before)
    assert desk.send(address, form.fill(description="Written by Anna")).saved
    topic.refresh_from_db()
    assert topic.description == "Written by Anna"


@pytest.mark.slow
def test_chosen_rows_are_compared_too(desk, work, maria):
    address = change_address(work)
    goals = list(Goal.objects.order_by("pk")[:3])
    form = desk.open(address).form()
    with editing(maria) as edit:
        edit.link(work, "goals", goals[:1])

    page = desk.send(address, form.fill(goals=[goal.pk for goal in goals[1:]]))

    assert not page.saved
    assert set(choices(page)) == {"goals"}
    assert str(goals[0]) in choices(page)["goals"][1]
    assert str(goals[2]) in choices(page)["goals"][2]
    assert resend(desk, address, page, **{"goals-keep": THEIRS}).saved
    work.refresh_from_db()
    assert set(work.goals.all()) == set(goals[:1])


def test_a_field_that_fails_keeps_what_was_typed_beside_what_others_wrote(desk, work, change):
    edition = work.editions.first()
    address = change_address(edition)
    form = desk.open(address).form()
    change(edition, approved=datetime.date(1990, 1, 1), abstract="By Maria")
    page = desk.send(address, form.fill(approved="soon", title="By Anna"))
    assert choices(page)["approved"][1:] == ["1 January 1990", "soon"]
    data = page.form().data
    assert (data["approved"], data["title"], data["abstract"]) == (
        ["soon"],
        ["By Anna"],
        ["By Maria"],
    )
    assert resend(desk, address, page, **{"approved-keep": THEIRS}).saved
    edition.refresh_from_db()
    assert (edition.approved, edition.title) == (datetime.date(1990, 1, 1), "By Anna")


def test_a_stale_form_neither_reverts_nor_locks_what_an_import_brought(desk, told_edition):
    address = change_address(told_edition)
    form = desk.open(address).form()
    with whole_catalogue(Author(Actor.IMPORT)) as job:
        job.note_change(told_edition, {"title": (told_edition.title, "Brought by an import")})
        told_edition.title = "Brought by an import"
        job.update([told_edition], ["title"])

    page = desk.send(address, form.fill(abstract="Mended", **REASON))

    assert page.saved, page.refusals
    told_edition.refresh_from_db()
    assert (told_edition.title, told_edition.abstract) == ("Brought by an import", "Mended")
    assert [made.field for made in Correction.objects.all()] == ["abstract"]
    assert "Import of the data set" in desk.open(page.response.url).text


def test_a_later_save_keeps_the_correction_of_another_editor_with_its_reason(
    desk, told_edition, maria
):
    address = change_address(told_edition)
    form = desk.open(address).form()
    corrections.correct(told_edition, "title", "Right", "Hers", "Her source", maria)

    page = desk.send(address, form.fill(abstract="Mended", **REASON))

    assert page.saved, page.refusals
    kept = Correction.objects.get(field="title")
    assert (kept.value, kept.source_value) == ("Right", WRONG_TITLE)
    assert (kept.reason, kept.evidence, kept.by) == ("Hers", "Her source", maria)
    told_edition.refresh_from_db()
    assert told_edition.title == "Right"


def test_rights_have_no_page_of_their_own_and_are_compared_all_the_same(desk, change, db):
    right = Right.objects.first()
    address = change_address(right)
    form = desk.open(address).form()
    change(right, name="To speak")
    page = desk.send(address, form.fill(name="To vote"))
    assert choices(page)["name"][1:] == ["To speak", "To vote"]
