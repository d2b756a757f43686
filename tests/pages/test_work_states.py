"""What pages of works say of their state, by cases of the data set. All content is invented."""

from __future__ import annotations

import datetime

import pytest

from catalog.models import (
    Component,
    Publication,
    PublicationName,
    PublicationRelation,
)
from catalog.terms import RecordNote
from tests.found import some
from tests.pages.reading import main_text, page
from tests.pages.works import (
    add_component,
    add_edition,
    add_record,
    make_work,
    move_version,
    radio,
    renumbered,
    settle,
    shared_number,
    single,
)

pytestmark = pytest.mark.django_db

PAST = datetime.date(2026, 7, 1)


def state_line(client, url: str):
    """Return the state line of a page: its words and its links."""
    soup = page(client.get(url))
    line = soup.find("section", attrs={"aria-label": "Status"})
    assert line.find_previous_sibling().name == "hgroup"
    links = [a for a in line.find_all("a") if "external" not in a.get("class", [])]
    assert len(links) <= 1
    return " ".join(line.p.get_text().split()), [a["href"] for a in links]


def test_a_withdrawn_text_whose_number_went_on_links_to_the_other_text(client):
    shared_number()
    words, links = state_line(client, "/itu-t/g.90641-1988/")
    assert words == (
        "Withdrawn (date not known). No edition of ITU-T G.90641 (1988) is in force; "
        "the number has belonged to another text since 2025."
    )
    assert links == ["/itu-t/g.90641/"]
    assert "Same number" not in main_text(client.get("/itu-t/g.90641-1988/"))


def test_the_present_holder_of_a_number_names_the_older_text(client):
    shared_number()
    soup = page(client.get("/itu-t/g.90641/"))
    assert (
        "G.90641 was also the number of an older text (1976–1988)." in soup.find("main").get_text()
    )
    assert soup.find("main").find("a", href="/itu-t/g.90641-1988/")


def test_the_editions_of_the_older_text_keep_the_plain_number(client):
    shared_number()
    response = client.get("/itu-t/g.90641/1988-11/")
    assert response.status_code == 200
    assert page(response).h1.get_text() == "ITU-T G.90641 (11/1988)"


def test_a_former_holder_that_lives_on_under_another_number_is_named(client):
    new, _old = shared_number()
    other = make_work("ITU-T G.90999", "g.90999")
    add_edition(other, "1984-10-19", "superseded", number="ITU-T G.90641", number_slug="g.90641")
    add_edition(other, "1993-03-12", "in-force")
    PublicationName.objects.create(publication=other, kind="former", name="G.90641", slug="g.90641")
    settle(other)
    assert "an older text (1984)" in main_text(client.get(new.get_absolute_url()))


def test_a_report_and_a_recommendation_with_one_code_name_each_other(client):
    report = make_work("Report ITU-R BT.90020", "report/bt.90020", sector="itu-r", kind="report")
    recommendation = make_work("ITU-R BT.90020", "bt.90020", sector="itu-r")
    settle(report, recommendation)
    text = page(client.get("/itu-r/bt.90020/")).find("main").get_text()
    assert "BT.90020 is also the code of Report ITU-R BT.90020." in text
    text = page(client.get("/itu-r/report/bt.90020/")).find("main").get_text()
    assert "BT.90020 is also the code of Recommendation ITU-R BT.90020." in text


def test_a_renumbered_text_says_under_which_number_it_is_in_force(client):
    _work, newest = renumbered()
    words, _links = state_line(client, "/itu-t/l.90100/")
    assert words.startswith("In force as L.90100 (01/2024); called L.9010 until 2015.")
    add_component(newest, "amd1", "2025-03-01", "in-force")
    words, _links = state_line(client, "/itu-t/l.90100/")
    assert words.startswith(
        "In force as L.90100 (01/2024), with 1 amendment; called L.9010 until 2015."
    )


def test_a_renumbered_text_before_final_editing(client):
    renumbered("pre-published")
    words, _links = state_line(client, "/itu-t/l.90100/")
    assert words.startswith("In force, pre-published, as L.90100 (01/2024); called L.9010 until")


def test_dates_of_itu_r_say_what_they_are(client):
    radio(posted=datetime.date(2021, 3, 1))
    words, _links = state_line(client, "/itu-r/p.90835/")
    assert words.startswith("In force: version 6, approved December 2017, posted March 2021.")
    soup = page(client.get("/itu-r/p.90835/"))
    told = [" ".join(one.get_text().split()) for one in soup.select("#editions .fold-body p")]
    assert any("approved December 2017, posted March 2021" in words for words in told)
    for url in ("/itu-r/p.90835/", "/itu-r/p.90835/6/"):
        # The month of approval is what an edition is called by in the list of editions.
        times = page(client.get(url)).select("main time:not(.when > time)")
        for time in some(times):
            around = time.parent.parent.get_text() if time.parent.name == "dd" else ""
            told = f"{time.previous_sibling or ''} {around}".lower()
            # The one other date of a page is that of its record.
            words = ("approved", "posted", "record last changed")
            assert any(word in told for word in words), (url, time)


def test_a_recommendation_of_itu_r_without_a_state_is_not_said_to_have_none_by_rule(client):
    radio("presumed-current")
    words, _links = state_line(client, "/itu-r/p.90835/")
    assert "Our source gives no status for it; we presume it is current." in words


def test_a_text_that_moved_to_another_letter_links_to_it(client):
    old, _edition = radio("superseded", label="ITU-R SA.90016", slug="sa.90016")
    new, _edition = radio(label="ITU-R RS.90016", slug="rs.90016")
    PublicationRelation.objects.create(kind="also-published-as", subject=new, target=old)
    words, links = state_line(client, "/itu-r/sa.90016/")
    assert "the text is also published as ITU-R RS.90016." in words
    assert links == ["/itu-r/rs.90016/"]
    words, links = state_line(client, "/itu-r/sa.90016/6/")
    assert words.startswith("Superseded; the text is also published as ITU-R RS.90016.")
    soup = page(client.get("/itu-r/rs.90016/"))
    heading = soup.find("h3", string="Also published as")
    assert [a["href"] for a in heading.find_next_sibling().find_all("a")] == ["/itu-r/sa.90016/"]


@pytest.mark.parametrize("notes", [[RecordNote.TWO_IN_FORCE], ["thin", RecordNote.TWO_IN_FORCE]])
def test_a_conflict_of_the_source_is_told(client, notes):
    _work, edition = single()
    add_record(edition, *notes)
    words, _links = state_line(client, "/itu-t/x.91280/")
    assert "Two editions are listed as in force; we show the newer one." in words


def test_a_thin_record_says_so_until_somebody_adds_what_it_lacks(client):
    work, edition = single()
    add_record(edition, RecordNote.THIN)
    little = "Little is known about this entry: the source record lacks a title, group or abstract."
    assert little in state_line(client, "/itu-t/x.91280/")[0]
    work.study_group = Publication.objects.get(key="itu-t-g.711").study_group
    work.save()
    edition.abstract = "What it is about."
    edition.save()
    move_version()
    assert little not in state_line(client, "/itu-t/x.91280/")[0]


def test_one_full_record_is_enough_not_to_be_thin(client):
    _work, edition = single()
    add_record(edition, RecordNote.THIN)
    add_record(edition, identifier="the other")
    assert "Little is known" not in state_line(client, "/itu-t/x.91280/")[0]


def test_what_the_source_no_longer_holds_stays_and_says_so(client):
    work, edition = single()
    part = add_component(edition, "amd1", "2026-06-02", "in-force")
    for thing, url in (
        (work, "/itu-t/x.91280/"),
        (edition, "/itu-t/x.91280/2026-06/"),
        (part, "/itu-t/x.91280/2026-06/amd1/"),
    ):
        gone = "Missing from the source since 1 July 2026; this page is kept."
        assert gone not in state_line(client, url)[0]
        type(thing).objects.filter(pk=thing.pk).update(left_source=PAST)
        move_version()
        assert gone in state_line(client, url)[0]
        type(thing).objects.filter(pk=thing.pk).update(left_source=None)


def test_a_work_of_components_alone_says_what_is_held(client):
    work = make_work("ITU-T MES-92", "mes-92", key="itu-t-mes-92")
    Component.objects.create(
        publication=work,
        identifier="ITU-T MES-92 (1992) Amd. 1 (08/1997)",
        slug="1997-08/amd1",
        type="amendment",
        approved=datetime.date(1997, 8, 1),
        state="in-force",
        state_grounds="record of ITU",
    )
    settle(work)
    words, _links = state_line(client, "/itu-t/mes-92/")
    assert words == (
        "No edition of ITU-T MES-92 is in this catalogue, only what changes or completes it; of "
        "these, ITU lists as in force: 1 amendment."
    )
    words, _links = state_line(client, "/itu-t/mes-92/1997-08/amd1/")
    assert words.startswith(
        "In force; the text that it changes or completes is not in this catalogue."
    )
    assert "1997-08/amd1" in str(page(client.get("/itu-t/mes-92/")).find("main"))
    assert client.get("/itu-t/mes-92/?on=2000-01-01").status_code == 200


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("withdrawn", "Withdrawn (date not known)."),
        ("not-in-force", "Not in force; ITU gives no reason and no later edition is known."),
        ("superseded", "Superseded; what replaced it is not in this catalogue."),
        ("pre-published", "In force, pre-published text; ITU may still edit the wording."),
        ("in-force", "In force."),
    ],
)
def test_the_newest_edition_in_each_state(client, state, words):
    single(state)
    assert state_line(client, "/itu-t/x.91280/2026-06/")[0].startswith(words)


def test_an_edition_before_a_withdrawn_one_does_not_pass_that_off_as_valid(client):
    work = make_work("ITU-T G.90005", "g.90005")
    add_edition(work, "1988-11-25", "superseded")
    add_edition(work, "1996-10-18", "withdrawn")
    settle(work)
    words, links = state_line(client, "/itu-t/g.90005/1988-11/")
    assert words.startswith("Superseded; the newest edition, ITU-T G.90005 (10/1996), is not in")
    assert links == ["/itu-t/g.90005/1996-10/"]


@pytest.mark.parametrize(
    ("versions", "newest", "words"),
    [
        ("0 1", "in-force", ""),
        ("4 5 7", "in-force", "versions 0 to 3, older than those listed; version 6, between"),
        ("2", "in-force", "versions 0 and 1, older than those listed. A missing number"),
        ("0 1", "superseded", "The newest version listed is superseded, so a newer one"),
    ],
)
def test_versions_that_are_not_here_are_named(client, versions, newest, words):
    label = "ITU-R P.90001"
    work = make_work(label, "p.90001", sector="itu-r")
    numbers = [int(number) for number in versions.split()]
    for place, number in enumerate(numbers):
        state = newest if number == numbers[-1] else "superseded"
        add_edition(
            work,
            f"{2000 + place}-05",
            state,
            identifier=f"{label}-{number}",
            slug=str(number),
            version=number,
        )
    settle(work)
    text = main_text(client.get("/itu-r/p.90001/"))
    assert words in text
    assert ("Not in this catalogue:" in text) == ("listed" in words and "superseded" not in words)


@pytest.mark.parametrize(
    ("approved", "line", "row", "cited"),
    [
        (datetime.date(1997, 1, 1), "Latest known edition: 1997.", "1997", "Union, 1997."),
        (
            None,
            "Latest known edition: May 2022 (posted).",
            "posted 2022",
            "Union, posted 2022.",
        ),
    ],
)
def test_a_date_of_posting_is_never_given_as_that_of_the_text(client, approved, line, row, cited):
    label = "Report ITU-R M.90001"
    work = make_work(label, "report/m.90001", sector="itu-r", kind="report")
    edition = add_edition(work, "2022", "presumed-current", identifier=f"{label} (1997)")
    edition.approved, edition.posted = approved, datetime.date(2022, 5, 1)
    edition.save()
    settle(work)
    work.refresh_from_db()
    assert work.year == (approved.year if approved else 2022)
    text = main_text(client.get("/itu-r/report/m.90001/"))
    assert line in text
    assert f"International Telecommunication {cited}" in text
    shown = page(client.get("/publications/?q=M.90001")).select_one(".row-year time").parent
    assert " ".join(shown.get_text().split()) == row
