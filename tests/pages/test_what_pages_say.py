"""What readers are told: state first, doubt in place, the same facts in every door."""

from __future__ import annotations

import csv
import io

import pytest

from catalog.models import Initiative, ProblemReport, Publication, SearchEntry, SourceUse
from tests.found import some
from tests.pages.reading import main_text, page

pytestmark = pytest.mark.django_db

STATE_LINES = [
    ("/itu-t/g.711/", "In force: edition of 25 November 1988, with 2 amendments and 2 appendices."),
    ("/itu-t/g.711/1984-10/", "The edition in force is ITU-T G.711 (11/1988)"),
    ("/itu-t/b.18/", "Superseded. No edition of ITU-T B.18 is in force"),
    ("/itu-t/c.1/", "Withdrawn (date not known). No edition of ITU-T C.1 is in force"),
    ("/itu-t/k.21/", "In force, pre-published"),
    ("/itu-t/l.100/", "In force as L.100 (01/2024); called L.10 until 2015."),
    ("/itu-r/report/bt.2020/", "Latest known version: 1. ITU publishes no status for Reports"),
    ("/itu-t/g.711/2009-08/amd1/", "In force, together with ITU-T G.711 (11/1988)"),
    ("/itu/pub/itrs/1988/", "In force beside International Telecommunication Regulations"),
    ("/itu-d/pub/the-state-of-broadband/", "A serial: its issues stand side by side."),
]


@pytest.mark.parametrize(("url", "words"), STATE_LINES)
def test_the_state_line_stands_first_after_the_heading(client, url, words):
    response = client.get(url)
    heading = page(response).find("hgroup")
    line = heading.find_next_sibling()
    assert line.name == "section"
    assert line["aria-label"] == "Status"
    assert words in " ".join(line.get_text().split())


def test_a_superseded_page_says_so_in_its_title_and_links_to_what_is_in_force(client):
    soup = page(client.get("/itu-t/g.711/1984-10/"))
    assert soup.title.get_text().startswith("Superseded: ")
    assert soup.find("section", attrs={"aria-label": "Status"}).a["href"] == "/itu-t/g.711/1988-11/"
    assert soup.find("link", rel="latest-version")["href"] == "/itu-t/g.711/"


def test_no_text_is_called_in_force_without_grounds(client):
    for work in some(Publication.objects.in_force().select_related("current_edition")):
        assert work.current_edition.state_grounds, work.key


def initiatives_listed(client, query: str = "") -> list[tuple[str, str]]:
    """Return heading and address of each initiative on all pages of the list."""
    rows = []
    for number in range(1, 9):
        response = client.get(f"/initiatives/?page={number}{query}")
        if response.status_code != 200:
            break
        for section in page(response).select(".marked-section"):
            heading = " ".join(section.h3.get_text(" ").split()[:-1])
            rows += [(heading, a["href"]) for a in section.select("a.row-link")]
    return rows


def test_the_initiatives_list_holds_what_exists_the_surest_first(client):
    rows = initiatives_listed(client)
    order = list(dict.fromkeys(heading for heading, _address in rows))
    assert order[0] == "Checked"
    assert "Looked for and not found" not in order
    found = Initiative.objects.exclude(verification="not-found").count()
    soup = page(client.get("/initiatives/"))
    assert len(rows) == found == int(soup.find(id="results-title").get_text().split()[0])
    exported = client.get("/initiatives/index.json").json()
    assert exported["count"] == len(exported["rows"]) == found


def test_what_was_not_found_is_listed_apart_and_counted_on_the_list_of_initiatives(client):
    not_found = Initiative.objects.filter(verification="not-found").count()
    link = page(client.get("/initiatives/")).find("main").find("a", href="/initiatives/not-found/")
    assert link.get_text().split()[0] == str(not_found)
    soup = page(client.get(link["href"]))
    assert soup.find(id="results-title").get_text() == f"{not_found} titles"
    assert "none is counted as an ITU initiative" in " ".join(soup.main.get_text().split())
    for row in some(soup.select(".results .row")):
        assert "Not found" in row.get_text()
    export = next(a for a in soup.select(".exports a") if a.get_text() == "JSON")
    assert client.get(export["href"]).json()["count"] == not_found
    asked = page(client.get("/initiatives/?verification=not-found"))
    assert asked.find(id="results-title").get_text() == f"{not_found} initiatives"


def test_a_filtered_list_of_initiatives_says_how_many_matches_were_not_found(client):
    soup = page(client.get("/initiatives/?kind=summit"))
    link = soup.select_one("main .lead a[href*=not-found]")
    found = page(client.get(link["href"])).find(id="results-title").get_text()
    assert found.split()[0] == link.get_text().split()[0]
    facet = soup.find("input", attrs={"name": "verification", "value": "not-found"})
    assert facet.find_parent("label").select_one(".count").get_text().split()[0] == found.split()[0]


@pytest.mark.parametrize("path", ["", "index.csv", "index.json"])
def test_the_former_addresses_of_the_fact_check_lead_to_it(client, path):
    response = client.get(f"/claims/{path}?kind=topic&verification=checked")
    assert response.status_code == 301
    assert response["Location"] == f"/fact-check/{path}?kind=topic&verification=checked"
    assert client.get(f"/claims/{path}")["Location"] == f"/fact-check/{path}"


def test_ninety_two_of_the_programmes_and_summits_were_not_found():
    named = Initiative.objects.filter(kind__in=["programme", "summit"])
    assert named.count() == 119
    assert named.filter(verification="not-found").count() == 92


def test_a_doubtful_initiative_says_so_before_anything_else(client):
    soup = page(client.get("/initiatives/smart-cities-programme/"))
    notice = soup.find("section", attrs={"aria-label": "Verification"})
    assert "Not found" in notice.get_text()
    assert "United for Smart Sustainable Cities" in notice.get_text()
    assert soup.h1.find_next_sibling() == notice


def test_a_misattributed_entry_keeps_its_page_out_of_search_engines_and_names_the_owner(client):
    soup = page(client.get("/initiatives/desi/"))
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert (
        "European Commission"
        in soup.find("section", attrs={"aria-label": "Verification"}).get_text()
    )


def test_misattributed_entries_are_not_counted_with_the_sector_or_goal(client):
    assert "Digital Economy and Society Index" not in main_text(client.get("/itu-d/"))


def test_each_claim_shows_what_was_said_the_verdict_what_is_right_and_the_sources(client):
    row = SearchEntry.objects.get(key="itu")
    text = main_text(client.get("/fact-check/?q=International+Telecommunication+Union+(ITU)"))
    source = SourceUse.objects.of_entry("itu")[0].source.title
    for words in (row.claim, row.correction, source, "Corrected"):
        assert words in text


def test_there_are_235_claims_and_the_page_counts_them(client):
    assert SearchEntry.objects.claims().count() == 235
    assert page(client.get("/fact-check/")).find(id="results-title").get_text() == "235 claims"


def test_related_entries_are_linked_both_ways(client):
    assert page(client.get("/initiatives/giga/")).find("a", href="/partners/unicef/")
    assert page(client.get("/partners/unicef/")).find("a", href="/initiatives/giga/")
    assert page(client.get("/topics/speech-coding/")).find("a", href="/itu-t/g.711/")
    assert page(client.get("/itu-t/g.711/")).find("a", href="/topics/speech-coding/")


def test_a_partner_tells_what_it_shares_with_itu_before_long_lists(client):
    text = main_text(client.get("/partners/iso/"))
    assert 0 < text.index("World Standards Cooperation in 2001") < text.index("Twin texts")
    assert "Together with ITU" not in text  # it has no initiative
    assert "Together with ITU" in main_text(client.get("/partners/unicef/"))


def test_a_partner_lists_the_twin_texts_that_bear_its_name(client):
    for key in some(["iso", "iec"]):
        soup = page(client.get(f"/partners/{key}/"))
        for row in some(soup.select("section[aria-labelledby=twins] li")):
            assert key.upper() in row.get_text().partition(":")[0]


@pytest.mark.parametrize(
    ("url", "days"),
    [
        ("/conferences/submarine-cable-summit/2026/", "2 February 2026 not certain"),
        ("/conferences/wtisd/2025/", "17 May 2025"),
        ("/conferences/wtsa/2024/", "15 October 2024 – 24 October 2024"),
        ("/conferences/gsr/2002/", "2002; days not known"),
        ("/conferences/gsr/2022/", "2022 not certain"),
    ],
)
def test_a_meeting_says_no_more_about_its_days_than_is_known(client, url, days):
    table = page(client.get(url)).find("dl", class_="facts")
    dates = next(row for row in table("div") if row.dt.get_text() == "Dates")
    assert " ".join(dates.dd.get_text().split()).startswith(days)
    assert ("–" in dates.dd.get_text()) == ("–" in days)


def test_a_symposium_that_did_not_take_place_is_not_called_held(client):
    assert "Did not take place" in main_text(client.get("/conferences/gsr/2022/"))
    assert "GSR 2022 (did not take place)" in main_text(client.get("/conferences/gsr/"))


def test_every_figure_of_a_study_group_leads_to_a_list_with_that_many_rows(client):
    soup = page(client.get("/itu-t/sg15/"))
    for link in some(soup.select(".counts a")):
        number = int(link.get_text().split()[0])
        found = page(client.get(link["href"])).find(id="results-title").get_text()
        assert found == f"{number} publications"


@pytest.mark.slow
def test_number_ranges_lead_to_the_works_they_count(client):
    soup = page(client.get("/itu-t/g/"))
    rows = soup.select("[aria-labelledby=ranges] .row:has(> a)")[:80]
    for row in some(rows, at_least=10):
        number = row.select_one(".row-end").get_text().split(" in force")[0].split()[-1]
        address = row.select_one("a.row-link")["href"]
        found = page(client.get(address)).find(id="results-title").get_text()
        assert found.split()[0] == number, address


FILTERS = "state=in-force&sector=itu-t&topic=video-coding"


def test_a_filtered_list_and_its_exports_hold_the_same_rows(client):
    soup = page(client.get(f"/publications/?{FILTERS}"))
    count = int(soup.find(id="results-title").get_text().split()[0])
    assert 5 < count < 50
    shown = [name.get_text(strip=True) for name in soup.select(".rows .row-id")]
    exported = client.get(f"/publications/index.json?{FILTERS}").json()
    assert exported["count"] == count
    assert [row["identifier"] for row in exported["rows"]] == shown
    text = b"".join(client.get(f"/publications/index.csv?{FILTERS}").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["identifier"] for row in rows] == shown
    assert {row["state"] for row in rows} == {"In force"}
    assert rows[0]["address"].startswith("http://testserver/itu-t/")


@pytest.mark.slow
def test_facets_count_what_would_be_found(client):
    soup = page(client.get("/publications/?sector=itu-t"))
    choices = soup.select(".facets label.choice")[:25]
    others = (choice for choice in choices if choice.input["name"] != "sector")
    for choice in some(others, at_least=10):
        name, value = choice.input["name"], choice.input["value"]
        number = choice.select_one(".count").get_text().split()[0]
        found = page(client.get("/publications/", {"sector": "itu-t", name: value}))
        assert found.find(id="results-title").get_text().split()[0] == number, (name, value)


def test_a_chip_removes_its_filter_and_no_other(client):
    soup = page(client.get(f"/publications/?{FILTERS}"))
    chip = next(a for a in soup.select(".chips a") if "Topic" in a.get_text())
    rest = page(client.get(chip["href"]))
    labels = [a.get_text() for a in rest.select(".chips a")]
    assert any("Status" in label for label in labels)
    assert not any("Topic" in label for label in some(labels))


@pytest.mark.parametrize(
    ("query", "words", "hidden"),
    [
        ("state=in-force", "All are in force.", ["is-one-state"]),
        ("state=withdrawn&kind=recommendation", "All are withdrawn.", ["is-one-state"]),
        (
            "state=in-force&kind=supplement",
            "All are in force. Kind of all: Supplement.",
            ["is-one-state", "is-one-kind"],
        ),
        ("state=in-force&state=withdrawn", "", []),
        ("", "", []),
    ],
)
def test_what_all_rows_of_a_list_share_is_said_once(client, query, words, hidden):
    results = page(client.get(f"/publications/?{query}")).find(id="results")
    note = results.find("p", class_="note")
    assert (note.get_text() if note else "") == words
    classes = results.select_one("ol.rows")["class"]
    assert [name for name in classes if name.startswith("is-one")] == hidden


def test_an_empty_list_that_needs_two_filters_less_offers_each_filter_alone(client):
    query = "sector=itu-d&series=itu-t-series-g&group=itu-t-sg17"
    soup = page(client.get(f"/publications/?{query}"))
    links = [a for a in soup.select(".results .links a") if "alone" in a.get_text()]
    for link in some(links, at_least=2):
        found = page(client.get(link["href"])).find(id="results-title").get_text()
        assert found.split()[0] == link.get_text().split()[0]


def test_an_empty_list_of_words_leads_to_the_search_and_to_all(client):
    soup = page(client.get("/publications/?q=zzzqqq"))
    links = [a["href"] for a in soup.select(".results .links a")]
    assert links == ["/search/?q=zzzqqq", "/publications/?#results", "/publications/"]


def test_an_empty_list_offers_ways_out(client):
    soup = page(client.get("/publications/?state=withdrawn&topic=artificial-intelligence"))
    links = [a for a in soup.select(".results .links a") if "leave out" in a.get_text()]
    for link in some(links):
        assert client.get(link["href"]).status_code == 200


def test_no_cell_of_an_export_is_taken_for_a_formula(client):
    Publication.objects.filter(key="itu-t-g.711").update(name="=1+1")
    text = b"".join(client.get("/publications/index.csv").streaming_content).decode()
    assert "'=1+1" in text


def test_a_problem_report_is_kept_and_an_empty_one_is_not(client):
    form = {"page": "/itu-t/g.711/", "message": "The date is wrong.", "contact": ""}
    response = client.post("/report/", form, follow=True)
    assert "An editor will read your report" in main_text(response)
    assert ProblemReport.objects.get().message == "The date is wrong."
    refused = client.post("/report/", {"page": "/itu-t/g.711/", "message": ""})
    assert refused.status_code == 400
    assert "Error:" in main_text(refused)
    trapped = client.post("/report/", {**form, "website": "http://spam.example/"})
    assert trapped.status_code == 400
    assert ProblemReport.objects.count() == 1


def test_membership_cells_name_yes_and_no_and_two_types_can_be_compared(client):
    soup = page(client.get("/membership/?a=associate&b=academia"))
    assert len(soup.select("table.matrix thead th")) == 3
    assert {cell.get_text().strip() for cell in soup.select(".answer")} >= {"Yes", "No"}


def test_all_types_are_compared_and_two_of_them_where_there_is_no_room_for_more(client):
    soup = page(client.get("/membership/"))
    heads = soup.select("table.matrix thead th a")
    assert len(heads) > 2
    chosen = [option.get_text(strip=True) for option in soup.select("option[selected]")]
    shown = [head for head in heads if "is-aside" not in head.parent.get("class", [])]
    assert [head.get_text(strip=True) for head in shown] == chosen
    assert soup.select_one(".only-narrow a")["href"] == "#all-kinds"
    for row in some(soup.select("table.matrix tr:has(td)")):
        assert len(row.select("td")) == len(heads)
        assert len(row.select("td:not(.is-aside)")) == 2


def test_public_pages_show_editors_the_way_to_the_form_and_readers_none(client, admin_client):
    assert not page(client.get("/initiatives/giga/")).find("a", string="Edit this entry")
    link = page(admin_client.get("/initiatives/giga/")).find("a", string="Edit this entry")
    assert admin_client.get(link["href"]).status_code == 200
