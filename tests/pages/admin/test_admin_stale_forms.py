"""Forms whose entry is gone or another by now, and forms that nobody was given."""

from __future__ import annotations

import pytest

from catalog.models import (
    Component,
    Edition,
    Publication,
    Recommendation,
    RowChange,
    Topic,
)
from catalog.writing.edit import editing
from tests.pages.admin.conftest import add_record, change_address, choices, resend

pytestmark = pytest.mark.slow

MINE, THEIRS = "mine", "theirs"


@pytest.fixture
def work(db):
    return Publication.objects.get(key="itu-t-g.711")


@pytest.fixture
def topic(db):
    return Topic.objects.get(key="5g")


def test_an_entry_that_was_deleted_shows_what_was_typed(desk, topic, maria):
    address = change_address(topic)
    label = str(topic)
    form = desk.open(address).form().fill(description="Typed for an hour", evidence="Seen")
    with editing(maria, reason="Double of another") as edit:
        edit.delete(topic)

    page = desk.send(address, form)

    assert page.response.status_code == 409
    for words in (f"“{label}” was deleted", "maria", "Double of another", "Typed for an hour"):
        assert words in page.text
    typed = page.text.split("What you typed")[1].split("What else your form contained")[0]
    assert "Typed for an hour" in typed and "Seen" in typed
    assert topic.name not in typed


def test_a_deleted_work_shows_what_was_typed_in_its_tables_too(desk, work, maria):
    address = change_address(work)
    form = desk.open(address).form()
    row = form.add_row("names", kind="former", name="G.4711")
    form.fill_row("editions", 0, identifier="ITU-T G.711 (typed)")
    with editing(maria) as edit:
        edit.delete(work)
    page = desk.send(address, form)
    assert page.response.status_code == 409
    typed = page.text.split("What you typed")[1].split("What else your form contained")[0]
    assert "G.4711" in typed and "ITU-T G.711 (typed)" in typed
    assert row >= 0 and "edition 1" in typed


def test_a_work_that_became_one_of_another_kind_leads_to_its_form(desk, work, change):
    address = change_address(Recommendation.objects.get(pk=work.pk))
    form = desk.open(address).form().fill(description="Typed for an hour")
    change(work, kind="report")
    page = desk.send(address, form)
    assert page.response.status_code == 409
    assert "Typed for an hour" in page.text
    assert page.soup.select_one(f'a[href="{change_address(work)}"]')


@pytest.mark.parametrize("version", [None, "", "abc", "-1", "9" * 40, "999999999", "١", "1e3"])
def test_a_form_that_does_not_say_what_it_was_made_from_is_compared_with_what_is_there(
    desk, topic, change, version
):
    change(topic, description="Written by Maria")
    address = change_address(topic)
    form = desk.open(address).form().fill(evidence="Seen by Anna")
    form.data.pop("_seen")
    if version is not None:
        form.fill(_seen=version)

    page = desk.send(address, form)

    assert page.response.status_code == 200
    assert set(choices(page)) == {"evidence"}
    assert page.form().data["evidence"] == ["Seen by Anna"]
    saved = resend(desk, address, page, **{"evidence-keep": MINE})
    assert saved.saved, saved.refusals
    topic.refresh_from_db()
    assert (topic.description, topic.evidence) == ("Written by Maria", "Seen by Anna")


def test_a_form_without_version_that_changes_nothing_is_taken(desk, topic):
    form = desk.open(change_address(topic)).form()
    del form.data["_seen"]
    assert desk.send(change_address(topic), form).saved


@pytest.mark.parametrize(
    "forged",
    [
        {"name-pending": "1"},
        {"nonsense-pending": "1", "nonsense-keep": THEIRS},
        {"description-pending": "1", "description-keep": "both"},
        {"names-0-row-pending": "99999999999999999999", "names-0-row-keep": "x"},
        {"names-TOTAL_FORMS": "x"},
        {"names-TOTAL_FORMS": "99999"},
        {"names-INITIAL_FORMS": "-1"},
    ],
)
def test_forged_choices_are_no_error(desk, work, change, forged):
    form = desk.open(change_address(work)).form()
    change(work, description="Written by Maria")
    page = desk.send(change_address(work), form.fill(name="Forged", **forged))
    assert page.response.status_code in (200, 302)
    work.refresh_from_db()
    assert work.description == "Written by Maria"


def test_the_row_of_another_entry_is_not_taken_for_one_of_this(desk, work, change):
    other = Publication.objects.get(key="itu-t-x.509")
    stranger = other.editions.first()
    before = stranger.identifier
    form = desk.open(change_address(work)).form()
    change(work, description="Written by Maria")
    form.fill_row("editions", 0, id=stranger.pk, identifier="Forged")
    page = desk.send(change_address(work), form)
    assert page.response.status_code in (200, 302)
    stranger.refresh_from_db()
    assert stranger.identifier == before
    assert not Edition.objects.filter(identifier="Forged").exists()


def test_a_form_is_compared_for_other_rows_in_a_fixed_number_of_queries(
    desk, work, change, django_assert_max_num_queries
):
    edition = work.editions.first()
    for number in range(40):
        component = Component.objects.create(
            publication=work,
            edition=edition,
            type="amendment",
            identifier=f"ITU-T G.711 Amd. {number}",
            slug=f"2024-08/amd{number}",
        )
    form = desk.open(change_address(component)).form()
    for _time in range(5):
        change(work, description=f"Written {_time}")
    with django_assert_max_num_queries(150):
        assert desk.send(change_address(component), form.fill(title="T")).saved


def test_who_may_only_look_is_not_told_what_was_typed(client, work, maria):
    maria.user_permissions.clear()
    client.force_login(maria)
    with editing(maria) as edit:
        pk = work.pk
        edit.delete(work)
    address = f"/admin/catalog/publication/{pk}/change/"
    assert client.post(address, {"name": "x"}).status_code == 403


def test_a_row_that_never_was_is_said_to_be_none(desk, db):
    answer = desk.client.post("/admin/catalog/topic/99999999/change/", {"name": "x"})
    assert answer.status_code == 302
    assert not RowChange.objects.filter(row_id=99999999).exists()


def test_a_record_of_the_source_makes_no_difference_to_curated_fields(desk, work, change):
    add_record("ITU-T G.711", role="edition", publication=work)
    form = desk.open(change_address(work)).form()
    change(work, purpose="By Maria")
    page = desk.send(change_address(work), form.fill(used_in="telephones"))
    assert page.saved, page.refusals
    work.refresh_from_db()
    assert (work.purpose, work.used_in) == ("By Maria", "telephones")
