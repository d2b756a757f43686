"""What an editor corrects is shown wherever the text is shown, and what is taken back is not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from catalog.models import (
    Component,
    Correction,
    Edition,
    Publication,
    RowChange,
    Series,
    StudyGroup,
)
from catalog.search.match import IN_TEXT, find
from catalog.writing.restore import restore, restore_value
from tests.found import some
from tests.pages.admin.conftest import add_record

pytestmark = pytest.mark.slow

NEW = "Ultramarine propagation of quarks"
REASON = {
    "correction_reason": "The record has another title.",
    "correction_source": "ITU page of BR.9715-1, seen 24 November 2026",
}


@pytest.fixture
def work(db) -> Publication:
    """A work that the data set told of first, with its edition and a component."""
    series = Series.objects.get(key="itu-r-series-br")
    like = Publication.objects.filter(sector=series.sector, kind="recommendation").first()
    work = Publication.objects.create(
        key="itu-r-br.9715",
        name="Old title",
        identifier="ITU-R BR.9715",
        slug="br.9715",
        kind="recommendation",
        sector=series.sector,
        family=like.family,
        series=series,
        from_source=True,
    )
    edition = Edition.objects.create(
        publication=work,
        identifier="ITU-R BR.9715-1",
        slug="1",
        version=1,
        position=1,
        title="Old title",
        approved="1994-03-01",
        state="presumed-current",
        from_source=True,
    )
    component = Component.objects.create(
        publication=work,
        edition=edition,
        type="amendment",
        identifier="ITU-R BR.9715-1 Amd. 1",
        slug="1994-03/amd1",
        title="Old amendment",
        from_source=True,
    )
    add_record(edition.identifier, publication=work, edition=edition)
    add_record(component.identifier, role="component", publication=work, component=component)
    return work


@pytest.fixture
def saved(desk, work):
    """Correct fields of a row at the desk; return the row as it is stored then."""

    def correct(row, **values):
        page = desk.change(row, **values, **REASON)
        assert page.saved, page.refusals
        row.refresh_from_db()
        return row

    return correct


def titles(client, address: str) -> str:
    return client.get(address).getvalue().decode()


def is_found(key: str, words: str) -> bool:
    return any(row.key == key and row.rank < IN_TEXT for row in find(f'"{words}"'))


def test_the_corrected_title_of_a_work_stands_everywhere(saved, work, client):
    saved(work, name=NEW)
    assert work.name == NEW
    page = titles(client, "/itu-r/br.9715/")
    assert f"{NEW}" in page
    assert "corrected by an editor" in page
    assert "Old title" not in page.split("About this record")[0]
    assert NEW in titles(client, "/publications/?series=itu-r-series-br")
    assert NEW in titles(client, "/publications/index.csv?series=itu-r-series-br")
    # The word that was looked for is marked, the rest of the title follows.
    assert NEW.removeprefix("Ultramarine") in titles(client, "/search/?q=Ultramarine")
    assert is_found("itu-r-br.9715", NEW)
    assert not is_found("itu-r-br.9715", "old title") or work.editions.get().title == "Old title"
    answer = client.get("/api/v1/resolve", {"q": "ITU-R BR.9715"}).json()
    assert NEW in str(answer)


def test_a_corrected_title_of_an_edition_stands_on_its_page_and_names_the_work(saved, work, client):
    saved(work.editions.get(), title=NEW)
    work.refresh_from_db()
    assert work.name == NEW
    for address in ("/itu-r/br.9715/", "/itu-r/br.9715/1/"):
        page = titles(client, address)
        assert NEW in page and "corrected by an editor" in page
    assert is_found("itu-r-br.9715", NEW)
    assert NEW in str(client.get("/api/v1/resolve", {"q": "ITU-R BR.9715-1"}).json())


def test_a_corrected_title_of_a_component_stands_on_its_page(saved, work, client):
    component = saved(work.components.get(), title=NEW)
    page = titles(client, component.get_absolute_url())
    assert NEW in page and "corrected by an editor" in page
    assert is_found("itu-r-br.9715", NEW)


@pytest.mark.parametrize(
    ("field", "value", "address"),
    [
        ("kind", "report", "/publications/?kind=report&series=itu-r-series-br"),
        ("identifier", "ITU-R BR.9716", "/publications/?series=itu-r-series-br"),
        ("slug", "br.9716", "/publications/?series=itu-r-series-br"),
    ],
)
def test_other_corrected_fields_of_a_work_stand_in_its_lists(
    saved, work, client, field, value, address
):
    saved(work, **{field: value})
    assert getattr(work, field) == value
    assert work.get_absolute_url() in titles(client, address)
    assert Correction.objects.get().field == field


def test_a_corrected_identifier_renumbers_the_work_and_leads_to_it(saved, work, client):
    assert saved(work, identifier="ITU-R BR.9716").number == 9716
    answer = client.get("/go/", {"id": "ITU-R BR.9716"})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/itu-r/br.9715/")


def test_a_corrected_address_is_left_by_a_redirect(saved, work, client):
    saved(work, slug="br.9716")
    assert client.get("/itu-r/br.9716/").status_code == 200
    answer = client.get("/itu-r/br.9715/")
    assert (answer.status_code, answer["Location"]) == (301, "/itu-r/br.9716/")


def test_a_corrected_series_and_group_show_the_work_among_their_works(saved, work, client):
    series = Series.objects.get(key="itu-r-series-bt")
    group = StudyGroup.objects.filter(sector=work.sector, ended=None).first()
    saved(work, series=series.pk, study_group=group.pk)
    assert work.number is None
    for address in (f"/publications/?series={series.key}", f"/publications/?group={group.key}"):
        assert "/itu-r/br.9715/" in titles(client, address)


def test_a_corrected_state_of_an_edition_is_the_state_of_the_work_in_lists(saved, work, client):
    saved(work.editions.get(), state="withdrawn", state_grounds="ITU says so.")
    work.refresh_from_db()
    assert work.state == "withdrawn"
    address = "/publications/?state=withdrawn&series=itu-r-series-br"
    assert "/itu-r/br.9715/" in titles(client, address)


@pytest.mark.parametrize("what", ["work", "edition", "component"])
def test_a_correction_that_is_taken_back_is_shown_nowhere(saved, work, client, desk, what):
    row, field = {
        "work": (work, "name"),
        "edition": (work.editions.get(), "title"),
        "component": (work.components.get(), "title"),
    }[what]
    saved(row, **{field: NEW})
    take_back = reverse("admin:catalog_correction_take_back", args=[Correction.objects.get().pk])
    assert desk.answer(take_back, desk.open(take_back).form()).saved
    row.refresh_from_db()
    work.refresh_from_db()
    assert getattr(row, field).startswith("Old ")
    assert work.name == "Old title"
    for address in {work.get_absolute_url(), row.get_absolute_url()}:
        assert NEW not in titles(client, address).split('id="history')[0]
    assert not is_found(work.key, NEW)


def test_what_is_restored_is_shown(saved, work, client):
    saved(work, name=NEW)
    saved(work, name="A third title")
    change = RowChange.objects.of_row(work).first()
    restore_value(work, "name", change, None, "The second was right", "Seen")
    assert NEW in titles(client, work.get_absolute_url())
    assert is_found(work.key, NEW)
    restore(work, 0, None, "All was right at first")
    work.refresh_from_db()
    assert work.name == "Old title"
    assert not is_found(work.key, NEW)


ALSO = {"also_work": "on"}


def test_the_form_of_an_edition_says_what_its_work_is_called(desk, work, change_address_of):
    form = desk.open(change_address_of(work.editions.get()))
    words = " ".join(form.soup.select_one(".field-also_work").get_text(" ").split())
    assert "Also correct the title of the work" in words and "“Old title”" in words
    curated = Edition.objects.filter(source_records=None).first()
    assert not desk.open(change_address_of(curated)).soup.select(".field-also_work")


@pytest.mark.parametrize("is_from_source", [True, False])
def test_the_title_of_the_work_is_corrected_with_that_of_its_edition(
    saved, work, client, is_from_source
):
    # Another edition stands for the work, whose name was taken from the one that is wrong.
    Edition.objects.create(
        publication=work,
        identifier="ITU-R BR.9715-2",
        slug="2",
        position=2,
        state="in-force",
        state_grounds="ITU says so.",
    )
    Publication.objects.filter(pk=work.pk).update(from_source=is_from_source)
    saved(work.editions.get(slug="1"), title=NEW, **ALSO)
    work.refresh_from_db()
    assert work.name == NEW
    made = {(type(one.thing).__name__, one.field): one for one in Correction.objects.all()}
    named = {("Edition", "title"), *([("Publication", "name")] if is_from_source else [])}
    assert made.keys() == named
    for one in some(made.values()):
        assert (one.reason, one.evidence) == tuple(REASON.values())
    assert NEW in titles(client, work.get_absolute_url())
    assert is_found(work.key, NEW)
    change = RowChange.objects.of_row(work).first()
    assert (change.revision.reason, change.revision.evidence) == tuple(REASON.values())


def test_the_title_of_the_work_is_corrected_later_too(saved, work):
    edition = saved(work.editions.get(), title=NEW)
    Publication.objects.filter(pk=work.pk).update(name="Old title", from_source=False)
    saved(edition, **ALSO)
    work.refresh_from_db()
    assert work.name == NEW


def test_the_title_of_the_work_is_left_alone_unless_asked(saved, work):
    Publication.objects.filter(pk=work.pk).update(from_source=False)
    saved(work.editions.get(), title=NEW)
    work.refresh_from_db()
    assert work.name == "Old title"


def test_the_title_of_the_work_needs_reason_and_title_too(desk, work):
    edition = work.editions.get()
    Publication.objects.filter(pk=work.pk).update(name="Another", from_source=False)
    page = desk.change(edition, **ALSO)
    assert "the title of the work" in page.said_at("correction_reason")
    page = desk.change(edition, title="", **ALSO, **REASON)
    assert "Write the title of the edition first" in page.said_at("also_work")
    work.refresh_from_db()
    assert work.name == "Another"


def test_an_older_edition_does_not_offer_its_title_to_the_work(desk, change_address_of):
    for key in ("itu-t-g.711", "itu-r-p.835"):
        work = Publication.objects.get(key=key)
        for edition in some(work.editions.all()):
            add_record(edition.identifier, publication=work, edition=edition)
            form = desk.open(change_address_of(edition)).soup
            may = edition == work.current_edition or edition.title == work.name
            assert (form.select_one("[name=also_work]") is not None) == may, edition
        assert work.editions.count() > 2
