"""/go/, the search box and the pages that they lead to."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.pages.go import EXAMPLES
from catalog.resolver import Answer
from catalog.terms import Outcome
from catalog.works.known_successions import known_successions
from tests.found import some
from tests.pages.reading import html_faults, main_text, page

pytestmark = pytest.mark.django_db

FOUND = [
    ("g 711", "/itu-t/g.711/"),
    ("G.711 (11/88)", "/itu-t/g.711/1988-11/"),
    ("G.711 Amd 1", "/itu-t/g.711/2009-08/amd1/"),
    ("https://www.itu.int/rec/T-REC-G.711-198811-S/en", "/itu-t/g.711/1988-11/"),
    ("http://www.itu.int/rec/T-REC-G.711", "/itu-t/g.711/"),
    ("Report BT.2020-1", "/itu-r/report/bt.2020/1/"),
    ("L.10", "/itu-t/l.100/"),
]


@pytest.mark.parametrize(("asked", "path"), FOUND)
@pytest.mark.parametrize("box", ["/go/?id", "/search/?q"])
def test_what_means_one_text_leads_there_with_the_question_kept(client, box, asked, path):
    door, name = box.split("?")
    response = client.get(door, {name: asked})
    assert response.status_code == 302
    where = urlsplit(response["Location"])
    assert (where.netloc, where.path, parse_qs(where.query)) == ("", path, {"q": [asked]})
    opened = client.get(response["Location"])
    assert f"Opened from your search for “{asked}”." in main_text(opened)
    canonical = page(opened).find("link", rel="canonical")["href"]
    assert canonical == f"http://testserver{path}"


def test_without_a_question_there_is_a_form_with_examples_that_resolve(client):
    for url in ("/go/", "/go/?id=", "/go/?id=%20%09"):
        response = client.get(url)
        assert response.status_code == 200
        soup = page(response)
        assert soup.find("label", attrs={"for": "go-id"}).get_text() == "Identifier or itu.int link"
        assert soup.find("main").find("a", href="/go/batch/")
    links = [a["href"] for a in soup.select(".tries a")]
    assert len(links) == len(EXAMPLES) == 3
    for link in some(links):
        assert client.get(link).status_code == 302


@pytest.mark.parametrize("url", ["/go/?id=BT.2020", "/search/?q=BT.2020"])
def test_several_texts_are_offered_the_one_in_force_first(client, url):
    response = client.get(url)
    assert response.status_code == 200
    soup = page(response)
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert soup.h1.get_text() == "Which BT.2020 did you mean?"
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in soup.select("tbody tr")
    ]
    assert rows[0][0].startswith("ITU-R BT.2020")
    assert rows[0][1:3] == ["Recommendation", "In force"]
    assert rows[1][0].startswith("Report ITU-R BT.2020")
    assert rows[1][1:3] == ["Report", "Presumed current"]
    assert rows[2] == ["None of these? Search for “BT.2020”"]
    way_out = soup.select("tbody tr")[-1].find("a")["href"]
    assert way_out == "/search/?q=BT.2020&sort=best"
    assert page(client.get(way_out)).select(".hits li")


def test_years_tell_candidates_apart(client):
    rows = page(client.get("/go/?id=BT.2020")).select("tbody tr")
    # Held are version 2 of the Recommendation, of 2015, and two of the Report, of 1999 and 2000.
    assert [row.select("td")[-1].get_text() for row in rows[:2]] == ["2015", "1999–2000"]


def test_at_most_fifty_candidates_are_shown_and_the_rest_is_counted(client, monkeypatch):
    from catalog.models import Publication

    works = tuple(Publication.objects.select_related("sector", "current_edition")[:53])
    monkeypatch.setattr(
        "catalog.views.finding.go.resolve",
        lambda text: Answer(text, Outcome.CANDIDATES, others=works),
    )
    response = client.get("/go/?id=anything")
    assert len(page(response).select("tbody tr")) == 51
    assert "3 more texts match" in main_text(response)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("OB.1096", ["Known, but not in this catalogue", "Operational Bulletin"]),
        ("G.Imp712", ["Known, but not in this catalogue", "Implementers’ Guide"]),
        ("G.7111", ["No entry for this", "We read this as G.7111", "ITU-T G.711", "G series"]),
        ("https://www.itu.int/nothing", ["No entry for this"]),
        ("no such words", ["No entry for this", "We cannot read this as an identifier"]),
    ],
)
def test_what_is_not_here_is_said_with_ways_on(client, asked, words):
    response = client.get("/go/", {"id": asked})
    assert response.status_code == 404
    soup = page(response)
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    for word in some(words):
        assert word in main_text(response)
    assert soup.find("input", id="go-id")["value"] == asked
    assert soup.find("main").find("a", href=lambda href: href.startswith("/search/?q="))
    assert soup.find("main").find("a", href=lambda href: href.startswith("https://www.itu.int/"))
    assert not html_faults(response)


def test_a_link_that_was_put_into_the_address_as_it_stands_is_kept_whole(client):
    response = client.get(
        "/go/?id=https://www.itu.int/rec/recommendation.asp?lang=en&parent=T-REC-G.711-198811-I"
    )
    assert response.status_code == 302
    assert response["Location"].startswith("/itu-t/g.711/1988-11/?q=")


ODD = [
    ("id=%00", 400),
    ("id=a%1fb", 400),
    ("id=%ff", 400),
    ("id=" + "a" * 2001, 400),
    ("id=" + "a" * 10_000, 400),
    ("id=" + "a" * 2000, 404),
    ("id=a&id=b", 400),
    ("id=%F0%9F%98%80", 404),
    ("id=%D7%A9%D7%9C%D7%95%D7%9D", 404),
    ("id=%E2%80%AEG.711%E2%80%AC", None),
    ("id=%3Cscript%3Ealert(1)%3C/script%3E", 404),
    ("id=%22%3E%3Cimg%20src=x%3E", 404),
    ("id=//evil.example/", 404),
    ("id=https://evil.example/", 404),
    ("id=%0d%0aSet-Cookie:%20a=b", 404),
    ("id=-", 404),
    ("id=*", 404),
    ("other=1", 200),
]


@pytest.mark.parametrize(("query", "status"), ODD, ids=[query[:24] for query, _ in ODD])
def test_an_odd_question_gets_a_helpful_answer(client, query, status):
    response = client.get(f"/go/?{query}")
    assert response.status_code in ((status,) if status else (302, 404))
    assert b"<script>alert" not in response.content
    assert b"<img" not in response.content
    if response.status_code != 302:
        soup = page(response)
        assert len(soup.find_all("h1")) == 1
        assert soup.find("main").find("a", href=True)


def test_an_error_keeps_the_text_and_is_tied_to_the_field(client):
    soup = page(client.get("/go/", {"id": "x" * 2001}))
    assert soup.find(role="alert").find("a", href="#go-id")
    assert soup.find(role="alert").get_text(strip=True).startswith("Error:")
    field = soup.find("input", id="go-id")
    assert field["aria-invalid"] == "true"
    assert "2,000" in soup.find(id=field["aria-describedby"]).get_text()
    assert field["value"] == "x" * 2000


def test_only_reading_is_possible(client):
    assert client.head("/go/?id=g+711").status_code == 302
    for method in ("post", "put", "delete"):
        assert getattr(client, method)("/go/?id=g+711").status_code == 405


# Search


def test_sorting_by_best_match_always_lists(client):
    for query in ("q=g+711&sort=best", "q=BT.2020&sort=best"):
        assert page(client.get(f"/search/?{query}")).select(".hits li")


@pytest.mark.parametrize(
    ("asked", "words"), [("OB.1096", "Operational Bulletin"), ("G.7111", "We read this as G.7111")]
)
def test_the_list_says_what_was_understood_above_the_results(client, asked, words):
    response = client.get("/search/", {"q": asked})
    assert response.status_code == 200
    text = main_text(response)
    assert words in text
    assert text.index(words) < text.index("result")
    assert not html_faults(response)


def test_words_are_searched_without_a_notice(client):
    response = client.get("/search/?q=optical")
    assert page(response).select(".hits li")
    assert not page(response).select(".notice")


def test_a_name_that_is_no_identifier_lists(client):
    response = client.get("/search/?q=Radio+Regulations")
    assert response.status_code == 200


# The page that was opened


def test_the_page_says_why_it_is_this_one(client):
    text = main_text(client.get("/itu-t/g.711/?q=G.711+(12/1988)"))
    assert "No edition of G.711 dated December 1988 is known." in text
    assert "Closest matches: ITU-T G.711 (11/1988)" in text
    assert "ITU-T L.10 is a former number" in main_text(client.get("/itu-t/l.100/?q=ITU-T+L.10"))


def test_other_parts_of_the_name_are_linked(client):
    soup = page(client.get("/itu-t/x.509/2021-10/cor1/?q=X.509+Cor.+1"))
    line, others = soup.select(".from-search")
    assert "only this one is in force" in line.get_text()
    assert "Other texts with this name or number:" in line.get_text()
    assert others.find("a", href="/itu-t/x.509/2015-05/cor1/")


@pytest.mark.parametrize(
    "path", ["/itu-t/g.711/", "/itu-t/g.711/1988-11/", "/itu-t/g.711/2009-08/amd1/"]
)
def test_a_question_that_leads_elsewhere_is_named_and_no_more(client, path):
    line = page(client.get(f"{path}?q=H.264")).select_one(".from-search").get_text()
    assert "Opened from your search for “H.264”." in line
    assert "with this name or number" not in line
    assert page(client.get(path)).select_one(".from-search") is None
    assert b"<script>x" not in client.get(f"{path}?q=<script>x").content


def test_without_a_question_the_resolver_is_not_asked(client, monkeypatch):
    def refuse(*_texts):
        raise AssertionError("asked")

    monkeypatch.setattr("catalog.pages.opened.resolve_in_full", refuse)
    for path in ("/itu-t/g.711/", "/itu-t/g.711/1988-11/", "/itu-t/g.711/2009-08/amd1/"):
        assert client.get(path).status_code == 200


def test_a_which_one_page_takes_no_more_queries_for_more_rows(client, monkeypatch):
    from catalog.models import Publication

    # What is kept for each version of the catalogue is at hand.
    known_successions()
    counts = []
    for number in (2, 40):
        works = tuple(Publication.objects.select_related("sector", "current_edition")[:number])
        answer = Answer("x", Outcome.CANDIDATES, others=works)
        monkeypatch.setattr("catalog.views.finding.go.resolve", lambda _text, answer=answer: answer)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/go/?id=x{number}")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 4


def test_robots_keep_out_of_questions(client):
    from urllib.robotparser import RobotFileParser

    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())
    for path in ("/go/?id=x", "/go/batch/", "/search/suggest/?q=x", "/search/?q=x", "/admin/"):
        assert not robots.can_fetch("*", path)
    for path in ("/", "/itu-t/g.711/", "/about/api/", "/api/v1/openapi.json", "/opensearch.xml"):
        assert robots.can_fetch("*", path)


def test_what_was_mended_or_added_is_told(client):
    for asked, text in some(
        [
            ("G.7ll", "ITU-T G.711"),
            ("ITU-T G.7ll (11/88)", "ITU-T G.711 (11/1988)"),
            ("Recommendation 835", "ITU-R P.835"),
        ]
    ):
        answer = client.get("/api/v1/resolve", {"q": asked}).json()
        assert answer["note"] == f"Read as {text}."
        opened = client.get("/go/", {"id": asked})["Location"]
        words = main_text(client.get(opened))
        assert f"Read as {text}." in words
    for plain in some(["G711", "g 711 (11/88)", "Report BT.2020-1", "ITU-T G.711"]):
        assert client.get("/api/v1/resolve", {"q": plain}).json()["note"] is None


CONFERENCES = [
    ("Final Acts of WRC-23", "Final Acts of the World Radiocommunication Conferences (WRC-23)"),
    ("WRC-19 Final Acts", "Final Acts of the World Radiocommunication Conferences (WRC-19)"),
    (
        "Proceedings of WTSA-2016",
        "Proceedings of the World Telecommunication Standardization Assembly (Hammamet 2016)",
    ),
]


@pytest.mark.parametrize(("asked", "identifier"), CONFERENCES)
def test_the_results_of_a_conference_are_its_edition(client, asked, identifier):
    answer = client.get("/api/v1/resolve", {"q": asked}).json()
    assert (answer["outcome"], answer["edition"]["identifier"]) == ("edition", identifier)
    for path in some(["/go/?id=", "/search/?q="]):
        assert client.get(f"{path}{asked}").status_code == 302


def test_the_final_acts_of_pp_22_are_a_work_and_those_of_pp_18_are_not_here(client):
    work = client.get("/api/v1/resolve", {"q": "PP-22 Final Acts"}).json()["work"]
    assert work["title"] == "Final Acts of the Plenipotentiary Conference (Bucharest, 2022)"
    answer = client.get("/api/v1/resolve", {"q": "Final Acts of PP-18"}).json()
    assert answer["elsewhere"]["kind"] == "Final Acts or proceedings of a conference"


def test_the_name_of_a_meeting_or_group_is_no_text(client):
    names = {"PP-26": "Conference or assembly", "SG15": "Study group"}
    for name, kind in some(names.items()):
        answer = client.get("/api/v1/resolve", {"q": name}).json()
        assert (answer["outcome"], answer["understood"]) == ("not-held", None)
        assert (answer["elsewhere"]["kind"], answer["near"]) == (kind, [])
