"""Successions at the desk: by text, from the form of a work, and where a reference changes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from catalog.models import Publication, Successor
from catalog.writing.edit import editing
from tests.pages.reading import main_text

pytestmark = pytest.mark.many


@pytest.fixture
def moved(db):
    """Return a succession of a text that is here by one that is not."""
    return Successor.objects.get(reference="ITU-T B.18")


def test_the_form_of_a_work_leads_to_its_successions(desk, change_address_of, moved):
    page = desk.open(change_address_of(moved.work))
    field = page.soup.select_one(".field-successions_shown")
    assert field.find("a", href=change_address_of(moved)).get_text() == str(moved)
    new = field.find("a", string="Add a successor")["href"]
    box = desk.open(new).soup.find("input", attrs={"name": "reference"})
    assert box["value"] == "ITU-T B.18"


def test_a_new_work_has_no_successions_to_show(desk, address_of):
    page = desk.open(address_of(Publication, "add"))
    assert page.response.status_code == 200
    assert page.soup.select_one(".field-successions_shown") is None


def test_a_successor_that_is_added_stands_on_both_pages(desk, client, address_of):
    work = Publication.objects.get(identifier="ITU-T C.1")
    form = desk.open(address_of(Successor, "add")).form()
    filled = form.fill(
        reference="ITU-T C.1",
        verb="replaced-by",
        successor_reference="ITU-T G.711",
        certainty="stated",
        since="1990",
    )
    desk.client.post(address_of(Successor, "add"), {**filled.data, "_save": "Save"})
    row = Successor.objects.get(reference="ITU-T C.1")
    assert (row.work, row.successor.identifier) == (work, "ITU-T G.711")
    client.logout()
    assert "Replaced by ITU-T G.711 in 1990." in main_text(client.get("/itu-t/c.1/"))
    assert "Replaces ITU-T C.1" in main_text(client.get("/itu-t/g.711/"))


def test_a_reference_that_is_changed_leads_to_the_other_work(desk, change_address_of):
    with editing() as edit:
        row = Successor(
            reference="ITU-T C.1",
            verb="replaced-by",
            successor_reference="ITU-T G.711",
            certainty="stated",
        )
        edit.save(row)
    form = desk.open(change_address_of(row)).form().fill(successor_reference="ITU-T K.21")
    desk.client.post(change_address_of(row), {**form.data, "_save": "Save"})
    row.refresh_from_db()
    assert row.successor.identifier == "ITU-T K.21"
    assert row.work.identifier == "ITU-T C.1"
    form = desk.open(change_address_of(row)).form().fill(successor_reference="ITU-T Z.99999")
    desk.client.post(change_address_of(row), {**form.data, "_save": "Save"})
    row.refresh_from_db()
    assert row.successor is None


def test_a_text_is_not_its_own_successor(desk, change_address_of, moved):
    form = desk.open(change_address_of(moved)).form().fill(successor_reference="ITU-T B.18")
    answer = desk.client.post(change_address_of(moved), {**form.data, "_save": "Save"})
    assert "A text cannot succeed itself." in answer.content.decode()


def test_successions_with_a_text_that_is_not_here_are_found(desk):
    address = reverse("admin:catalog_successor_changelist")
    waiting = desk.open(f"{address}?waiting=yes&q=B.18").text
    assert "ITU-T B.18" in waiting
    assert "ITU-T B.18" not in desk.open(f"{address}?waiting=no&q=B.18").text
