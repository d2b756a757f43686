"""What took the place of a text, on every page and in every export that shows the text."""

from __future__ import annotations

import re

import pytest

from catalog.models import Publication, PublicationRelation, Source, Successor
from tests.found import some
from tests.pages.reading import main_text, page
from tests.pages.works import add_edition, make_work, move_version, settle

pytestmark = pytest.mark.django_db


def words_of(client, url: str) -> str:
    """Return the state line of a page."""
    line = page(client.get(url)).find("section", attrs={"aria-label": "Status"})
    return " ".join(line.p.get_text().split())


def work(number: int, state: str = "withdrawn", when: str = "1990-05-01") -> Publication:
    """Add a work of the G series with one edition."""
    made = make_work(f"ITU-T G.{number}", f"g.{number}")
    add_edition(made, when, state)
    settle(made)
    return made


def follow(old: Publication, new: Publication | str, verb: str, certainty: str, since=None) -> None:
    """Say that one text took the place of another."""
    is_here = isinstance(new, Publication)
    source, _made = Source.objects.get_or_create(
        key="a-page-on-it", title="A page on it", url="https://example.org/it"
    )
    Successor.objects.create(
        reference=old.identifier,
        work=old,
        successor_reference=new.identifier if is_here else new,
        successor=new if is_here else None,
        verb=verb,
        certainty=certainty,
        since=since,
        source=source,
        position=Successor.objects.filter(reference=old.identifier).count(),
    )
    move_version()


FACTS = [
    ("replaced-by", 1997, "Replaced by ITU-T G.90002 in 1997."),
    ("replaced-by", None, "Replaced by ITU-T G.90002."),
    ("merged-into", 1997, "Merged into ITU-T G.90002 in 1997."),
    ("moved-to", None, "Moved to ITU-T G.90002."),
    ("split-into", 1997, "Split into ITU-T G.90002 in 1997."),
    ("technically-succeeded-by", None, "ITU-T G.90002 does the same job today."),
    (
        "technically-succeeded-by",
        1997,
        "The same job has been done by ITU-T G.90002 since 1997.",
    ),
]
OTHERS = [
    ("technically-succeeded-by", "ITU-T G.90002 does the same job today"),
    ("replaced-by", "its place was taken by ITU-T G.90002 in 1997"),
    ("merged-into", "it became part of ITU-T G.90002 in 1997"),
    ("split-into", "it was split into ITU-T G.90002 in 1997"),
    ("moved-to", "it moved to ITU-T G.90002 in 1997"),
]


@pytest.mark.parametrize("certainty", ["stated", "same-title"])
@pytest.mark.parametrize(("verb", "since", "words"), FACTS)
def test_what_a_source_says_is_told_as_fact(client, verb, since, words, certainty):
    follow(work(90001), work(90002, "in-force"), verb, certainty, since)
    assert words_of(client, "/itu-t/g.90001/").endswith(words)


@pytest.mark.parametrize(
    ("certainty", "how"),
    [("inferred", "By inference"), ("general-knowledge", "By general knowledge")],
)
@pytest.mark.parametrize(("verb", "words"), OTHERS)
def test_what_nobody_states_is_told_with_how_it_is_known(client, verb, words, certainty, how):
    follow(work(90001), work(90002, "in-force"), verb, certainty, 1997)
    told = words_of(client, "/itu-t/g.90001/")
    assert told.endswith(f"ITU names no successor. {how}, {words}.")


def test_a_superseded_text_does_not_say_that_another_one_replaced_it_and_then_which(client):
    old = work(90001, "superseded")
    assert words_of(client, "/itu-t/g.90001/").endswith("was replaced by another text.")
    follow(old, work(90002, "in-force"), "moved-to", "same-title")
    assert words_of(client, "/itu-t/g.90001/") == (
        "Superseded. No edition of ITU-T G.90001 is in force; the newest one is dated 1 May 1990. "
        "Moved to ITU-T G.90002."
    )
    assert words_of(client, "/itu-t/g.90001/1990-05/") == "Superseded. Moved to ITU-T G.90002."


def test_the_line_ends_with_the_text_in_force_at_the_end_of_the_chain(client):
    first, second, third = work(90001), work(90002), work(90003, "in-force")
    follow(first, second, "replaced-by", "stated", 1995)
    assert words_of(client, "/itu-t/g.90001/").endswith(
        "Replaced by ITU-T G.90002 in 1995. "
        "That text is not in force either, and none is known to have followed it."
    )
    follow(second, third, "replaced-by", "inferred", 2001)
    assert words_of(client, "/itu-t/g.90001/").endswith(
        "Replaced by ITU-T G.90002 in 1995. Today ITU-T G.90003 stands in its place (inferred)."
    )
    line = page(client.get("/itu-t/g.90001/")).find("section", attrs={"aria-label": "Status"})
    links = [a["href"] for a in line.p.find_all("a")]
    assert links == ["/itu-t/g.90002/", "/itu-t/g.90003/"]
    assert line.select_one("a.button")["href"] == "/itu-t/g.90003/"


def test_several_successors_stand_in_one_sentence(client):
    old = work(90001)
    for number in (90002, 90003, 90004):
        follow(old, work(number, "in-force"), "split-into", "stated", 2004)
    assert words_of(client, "/itu-t/g.90001/").endswith(
        "Split into ITU-T G.90002, ITU-T G.90003 and ITU-T G.90004 in 2004."
    )


def test_a_successor_that_is_not_here_is_named_without_a_link(client):
    old = work(90001, "superseded")
    follow(old, "ITU-T G.90001-2", "replaced-by", "stated", 2019)
    told = words_of(client, "/itu-t/g.90001/")
    assert told.startswith("The editions of ITU-T G.90001 in this catalogue are superseded;")
    assert told.endswith("Replaced by ITU-T G.90001-2 (not in this catalogue) in 2019.")
    assert not page(client.get("/itu-t/g.90001/")).select(".state-line a")


def test_the_page_of_the_successor_says_what_it_replaced_and_both_name_the_source(client):
    follow(work(90001), work(90002, "in-force"), "replaced-by", "inferred", 1997)
    assert "Replaces ITU-T G.90001 (inferred)" in main_text(client.get("/itu-t/g.90002/"))
    for url in ("/itu-t/g.90001/", "/itu-t/g.90002/", "/itu-t/g.90001/1990-05/"):
        link = page(client.get(url)).find("a", href="https://example.org/it")
        assert link.get_text() == "A page on it"
        assert "ITU-T G.90001 → ITU-T G.90002" in link.find_parent("dd").get_text()


def test_a_text_that_is_in_force_has_no_successor(client):
    follow(work(90001, "in-force"), work(90002, "in-force"), "replaced-by", "stated")
    assert "Replaced by" not in main_text(client.get("/itu-t/g.90001/"))


def test_rows_of_lists_and_of_the_search_say_what_stands_in_its_place(client):
    follow(work(90001), work(90002, "in-force"), "replaced-by", "inferred")
    for url in ("/publications/?q=G.90001", "/search/?q=G.90001+title", "/itu-t/g/?on=2001-01-01"):
        text = main_text(client.get(url))
        assert ("in its place today: ITU-T G.90002 (inferred)" in text) != ("?on=" in url)


@pytest.mark.parametrize(
    ("day", "is_known"),
    [("1996-12-31", False), ("1997-06-30", False), ("1997-12-31", True), ("2003-01-01", True)],
)
def test_as_of_a_day_only_what_had_happened_by_then_is_told(client, day, is_known):
    follow(work(90001), work(90002, "in-force"), "replaced-by", "stated", 1997)
    told = words_of(client, f"/itu-t/g.90001/?on={day}")
    assert ("Replaced by ITU-T G.90002 in 1997." in told) == is_known
    text = main_text(client.get(f"/itu-t/g/?on={day}"))
    assert ("in its place by then: ITU-T G.90002" in text) == is_known
    text = main_text(client.get(f"/itu-t/g.90002/?on={day}"))
    assert ("Replaces ITU-T G.90001" in text) == is_known


def test_exports_name_the_text_at_the_end_and_say_how_that_is_known(client):
    first, second = work(90001), work(90002)
    follow(first, second, "replaced-by", "stated", 1995)
    follow(second, work(90003, "in-force"), "technically-succeeded-by", "inferred")
    for url in ("/publications/index.json?q=G.90001", "/search/index.json?q=G.90001"):
        rows = {row["identifier"]: row for row in client.get(url).json()["rows"]}
        row = rows["ITU-T G.90001"]
        assert row["in its place"] == "ITU-T G.90003"
        assert row["succession"].startswith("Replaced by ITU-T G.90002 in 1995.")
    rows = client.get("/publications/index.json?q=G.711").json()["rows"]
    assert {(row["in its place"], row["succession"]) for row in rows} == {("", "")}


def test_the_api_gives_the_chain_in_words_and_in_parts(client):
    first, second = work(90001), work(90002)
    follow(first, second, "replaced-by", "stated", 1995)
    follow(second, "ITU-T G.90003", "moved-to", "same-title")
    found = client.get("/api/v1/resolve", {"q": "G.90001"}).json()["replacement"]
    assert found == {
        "words": "Replaced by ITU-T G.90002 in 1995. "
        "Today ITU-T G.90003 (not in this catalogue) stands in its place.",
        "steps": [
            {
                "text": {
                    "identifier": "ITU-T G.90002",
                    "state": "withdrawn",
                    "url": "http://testserver/itu-t/g.90002/",
                },
                "verb": "replaced-by",
                "certainty": "stated",
                "since": 1995,
                "source": "A page on it",
            }
        ],
        "ends": [{"identifier": "ITU-T G.90003", "state": None, "url": None}],
        "certainty": "same-title",
    }


def test_a_text_that_moved_to_another_letter_says_so_once(client):
    old, new = work(90001, "superseded"), work(90002, "in-force")
    PublicationRelation.objects.create(kind="also-published-as", subject=new, target=old)
    move_version()
    for url in ("/itu-t/g.90001/", "/itu-t/g.90002/"):
        assert "Also published as" in main_text(client.get(url))
    follow(old, new, "moved-to", "same-title")
    for url in ("/itu-t/g.90001/", "/itu-t/g.90002/"):
        assert "Also published as" not in main_text(client.get(url))


def test_only_a_text_of_which_an_edition_may_be_in_force_is_cited_without_a_date(client):
    work(90001)
    text = main_text(client.get("/itu-t/g.90001/"))
    assert "No edition in this catalogue is in force; cite the dated edition." in text
    assert "Undated:" not in text
    assert "Undated:" in main_text(client.get("/itu-t/g.711/"))


def test_on_a_day_only_texts_that_had_come_out_by_then_are_named(client):
    old = work(90001, when="1993-03-12")
    for number, when in ((90002, "1996-08-27"), (90003, "1997-09-19")):
        follow(old, work(number, "in-force", when), "split-into", "stated", 1996)
    told = words_of(client, "/itu-t/g.90001/?on=1996-12-31")
    assert "Split into ITU-T G.90002 in 1996." in told
    assert "G.90003" not in told
    told = words_of(client, "/itu-t/g.90001/?on=1997-12-31")
    assert "Split into ITU-T G.90002 and ITU-T G.90003" in told


def test_texts_that_came_in_one_year_stand_in_one_sentence(client):
    old = work(90001, when="1993-03-12")
    for number, year in ((90002, 1996), (90003, 1997), (90004, 1996)):
        follow(old, work(number, "in-force"), "split-into", "stated", year)
    told = words_of(client, "/itu-t/g.90001/")
    assert "Split into ITU-T G.90002 and ITU-T G.90004 in 1996. Split into ITU-T G.90003" in told


def test_no_succession_of_the_files_is_older_than_its_texts():
    rows = Successor.objects.exclude(since=None).filter(work__isnull=False)
    for row in some(rows.with_texts()):
        newest = row.work.editions.exclude(approved=None).order_by("position").last()
        assert newest is None or newest.approved.year <= row.since, row
        if row.successor_approved:
            assert row.successor_approved.year <= row.since, row


def test_itu_names_no_successor_is_said_once_and_never_beside_one_that_is_named(client):
    old = work(90001)
    for number, year in ((90002, 1996), (90003, 1997)):
        follow(old, work(number, "in-force"), "split-into", "inferred", year)
    told = words_of(client, "/itu-t/g.90001/")
    assert told.count("ITU names no successor. By inference") == 1
    assert told.count("By inference, it was split into") == 2
    follow(old, work(90004, "in-force"), "replaced-by", "stated")
    assert "ITU names no successor" not in words_of(client, "/itu-t/g.90001/")


def folded(title: str) -> str:
    """Return a title without case and punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", title.lower()))


def test_what_the_files_call_the_same_title_or_number_is_the_same():
    rows = Successor.objects.filter(work__isnull=False, successor__isnull=False)
    for row in some(rows.filter(certainty="same-title").with_texts()):
        editions = row.successor.editions.all()
        titles = {row.successor.shown_name, *(edition.shown_title for edition in editions)}
        assert folded(row.work.shown_name) in {folded(title) for title in titles}, row
        same_today = folded(row.work.shown_name) == folded(row.successor.shown_name)
        assert same_today or "title unchanged" not in row.note, row
    for row in some(rows.filter(certainty="same-number").with_texts()):
        numbers = {re.search(r"\.(\d+)", text.identifier)[1] for text in (row.work, row.successor)}
        assert len(numbers) == 1, row
