"""Corrections at the desk: made with a reason, shown, locked, listed, taken back."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from catalog.models import Component, Correction, Edition, Publication
from catalog.search.match import IN_TEXT, find
from catalog.writing import corrections
from tests.pages.admin.conftest import WRONG_TITLE, add_record

pytestmark = pytest.mark.many

RIGHT_TITLE = "Reference standard atmospheres"
REASON = {
    "correction_reason": "The record has the title of a data file.",
    "correction_source": "ITU page of P.835-7, seen 24 November 2026",
}


def titles_found(key):
    """Return which of the two titles lead to an entry, as whole phrases in its names."""
    return {
        title
        for title in (RIGHT_TITLE, WRONG_TITLE)
        if any(row.key == key and row.rank < IN_TEXT for row in find(f'"{title}"'))
    }


@pytest.fixture
def work(told_edition):
    return told_edition.publication


def take_back(correction):
    return reverse("admin:catalog_correction_take_back", args=[correction.pk])


@pytest.mark.slow
def test_a_wrong_title_is_corrected_locked_shown_and_taken_back(
    desk, editor, told_edition, change_address_of
):
    refused = desk.change(told_edition, title=RIGHT_TITLE)
    assert not refused.saved
    words = "You changed the field “title”: say why, and where you saw the right value."
    assert refused.said_at("correction_reason") == words
    assert refused.said_at("correction_source") == words
    assert Edition.objects.get(pk=told_edition.pk).title == WRONG_TITLE

    page = desk.change(told_edition, title=RIGHT_TITLE, **REASON)
    assert page.saved, page.refusals
    made = Correction.objects.get()
    assert (made.thing, made.field) == (told_edition, "title")
    assert (made.value, made.source_value) == (RIGHT_TITLE, WRONG_TITLE)
    assert (made.reason, made.evidence) == tuple(REASON.values())
    assert made.by == editor
    assert RIGHT_TITLE in titles_found("itu-r-p.835")

    form = desk.open(change_address_of(told_edition))
    shown = form.soup.select_one(".field-corrections_made").get_text(" ", strip=True)
    for part in ("corrected, locked", RIGHT_TITLE, WRONG_TITLE, *REASON.values(), "By anna"):
        assert part in " ".join(shown.split())
    assert form.soup.select_one(f'.field-corrections_made a[href="{take_back(made)}"]')
    assert WRONG_TITLE in form.soup.select_one(".field-title .help").get_text()
    listed = desk.open(f"{reverse('admin:catalog_edition_changelist')}?corrected=yes")
    assert [row.get_text() for row in listed.soup.select(".field-locked")] == [
        "corrected, locked: title"
    ]

    question = desk.open(take_back(made))
    assert RIGHT_TITLE in question.text and WRONG_TITLE in question.text
    assert Correction.objects.exists()
    assert desk.answer(take_back(made), question.form()).saved
    told_edition.refresh_from_db()
    assert told_edition.title == WRONG_TITLE
    assert not Correction.objects.exists()
    # The wrong title has the shape of none, so an earlier one stands in its place.
    assert titles_found("itu-r-p.835") == {RIGHT_TITLE}


@pytest.mark.slow
def test_all_changed_fields_are_named_and_noted(desk, told_edition):
    values = {"title": RIGHT_TITLE, "approved": "2024-08-15", "version": 8}
    refused = desk.change(told_edition, **values)
    assert "version" in refused.refusals
    assert "title" in refused.refusals and "approved" in refused.refusals

    assert desk.change(told_edition, **values, **REASON).saved

    stored = dict(Correction.objects.values_list("field", "value"))
    assert stored == {"title": RIGHT_TITLE, "approved": "2024-08-15", "version": 8}
    told_edition.refresh_from_db()
    assert told_edition.approved == datetime.date(2024, 8, 15)


@pytest.mark.parametrize("missing", REASON)
def test_half_a_reason_is_refused_where_it_is_missing(desk, told_edition, missing):
    page = desk.change(told_edition, title=RIGHT_TITLE, **{**REASON, missing: "  "})
    other = next(name for name in REASON if name != missing)
    assert "say why" in page.said_at(missing)
    assert not page.said_at(other)


def test_line_ends_of_a_browser_are_no_correction(desk, told_edition):
    page = desk.change(told_edition, abstract="First line.\r\nSecond line.")
    assert page.saved, page.refusals
    told_edition.refresh_from_db()
    assert told_edition.abstract == "First line.\nSecond line."
    assert not Correction.objects.exists()


def test_a_reason_for_nothing_is_refused(desk, told_edition):
    page = desk.change(told_edition, **REASON)
    assert "You changed no field" in page.said_at("correction_reason")


def test_a_reason_that_is_too_long_is_refused(desk, told_edition):
    page = desk.change(told_edition, **{**REASON, "title": "T", "correction_reason": "x" * 251})
    assert "250" in page.said_at("correction_reason")
    assert not Correction.objects.exists()


def test_a_state_that_is_corrected_changes_the_state_of_the_work(desk, told_edition, work):
    page = desk.change(told_edition, state="withdrawn", state_grounds="ITU says so.", **REASON)
    assert page.saved, page.refusals
    work.refresh_from_db()
    assert work.state == "withdrawn"

    pks = list(Correction.objects.values_list("pk", flat=True))
    address = reverse("admin:catalog_correction_changelist")
    question = desk.ask(Correction, "take_back", Correction.objects.all())
    assert question.response.status_code == 200
    assert Correction.objects.count() == len(pks) == 2
    desk.answer(address, question.form())

    work.refresh_from_db()
    assert work.state == "presumed-current"
    assert not Correction.objects.exists()


def test_curated_fields_of_a_work_from_the_source_need_no_reason(desk, work):
    page = desk.change(work, purpose="To compute attenuation.", name="Atmospheres")
    assert page.saved, page.refusals
    assert not Correction.objects.exists()


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.slow
def test_the_name_is_the_source_s_only_where_the_source_told_of_the_work_first(desk, work, is_new):
    work.from_source = is_new
    work.save()
    assert desk.change(work, name="Atmospheres").saved is not is_new


@pytest.mark.slow
def test_the_group_in_charge_is_corrected_by_its_name(desk, work, change_address_of):
    group = work.sector.groups.first()
    refused = desk.change(work, study_group=group.pk, identifier="ITU-R P.90835")
    assert "identifier" in refused.said_at("correction_reason")
    assert "group in charge" in refused.said_at("correction_reason")

    assert desk.change(work, study_group=group.pk, **REASON).saved

    assert Correction.objects.get().value == group.pk
    assert str(group) in desk.open(change_address_of(work)).soup.select_one(
        ".field-corrections_made"
    ).get_text(" ")
    listed = desk.open(reverse("admin:catalog_correction_changelist"))
    assert str(group) in listed.soup.select_one(".field-value_start").get_text()


def test_the_editions_of_a_work_from_the_source_are_shown_and_corrected_elsewhere(
    desk, work, told_edition, change_address_of
):
    page = desk.open(change_address_of(work))
    link = page.soup.select_one(f'#editions-group a[href="{change_address_of(told_edition)}"]')
    assert "ITU-R P.835-7" in link.get_text()
    assert not page.soup.select("[name=editions-0-identifier], [name=editions-0-DELETE]")

    forged = page.form().fill_row("editions", 0, identifier="Forged", state="withdrawn")
    assert desk.send(change_address_of(work), forged).saved

    assert not Edition.objects.filter(identifier="Forged").exists()
    assert not Correction.objects.exists()


@pytest.mark.slow
def test_an_edition_that_the_source_lacks_can_be_added(desk, work, change_address_of):
    form = desk.open(change_address_of(work)).form()
    form.add_row(
        "editions",
        identifier="ITU-R P.835-8",
        slug="8",
        approved_precision="day",
        state="presumed-current",
        position=8,
    )
    page = desk.send(change_address_of(work), form)
    assert page.saved, page.refusals
    work.refresh_from_db()
    assert work.current_edition.slug == "8"
    # Nobody but the editor says anything of it, so it needs no reasons.
    assert desk.change(work.current_edition, title="Eighth").saved


def test_works_that_no_source_told_of_stay_as_they_were(desk, change_address_of, db):
    edition = Edition.objects.filter(source_records=None).first()
    page = desk.open(change_address_of(edition))
    assert not page.soup.select(".field-correction_reason")
    assert desk.change(edition, title="Another title").saved
    page = desk.open(change_address_of(edition.publication))
    assert page.soup.select("[name=editions-0-identifier]")


@pytest.mark.slow
def test_a_work_of_sixty_four_rows_opens_in_a_fixed_number_of_queries(
    desk, work, told_edition, change_address_of, django_assert_max_num_queries
):
    for number in range(64):
        component = Component.objects.create(
            publication=work,
            edition=told_edition,
            type="amendment",
            identifier=f"ITU-R P.835-7 Amd. {number}",
            slug=f"2024-08/amd{number}",
            position=number,
        )
        add_record(component.identifier, role="component", publication=work, component=component)
        Correction.objects.create(
            component=component, field="title", value="a", source_value="b", reason="r"
        )
    with django_assert_max_num_queries(45):
        page = desk.open(change_address_of(work))
    rows = page.soup.select("#components-group td.field-own_page a")
    assert len(rows) == 64
    assert desk.send(change_address_of(work), page.form()).saved
    offered = page.soup.select("[name=components-__prefix__-edition] option[value]")
    assert len(offered) == work.editions.count() + 1


@pytest.mark.parametrize(("answer", "field"), [("yes", "title"), ("no", "abstract")])
def test_conflicts_with_the_source_are_listed(desk, correction, told_edition, answer, field):
    told_edition.corrections.create(
        field="abstract", value="same", source_value="same", reason="r", evidence="e"
    )
    page = desk.open(f"{reverse('admin:catalog_correction_changelist')}?conflict={answer}")
    assert [cell.get_text() for cell in page.soup.select("td.field-field_label")] == [field]


def test_a_correction_is_taken_back_and_not_deleted(desk, correction, told_edition):
    delete = reverse("admin:catalog_correction_delete", args=[correction.pk])
    answer = desk.client.post(delete, {"post": "yes"})
    assert answer.url == take_back(correction)
    page = desk.open(reverse("admin:catalog_correction_change", args=[correction.pk]))
    assert page.soup.select_one(f'a[href="{take_back(correction)}"]')
    assert not page.soup.select(".deletelink")
    actions = desk.open(reverse("admin:catalog_correction_changelist")).soup.select(
        "[name=action] option"
    )
    assert [option["value"] for option in actions if option["value"]] == ["take_back"]
    assert Correction.objects.filter(pk=correction.pk).exists()


@pytest.mark.parametrize("pk", [0, 99_999_999, 10**30])
def test_a_correction_that_is_not_there_is_not_found(desk, pk):
    address = reverse("admin:catalog_correction_take_back", args=[pk])
    assert desk.client.get(address).status_code == 404
    assert desk.client.post(address, {"post": "yes"}).status_code == 404


def test_following_a_link_takes_nothing_back(desk, correction):
    desk.client.get(take_back(correction), {"post": "yes"})
    assert Correction.objects.filter(pk=correction.pk).exists()


@pytest.mark.slow
def test_a_value_that_fits_no_more_stays_and_the_desk_says_why(desk, work, client):
    desk.change(work, slug="p.90835", **REASON)
    made = Correction.objects.get()
    other = Publication.objects.exclude(pk=work.pk).filter(sector=work.sector).first()
    Publication.objects.filter(pk=other.pk).update(slug=made.source_value)

    answer = desk.answer(take_back(made), desk.open(take_back(made)).form())

    assert "has this address" in desk.open(answer.response.url).text
    assert Correction.objects.filter(pk=made.pk).exists()
    work.refresh_from_db()
    assert work.slug == "p.90835"


def test_strangers_and_readers_take_nothing_back(client, correction):
    assert client.post(take_back(correction), {"post": "yes"}).status_code == 302
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert client.post(take_back(correction), {"post": "yes"}).status_code == 403
    assert Correction.objects.filter(pk=correction.pk).exists()


@pytest.fixture
def maria(db):
    """Another editor."""
    return User.objects.create_user("maria", is_staff=True)


def test_a_correction_that_another_editor_took_back_first_is_no_error(desk, correction, maria):
    form = desk.open(take_back(correction)).form()
    corrections.revert(correction, maria)
    answer = desk.answer(take_back(correction), form)
    assert answer.saved
    told = desk.open(answer.response.url).text
    assert "already reverted (maria" in told


def test_a_chosen_correction_that_another_editor_took_back_first_is_said(
    desk, correction, maria, told_edition
):
    kept = corrections.correct(told_edition, "version", 8, "r", "e", maria)
    form = desk.ask(Correction, "take_back", [correction, kept]).form()
    corrections.revert(correction, maria)
    address = reverse("admin:catalog_correction_changelist")
    question = desk.answer(address, form)
    assert "already reverted (maria" in question.text
    assert Correction.objects.get() == kept
    assert desk.answer(address, question.form()).saved
    assert not Correction.objects.exists()


def test_a_correction_that_changed_since_the_question_is_not_taken_back_unseen(
    desk, correction, maria, told_edition
):
    form = desk.open(take_back(correction)).form()
    corrections.correct(told_edition, "title", "Better still", "Better", "Seen", maria)
    question = desk.answer(take_back(correction), form)
    assert not question.saved
    assert "maria" in question.text and "Better still" in question.text
    assert Correction.objects.filter(pk=correction.pk).exists()
    assert desk.answer(take_back(correction), question.form()).saved
    assert not Correction.objects.exists()


@pytest.mark.parametrize("version", [None, "x", "99999999"])
def test_a_question_without_its_version_is_asked_again(desk, correction, version):
    form = desk.open(take_back(correction)).form()
    del form.data["_seen"]
    if version:
        form.fill(_seen=version)
    question = desk.answer(take_back(correction), form)
    assert "was incomplete or out of date" in question.text
    assert Correction.objects.exists()
    assert desk.answer(take_back(correction), question.form()).saved
