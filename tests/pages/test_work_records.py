"""Where each fact of a page comes from, and what the page weighs. All content is invented."""

from __future__ import annotations

import datetime
import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import (
    Correction,
    Edition,
    Publication,
)
from catalog.terms import RecordNote
from tests.pages.reading import frame_faults, html_faults, page
from tests.pages.works import (
    add_component,
    add_edition,
    add_record,
    dual,
    make_work,
    radio,
    renumbered,
    settle,
    shared_number,
    single,
    supplement,
)

pytestmark = pytest.mark.django_db

PAST = datetime.date(2026, 7, 1)


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
    assert "record of ITU" in told["Status"]
    assert "in the words of the record" in told["Abstract"]
    assert str(RecordNote.TEXT_CLEANED.label) in told["Known problems in the data"]
    soup = page(client.get("/itu-t/x.91280/2026-06/"))
    abstract = soup.find(id="abstract")
    assert abstract.get_text() == "Abstract, in the words of the record"
    words = abstract.find_parent("section").get_text()
    assert "What it <is> about." in words
    assert "relaton-data-itu" in words
    told = record_of(client, "/itu-t/x.91280/")
    assert "title of the edition in force" in told["Title"]
    assert "record ITU-T X.91280 (06/2026)" in told["Status"]


def test_a_draft_that_became_an_edition_is_no_record_of_it(client):
    _work, edition = single()
    add_record(edition)
    add_record(edition, identifier="a draft", role="draft")
    assert "a draft" not in page(client.get("/itu-t/x.91280/2026-06/")).find("main").get_text()
    add_record(edition, identifier="the twin")
    section = page(client.get("/itu-t/x.91280/2026-06/")).find(id="record").find_parent("section")
    [row] = (row for row in section.select("dl > div") if row.dt.string == "Record")
    records = [value.get_text() for value in row.find_all("dd")]
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
    assert "taken from the month" in told["Approved"]
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
    assert (
        "composed from the type, the number and the name of the work"
        in record_of(client, url)["Title"]
    )


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
    shown = page(response).select("#editions tbody tr, #editions .fold, #editions .links > li")
    assert len(shown) == (64 if query != "?on=2017-01-01" else 22)
    assert len(response.content) < 60 * 1024
    assert len(gzip.compress(response.content, 6)) < 15 * 1024


def queries(client, url: str) -> int:
    """Return how many queries a page makes."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)


@pytest.mark.slow
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


@pytest.mark.slow
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
