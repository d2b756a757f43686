"""`?on=2019-05-01`: a work as it stood on a day, and what is said to a wrong day."""

from __future__ import annotations

import datetime

import pytest

from catalog.models import StudyGroup
from tests.found import some
from tests.pages.reading import main_text, page
from tests.pages.works import add_component, add_edition, make_work, settle

SG8 = "itu-r-sg8"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def work():
    """Add a work with three editions, the newest in force."""
    made = make_work("ITU-T G.90001", "g.90001", name="Name of today")
    first = add_edition(made, "1988-11-25", "superseded", title="Name of 1988")
    add_edition(made, "2004-05-07", "superseded")
    newest = add_edition(made, "2015-03-29", "in-force")
    add_component(first, "amd1", "1990-01-05", "superseded")
    add_component(newest, "amd1", "2016-04-13", "superseded")
    add_component(newest, "amd2", "2018-04-13", "in-force")
    settle(made)
    return made


def state_line(soup) -> str:
    """Return the words of the state line."""
    section = soup.find("section", attrs={"aria-label": "Status"})
    return " ".join(section.p.get_text().split())


def test_the_page_of_a_day_says_so_before_anything_else_and_stays_out_of_indexes(client):
    response = client.get("/itu-t/g.90001/?on=2019-05-01")
    assert response.status_code == 200
    soup = page(response)
    notice = soup.find("main").find("section")
    assert notice["aria-label"] == "As of"
    assert " ".join(notice.get_text().split()) == "As of 1 May 2019. Show it as it is today"
    assert notice.a["href"] == "/itu-t/g.90001/"
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert soup.title.get_text().startswith("ITU-T G.90001 on 1 May 2019 – in force – ")
    assert len(soup.find_all("h1")) == 1


@pytest.mark.parametrize(
    ("day", "line", "read", "rows"),
    [
        (
            "1989-05-01",
            "In force on 1 May 1989: ITU-T G.90001 (11/1988), approved 25 November 1988.",
            ["1988-11"],
            1,
        ),
        (
            "1999-12-31",
            "In force on 31 December 1999: ITU-T G.90001 (11/1988), approved 25 November 1988, "
            "with 1 amendment.",
            ["1988-11", "1990-01/amd1"],
            2,
        ),
        (
            "2004-05-07",
            "In force on 7 May 2004: ITU-T G.90001 (05/2004), approved 7 May 2004.",
            ["2004-05"],
            3,
        ),
        (
            "2019-05-01",
            "In force on 1 May 2019: ITU-T G.90001 (03/2015), approved 29 March 2015, "
            "with 1 amendment.",
            ["2015-03", "2018-04/amd2"],
            6,
        ),
    ],
)
def test_sections_are_those_of_the_day(client, day, line, read, rows):
    soup = page(client.get(f"/itu-t/g.90001/?on={day}"))
    assert state_line(soup).startswith(line)
    listed = [a["href"] for a in soup.select("ol.reading a")]
    assert listed == [f"/itu-t/g.90001/{address}/" for address in read]
    assert len(soup.select("#editions tbody tr")) == rows
    first = soup.select_one("#editions tbody tr")
    assert first.th.a["href"] == listed[0]
    assert first.td.get_text().strip() == "In force"


def test_the_title_is_that_of_the_edition_of_the_day(client):
    then = page(client.get("/itu-t/g.90001/?on=1990-01-01"))
    assert then.find("hgroup").p.get_text() == "Name of 1988"
    now = page(client.get("/itu-t/g.90001/?on=2019-01-01"))
    assert now.find("hgroup").p.get_text() == "Name of today"


def test_what_ended_on_an_unknown_day_is_set_apart(client):
    text = main_text(client.get("/itu-t/g.90001/?on=2017-01-01"))
    assert "Approved by then but not in force today; when it ceased to be is not known:" in text


def test_today_in_this_form_tells_the_same_as_the_page_of_today(client):
    today = page(client.get("/itu-t/g.90001/"))
    then = page(client.get(f"/itu-t/g.90001/?on={datetime.date.today().isoformat()}"))
    links = [a["href"] for a in today.select("ol.reading a")]
    assert links
    assert [a["href"] for a in then.select("ol.reading a")] == links


def test_before_the_first_edition_nothing_was_in_force(client):
    response = client.get("/itu-t/g.90001/?on=1988-11-24")
    assert response.status_code == 200
    soup = page(response)
    assert "Nothing of ITU-T G.90001 was in force on 24 November 1988" in state_line(soup)
    assert (
        soup.find("section", attrs={"aria-label": "Status"}).a["href"] == "/itu-t/g.90001/1988-11/"
    )
    assert not soup.select("#editions")


def test_a_text_that_ended_says_that_the_end_is_not_known(client):
    work = make_work("ITU-T G.90002", "g.90002")
    add_edition(work, "1996-10-18", "withdrawn")
    settle(work)
    soup = page(client.get("/itu-t/g.90002/?on=2001-01-01"))
    line = state_line(soup)
    assert "It is not in force today (Withdrawn)" in line
    assert "its status on that day is not known" in line
    assert not soup.select("ol.reading")
    assert "In force" not in soup.select_one("#editions tbody").get_text()


def test_a_report_of_itu_r_names_the_latest_version_known_and_the_month(client):
    work = make_work("Report ITU-R BT.90003", "report/bt.90003", sector="itu-r", kind="report")
    for number, (when, state) in enumerate(
        [("2009-10", "superseded"), ("2017-12", "presumed-current")]
    ):
        add_edition(
            work,
            when,
            state,
            version=number,
            slug=str(number),
            identifier=f"Report ITU-R BT.90003-{number}",
        )
    settle(work)
    line = state_line(page(client.get("/itu-r/report/bt.90003/?on=2017-12-15")))
    assert line.startswith("Latest version known on 15 December 2017: Report ITU-R BT.90003-1")
    assert "Only the month of its date is known" in line
    line = state_line(page(client.get("/itu-r/report/bt.90003/?on=2017-11-30")))
    assert "Report ITU-R BT.90003-0" in line
    assert "Only the month" not in line
    line = state_line(page(client.get("/itu-r/report/bt.90003/?on=2001-01-01")))
    assert "so nothing is known for that day" in line
    assert "in force" not in line


@pytest.mark.parametrize("day", ["1999-01-01", "2010-07-15", "2019-05-01"])
def test_the_figure_and_the_page_of_a_day_agree(client, day):
    date = datetime.date.fromisoformat(day)
    soup = page(client.get("/itu-t/g.90001/"))
    start, today = datetime.date(1988, 11, 25), datetime.date.today()
    place = 100 * (date - start).days / (today - start).days
    folds = soup.select("#editions details.fold")
    bars = [(fold.select_one(".plot .h-bar"), fold.select_one(".fold-body bdi")) for fold in folds]
    covering = [
        name.get_text()
        for bar, name in some(bars)
        if float(bar["x"].rstrip("%"))
        <= place
        < float(bar["x"].rstrip("%")) + float(bar["width"].rstrip("%"))
    ]
    then = page(client.get(f"/itu-t/g.90001/?on={day}"))
    assert covering == [then.select_one("ol.reading a").get_text()]


TOMORROW = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()
WRONG = [
    ("", "this is not understood as a date. Write, for example, 1 May 2019, May 2019, 2019 or"),
    ("yesterday", "this is not understood as a date."),
    ("2019-W18-3", "this is not understood as a date."),
    ("<script>", "this is not understood as a date."),
    ("x" * 3000, "this is not understood as a date."),
    ("2019-02-30", "there is no such day."),
    ("0000-01-01", "there is no such day."),
    (TOMORROW, "the date must not be later than today."),
    ("9999", "the date must not be later than today."),
    ("01/05/2010", "01/05/2010 may mean 1 May 2010 or 5 January 2010. Choose one of them."),
]


@pytest.mark.parametrize(
    ("asked", "problem"), WRONG, ids=[text[:12] or "empty" for text, _problem in WRONG]
)
def test_a_wrong_day_is_refused_with_the_reason_and_the_way_on(client, asked, problem):
    response = client.get("/itu-t/g.90001/", {"on": asked})
    assert response.status_code == 400
    assert f"Error: {problem}" in main_text(response)
    soup = page(response)
    assert soup.find("main").find("a", href="/itu-t/g.90001/")
    field = soup.find("input", id="f-on")
    assert field["aria-describedby"] == soup.find(id="on-error")["id"]
    assert field["value"] == asked[:40]
    assert b"<script>" not in response.content


def test_what_may_mean_two_days_leads_to_both(client):
    main = page(client.get("/itu-t/g.90001/", {"on": "01/05/2010"})).find("main")
    for day, words in (("2010-05-01", "1 May 2010"), ("2010-01-05", "5 January 2010")):
        assert main.find("a", href=f"/itu-t/g.90001/?on={day}").get_text() == words


@pytest.mark.parametrize(
    ("asked", "notice"),
    [
        ("1 May 2010", "As of 1 May 2010. Show it as it is today"),
        (
            "May 2010",
            "As of 31 May 2010. You asked for May 2010; this is its last day. "
            "Show it as it is today",
        ),
        (
            "2010",
            "As of 31 December 2010. You asked for 2010; this is its last day. "
            "Show it as it is today",
        ),
    ],
)
@pytest.mark.parametrize("place", ["/itu-t/g.90001/", "/itu-t/g/", "/itu-t/sg15/"])
def test_a_day_is_read_in_any_way_of_writing_it(client, place, asked, notice):
    main = page(client.get(place, {"on": asked})).find("main")
    found = main.find("section", attrs={"aria-label": "As of"})
    assert " ".join(found.get_text().split()) == notice


def test_a_year_that_lasts_means_today(client):
    today = datetime.date.today()
    text = main_text(client.get("/itu-t/g.90001/", {"on": str(today.year)}))
    assert f"{today.year} is not over; this is today." in text or (today.month, today.day) == (
        12,
        31,
    )


def test_a_day_given_twice_is_refused(client):
    assert client.get("/itu-t/g.90001/?on=2019-05-01&on=2020-05-01").status_code == 400


def test_the_form_leads_to_the_page_of_the_day(client):
    form = page(client.get("/itu-t/g.90001/")).find("form", class_="compare")
    assert (form["action"], form["method"], form.input["name"]) == ("/itu-t/g.90001/", "get", "on")


@pytest.mark.parametrize("state", ["withdrawn", "superseded", "not-in-force"])
def test_from_the_day_on_which_a_status_was_read_it_is_told(client, state):
    work = make_work("ITU-T G.90002", "g.90002")
    add_edition(work, "1996-10-18", state)
    settle(work)
    today = datetime.date.today()
    soup = page(client.get(f"/itu-t/g.90002/?on={today.isoformat()}"))
    assert state_line(soup).startswith("Not in force on ")
    assert "status on that day is not known" not in state_line(soup)
    assert soup.title.get_text().count("status not known") == 0
    assert not soup.select("ol.reading")
    rows = page(client.get(f"/itu-t/g/?on={today.isoformat()}&page=2")).select(".row")
    assert "not known" not in next(r.get_text() for r in rows if "G.90002" in r.get_text())
    then = state_line(page(client.get("/itu-t/g.90002/?on=2001-01-01")))
    assert "its status on that day is not known" in then


def test_works_of_which_only_a_later_posting_is_known_are_counted_beside_the_list(client):
    text = main_text(client.get("/itu-r/sg8/?on=1999-01-01"))
    assert "more work only a later day of posting" not in text
    work = make_work(
        "ITU-R M.99001", "m.99001", sector="itu-r", study_group=StudyGroup.objects.get(key=SG8)
    )
    edition = add_edition(work, "2003-11", "superseded", slug="0", version=0)
    edition.approved, edition.posted = None, edition.approved
    edition.save()
    settle(work)
    text = main_text(client.get("/itu-r/sg8/?on=1999-01-01"))
    assert "Of 1 more work only a later day of posting is known" in text
