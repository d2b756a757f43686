"""Pages of works, editions and components as the public data set makes them."""

from __future__ import annotations

import datetime
import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import (
    Component,
    Correction,
    Edition,
    Publication,
    PublicationName,
    PublicationRelation,
    Series,
    SeriesSupplement,
)
from catalog.terms import RecordNote
from tests.pages.reading import frame_faults, html_faults, main_text, page
from tests.pages.works import add_component, add_edition, add_record, make_work, settle

pytestmark = pytest.mark.django_db

PAST = datetime.date(2026, 7, 1)


def state_line(client, url: str):
    """Return the state line of a page: its words and its links."""
    soup = page(client.get(url))
    line = soup.find("section", attrs={"aria-label": "State"})
    assert line.find_previous_sibling().name == "hgroup"
    links = [a for a in line.find_all("a") if "external" not in a.get("class", [])]
    assert len(links) <= 1
    return " ".join(line.p.get_text().split()), [a["href"] for a in links]


def shared_number():
    """Add two texts that had one number: the older one is withdrawn."""
    new = make_work("ITU-T G.90641", "g.90641")
    add_edition(new, "2025-11-13", "in-force")
    old = make_work("ITU-T G.90641 (1988)", "g.90641-1988")
    for when in ("1976-10-08", "1988-11-25"):
        add_edition(old, when, "withdrawn", number="ITU-T G.90641", number_slug="g.90641")
    settle(new, old)
    return new, old


def renumbered(state="in-force"):
    """Add a text that was called otherwise until 2015."""
    work = make_work("ITU-T L.90100", "l.90100", series="itu-t-series-l")
    for when in ("1988-11-25", "2002-12-22"):
        add_edition(work, when, "superseded", number="ITU-T L.9010", number_slug="l.9010")
    add_edition(work, "2015-08-13", "superseded", number="ITU-T L.90100/L.9010")
    newest = add_edition(work, "2024-01-13", state)
    settle(work)
    return work, newest


def test_a_withdrawn_text_whose_number_went_on_links_to_the_other_text(client):
    shared_number()
    words, links = state_line(client, "/itu-t/g.90641-1988/")
    assert words == (
        "Withdrawn (date not known). No text of ITU-T G.90641 (1988) is in force; "
        "the number belongs to another text since 2025."
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


def radio(state="in-force", approved="2017-12", posted=None, label="ITU-R P.90835", slug="p.90835"):
    """Add a Recommendation of ITU-R with one version."""
    work = make_work(label, slug, sector="itu-r")
    edition = add_edition(
        work, approved, state, identifier=f"{label}-6", slug="6", version=6, posted=posted
    )
    settle(work)
    return work, edition


def test_dates_of_itu_r_say_what_they_are(client):
    radio(posted=datetime.date(2021, 3, 1))
    words, _links = state_line(client, "/itu-r/p.90835/")
    assert words.startswith("In force: version 6, approved December 2017, posted March 2021.")
    soup = page(client.get("/itu-r/p.90835/"))
    cells = [cell.get_text() for cell in soup.select("#editions tbody td")]
    assert "approved Dec 2017, posted Mar 2021" in [" ".join(cell.split()) for cell in cells]
    for url in ("/itu-r/p.90835/", "/itu-r/p.90835/6/"):
        for time in page(client.get(url)).find("main").find_all("time"):
            around = time.parent.parent.get_text() if time.parent.name == "dd" else ""
            told = f"{time.previous_sibling or ''} {around}".lower()
            assert "approved" in told or "posted" in told, (url, time)


def test_a_recommendation_of_itu_r_without_a_state_is_not_said_to_have_none_by_rule(client):
    radio("presumed-current")
    words, _links = state_line(client, "/itu-r/p.90835/")
    assert "Our source tells no state of it; we presume it is current." in words


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


def single(state="in-force", **fields):
    """Add a work with one edition."""
    work = make_work("ITU-T X.91280", "x.91280", series="itu-t-series-x", **fields)
    edition = add_edition(work, "2026-06-01", state)
    settle(work)
    return work, edition


@pytest.mark.parametrize("notes", [[RecordNote.TWO_IN_FORCE], ["thin", RecordNote.TWO_IN_FORCE]])
def test_a_conflict_of_the_source_is_told(client, notes):
    _work, edition = single()
    add_record(edition, *notes)
    words, _links = state_line(client, "/itu-t/x.91280/")
    assert "Two editions are listed as in force; we show the newer one." in words


def test_a_thin_record_says_so_until_somebody_adds_what_it_lacks(client):
    work, edition = single()
    add_record(edition, RecordNote.THIN)
    little = "Little is known about this entry: the source record lacks title, group or abstract."
    assert little in state_line(client, "/itu-t/x.91280/")[0]
    work.study_group = Publication.objects.get(key="itu-t-g.711").study_group
    work.save()
    edition.abstract = "What it is about."
    edition.save()
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
        gone = "No longer in the source since 1 July 2026; the page stays."
        assert gone not in state_line(client, url)[0]
        type(thing).objects.filter(pk=thing.pk).update(left_source=PAST)
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
        "No edition of ITU-T MES-92 is held here, only what changes or completes it; "
        "of that ITU lists as in force: 1 amendment."
    )
    words, _links = state_line(client, "/itu-t/mes-92/1997-08/amd1/")
    assert words.startswith("In force; the text that it changes or completes is not held here.")
    assert "1997-08/amd1" in str(page(client.get("/itu-t/mes-92/")).find("main"))
    assert client.get("/itu-t/mes-92/?on=2000-01-01").status_code == 200


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("withdrawn", "Withdrawn (date not known)."),
        ("not-in-force", "Not in force; ITU gives no reason and no later edition is known."),
        ("superseded", "Superseded; what replaced it is not held here."),
        ("pre-published", "In force, pre-published text; wording may still be edited by ITU."),
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


def dual():
    """Add a work with a dual number and its names, as the importer writes them."""
    work = make_work("ITU-T G.90709/Y.91331", "g.90709")
    add_edition(work, "2020-06-15", "in-force", number="ITU-T G.90709/Y.91331")
    for kind, name, slug in (
        ("half", "G.90709", ""),
        ("half", "Y.91331", "y.91331"),
        ("former", "G.90708", "g.90708"),
        ("half", "Y.91330", "y.91330"),
        ("iso", "ISO/IEC 99999-1", ""),
        ("draft", "G.sonet-x", ""),
    ):
        PublicationName.objects.create(publication=work, kind=kind, name=name, slug=slug)
    settle(work)
    return work


def test_names_stand_under_what_they_are_without_repeating_the_number_of_today(client):
    dual()
    names = {
        row.dt.get_text(): row.dd.get_text()
        for row in page(client.get("/itu-t/g.90709/")).select("dl.facts > div")
    }
    assert names["Former number"] == "G.90708"
    assert names["Part of a dual number"] == "Y.91330"
    assert names["ISO/IEC twin"] == "ISO/IEC 99999-1"
    assert names["Draft code"] == "G.sonet-x"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/itu-t/y.91331/", "/itu-t/g.90709/"),
        ("/itu-t/g.90709/y.91331/", "/itu-t/g.90709/"),
        ("/itu-t/y.91331/g.90709/", "/itu-t/g.90709/"),
        ("/itu-t/g.90708/y.91330/", "/itu-t/g.90709/"),
        ("/itu-t/g.90708/?on=2021-01-01", "/itu-t/g.90709/?on=2021-01-01"),
    ],
)
def test_a_dual_number_leads_to_the_work_by_one_redirect(client, asked, answer):
    dual()
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, answer)
    assert response["Cache-Control"] == "max-age=86400"


def test_a_part_of_a_dual_number_leads_to_the_edition_that_bears_it_and_to_no_other(client):
    dual()
    response = client.get("/itu-t/y.91331/2020-06/")
    assert (response.status_code, response["Location"]) == (301, "/itu-t/g.90709/2020-06/")
    assert client.get("/itu-t/g.90708/2020-06/").status_code == 404


@pytest.mark.parametrize(
    "asked", ["/itu-t/g.90709/y.1331/", "/itu-t/g.711/y.91331/", "/itu-r/g.90709/y.91331/"]
)
def test_numbers_of_different_texts_lead_nowhere(client, asked):
    dual()
    assert client.get(asked).status_code == 404


def test_a_text_under_two_numbers_has_one_page(client):
    work = make_work("ITU-T F.90019", "f.90019", series="itu-t-series-f")
    add_edition(
        work,
        "1996-10-18",
        "in-force",
        second_identifier="ITU-T C.90002 (10/1996)",
        second_number_slug="c.90002",
    )
    settle(work)
    soup = page(client.get("/itu-t/f.90019/1996-10/"))
    assert "ITU-T C.90002 (10/1996)" in soup.find("dl").get_text()
    response = client.get("/itu-t/c.90002/1996-10/")
    assert (response.status_code, response["Location"]) == (301, "/itu-t/f.90019/1996-10/")
    assert client.get("/itu-t/c.90002/1996-11/").status_code == 404


def test_two_corrigenda_of_one_month_are_asked_about(client):
    work = make_work("ITU-T X.90519", "x.90519", series="itu-t-series-x")
    for when, state in (("2001-02-02", "superseded"), ("2005-08-29", "in-force")):
        edition = add_edition(work, when, state)
        add_component(
            edition,
            "cor1",
            "2008-05-29",
            state,
            type="corrigendum",
            slug=f"2008-05/cor1-{when[:4]}",
            identifier=f"ITU-T X.90519 ({when[:4]}) Cor. 1 (05/2008)",
        )
    settle(work)
    response = client.get("/itu-t/x.90519/2008-05/cor1/")
    assert response.status_code == 200
    soup = page(response)
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert [a["href"] for a in soup.select("tbody th a")] == [
        "/itu-t/x.90519/2008-05/cor1-2005/",
        "/itu-t/x.90519/2008-05/cor1-2001/",
    ]
    assert "Corrigendum 1 to ITU-T X.90519 (2001)" in soup.table.get_text()
    assert client.get("/itu-t/x.90519/2008-05/cor/").status_code == 404
    assert client.get("/itu-t/x.90519/2008-05/").status_code == 200
    for address in ("cor1-2001", "cor1-2005"):
        assert client.get(f"/itu-t/x.90519/2008-05/{address}/").status_code == 200


def supplement(number: int, *targets: Publication) -> Publication:
    """Add a supplement that goes with these works."""
    work = make_work(
        f"ITU-T G Suppl. {number}", f"g.sup{number}", kind="supplement", series="itu-t-series-g"
    )
    add_edition(work, "2020-01-01", "in-force")
    PublicationRelation.objects.bulk_create(
        PublicationRelation(kind="supplements", subject=work, target=target) for target in targets
    )
    settle(work)
    return work


def test_supplements_are_linked_both_ways_and_series_wide_ones_by_one_link(client):
    work = make_work("ITU-T G.90006", "g.90006")
    add_edition(work, "2019-01-01", "in-force")
    settle(work)
    of_work = supplement(9001, work)
    of_series = supplement(9002)
    series = Series.objects.get(key="itu-t-series-g")
    SeriesSupplement.objects.create(supplement=of_series, series=series)
    main = page(client.get("/itu-t/g.90006/")).find("main")
    assert main.find("a", href=of_work.get_absolute_url())
    assert not main.find("a", href=of_series.get_absolute_url())
    link = main.find("a", href="/itu-t/g/#supplements")
    assert link.get_text() == "Supplements to the whole G series"
    ended = make_work("ITU-T G.90007", "g.90007")
    add_edition(ended, "1996-01-01", "withdrawn")
    settle(ended)
    main = page(client.get("/itu-t/g.90007/")).find("main")
    assert not main.find("a", href="/itu-t/g/#supplements")
    main = page(client.get(of_work.get_absolute_url())).find("main")
    assert (
        main.find("h3", string="Supplement to")
        .find_next_sibling()
        .find("a", href="/itu-t/g.90006/")
    )
    main = page(client.get(of_series.get_absolute_url())).find("main")
    heading = main.find("h3", string="Supplement to a whole series")
    assert heading.find_next_sibling().a["href"] == "/itu-t/g/"


@pytest.mark.parametrize("number", [20, 21, 45])
def test_a_supplement_of_many_works_shows_some_and_links_to_all(client, number):
    works = [make_work(f"ITU-T G.{90100 + n}", f"g.{90100 + n}") for n in range(number)]
    settle(*works)
    sup = supplement(9003, *works)
    section = page(client.get(sup.get_absolute_url())).find(id="texts").find_parent("section")
    listed = section.select("ul.links li")
    assert len(listed) == 20
    more = section.find("a", href=f"/publications/?supplement={sup.key}")
    assert bool(more) == (number > 20)
    if more:
        assert f"{number - 20} more" in more.get_text()
        soup = page(client.get(more["href"]))
        assert soup.find(id="results-title").get_text().split()[0] == str(number)
        assert "Supplement: ITU-T G Suppl. 9003" in soup.select_one(".chips").get_text()
        assert soup.select_one('.facets input[name="supplement"]')["value"] == sup.key


@pytest.mark.parametrize("value", ["no-such-key", "itu-t-g.711", "a b", "'"])
def test_an_unknown_supplement_is_refused(client, value):
    assert client.get("/publications/", {"supplement": value}).status_code == 400


def test_the_list_of_a_supplement_and_its_export_agree(client):
    works = [make_work(f"ITU-T G.{90100 + n}", f"g.{90100 + n}") for n in range(3)]
    settle(*works)
    sup = supplement(9003, *works)
    rows = client.get(f"/publications/index.json?supplement={sup.key}").json()["rows"]
    assert [row["identifier"] for row in rows] == [work.identifier for work in works]


def record_of(client, url: str) -> dict[str, str]:
    """Return the definition list of "About this record"."""
    section = page(client.get(url)).find(id="record").find_parent("section")
    return {
        row.dt.get_text(): " ".join(row.dd.get_text().split()) for row in section.select("dl > div")
    }


def test_each_fact_of_an_edition_names_its_record_and_file(client):
    _work, edition = single()
    edition.abstract = "What it <is> about.\n\nAnd more."
    edition.link = "https://www.itu.int/rec/T-REC-X.91280-202606-I"
    edition.save()
    record = add_record(edition, RecordNote.TEXT_CLEANED)
    told = record_of(client, "/itu-t/x.91280/2026-06/")
    assert record.file in told["Record"]
    assert "ITU-T X.91280 (06/2026)" in told["Approved"]
    assert "relaton-data-itu" in told["Record"]
    assert "record of ITU" in told["State"]
    assert "in the words of the record" in told["Abstract"]
    assert str(RecordNote.TEXT_CLEANED.label) in told["Odd in the data"]
    soup = page(client.get("/itu-t/x.91280/2026-06/"))
    abstract = soup.find(id="abstract")
    assert abstract.get_text() == "Abstract, in the words of the record"
    words = abstract.find_parent("section").get_text()
    assert "What it <is> about." in words
    assert "relaton-data-itu" in words
    told = record_of(client, "/itu-t/x.91280/")
    assert "that of the edition in force" in told["Title"]
    assert "record ITU-T X.91280 (06/2026)" in told["State"]


def test_a_draft_that_became_an_edition_is_no_record_of_it(client):
    _work, edition = single()
    add_record(edition)
    add_record(edition, identifier="a draft", role="draft")
    assert "a draft" not in page(client.get("/itu-t/x.91280/2026-06/")).find("main").get_text()
    add_record(edition, identifier="the twin")
    section = page(client.get("/itu-t/x.91280/2026-06/")).find(id="record").find_parent("section")
    records = [row.dd.get_text() for row in section.select("dl > div") if row.dt.string == "Record"]
    assert [words.split(" file ")[0].strip() for words in records] == [
        "ITU-T X.91280 (06/2026)",
        "the twin",
    ]


def test_a_curated_text_names_the_record_that_stands_for_it(client):
    edition = Publication.objects.get(key="itu-t-g.711").current_edition
    assert "curated" in record_of(client, "/itu-t/g.711/1988-11/")["Approved"]
    add_record(edition)
    assert "record ITU-T G.711 (11/1988)" in record_of(client, "/itu-t/g.711/1988-11/")["Approved"]
    assert "curated" in record_of(client, "/itu-t/g.711/")["Title"]


def test_dates_of_itu_r_come_from_the_link_and_from_the_record(client):
    _work, edition = radio(posted=datetime.date(2021, 3, 1))
    add_record(edition)
    told = record_of(client, "/itu-r/p.90835/6/")
    assert told["Approved"].startswith("December 2017")
    assert "derived" in told["Approved"]
    assert "record ITU-R P.90835-6" in told["Posted"]


def test_a_correction_of_an_editor_is_told_with_its_reason(client):
    work, edition = single()
    add_record(edition)
    Correction.objects.create(
        edition=edition,
        field="title",
        value="The right title",
        source_value="Part 01 - Month 01",
        reason="The record names a data file.",
        evidence="title page",
    )
    Correction.objects.create(
        publication=work,
        field="keywords",
        value="speech",
        source_value="",
        reason="Missing",
        evidence="the text",
    )
    Edition.objects.filter(pk=edition.pk).update(title="The right title")
    told = record_of(client, "/itu-t/x.91280/2026-06/")["Title"]
    assert told.startswith("The right title corrected by an editor on ")
    assert "The record names a data file. Source: title page." in told
    assert "Part 01 - Month 01" in told
    assert "corrected by an editor" in record_of(client, "/itu-t/x.91280/")["Keywords"]


def test_a_component_without_a_title_has_one_made_for_display(client):
    _work, edition = single()
    part = add_component(
        edition,
        "amd1",
        "2026-07-01",
        "in-force",
        identifier="ITU-T X.91280 (2026) Amd. 1 (07/2026)",
    )
    add_record(part)
    url = "/itu-t/x.91280/2026-07/amd1/"
    soup = page(client.get(url))
    assert soup.find("hgroup").p.get_text() == "Amendment 1 to ITU-T X.91280 (2026)"
    assert "made of type, number and work" in record_of(client, url)["Title"]


def test_head_links_lead_along_the_editions(client):
    renumbered()
    soup = page(client.get("/itu-t/l.90100/2015-08/"))
    links = {link["rel"][0]: link["href"] for link in soup.head.find_all("link", rel=True)}
    assert links["canonical"] == "http://testserver/itu-t/l.90100/2015-08/"
    assert links["latest-version"] == "/itu-t/l.90100/"
    assert links["predecessor-version"] == "/itu-t/l.9010/2002-12/"
    assert links["successor-version"] == "/itu-t/l.90100/2024-01/"


def large(editions=22, components=42):
    """Add a work with as many records as the largest one, with long titles."""
    title = (
        "Information technology - Generic coding of moving pictures and associated audio "
        "information: Systems; carriage of high dynamic range and wide colour gamut video {}"
    )
    work = make_work("ITU-T H.90222.0", "h.90222.0", series="itu-t-series-h", name=title.format(""))
    made = []
    for number in range(editions):
        state = "in-force" if number == editions - 1 else "superseded"
        made.append(
            add_edition(
                work,
                f"{1995 + number}-07-10",
                state,
                title=title.format(number),
                abstract="The text says much. " * 40,
                link=f"https://www.itu.int/rec/T-REC-H.90222.0-{1995 + number}07-S",
                state_grounds="ITU lists it as not in force; letter S of its link",
            )
        )
    for number in range(components):
        edition = made[-1 - number % min(6, editions)]
        part = add_component(
            edition,
            f"amd{number}",
            f"2018-{1 + number % 12:02d}-13",
            edition.state,
            title=title.format(f"amendment {number}"),
        )
        add_record(part, RecordNote.TEXT_CLEANED)
    for edition in made:
        add_record(edition, RecordNote.STATE_AGAINST_LINK)
    settle(work)
    return work


@pytest.mark.parametrize("query", ["", "?on=2017-01-01", "?on=2026-01-01"])
def test_the_largest_work_keeps_to_the_weight_of_a_page(client, query):
    work = large()
    response = client.get(work.get_absolute_url() + query)
    assert len(page(response).select("#editions tbody tr")) == (
        64 if query != "?on=2017-01-01" else 22
    )
    assert len(response.content) < 60 * 1024
    assert len(gzip.compress(response.content, 6)) < 15 * 1024


def queries(client, url: str) -> int:
    """Return how many queries a page makes."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)


def test_the_queries_of_a_page_do_not_grow_with_what_it_shows(client):
    work = large(2, 2)
    part = work.components.first()
    urls = [
        work.get_absolute_url(),
        f"{work.get_absolute_url()}?on=2019-05-01",
        work.current_edition.get_absolute_url(),
        part.get_absolute_url(),
    ]
    supplement(9004, work)
    before = [queries(client, url) for url in urls]
    for number in range(12):
        edition = add_edition(work, f"19{60 + number}-01-01", "superseded")
        add_component(edition, f"amd{number}", f"19{60 + number}-02-01", "superseded")
        add_record(edition, RecordNote.THIN)
        supplement(9100 + number, work)
        other = make_work(f"ITU-T H.90222.0 ({1900 + number})", f"h.90222.0-{1900 + number}")
        add_edition(other, f"{1900 + number}-01-01", "withdrawn", number_slug="h.90222.0")
        Correction.objects.create(
            edition=edition, field="title", value="x", reason="r", evidence="e"
        )
    assert [queries(client, url) for url in urls] == before
    assert max(before) <= 20


def test_the_pages_are_sound(client):
    shared_number()
    renumbered()
    work = large(4, 6)
    dual()
    for url in (
        "/itu-t/g.90641/",
        "/itu-t/g.90641-1988/",
        "/itu-t/l.90100/2002-12/".replace("l.90100", "l.9010"),
        "/itu-t/l.90100/?on=1990-01-01",
        "/itu-t/l.90100/?on=1980-01-01",
        "/itu-t/l.90100/?on=bogus",
        work.get_absolute_url(),
        work.current_edition.get_absolute_url(),
        work.components.first().get_absolute_url(),
        "/itu-t/g.90709/",
    ):
        response = client.get(url)
        soup = page(response)
        assert not html_faults(response), url
        assert not frame_faults(response, soup, url), url
