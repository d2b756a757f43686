"""Pages of series, groups and Sectors: every figure leads to a list with that many rows."""

from __future__ import annotations

import datetime
import re

import pytest

from catalog.models import ImportRun, Series, SeriesSupplement, StudyGroup
from tests.found import some
from tests.pages.reading import html_faults, main_text, page
from tests.pages.works import add_edition, make_work, move_version, settle

pytestmark = [pytest.mark.django_db, pytest.mark.many]

NUMBER = re.compile(r"\d[\d,]*")


def number_in(words: str) -> int:
    """Return the first number in words."""
    return int(NUMBER.search(words).group().replace(",", ""))


def found_by(client, url: str) -> int:
    """Return how many rows a list says it has."""
    return number_in(page(client.get(url)).find(id="results-title").get_text())


def proves(client, link, count: int) -> bool:
    """Whether a link leads to a list of so many rows."""
    return found_by(client, link["href"]) == count


def add_works(number: int, series: str = "k", **fields) -> list:
    """Add works to a series, K.90000 and so on, one a year from 1990 on."""
    made = []
    for place in range(number):
        label = f"{series}.{90_000 + place}"
        work = make_work(f"ITU-T {label.upper()}", label, **fields)
        add_edition(work, f"{1990 + place % 36}-03-01", "in-force")
        made.append(work)
    settle(*made)
    return made


def snapshot_of(day: str) -> None:
    """Add an import of the snapshot of a day."""
    noon = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    ImportRun.objects.create(
        started=noon, finished=noon, source="s", changed=True, snapshot_date=noon.date()
    )


@pytest.mark.slow
def test_a_large_series_shows_its_newest_works_and_leads_to_all_of_them(client):
    add_works(70)
    soup = page(client.get("/itu-t/k/"))
    works = soup.find("section", attrs={"aria-labelledby": "works"})
    assert works.h2.get_text() == "Newest in force"
    years = [int(row.select_one(".row-year").get_text()) for row in works.select(".row")]
    assert years == sorted(years, reverse=True)
    assert len(years) == 6
    assert years[0] >= 2025
    link = works.find_all("a")[-1]
    assert found_by(client, link["href"]) == number_in(link.get_text())
    assert number_in(link.get_text()) >= 70


def test_a_small_series_shows_all_its_works(client):
    add_works(12)
    works = page(client.get("/itu-t/k/")).find("section", attrs={"aria-labelledby": "works"})
    assert len(works.select(".row")) == number_in(works.h2.get_text()) >= 12


def test_narrow_ranges_stand_under_the_range_around_them(client):
    series = Series.objects.get(key="itu-t-series-k")
    for level, first, last in ((1, 90000, 90099), (2, 90000, 90009), (2, 90010, 90200), (1, 1, 9)):
        series.ranges.create(level=level, first=first, last=last, title=f"{first} to {last}")
    move_version()
    ranges = page(client.get("/itu-t/k/")).select_one("[aria-labelledby=ranges] > ol")
    outer = ranges.find_all("li", recursive=False)
    assert [row.select_one(".row-id").get_text() for row in outer] == [
        "K.1–K.9",
        "K.90000–K.90099",
        "K.90010–K.90200",
    ]
    inner = [row.get_text() for row in outer[1].details.ol.select(".row-id")]
    assert inner == ["K.90000–K.90099", "K.90000–K.90009"]


@pytest.mark.slow
def test_each_count_of_a_series_leads_to_a_list_of_that_many(client):
    make_work("ITU-T K Suppl. 901", "k.sup901", kind="supplement")
    add_works(3)
    soup = page(client.get("/itu-t/k/"))
    links = [link for link in soup.select(".counts a") if NUMBER.search(link.get_text())]
    assert len(links) > 4
    for link in some(links):
        assert proves(client, link, number_in(link.get_text())), link


@pytest.mark.parametrize("url", ["/itu-t/k/", "/itu-r/bt/", "/itu-t/d/"])
@pytest.mark.slow
def test_number_ranges_count_works_and_works_in_force(client, url):
    add_works(3)
    rows = page(client.get(url)).select("[aria-labelledby=ranges] .row")
    assert rows
    checked = 0
    for row in some(rows):
        end = row.select_one(".row-end")
        in_force, _of, works = end.get_text().strip().partition(" of ")
        for link, number in ((row.select_one("a.row-link"), works), (end.a, in_force)):
            if link is not None and checked < 24:
                assert proves(client, link, number_in(number)), link
                checked += 1
    assert checked


def test_a_series_without_known_ranges_is_counted_by_hundreds(client):
    add_works(3)
    assert not Series.objects.get(key="itu-t-series-k").ranges.exists()
    text = main_text(client.get("/itu-t/k/"))
    assert "K.90000–K.90099" in text
    assert "grouped by hundreds" in text


def test_supplements_to_the_whole_series_are_listed_and_others_only_counted(client):
    series = Series.objects.get(key="itu-t-series-k")
    whole = make_work("ITU-T K Suppl. 901", "k.sup901", kind="supplement", name="For all of K")
    single = make_work("ITU-T K Suppl. 902", "k.sup902", kind="supplement", name="For one of K")
    for work in (whole, single):
        add_edition(work, "2020-01-01", "in-force")
    settle(whole, single)
    SeriesSupplement.objects.create(supplement=whole, series=series)
    soup = page(client.get("/itu-t/k/"))
    part = soup.find(id="supplements").parent
    assert [row.get_text() for row in part.select(".row-id")] == ["ITU-T K Suppl. 901"]
    main = soup.find("main")
    assert "For one of K" not in main.get_text()
    link = main.find("a", string=re.compile("Supplements numbered"))
    assert proves(client, link, number_in(link.get_text()))


@pytest.mark.slow
def test_every_figure_of_a_group_leads_to_a_list_of_that_many(client):
    group = StudyGroup.objects.get(key="itu-t-sg15")
    add_works(40, study_group=group)
    snapshot_of("2025-06-30")
    soup = page(client.get("/itu-t/sg15/"))
    links = soup.select("[aria-labelledby=figures] dd a")
    assert len(links) == 4
    for link in some(links):
        assert proves(client, link, number_in(link.get_text())), link


def test_a_group_is_aged_as_of_the_snapshot_by_its_works_in_force(client):
    group = StudyGroup.objects.get(key="tsag")
    group.publications.update(study_group=None)
    for place, (when, state) in enumerate(
        [
            ("1988-11-25", "in-force"),
            ("1988-11-25", "pre-published"),
            ("2005-07-01", "in-force"),
            ("2020-01-01", "in-force"),
            ("2024-07-01", "in-force"),
            ("1960-01-01", "withdrawn"),
            ("2025-01-01", "withdrawn"),
        ]
    ):
        work = make_work(f"ITU-T A.{90_000 + place}", f"a.{90_000 + place}", study_group=group)
        add_edition(work, when, state)
        settle(work)
    snapshot_of("2025-06-30")
    facts = {
        row.dt.get_text(): " ".join(row.dd.get_text(" ").split())
        for row in page(client.get("/itu-t/tsag/")).select("[aria-labelledby=figures] dl > div")
    }
    assert facts["In force"] == "5 works"
    assert facts["Median age"].startswith("19 years: 3 works in force approved")
    assert (
        facts["Changed in the last 12 months"]
        == "2 works with an edition approved since 30 June 2024"
    )
    assert facts["Oldest in force"] == "2 works in force since 25 November 1988"


def test_a_group_without_works_says_so(client):
    StudyGroup.objects.get(key="tsag").publications.update(study_group=None)
    assert "No publication in this catalogue names this group." in main_text(
        client.get("/itu-t/tsag/")
    )


@pytest.mark.slow
def test_a_large_group_shows_its_newest_and_oldest_works_and_leads_to_all(client):
    add_works(60, study_group=StudyGroup.objects.get(key="itu-t-sg17"))
    soup = page(client.get("/itu-t/sg17/"))
    assert len(soup.select("[aria-labelledby=newest] .row")) == 5
    assert len(soup.select("[aria-labelledby=oldest] .row")) == 5
    part = soup.find("section", attrs={"aria-labelledby": "works"})
    assert not part.select(".row")
    link = part.find("a", string=re.compile(r"^\s*All "))
    assert proves(client, link, number_in(link.get_text()))


def test_a_large_group_without_texts_in_force_lists_its_first_works(client):
    group = StudyGroup.objects.get(key="tsag")
    group.publications.update(study_group=None)
    made = [make_work(f"ITU-T W.{n}", f"w.{n}", study_group=group) for n in range(90_000, 90_025)]
    for work in made:
        add_edition(work, "2001-01-01", "withdrawn")
    settle(*made)
    part = page(client.get("/itu-t/tsag/")).find("section", attrs={"aria-labelledby": "works"})
    assert len(part.select(".row")) == 20


def test_a_group_shows_its_family_as_a_tree(client):
    tree = page(client.get("/itu-t/sg21/")).select_one("[aria-labelledby=family] .tree")
    outer = tree.find_all("li", recursive=False)
    assert [row.a.get_text() for row in outer] == ["ITU-T Study Group 9", "ITU-T Study Group 16"]
    inner = [row.a["href"] for row in outer[1].ul.find_all("li")]
    assert inner == ["/itu-t/sg1/", "/itu-t/sg8/", "/itu-t/sg14/"]


def test_groups_that_follow_each_other_in_a_ring_end_somewhere(client):
    first, second = (StudyGroup.objects.get(key=key) for key in ("itu-t-sg15", "itu-t-sg17"))
    first.successors.add(second)
    second.successors.add(first)
    move_version()
    trees = page(client.get("/itu-t/sg15/")).select("[aria-labelledby=family] .tree")
    for tree in some(trees):
        assert [a["href"] for a in tree.select("a")].count("/itu-t/sg17/") == 1
        assert "/itu-t/sg15/" not in [a["href"] for a in tree.select("a")]


def test_an_ended_group_says_so_first(client):
    notice = page(client.get("/itu-t/sg9/")).h1.find_parent("hgroup").find_next_sibling()
    assert "ended in" in notice.get_text()


@pytest.mark.slow
def test_each_bar_of_a_group_leads_to_its_works_and_the_table_says_the_same(client):
    add_works(40, study_group=StudyGroup.objects.get(key="itu-t-sg15"))
    soup = page(client.get("/itu-t/sg15/"))
    part = soup.find("section", attrs={"aria-labelledby": "ages"})
    bars = {
        link["aria-label"].split(":")[0]: number_in(link["aria-label"].split(":")[1])
        for link in part.select("svg a")
    }
    assert len(bars) >= 4
    for link in some(part.select("svg a")):
        assert proves(client, link, number_in(link["aria-label"].split(":")[1]))
    table = {
        row.th.get_text(strip=True): number_in(row.td.get_text()) for row in part.select("tbody tr")
    }
    assert {decade: number for decade, number in table.items() if number} == bars
    assert sum(bars.values()) == number_in(part.figcaption.get_text())


@pytest.mark.parametrize("url", ["/itu-t/", "/itu-r/"])
@pytest.mark.slow
def test_each_cell_of_the_matrix_leads_to_its_works(client, url):
    add_works(12, series="k")
    response = client.get(url)
    assert not html_faults(response)
    cells = page(response).select("[aria-labelledby=by-decade] td a")
    assert len(cells) > 10
    total = 0
    for place, link in enumerate(some(cells)):
        name = " ".join(link.get_text().split())
        match = re.fullmatch(r"[A-Z]+ series, (\d{4})s: (\d+) works? in force", name)
        assert match, name
        total += int(match.group(2))
        if place % 4 == 0:
            assert f"year_from={match.group(1)}" in link["href"]
            assert proves(client, link, int(match.group(2))), name
    steps = [cell.parent["class"] for cell in cells]
    assert all(step[0].startswith("heat-") for step in some(steps))
    caption = page(response).select_one("[aria-labelledby=by-decade] caption").get_text()
    assert f"{total:,} in all" in caption


@pytest.mark.parametrize("url", ["/itu-t/", "/itu-r/", "/itu-d/", "/itu/"])
@pytest.mark.slow
def test_each_count_of_a_sector_leads_to_a_list_of_that_many(client, url):
    soup = page(client.get(url))
    links = soup.select("[aria-labelledby=kinds] .row-end a")
    links += soup.select("[aria-labelledby=series] .row-end a")[:6]
    links += soup.select("[aria-labelledby=groups] .row-end a")[:6]
    links += soup.select(".counts a")
    for link in some(links):
        assert proves(client, link, number_in(link.get_text())), link


@pytest.mark.parametrize(
    ("url", "name"),
    [("/itu-r/questions/", "ITU-R Questions"), ("/itu-r/resolutions/", "ITU-R Resolutions")],
)
def test_questions_and_resolutions_are_kinds_of_their_own(client, url, name):
    response = client.get(url)
    assert page(response).h1.get_text() == name
    assert "ITU publishes no status for texts of this kind" in main_text(response)
    assert page(client.get("/itu-r/")).find("a", href=url)


DAYS = [("2000-01-01", 0), ("2001-05-01", 1), ("2010-06-30", 1), ("2010-07-01", 2)]


@pytest.fixture
def two_works():
    """Return two works of a group without others, with editions over time."""
    group = StudyGroup.objects.get(key="tsag")
    group.publications.update(study_group=None)
    first = make_work("ITU-T W.90001", "w.90001", study_group=group)
    add_edition(first, "2001-05-01", "superseded")
    add_edition(first, "2015-05-01", "in-force")
    second = make_work("ITU-T W.90002", "w.90002", study_group=group)
    add_edition(second, "2010-07-01", "withdrawn")
    settle(first, second)


@pytest.mark.parametrize("place", ["/itu-t/tsag/", "/itu-t/w/"])
@pytest.mark.parametrize(("day", "count"), DAYS)
def test_a_day_in_the_past_shows_the_works_of_then(client, two_works, place, day, count):
    response = client.get(f"{place}?on={day}")
    soup = page(response)
    assert number_in(soup.select_one(".counts").get_text()) == count
    assert len(soup.select(".row")) == count
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert soup.find("section", attrs={"aria-label": "As of"}).a["href"] == place
    assert not html_faults(response)


def test_a_day_in_the_past_shows_the_edition_of_then_and_doubt_where_there_is_some(
    client, two_works
):
    rows = page(client.get("/itu-t/w/?on=2012-01-01")).select(".row")
    assert [row.select_one(".row-link")["href"] for row in rows] == [
        "/itu-t/w.90001/2001-05/",
        "/itu-t/w.90002/2010-07/",
    ]
    assert "In force" in rows[0].get_text()
    assert "In force" not in rows[1].get_text()
    assert "not known" in rows[1].get_text()


def test_works_of_a_day_are_cut_into_pages(client):
    add_works(70, study_group=StudyGroup.objects.get(key="itu-t-sg17"))
    first = page(client.get("/itu-t/k/?on=2026-01-01"))
    assert len(first.select(".row")) == 50
    second = page(client.get(f"/itu-t/k/{first.find('a', rel='next')['href'].split('#')[0]}"))
    assert 20 <= len(second.select(".row")) < 50
    assert client.get("/itu-t/k/?on=2026-01-01&page=9").status_code == 404


UNREADABLE = "this is not understood as a date. Write, for example, 1 May 2019,"
WRONG = [
    ("yesterday", UNREADABLE),
    ("", UNREADABLE),
    ("2019-05-01&on=2019-05-02", UNREADABLE),
    ("2019-02-30", "there is no such day."),
    ("9999-01-01", "the date must not be later than today."),
    ("01/05/2010", "01/05/2010 may mean 1 May 2010 or 5 January 2010."),
]


@pytest.mark.parametrize("place", ["/itu-t/g/", "/itu-t/sg15/"])
@pytest.mark.parametrize(("day", "problem"), WRONG)
def test_a_wrong_or_future_day_is_refused_with_the_reason(client, place, day, problem):
    response = client.get(f"{place}?on={day}")
    assert response.status_code == 400
    assert f"Error: {problem}" in main_text(response)
    assert page(response).find("main").find("a", href=place)


APPROVED = [
    ("approved_from=2024-13-01", 400),
    ("approved_from=2024-1-1", 400),
    ("approved_to=tomorrow", 400),
    ("approved_from=2024-01-01&approved_from=2025-01-01", 400),
    ("approved_from=%D9%A2%D9%A0%D9%A2%D9%A4-01-01", 400),
    ("approved_from=2024-01-01&approved_to=2024-12-31&sort=oldest", 200),
    ("approved_from=", 200),
    ("approved_from=0001-01-01&approved_to=9999-12-31", 200),
]


@pytest.mark.parametrize(("query", "status"), APPROVED)
def test_the_days_of_approval_are_checked(client, query, status):
    response = client.get(f"/publications/?{query}")
    assert response.status_code == status
    if status == 400:
        text = main_text(response)
        assert (
            "Error: enter the date as year-month-day, for example 2019-05-01." in text
            or "more than once" in text
        )


def test_a_list_is_narrowed_by_days_of_approval_both_included(client):
    for place, when in enumerate(["2001-01-01", "2001-01-02", "2001-01-03", "2001-01-04"]):
        work = make_work(f"ITU-T W.{90_000 + place}", f"w.{90_000 + place}")
        add_edition(work, when, "in-force")
        settle(work)
    query = "series=itu-t-series-w&approved_from=2001-01-02&approved_to=2001-01-03&sort=oldest"
    soup = page(client.get(f"/publications/?{query}"))
    shown = [name.get_text(strip=True) for name in soup.select(".rows .row-id")]
    assert shown == ["ITU-T W.90001", "ITU-T W.90002"]
    labels = " ".join(a.get_text() for a in soup.select(".chips a"))
    assert "Approved from: 2001-01-02" in labels
    assert "Approved to: 2001-01-03" in labels
    kept = {field["name"]: field["value"] for field in soup.select(".facets input[type=hidden]")}
    assert kept["approved_from"] == "2001-01-02"
    assert kept["sort"] == "oldest"
