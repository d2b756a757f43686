"""No doubted value is shown or cited as a fact, whatever door a reader or program takes."""

from __future__ import annotations

import csv
import datetime
import io
import json

import pytest

from catalog.models import Edition, ImportRun, Publication
from catalog.writing import corrections
from tests.found import some
from tests.pages.reading import page
from tests.pages.works import add_component, add_edition, add_record, make_work, settle

pytestmark = pytest.mark.django_db

GARBAGE = "Part 01 - Month 01"
BEST = "Reference standard atmospheres"
P835 = "/itu-r/p.835/"

# Every door that shows the work or its newest edition; the last is the only one that tells
# the wording of the source.
DOORS = [
    P835,
    f"{P835}1/",
    f"{P835}6/",
    f"{P835}?on=2025-01-01",
    f"{P835}feed.atom",
    "/search/?q=p.835&sort=best",
    "/search/?q=reference+standard+atmospheres",
    "/search/suggest/?q=p.835",
    "/search/index.csv?q=p.835",
    "/search/index.json?q=reference+standard",
    "/publications/?series=itu-r-series-p",
    "/publications/index.csv?series=itu-r-series-p",
    "/publications/index.json?series=itu-r-series-p",
    "/itu-r/p/",
    "/itu-r/p/?on=2025-01-01",
    "/publications/?topic=propagation",
    "/api/v1/resolve?q=itu-r+p.835",
    "/api/v1/resolve?q=P.835-7",
    "/api/v1/resolve?q=P.835",
    "/go/?id=p.835",
    "/itu-r/p.8355/",
]


def text_of(response) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


@pytest.mark.parametrize("url", DOORS)
def test_no_door_gives_a_doubted_title(client, url):
    response = client.get(url)
    assert response.status_code in (200, 300, 404), url
    text = text_of(response)
    assert "835" in text
    assert "Month 01" not in text


def test_the_batch_gives_no_doubted_title_either(client):
    for form in ({}, {"format": "csv"}):
        response = client.post("/go/batch/", {"lines": "P.835-7\nitu-r p.835", **form})
        text = text_of(response)
        assert "P.835" in text and "Month 01" not in text


def test_the_wording_stands_nowhere_in_the_index_of_the_search(client):
    text = client.get("/search/?q=month+01").content.decode()
    assert P835 not in text


def test_a_work_is_headed_and_cited_by_the_best_title(client):
    soup = page(client.get(P835))
    assert soup.find("p", class_="title").get_text() == BEST
    assert BEST in soup.title.get_text()
    assert f"ITU-R P.835, {BEST}." in soup.find(attrs={"data-copy-source": "undated"}).get_text()
    assert f"ITU-R P.835-7, {BEST}." in soup.find(attrs={"data-copy-source": "dated"}).get_text()
    record = soup.find("section", class_="record").get_text()
    assert "taken from ITU-R P.835-6; our source’s own title for the work is doubted" in record


def test_the_edition_tells_the_wording_once_with_the_reason(client):
    response = client.get(f"{P835}7/")
    assert response.content.decode().count("Month 01") == 1
    soup = page(response)
    assert soup.find("p", class_="title").get_text() == BEST
    assert GARBAGE not in soup.title.get_text()
    assert GARBAGE not in soup.find("meta", attrs={"name": "description"})["content"]
    doubts = soup.find_all("p", class_="doubt")
    assert len(doubts) == 1
    assert doubts[0].q.get_text() == GARBAGE
    assert "that of a data file" in doubts[0].get_text()


def test_the_api_says_what_is_doubted(client):
    answer = client.get("/api/v1/resolve", {"q": "ITU-R P.835-7"}).json()
    assert (answer["edition"]["title"], answer["edition"]["doubted"]) == (BEST, ["title"])
    assert (answer["work"]["title"], answer["work"]["doubted"]) == (BEST, ["title"])


def test_once_corrected_the_edition_heads_the_work(client):
    edition = Edition.objects.get(publication__key="itu-r-p.835", slug="7")
    add_record(edition)
    corrections.correct(edition, "title", "Atmospheres of reference", "wrong", "the text itself")
    for url in (P835, f"{P835}7/"):
        soup = page(client.get(url))
        assert soup.find("p", class_="title").get_text() == "Atmospheres of reference"
        assert not soup.find("p", class_="doubt q")
    answer = client.get("/api/v1/resolve", {"q": "ITU-R P.835-7"}).json()
    assert (answer["edition"]["title"], answer["edition"]["doubted"]) == (
        "Atmospheres of reference",
        [],
    )


@pytest.fixture
def untitled() -> Publication:
    """A work whose only title is none by its shape."""
    work = make_work("ITU-T G.92503", "g.92503", series="itu-t-series-g")
    add_edition(work, "2001-05-01", "in-force", title="frequency band")
    settle(work)
    return work


def test_without_any_title_the_number_stands_alone(client, untitled):
    soup = page(client.get("/itu-t/g.92503/"))
    assert soup.h1.get_text() == "ITU-T G.92503"
    assert soup.find("p", class_="title") is None
    assert soup.title.get_text().startswith("ITU-T G.92503 – in force – ITU knowledge base")
    cited = soup.find(attrs={"data-copy-source": "dated"}).get_text()
    assert cited.startswith("ITU-T G.92503 (05/2001). International Telecommunication Union, 2001.")
    soup = page(client.get("/itu-t/g.92503/2001-05/"))
    assert soup.title.get_text().startswith("ITU-T G.92503 (05/2001) – ITU knowledge base")
    assert soup.find("p", class_="doubt").q.get_text() == "frequency band"
    assert "It seems to be a fragment of another text." in soup.get_text()
    answer = client.get("/api/v1/resolve", {"q": "G.92503"}).json()
    assert (answer["work"]["title"], answer["work"]["doubted"]) == ("ITU-T G.92503", ["title"])


@pytest.fixture
def doubted() -> Publication:
    """A work in force of which an editor doubts date and state."""
    work = make_work("ITU-T G.92504", "g.92504", series="itu-t-series-g", doubt="It was withdrawn.")
    old = add_edition(work, "1990-05-01", "superseded", title="Old title")
    part = add_component(old, "amd1", "1991-05-01", "in-force", title="Changes")
    part.doubted_fields = "state"
    part.save()
    new = add_edition(work, "2001-05-01", "in-force", title="New title")
    new.doubted_fields = "approved\nstate"
    new.save()
    settle(work)
    return work


STATED = [
    "/itu-t/g.92504/",
    "/itu-t/g.92504/2001-05/",
    "/itu-t/g.92504/1990-05/",
    "/publications/?series=itu-t-series-g&sort=newest&q=92504",
    "/search/?q=G.92504&sort=best",
]


@pytest.mark.parametrize("url", STATED)
def test_a_doubted_state_is_never_shown_without_the_doubt(client, doubted, url):
    soup = page(client.get(url))
    tags = [
        tag
        for row in soup.select("li, tr, summary, .state-line")
        if "92504" in (row.get_text() + url)
        for tag in row.select(".tag, .status-word")
        if "In force" in tag.get_text()
    ]
    for tag in some(tags):
        assert tag.get_text().strip() == "In force (doubted)"
        assert tag["class"] in (["tag", "is-doubted"], ["status-word"])
    if "92504" in url:
        assert tags
        line = soup.find("section", class_="state-line")
        said = line.get_text() if line else ""
        assert "In force" not in said or "The status is doubted." in said


def test_a_component_says_what_it_changes_and_that_its_own_state_is_doubted(client, doubted):
    soup = page(client.get("/itu-t/g.92504/1991-05/amd1/"))
    line = soup.find("section", class_="state-line").get_text()
    assert "In force" in line
    assert "The status is doubted." in line
    tags = [tag.get_text(strip=True) for tag in some(soup.select(".tag"))]
    assert "In force" not in tags
    assert soup.select_one(".kicker").get_text() == "Amendment to ITU-T G.92504 (05/1990)"
    assert soup.select_one("#what").get_text() == "What it changes"
    assert soup.select_one(".lead a")["href"] == "/itu-t/g.92504/1990-05/"


def test_a_doubted_date_is_not_cited(client, doubted):
    soup = page(client.get("/itu-t/g.92504/2001-05/"))
    cited = soup.find(attrs={"data-copy-source": "dated"}).get_text()
    assert "International Telecommunication Union. http" in cited
    doubts = [line.get_text() for line in soup.find_all("p", class_="doubt")]
    assert len(doubts) == 2
    assert all("It was withdrawn." in doubt for doubt in some(doubts))
    assert "1 May 2001" in doubts[0] and "In force" in doubts[1]


def test_programs_are_told_of_doubted_states_and_get_no_doubted_date(client, doubted):
    answer = client.get("/api/v1/resolve", {"q": "G.92504 (05/2001)"}).json()
    found = answer["edition"]
    assert (found["date"], found["state"]) == (None, "in-force")
    assert found["doubted"] == ["approved", "state"]
    assert answer["work"]["doubted"] == ["approved", "state"]


def test_exports_say_what_is_doubted_and_when_an_entry_changed(client, doubted):
    text = text_of(client.get("/publications/index.csv?series=itu-t-series-g"))
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}
    row = rows[doubted.key]
    assert (row["state"], row["date"], row["doubted"]) == (
        "In force (doubted)",
        "",
        "approved, state",
    )
    assert row["changed"] == f"{doubted.changed:%Y-%m-%dT%H:%M:%SZ}"
    assert rows["itu-t-g.711"]["doubted"] == ""
    document = json.loads(text_of(client.get("/publications/index.json?series=itu-t-series-g")))
    by_key = {row["key"]: row for row in document["rows"]}
    assert by_key[doubted.key]["changed"] == row["changed"]


def test_a_list_of_meetings_says_of_which_the_dates_are_not_certain(client):
    soup = page(client.get("/conferences/radiocommunication-assembly/"))
    rows = {row.th.a.get_text(): row.get_text() for row in soup.select("tbody tr")}
    assert "not certain" in rows["RA-93"] and "not certain" in rows["RA-27"]
    assert "not certain" not in rows["RA-23"]
    soup = page(client.get("/conferences/radiocommunication-assembly/1993/"))
    assert "not certain" in soup.find("dl", class_="facts").get_text()


def test_reports_of_imports_give_no_doubted_title(client):
    work = Publication.objects.get(key="itu-r-p.835")
    at = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    run = ImportRun.objects.create(
        started=at, finished=at, snapshot_date=at.date(), source="s", changed=True
    )
    rows = [
        ("new-edition", GARBAGE, "", ""),
        ("retitled", GARBAGE, BEST, GARBAGE),
        ("data", BEST, "", "title"),
    ]
    for place, (kind, title, before, after) in enumerate(rows):
        run.changes.create(
            position=place,
            kind=kind,
            publication=work,
            identifier=f"ITU-R P.835-7 {kind}",
            title=title,
            before=before,
            after=after,
        )
    for url in ("/changes/", "/changes/feed.atom", "/changes/index.csv", "/itu-r/p/", "/"):
        text = text_of(client.get(url))
        assert "Month 01" not in text, url
    assert "to “a doubted title”" in text_of(client.get("/changes/"))
    assert "in the record: title" in text_of(client.get("/changes/"))
