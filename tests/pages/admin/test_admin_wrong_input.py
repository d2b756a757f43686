"""Wrong input is refused at its field, in words that say what is allowed."""

import pytest

from catalog.models import (
    Component,
    Conference,
    Edition,
    Initiative,
    Meeting,
    MembershipType,
    Publication,
    Recommendation,
    Report,
    Sector,
    Series,
    StudyGroup,
    Topic,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def work(db):
    return Publication.objects.get(key="itu-t-g.711")


@pytest.fixture
def topic(db):
    return Topic.objects.get(key="5g")


NEW_EDITION = {
    "identifier": "ITU-T G.711 (01/2030)",
    "slug": "2030-01",
    "approved": "2030-01-14",
    "approved_precision": "day",
    "state": "superseded",
    "position": 90,
}
NEW_COMPONENT = {
    "type": "amendment",
    "identifier": "ITU-T G.711 (01/2030) Amd. 1",
    "slug": "2030-01/amd1",
    "approved_precision": "day",
    "position": 1,
}


def test_an_edition_of_1830_is_refused_in_the_form_of_its_work(desk, change_address_of, work):
    address = change_address_of(work)
    form = desk.open(address).form()
    row = form.add_row("editions", **{**NEW_EDITION, "approved": "1830-01-01"})

    page = desk.send(address, form)

    assert "1865" in page.said_at("approved", f"editions-{row}")
    assert not Edition.objects.filter(slug="2030-01", publication=work).exists()


def test_an_edition_of_1830_is_refused_on_its_own_page(desk, work):
    page = desk.change(work.editions.first(), approved="1830-01-01")
    assert "Enter a date from 1865 to 2100" in page.said_at("approved")


def test_what_is_no_date_is_refused(desk, work):
    assert "valid date" in desk.change(work.editions.first(), approved="soon").said_at("approved")


def test_a_second_edition_of_one_month_is_refused_at_the_address_part(
    desk, change_address_of, work
):
    taken = work.editions.first().slug
    address = change_address_of(work)
    form = desk.open(address).form()
    row = form.add_row("editions", **{**NEW_EDITION, "slug": taken})

    page = desk.send(address, form)

    assert "has an edition of this date or version" in page.said_at("slug", f"editions-{row}")


def test_a_second_edition_of_one_month_is_refused_on_its_own_page(desk, db):
    first, second = Publication.objects.get(key="itu-t-x.509").editions.all()[:2]
    page = desk.change(second, slug=first.slug)
    assert "has an edition of this date or version" in page.said_at("slug")


def test_two_editions_cannot_change_places_in_one_go(desk, change_address_of, db):
    work = Publication.objects.get(key="itu-t-x.509")
    first, second = work.editions.all()[:2]
    address = change_address_of(work)
    form = desk.open(address).form()
    form.fill_row("editions", form.row_of("editions", first), slug=second.slug)
    form.fill_row("editions", form.row_of("editions", second), slug=first.slug)

    page = desk.send(address, form)

    row = form.row_of("editions", first)
    assert "Change that row and save" in page.said_at("slug", f"editions-{row}")


def test_an_edition_in_force_needs_grounds(desk, work):
    page = desk.change(work.editions.first(), state="in-force", state_grounds="")
    assert "Say how we know" in page.said_at("state_grounds")


def test_a_component_without_edition_is_refused_where_the_work_has_editions(
    desk, change_address_of, work
):
    address = change_address_of(work)
    form = desk.open(address).form()
    row = form.add_row("components", **NEW_COMPONENT, edition="")

    page = desk.send(address, form)

    assert page.said_at("edition", f"components-{row}") == (
        "Say which edition the component changes."
    )


def new_work(desk, address_of, **values):
    """Return the form of a new Recommendation, filled in."""
    series = Series.objects.get(key="itu-t-series-g")
    family = Publication.objects.get(key="itu-t-g.711").family
    return (
        desk.open(address_of(Recommendation, "add"))
        .form()
        .fill(
            **{
                "name": "A work of tomorrow",
                "identifier": "ITU-T G.99999",
                "slug": "g.99999",
                "key": "itu-t-g.99999",
                "sector": series.sector_id,
                "series": series.pk,
                "family": family.pk,
                **values,
            }
        )
    )


def test_a_component_waits_until_the_first_edition_is_saved(desk, address_of, db):
    form = new_work(desk, address_of)
    form.add_row("editions", **NEW_EDITION)
    row = form.add_row("components", **NEW_COMPONENT, edition="")

    page = desk.send(address_of(Recommendation, "add"), form)

    assert "Save the editions first" in page.said_at("edition", f"components-{row}")
    assert not Publication.objects.filter(key="itu-t-g.99999").exists()


def test_a_component_may_stand_alone_where_the_work_has_no_edition(desk, address_of, db):
    form = new_work(desk, address_of)
    form.add_row("components", **NEW_COMPONENT, edition="")

    page = desk.send(address_of(Recommendation, "add"), form)

    assert page.saved, page.refusals
    assert Component.objects.get(publication__key="itu-t-g.99999").edition is None


def test_a_component_is_not_left_behind_by_a_deleted_edition(desk, change_address_of, db):
    component = Component.objects.filter(edition__isnull=False).first()
    address = change_address_of(component.publication)
    form = desk.open(address).form()
    form.fill_row("editions", form.row_of("editions", component.edition), DELETE="on")

    page = desk.send(address, form)

    row = form.row_of("components", component)
    assert "is to be deleted" in page.said_at("edition", f"components-{row}")
    assert Component.objects.filter(pk=component.pk).exists()


def test_only_editions_of_the_work_itself_are_offered_to_its_components(
    desk, change_address_of, db
):
    component = Component.objects.filter(edition__isnull=False).first()
    work = component.publication
    address = change_address_of(work)
    page = desk.open(address)
    form = page.form()
    row = form.row_of("components", component)

    options = page.soup.select(f"#components-{row} .field-edition option")
    assert {option["value"] for option in options} - {""} == {
        str(pk) for pk in work.editions.values_list("pk", flat=True)
    }
    stranger = Edition.objects.exclude(publication=work).first()
    form.fill_row("components", row, edition=stranger.pk)
    assert desk.send(address, form).said_at("edition", f"components-{row}")


def test_the_edition_of_another_work_is_refused_on_the_page_of_a_component(desk, db):
    component = Component.objects.filter(edition__isnull=False).first()
    stranger = Edition.objects.exclude(publication=component.publication).first()
    page = desk.change(component, edition=stranger.pk)
    assert "belongs to another work" in page.said_at("edition")


def test_the_key_of_an_entry_of_another_kind_is_taken(desk, address_of, db):
    form = desk.open(address_of(Topic, "add")).form().fill(name="Speech", key="itu-t-g.711")
    page = desk.send(address_of(Topic, "add"), form)
    assert "‘itu-t-g.711’ is taken" in page.said_at("key")
    assert "ITU-T G.711" in page.said_at("key")


def test_a_further_key_that_another_entry_holds_is_taken(desk, topic):
    page = desk.change(topic, other_keys="fifth-generation\nitu-t-g.711")
    assert "‘itu-t-g.711’ is taken" in page.said_at("other_keys")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("Fifth Generation", "Use lower-case letters"),
        ("5g", "is the key of this entry"),
        ("g" * 101, "at most 100 characters"),
    ],
)
def test_a_further_key_must_be_a_key_and_a_further_one(desk, topic, keys, words):
    assert words in desk.change(topic, other_keys=keys).said_at("other_keys")


def test_a_key_in_capitals_is_refused(desk, address_of, db):
    form = desk.open(address_of(Topic, "add")).form().fill(name="Speech", key="Speech Coding")
    page = desk.send(address_of(Topic, "add"), form)
    assert "Use lower-case letters" in page.said_at("key")


def test_the_key_of_an_entry_that_exists_cannot_be_changed(desk, topic):
    assert desk.change(topic, key="another").saved
    topic.refresh_from_db()
    assert topic.key == "5g"


def test_a_meeting_cannot_take_the_key_of_another_entry(desk, change_address_of, db):
    conference = Conference.objects.get(key="wrc")
    address = change_address_of(conference)
    form = desk.open(address).form()
    values = {"name": "WRC-47", "year": 2047, "status": "planned"}
    row = form.add_row("meetings", **values, key="itu-t-g.711")
    page = desk.send(address, form)
    assert "is taken" in page.said_at("key", f"meetings-{row}")


def test_a_meeting_cannot_take_a_key_that_its_conference_gets_in_the_same_form(
    desk, address_of, db
):
    form = desk.open(address_of(Conference, "add")).form()
    form.fill(name="Future Forum", key="future-forum")
    row = form.add_row("meetings", name="Forum", key="future-forum", year=2047, status="planned")
    page = desk.send(address_of(Conference, "add"), form)
    assert "is taken" in page.said_at("key", f"meetings-{row}")
    assert not Conference.objects.filter(key="future-forum").exists()


def test_a_second_meeting_of_one_year_is_refused_at_the_year(desk, change_address_of, db):
    conference = Conference.objects.get(key="wrc")
    year = conference.meetings.first().year
    address = change_address_of(conference)
    form = desk.open(address).form()
    row = form.add_row("meetings", name="Again", key="wrc-again", year=year, status="planned")
    page = desk.send(address, form)
    assert "has a meeting in this year" in page.said_at("year", f"meetings-{row}")


def test_a_meeting_belongs_to_a_conference_or_a_summit(desk, db):
    meeting = Meeting.objects.filter(conference__isnull=False).first()
    page = desk.change(meeting, conference="", initiative="")
    assert "either the conference or the summit" in page.said_at("initiative")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://itu.int/a", "itu.int"])
def test_a_link_that_is_not_http_is_refused(desk, topic, link):
    page = desk.change(topic, official_url=link)
    assert "begins with http:// or https://" in page.said_at("official_url")


def test_ranges_that_overlap_are_refused_and_the_other_one_is_named(desk, change_address_of, db):
    series = Series.objects.get(key="itu-t-series-g")
    other = series.ranges.filter(level=1).first()
    address = change_address_of(series)
    form = desk.open(address).form()
    row = form.add_row("ranges", level=1, first=other.first, last=other.last + 1, title="Again")
    form.fill_row("ranges", row, first=other.last)

    page = desk.send(address, form)

    said = page.said_at("first", f"ranges-{row}")
    assert f"overlaps {other.first} to {other.last}" in said
    assert other.title in said


def test_a_sub_heading_may_lie_inside_a_heading_or_outside(desk, change_address_of, db):
    series = Series.objects.get(key="itu-t-series-b")
    address = change_address_of(series)
    form = desk.open(address).form()
    form.add_row("ranges", level=1, first=9000, last=9100, title="A heading")
    form.add_row("ranges", level=2, first=9050, last=9200, title="A sub-heading")
    page = desk.send(address, form)
    assert page.saved, page.refusals


def test_a_range_that_runs_backwards_is_refused_at_its_end(desk, change_address_of, db):
    series = Series.objects.get(key="itu-t-series-b")
    address = change_address_of(series)
    form = desk.open(address).form()
    row = form.add_row("ranges", level=1, first=9100, last=9000, title="Backwards")
    page = desk.send(address, form)
    assert "lies before the first" in page.said_at("last", f"ranges-{row}")


@pytest.mark.parametrize(
    ("model", "key", "field", "value", "words"),
    [
        (Publication, "itu-t-g.711", "slug", "G 711", "No address can be made of ‘G 711’"),
        (Publication, "itu-t-g.711", "slug", "nonsense", "Write the number as in g.711"),
        (StudyGroup, "itu-t-sg2", "code", "SG 2", "Write sg and the number"),
        (Series, "itu-t-series-g", "letters", "G.7", "one to three letters"),
        (MembershipType, "associates", "slug", "Asso_ciate", "lower-case letters"),
    ],
)
def test_what_no_address_can_carry_is_refused(desk, db, model, key, field, value, words):
    page = desk.change(model.objects.get(key=key), **{field: value})
    assert page.response.status_code == 200
    assert words in page.said_at(field)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("slug", "November 1988", "Write the month (1988-11)"),
        ("number_slug", "G 711", "No address can be made of ‘G 711’"),
    ],
)
def test_an_edition_whose_address_is_impossible_is_refused(desk, work, field, value, words):
    assert words in desk.change(work.editions.first(), **{field: value}).said_at(field)


def test_a_component_whose_address_is_impossible_is_refused(desk, db):
    page = desk.change(Component.objects.first(), slug="2009-08")
    assert "for example 2009-08/amd1" in page.said_at("slug")


def test_the_address_of_another_work_is_refused_at_the_address_part(desk, work):
    page = desk.change(work, slug="g.722")
    assert "Another publication of the sector has this address" in page.said_at("slug")


def test_a_corrected_entry_needs_its_correction(desk, topic):
    page = desk.change(topic, verification="corrected", correction="")
    assert "Say what is right" in page.said_at("correction")


def test_years_in_the_wrong_order_are_refused_at_the_last_year(desk, db):
    initiative = Initiative.objects.first()
    page = desk.change(initiative, since=2020, until=2010)
    assert "lies before the first year" in page.said_at("until")


def test_a_year_before_the_foundation_is_refused(desk, db):
    assert "1865" in desk.change(Initiative.objects.first(), since=1800).said_at("since")


def test_the_form_of_a_kind_offers_no_other_kind(desk, address_of, db):
    page = desk.open(address_of(Report, "add"))
    kinds = [option["value"] for option in page.soup.select("#id_kind option")]
    assert kinds[0] == "report"
    assert set(kinds) == {"report", "technical-report", "technical-paper", "flagship-report"}

    form = new_work(desk, address_of, kind="report")
    assert desk.send(address_of(Recommendation, "add"), form).said_at("kind")


def test_a_sector_with_entries_is_not_deleted(desk, db):
    page = desk.delete(Sector.objects.get(key="itu-t"))
    assert "would require deleting the following protected related objects" in page.text
    assert Sector.objects.filter(key="itu-t").exists()
