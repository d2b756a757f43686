"""What imports changed: the page, its filters, exports and feeds, and who gets the credit."""

from __future__ import annotations

import csv
import datetime
import io
import xml.etree.ElementTree as ET

import pytest

from catalog.models import Change, Edition, ImportRun, PublicationName, StudyGroup
from tests.found import some
from tests.pages.reading import html_faults, main_text, page
from tests.pages.works import add_edition, make_work, move_version, settle

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def add_run(day: str, snapshot: str, **counts) -> ImportRun:
    """Add an import that ended at noon of a day."""
    noon = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    move_version()
    return ImportRun.objects.create(
        started=noon - datetime.timedelta(minutes=1),
        finished=noon,
        source="relaton-data-itu.zip",
        snapshot_date=datetime.date.fromisoformat(snapshot),
        changed=True,
        counts=counts,
    )


def add_change(run, kind, work, part=None, **fields) -> Change:
    """Add a change of a work or of one of its editions."""
    thing = part or work
    move_version()
    return Change.objects.create(
        run=run,
        position=run.changes.count() + 1,
        kind=kind,
        publication=work,
        identifier=fields.pop("identifier", str(thing)),
        title=fields.pop("title", work.name),
        url=thing.get_absolute_url(),
        **fields,
    )


@pytest.fixture
def imports():
    """Return two works of two series and groups, and two imports that changed them."""
    light = make_work(
        "ITU-T G.90001", "g.90001", study_group=StudyGroup.objects.get(key="itu-t-sg15")
    )
    old = add_edition(light, "2001-05-01", "superseded")
    new = add_edition(light, "2026-06-01", "in-force")
    other = make_work(
        "ITU-T X.90001", "x.90001", study_group=StudyGroup.objects.get(key="itu-t-sg17")
    )
    add_edition(other, "2010-01-01", "withdrawn")
    settle(light, other)
    first = add_run("2026-09-01", "2026-08-22", works={"created": 9857, "gone": 0})
    second = add_run(
        "2026-10-01",
        "2026-09-30",
        works={"created": 0, "changed": 1, "unchanged": 9855, "gone": 1},
        editions={"created": 1, "changed": 2, "unchanged": 0, "gone": 0},
    )
    add_change(first, "withdrawn", other, before="In force", after="Withdrawn")
    add_change(second, "new-edition", light, new)
    add_change(second, "superseded", light, old, before="in-force", after="superseded")
    add_change(second, "retitled", other, before="Old & <new>", after="Title of ITU-T X.90001")
    return {"first": first, "second": second, "light": light, "other": other}


def shown(client, url: str) -> list[str]:
    """Return the identifiers that a page of changes lists."""
    return [row.get_text() for row in page(client.get(url)).select(".results .rows .row-id")]


def feed(client, url: str) -> ET.Element:
    """Return a feed, parsed strictly."""
    response = client.get(url)
    assert response.status_code == 200, url
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)


def titles(root: ET.Element) -> list[str]:
    """Return the titles of a feed's entries."""
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_before_the_first_import_the_page_says_so_and_leads_on(client):
    response = client.get("/changes/")
    main = page(response).find("main")
    assert "No import has been made yet." in main_text(response)
    assert main.find("a", href="/about/")


def test_an_import_without_single_changes_still_says_what_it_did(client):
    add_run("2026-09-01", "2026-08-22", works={"created": 9857}, editions={"created": 1})
    text = main_text(client.get("/changes/"))
    assert "9,857 works and 1 edition created." in text
    assert "No import has been made yet" not in text


def test_changes_stand_under_their_import_the_newest_first(client, imports):
    response = client.get("/changes/")
    soup = page(response)
    sections = soup.select(".results .marked-section")
    assert "1 October 2026" in sections[0].h3.get_text()
    assert "30 September 2026" in sections[0].h3.get_text()
    assert "1 September 2026" in sections[1].h3.get_text()
    assert len(sections[0].select(".row")) == 3
    assert soup.find(id="results-title").get_text() == "4 changes"
    text = main_text(response)
    assert "1 edition created; 1 work and 2 editions changed;" in text
    assert "1 work no longer in the source." in text
    assert "from “In force” to “Superseded”" in text
    assert "Old & <new>" in text
    assert not html_faults(response)


FILTERED = [
    ("kind=superseded", ["ITU-T G.90001 (05/2001)"]),
    ("kind=superseded&kind=withdrawn", ["ITU-T G.90001 (05/2001)", "ITU-T X.90001"]),
    ("series=itu-t-series-x", ["ITU-T X.90001", "ITU-T X.90001"]),
    ("group=itu-t-sg15", ["ITU-T G.90001 (06/2026)", "ITU-T G.90001 (05/2001)"]),
    ("group=itu-t-sg15&kind=withdrawn", []),
    ("q=g.90001", ["ITU-T G.90001 (06/2026)", "ITU-T G.90001 (05/2001)"]),
]


@pytest.mark.parametrize(("query", "expected"), FILTERED)
def test_page_exports_and_feed_take_the_same_filters(client, imports, query, expected):
    assert shown(client, f"/changes/?{query}") == expected
    rows = client.get(f"/changes/index.json?{query}").json()["rows"]
    assert [row["identifier"] for row in rows] == expected
    stream = client.get(f"/changes/index.csv?{query}").streaming_content
    text = b"".join(stream).decode().removeprefix("\ufeff")
    assert [row["identifier"] for row in csv.DictReader(io.StringIO(text))] == expected
    in_feed = titles(feed(client, f"/changes/feed.atom?{query}"))
    assert [title.split(": ")[1] for title in in_feed] == expected


def test_facets_count_the_changes_and_chips_remove_them(client, imports):
    soup = page(client.get("/changes/?kind=superseded&group=itu-t-sg15"))
    counts = {
        choice.input["value"]: choice.select_one(".count").get_text().split()[0]
        for choice in soup.select(".facets label.choice")
    }
    assert counts["new-edition"] == "1"
    assert "withdrawn" not in counts
    chip = next(a for a in soup.select(".chips a") if "Superseded" in a.get_text())
    assert shown(client, chip["href"]) == ["ITU-T G.90001 (06/2026)", "ITU-T G.90001 (05/2001)"]
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_the_list_is_cut_into_pages_of_fifty(client, imports):
    for _ in range(60):
        add_change(imports["second"], "data", imports["light"], after="title")
    assert len(shown(client, "/changes/")) == 50
    assert len(shown(client, "/changes/?page=2")) == 14
    assert client.get("/changes/?page=3").status_code == 404


@pytest.mark.parametrize("door", ["", "index.csv", "index.json", "feed.atom"])
@pytest.mark.parametrize("query", ["kind=bogus", "group=nobody", "series=zz", "colour=red"])
def test_an_unknown_filter_is_refused_at_every_door(client, door, query):
    assert client.get(f"/changes/{door}?{query}").status_code == 400


def test_a_change_of_a_work_that_is_no_longer_held_has_no_dead_link(client, imports):
    imports["light"].delete()
    soup = page(client.get("/changes/?kind=superseded"))
    assert soup.select_one(".row-id").get_text() == "ITU-T G.90001 (05/2001)"
    assert soup.select_one(".row .row-id")
    assert not soup.select_one(".row a")
    entry = next(feed(client, "/changes/feed.atom?kind=superseded").iter(f"{ATOM}entry"))
    assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/changes/")


FEEDS = [
    ("/changes/", "/changes/feed.atom", 4),
    ("/itu-t/g/", "/itu-t/g/feed.atom", 2),
    ("/itu-t/sg17/", "/itu-t/sg17/feed.atom", 2),
    ("/itu-t/g.90001/", "/itu-t/g.90001/feed.atom", 2),
    ("/itu-t/k/", "/itu-t/k/feed.atom", 0),
]


@pytest.mark.parametrize(("url", "address", "entries"), FEEDS)
def test_pages_name_their_feed_in_the_head_and_in_sight(client, imports, url, address, entries):
    soup = page(client.get(url))
    link = soup.find("link", rel="alternate", type="application/atom+xml")
    assert link["href"] == address
    assert soup.find("main").find("a", href=address)
    root = feed(client, address)
    assert len(titles(root)) == entries
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"http://testserver{address}"
    assert root.find(f"{ATOM}link[@rel='alternate']").get("href") == f"http://testserver{url}"


def test_a_feed_has_all_that_atom_asks_for_and_credits_the_data_set(client, imports):
    root = feed(client, "/changes/feed.atom")
    for name in ("id", "title", "updated", "author/" + ATOM + "name"):
        assert root.findtext(f"{ATOM}{name}"), name
    assert root.findtext(f"{ATOM}updated") == "2026-10-01T12:00:00+00:00"
    for name in ("rights", "subtitle"):
        assert "relaton-data-itu" in root.findtext(f"{ATOM}{name}")
        assert "2026-09-30" in root.findtext(f"{ATOM}{name}")
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith("tag:testserver,2026:") for name in some(ids))
    for entry in some(root.iter(f"{ATOM}entry")):
        assert entry.findtext(f"{ATOM}updated")
        path = entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver")
        assert client.get(path).status_code == 200


def test_an_entry_has_the_same_name_in_every_feed_and_keeps_it(client, imports):
    def names(url):
        entries = feed(client, url).iter(f"{ATOM}entry")
        return {entry.findtext(f"{ATOM}title"): entry.findtext(f"{ATOM}id") for entry in entries}

    everywhere = names("/changes/feed.atom")
    add_run("2026-11-01", "2026-10-30")
    assert names("/changes/feed.atom") == everywhere
    for url in ("/itu-t/g.90001/feed.atom", "/itu-t/g/feed.atom", "/itu-t/sg15/feed.atom"):
        assert names(url)
        assert names(url).items() <= everywhere.items()


def test_what_xml_cannot_hold_is_left_out_of_a_feed(client, imports):
    add_change(imports["second"], "data", imports["light"], identifier="A\x1eB", title="t\x02<b>")
    root = feed(client, "/itu-t/g.90001/feed.atom")
    assert "Record changed: AB" in titles(root)
    assert "t&lt;b&gt;" in [entry.findtext(f"{ATOM}summary") for entry in root.iter(f"{ATOM}entry")]


def test_the_feed_of_a_former_number_leads_to_that_of_the_work(client, imports):
    PublicationName.objects.create(
        publication=imports["light"], name="G.80001", kind="former", slug="g.80001"
    )
    response = client.get("/itu-t/g.80001/feed.atom")
    assert (response.status_code, response["Location"]) == (301, "/itu-t/g.90001/feed.atom")


@pytest.mark.parametrize(
    "url", ["/itu-t/g.99999/feed.atom", "/itu-t/sg99/feed.atom", "/itu-t/zz/feed.atom"]
)
def test_there_is_no_feed_of_what_is_not_here(client, url):
    assert client.get(url).status_code == 404


def test_the_home_page_shows_the_newest_texts_in_force_and_leads_to_what_changed(client, imports):
    part = page(client.get("/")).find(id="home-new").parent
    assert part.h2.get_text() == "Newest in force"
    assert part.find("a", href="/changes/")
    newest = Edition.objects.newest_in_force()[:4]
    shown = [row["href"] for row in part.select(".row-link")]
    assert shown == [edition.publication.get_absolute_url() for edition in some(newest)]


CREDITED = ["/", "/itu-t/g.711/", "/nowhere/"]


@pytest.mark.parametrize("url", CREDITED)
def test_every_page_names_the_data_set_and_the_day_of_its_snapshot(client, url):
    start = page(client.get(url)).select_one(".foot-data").get_text()
    assert "Curated initial content" in start
    assert "relaton-data-itu, snapshot of 22 August 2026" in start
    add_run("2026-10-01", "2026-09-30")
    later = page(client.get(url)).select_one(".foot-data").get_text()
    assert "Curated initial content" not in later
    assert "relaton-data-itu, snapshot of 30 September 2026" in later


def test_the_about_page_says_what_the_data_set_is_and_what_came_of_it(client, imports):
    soup = page(client.get("/about/"))
    assert soup.find("a", href="https://github.com/relaton/relaton-data-itu")
    text = main_text(client.get("/about/"))
    assert "obtains a copy" in text
    assert "Records left out" in text
    assert "30 September 2026" in text


def test_exports_say_where_each_publication_comes_from(client, imports):
    document = client.get("/publications/index.json?q=G.90001").json()
    assert "https://github.com/relaton/relaton-data-itu" in document["data_set"]
    assert document["rows"][0]["source"] == "relaton-data-itu, 2026-09-30"
    curated = client.get("/publications/index.json?q=radio+regulations").json()["rows"]
    assert all(row["source"] for row in some(curated))
