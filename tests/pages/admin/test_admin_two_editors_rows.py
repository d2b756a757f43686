"""Two editors on the tables of one entry: rows that one changed, added or deleted meanwhile."""

from __future__ import annotations

import pytest

from catalog.models import (
    Conference,
    Edition,
    Meeting,
    Publication,
)
from catalog.writing.edit import editing
from tests.pages.admin.conftest import change_address, choices, resend

pytestmark = pytest.mark.slow

MINE, THEIRS = "mine", "theirs"


@pytest.fixture
def work(db):
    return Publication.objects.get(key="itu-t-g.711")


def test_a_row_of_a_table_that_others_changed_is_brought_together_field_by_field(
    desk, work, change
):
    address = change_address(work)
    first, second = work.editions.order_by("position")[:2]
    form = desk.open(address).form()
    change(first, state="withdrawn", position=77)
    change(second, slug="1999-01")
    number = form.row_of("editions", first)
    form.fill_row("editions", number, state="not-in-force", identifier="ITU-T G.711 (mine)")

    page = desk.send(address, form)

    assert not page.saved
    assert choices(page) == {f"editions-{number}-state": choices(page)[f"editions-{number}-state"]}
    assert choices(page)[f"editions-{number}-state"][1:] == [
        "Withdrawn",
        "Not in force (reason unknown)",
    ]
    assert str(first) in page.soup.select_one("fieldset.decide legend").get_text()
    assert resend(desk, address, page, **{f"editions-{number}-state-keep": MINE}).saved
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.position) == ("not-in-force", 77)
    assert (first.identifier, second.slug) == ("ITU-T G.711 (mine)", "1999-01")


def test_rows_that_others_added_stay_and_are_told(desk, work, maria):
    address = change_address(work)
    form = desk.open(address).form()
    with editing(maria) as edit:
        edit.save(Edition(publication=work, identifier="ITU-T G.711 (01/2001)", slug="2001-01"))

    page = desk.send(address, form.fill(purpose="To code speech"))

    assert page.saved, page.refusals
    assert work.editions.filter(slug="2001-01").exists()
    assert "ITU-T G.711 (01/2001) was added (maria" in desk.open(page.response.url).text


def test_a_row_that_others_deleted_goes_if_this_editor_did_not_touch_it(desk, work, maria):
    address = change_address(work)
    name = work.names.first() or work.names.create(name="G.9711")
    work.names.create(name="G.9712")
    form = desk.open(address).form()
    with editing(maria) as edit:
        edit.delete(work.names.get(pk=name.pk))
    other = work.names.get(name="G.9712")
    form.fill_row("names", form.row_of("names", other), name="G.9713")

    page = desk.send(address, form)

    assert page.saved, page.refusals
    assert set(work.names.values_list("name", flat=True)) >= {"G.9713"}
    assert not work.names.filter(name=name.name).exists()
    assert f"{name.name} was deleted (maria" in desk.open(page.response.url).text


@pytest.mark.parametrize("choice", [MINE, THEIRS])
def test_a_row_that_others_deleted_and_this_editor_worked_on_is_asked_about(
    desk, work, maria, choice
):
    address = change_address(work)
    first, second = work.names.create(name="G.9711"), work.names.create(name="G.9712")
    form = desk.open(address).form()
    form.fill_row("names", form.row_of("names", first), name="G.9714")
    form.fill_row("names", form.row_of("names", second), name="G.9715")
    with editing(maria) as edit:
        edit.delete(work.names.get(pk=first.pk))

    page = desk.send(address, form)

    assert not page.saved
    ((name, sides),) = choices(page).items()
    assert sides[0] == "deleted"
    assert "G.9714" in sides[1]
    undecided = resend(desk, address, page)
    assert not undecided.saved and "Nothing was chosen here" in undecided.text
    assert "type the new text" not in undecided.text
    assert resend(desk, address, page, **{f"{name}-keep": choice}).saved
    left = set(work.names.values_list("name", flat=True))
    assert ("G.9714" in left) is (choice == MINE)
    assert "G.9715" in left and not {"G.9711", "G.9712"} & left


@pytest.mark.parametrize("choice", [MINE, THEIRS])
def test_a_row_that_others_changed_is_not_deleted_unasked(desk, work, change, choice):
    address = change_address(work)
    edition = work.editions.first()
    form = desk.open(address).form()
    change(edition, identifier="ITU-T G.711 (hers)", abstract="Her abstract")
    number = form.row_of("editions", edition)
    for component in work.components.filter(edition=edition):
        form.fill_row("components", form.row_of("components", component), DELETE="on")
    form.fill_row("editions", number, DELETE="on")

    page = desk.send(address, form)

    assert not page.saved
    ((name, sides),) = choices(page).items()
    assert name == f"editions-{number}-row"
    assert "ITU-T G.711 (hers)" in sides[0] and "Her abstract" in sides[0]
    assert Edition.objects.filter(pk=edition.pk).exists()
    assert not resend(desk, address, page).saved
    assert resend(desk, address, page, **{f"{name}-keep": choice}).saved
    left = Edition.objects.filter(pk=edition.pk).first()
    assert (left is None) is (choice == MINE)
    assert left is None or left.identifier == "ITU-T G.711 (hers)"


def test_an_edition_of_the_source_that_is_gone_does_not_break_the_form_of_its_work(
    desk, told_edition, maria
):
    work = told_edition.publication
    address = change_address(work)
    form = desk.open(address).form()
    with editing(maria) as edit:
        edit.delete(told_edition)
    page = desk.send(address, form.fill(purpose="To model the air"))
    assert page.saved, page.refusals
    assert not Edition.objects.filter(pk=told_edition.pk).exists()


def test_a_meeting_is_brought_together_in_the_form_of_its_conference(desk, change, db):
    conference = Conference.objects.get(key="wrc")
    meeting = conference.meetings.first()
    address = change_address(conference)
    form = desk.open(address).form()
    change(meeting, city="Elsewhere")
    number = form.row_of("meetings", meeting)
    page = desk.send(address, form.fill_row("meetings", number, country="Nowhere"))
    assert page.saved, page.refusals
    meeting.refresh_from_db()
    assert (meeting.city, meeting.country) == ("Elsewhere", "Nowhere")


def test_a_meeting_that_moved_to_another_conference_is_still_compared(desk, maria, db):
    meeting = Meeting.objects.filter(conference__isnull=False).first()
    other = Conference.objects.exclude(pk=meeting.conference_id).exclude(
        meetings__year=meeting.year
    )[0]
    address = change_address(meeting)
    form = desk.open(address).form()
    fresh = Meeting.objects.get(pk=meeting.pk)
    with editing(maria) as edit:
        edit.watch(fresh)
        fresh.conference, fresh.city = other, "Elsewhere"
        edit.save(fresh)
    page = desk.send(address, form.fill(country="Nowhere"))
    assert page.saved, page.refusals
    meeting.refresh_from_db()
    assert (meeting.conference, meeting.city, meeting.country) == (other, "Elsewhere", "Nowhere")
