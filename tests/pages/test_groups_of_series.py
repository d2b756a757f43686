"""Groups that look after whole series: what they count, and with whom they share a series."""

from __future__ import annotations

import pytest

from catalog.models import Publication, StudyGroup
from tests.found import some
from tests.pages.reading import main_text, page
from tests.pages.test_series_and_groups import add_works, number_in, proves, snapshot_of
from tests.pages.works import add_edition, make_work, settle

pytestmark = pytest.mark.django_db


def texts_of_radio() -> None:
    """Add three texts to the SF series, which two groups of ITU-R look after."""
    for number, state in ((90001, "in-force"), (90002, "in-force"), (90003, "withdrawn")):
        work = make_work(f"ITU-R SF.{number}", f"sf.{number}", sector="itu-r")
        add_edition(work, "2020-03-01", state, identifier=f"{work.identifier}-0", slug="0")
        settle(work)


@pytest.mark.parametrize("url", ["/itu-r/sg4/", "/itu-r/sg5/"])
def test_a_group_of_itu_r_counts_the_works_of_its_series(client, url):
    texts_of_radio()
    snapshot_of("2025-06-30")
    soup = page(client.get(url))
    links = soup.select(".counts a") + soup.select("[aria-labelledby=figures] dd a")
    assert len(links) >= 4
    for link in some(links):
        assert proves(client, link, number_in(link.get_text())), link
    assert "Counted by its series" in main_text(client.get(url))
    shown = page(client.get("/itu-r/")).find("a", href=url).find_parent("li")
    assert "by its series" in shown.get_text()
    for link in some(shown.select(".row-end a")):
        assert proves(client, link, number_in(link.get_text())), link
    text = main_text(client.get(f"{url}?on=2021-01-01"))
    assert "ITU-R SF.90003-0" in text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/itu-r/sg5/", "SF (with ITU-R Study Group 4)"),
        ("/itu-r/sg4/", "SF (with ITU-R Study Group 5)"),
        ("/itu-t/sg5/", "L (with ITU-T Study Group 15)"),
        ("/itu-r/sf/", "ITU-R Study Group 4, ITU-R Study Group 5"),
        ("/itu-t/l/", "ITU-T Study Group 5, ITU-T Study Group 15"),
        ("/itu-r/sf.90001/", "ITU-R Study Group 4, ITU-R Study Group 5 by its series"),
    ],
)
def test_a_series_with_two_groups_names_both_on_every_page(client, url, words):
    texts_of_radio()
    text = page(client.get(url)).find("main").get_text()
    assert words in " ".join(text.split())


def test_a_work_that_names_its_group_says_nothing_of_those_of_its_series(client):
    assert "by its series" not in main_text(client.get("/itu-t/g.711/"))


def test_the_groups_that_texts_of_a_series_name_are_counted(client):
    add_works(2, study_group=StudyGroup.objects.get(key="itu-t-sg5"))
    other = make_work("ITU-T K.95000", "k.95000", study_group=StudyGroup.objects.get(key="tsag"))
    settle(other)
    soup = page(client.get("/itu-t/k/"))
    links = [a for a in soup.find("main").find_all("a") if "&group=" in a["href"]]
    assert len(links) == 2
    for link in some(links):
        assert proves(client, link, number_in(link.get_text().split(":")[1])), link


def test_a_group_whose_texts_have_no_status_shows_no_figures(client):
    group = StudyGroup.objects.get(key="itu-r-sg8")
    question = make_work(
        "Question ITU-R 900/8",
        "question/900/sg8",
        sector="itu-r",
        study_group=group,
    )
    add_edition(question, "2003-11-01", "presumed-current", slug="0", identifier="900-0/8")
    settle(question)
    text = main_text(client.get("/itu-r/sg8/"))
    assert "Publications in this catalogue" in text
    assert "In figures" not in text


@pytest.mark.parametrize(("key", "series"), [("itu-r-sg5", "sf"), ("itu-t-sg13", "i")])
def test_the_list_of_a_group_says_what_belongs_to_it_only_by_its_series(client, key, series):
    group = StudyGroup.objects.get(key=key)
    sector = group.sector.code
    before = Publication.objects.only_by_series(group).count()
    for number in (90001, 90002):
        made = make_work(
            f"{sector.upper()} {series.upper()}.{number}", f"{series}.{number}", sector=sector
        )
        settle(made)
    named = make_work(
        f"{sector.upper()} {series.upper()}.90003",
        f"{series}.90003",
        sector=sector,
        study_group=group,
    )
    settle(named)
    soup = page(client.get(f"/publications/?group={key}"))
    assert named.get_absolute_url() in {link["href"] for link in soup.select("#results a")}
    note = soup.select_one("#results p.note")
    words = " ".join(note.get_text().split())
    assert f"{before + 2:,} more belong to it only by their series" in words
    listed = main_text(client.get(note.a["href"]))
    assert f"{series.upper()}.90001" in listed
    assert soup.select_one("#results-title").get_text().split()[0] == str(
        Publication.objects.naming_group(group).count()
    )


def test_the_page_of_a_group_counts_what_names_it_as_the_list_does(client):
    group = StudyGroup.objects.get(key="itu-r-sg5")
    settle(make_work("ITU-R M.91001", "m.91001", sector="itu-r", study_group=group))
    soup = page(client.get("/itu-r/sg5/"))
    link = soup.find("a", href="/publications/?group=itu-r-sg5")
    assert proves(client, link, number_in(link.get_text()))
