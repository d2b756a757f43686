"""What an editor saves or deletes shows at once, on the public page and in search."""

import pytest

from catalog.curation.load import load_fixtures
from catalog.models import (
    Body,
    Component,
    Conference,
    Edition,
    EntryKey,
    EntryRelation,
    Initiative,
    Meeting,
    Publication,
    PublicationName,
    SearchEntry,
    Sector,
    Series,
    Topic,
)
from catalog.search.match import IN_TEXT, find

pytestmark = pytest.mark.slow


@pytest.fixture
def work(db):
    return Publication.objects.get(key="itu-t-g.711")


def row_of(key):
    """Return the search row of an entry."""
    return SearchEntry.objects.get(key=key)


def is_found(key, phrase):
    """Whether an entry is found by these words in this order, in its title or its names."""
    return any(row.key == key and row.rank < IN_TEXT for row in find(f'"{phrase}"'))


def test_a_new_title_stands_on_the_public_page_and_in_search(desk, client, work):
    page = desk.change(work, name="Speech in sixty-four kilobits")

    assert page.saved, page.refusals
    assert "Speech in sixty-four kilobits" in client.get(work.get_absolute_url()).content.decode()
    row = row_of("itu-t-g.711")
    assert row.title == "Speech in sixty-four kilobits"
    assert is_found("itu-t-g.711", "speech in sixty-four kilobits")
    assert not is_found("itu-t-g.711", "pulse code modulation (PCM) of voice")


def test_a_newer_edition_in_force_becomes_the_one_that_stands_for_the_work(
    desk, change_address_of, work
):
    address = change_address_of(work)
    form = desk.open(address).form()
    form.add_row(
        "editions",
        identifier="ITU-T G.711 (01/2030)",
        slug="2030-01",
        approved="2030-01-14",
        approved_precision="day",
        state="in-force",
        state_grounds="A test says so.",
        position=90,
    )
    page = desk.send(address, form)

    assert page.saved, page.refusals
    work.refresh_from_db()
    assert work.current_edition.slug == "2030-01"
    assert work.year == 2030
    assert is_found("itu-t-g.711", "g.711 (01/2030)")


def test_an_edition_deleted_in_the_form_of_its_work_is_forgotten(desk, change_address_of, db):
    work = Publication.objects.filter(current_edition__isnull=False, components=None).first()
    address = change_address_of(work)
    form = desk.open(address).form()
    for number in range(work.editions.count()):
        form.fill_row("editions", number, DELETE="on")

    page = desk.send(address, form)

    assert page.saved, page.refusals
    work.refresh_from_db()
    assert (work.current_edition, work.state, work.year) == (None, "", None)


def test_an_edition_changed_on_its_own_page_changes_the_state_of_the_work(desk, db):
    work = Publication.objects.filter(state="in-force").first()
    page = desk.change(work.current_edition, state="withdrawn", state_grounds="A test says so.")

    assert page.saved, page.refusals
    work.refresh_from_db()
    assert work.state == work.current_edition.state
    assert row_of(work.key).state == work.state


def test_an_edition_deleted_on_its_own_page_is_forgotten_by_work_and_search(desk, db):
    work = Publication.objects.filter(current_edition__isnull=False, components=None).first()
    for edition in work.editions.all():
        desk.delete(edition)

    work.refresh_from_db()
    assert work.current_edition is None
    assert row_of(work.key).state == ""


def test_editions_deleted_from_their_list_are_forgotten(desk, db):
    work = Publication.objects.filter(current_edition__isnull=False, components=None).first()
    assert desk.act(Edition, "delete_selected", work.editions.all()).saved
    work.refresh_from_db()
    assert work.current_edition is None


def test_a_new_identifier_of_a_component_is_found(desk, db):
    component = Component.objects.first()
    page = desk.change(component, identifier="ITU-T Z.4711 Amd. 9")
    assert page.saved, page.refusals
    assert is_found(component.publication.key, "z.4711 amd. 9")


def test_a_new_topic_is_found_and_has_a_page(desk, client, address_of, db):
    form = desk.open(address_of(Topic, "add")).form()
    form.fill(name="Whistling", key="whistling", other_keys="whistle")
    page = desk.send(address_of(Topic, "add"), form)

    assert page.saved, page.refusals
    assert row_of("whistling").url == "/topics/whistling/"
    assert client.get("/topics/whistling/").status_code == 200
    assert EntryKey.objects.get(key="whistle").entry == row_of("whistling")


def test_a_deleted_work_leaves_search_and_no_trace_in_other_entries(desk, client, work):
    address = work.get_absolute_url()
    EntryRelation.objects.create(subject_key="5g", verb="about", target_key="itu-t-g.711")

    assert desk.delete(work).saved

    assert not SearchEntry.objects.filter(key="itu-t-g.711").exists()
    assert not EntryKey.objects.filter(key="itu-t-g.711").exists()
    assert client.get(address).status_code == 410
    assert not EntryRelation.objects.touching("itu-t-g.711").exists()
    assert EntryRelation.objects.touching("5g").exists()


@pytest.mark.slow
def test_fixtures_still_load_after_an_entry_that_others_name_was_deleted(desk, settings, db):
    assert EntryRelation.objects.filter(subject_key="bdt", target_key="br").exists()
    assert desk.delete(Body.objects.get(key="br")).saved

    load_fixtures(settings.FIXTURE_DIRS[0])

    assert not Body.objects.filter(key="br").exists()
    assert not EntryRelation.objects.touching("br").exists()


def test_entries_deleted_from_a_list_leave_search(desk, db):
    topics = Topic.objects.filter(key__in=["5g", "accessibility"])
    assert desk.act(Topic, "delete_selected", topics).saved
    assert not SearchEntry.objects.filter(key__in=["5g", "accessibility"]).exists()


def test_a_meeting_added_in_the_form_of_its_conference_is_found(desk, change_address_of, db):
    conference = Conference.objects.get(key="wrc")
    address = change_address_of(conference)
    form = desk.open(address).form()
    form.add_row("meetings", name="WRC-47", key="wrc-47", year=2047, status="planned")

    page = desk.send(address, form)

    assert page.saved, page.refusals
    assert row_of("wrc-47").url == "/conferences/wrc/2047/"


def test_a_meeting_deleted_in_the_form_of_its_conference_leaves_search(desk, change_address_of, db):
    conference = Conference.objects.get(key="wrc")
    meeting = conference.meetings.first()
    address = change_address_of(conference)
    form = desk.open(address).form()
    form.fill_row("meetings", form.row_of("meetings", meeting), DELETE="on")

    assert desk.send(address, form).saved

    assert not Meeting.objects.filter(pk=meeting.pk).exists()
    assert not SearchEntry.objects.filter(key=meeting.key).exists()


@pytest.mark.parametrize("model", [Conference, Initiative])
def test_a_deleted_conference_or_summit_takes_its_meetings_out_of_search(desk, db, model):
    parent = model.objects.filter(meetings__isnull=False).first()
    keys = list(parent.meetings.values_list("key", flat=True))

    assert desk.delete(parent).saved

    assert not SearchEntry.objects.filter(key__in=[parent.key, *keys]).exists()


def test_a_renamed_conference_renames_the_words_of_its_meetings(desk, db):
    conference = Conference.objects.get(key="wrc")
    desk.change(conference, name="Great Radio Gathering")
    meeting = conference.meetings.first()
    assert is_found(meeting.key, "great radio gathering")


def test_a_renamed_sector_renames_the_words_of_its_series(desk, db):
    desk.change(Sector.objects.get(key="itu-t"), short_name="ITU-TSS")
    assert is_found("itu-t-series-g", "itu-tss g series")


def test_new_letters_of_a_series_renumber_its_works(desk, work):
    series = Series.objects.get(key="itu-t-series-g")
    assert work.number == 711
    assert desk.change(series, letters="qq").saved
    work.refresh_from_db()
    series.refresh_from_db()
    assert series.letters == "QQ"
    assert work.number is None


@pytest.mark.parametrize("model", [Publication, Edition, Component, Meeting, Series, Topic])
def test_view_on_site_leads_to_the_public_page(desk, client, change_address_of, model):
    instance = model.objects.first()
    link = desk.open(change_address_of(instance)).soup.select_one(".viewsitelink")
    assert link["href"] == instance.get_absolute_url()
    assert client.get(link["href"]).status_code == 200


def test_a_public_page_leads_an_editor_to_its_form(desk, client, change_address_of, work):
    form = change_address_of(work)
    assert f'href="{form}"' in client.get(work.get_absolute_url()).content.decode()
    client.logout()
    assert form not in client.get(work.get_absolute_url()).content.decode()


def test_the_address_that_a_work_leaves_leads_to_it(desk, client):
    work = Publication.objects.get(key="itu-t-g.711")
    desk.change(work, slug="g.711x9")
    answer = client.get("/itu-t/g.711/")
    assert (answer.status_code, answer["Location"]) == (301, "/itu-t/g.711x9/")
    assert client.get("/itu-t/g.711x9/").status_code == 200


def test_a_name_that_an_editor_changes_becomes_the_editors_own(desk):
    work = Publication.objects.get(key="itu-t-g.711")
    name = PublicationName.objects.create(publication=work, name="G.9711", from_source=True)
    form = desk.open(f"/admin/catalog/publication/{work.pk}/change/").form()
    form.fill_row("names", form.row_of("names", name), kind="other")
    desk.send(f"/admin/catalog/publication/{work.pk}/change/", form)
    name.refresh_from_db()
    assert (name.kind, name.from_source) == ("other", False)


@pytest.mark.parametrize("field", ["aliases", "description", "facts", "other_keys"])
def test_lines_are_taken_as_a_browser_sends_them(desk, field):
    topic = Topic.objects.get(key="5g")
    page = desk.change(topic, **{field: "first-line\r\nsecond-line"})
    assert page.saved, page.refusals
    topic.refresh_from_db()
    assert getattr(topic, field) == "first-line\nsecond-line"


def test_a_corrected_abstract_is_taken_as_a_browser_sends_it(desk, told_edition):
    page = desk.change(
        told_edition,
        abstract="First line.\r\nAnother line.",
        correction_reason="A line is missing.",
        correction_source="ITU page, seen today",
    )
    assert page.saved, page.refusals
    told_edition.refresh_from_db()
    assert told_edition.abstract == "First line.\nAnother line."
