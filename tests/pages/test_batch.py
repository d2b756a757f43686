"""Many lines at once: the table, the CSV, the errors."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import PublicationName
from catalog.pages.batch import asked_in, numbered
from catalog.terms import Certainty
from catalog.writing.edit import editing
from tests.found import some
from tests.pages.reading import html_faults, main_text, page
from tests.pages.test_successions import follow, work

pytestmark = pytest.mark.django_db

BATCH = "/go/batch/"
LINES = """https://www.itu.int/rec/T-REC-G.711-198410-S

  ITU-T G.711
404 Not found: see [G.711](https://www.itu.int/rec/T-REC-G.711-198811-I/en).\r
BT.2020
OB.1096
=cmd()
"""


def test_lines_are_told_apart_as_an_editor_shows_them():
    assert numbered("a\r\n\r\n b \rc\n\n\nd\x0be\u2028f") == [
        (1, "a"),
        (3, "b"),
        (4, "c"),
        (7, "d\x0be\u2028f"),
    ]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("G.711 (11/88)", "G.711 (11/88)"),
        ("https://www.itu.int/rec/T-REC-G.711", "https://www.itu.int/rec/T-REC-G.711"),
        ("- [G.711](http://www.itu.int/rec/T-REC-G.711/en), in force", "http://www.itu.int/rec/T-REC-G.711/en"),
        ('<a href="https://itu.int/rec/T-REC-G.711">', "https://itu.int/rec/T-REC-G.711"),
        ("404 <https://handle.itu.int/11.1002/1000/911>", "https://handle.itu.int/11.1002/1000/911"),
        ("see www.itu.int/rec/T-REC-G.711.", "www.itu.int/rec/T-REC-G.711"),
        ("https://example.org/?u=x G.711", "https://example.org/?u=x G.711"),
        ("https://notitu.int/rec/T-REC-G.711", "https://notitu.int/rec/T-REC-G.711"),
    ],
)  # fmt: skip
def test_an_address_amid_other_text_is_what_is_asked(line, asked):
    assert asked_in(line) == asked


def test_the_form_is_there(client):
    response = client.get(BATCH)
    assert response.status_code == 200
    soup = page(response)
    assert (
        soup.find("label", attrs={"for": "id_lines"}).get_text().startswith("Identifiers or links")
    )
    assert soup.find("textarea", id="id_lines")
    assert not html_faults(response)


def test_each_line_gets_its_row(client):
    response = client.post(BATCH, {"lines": LINES})
    assert response.status_code == 200
    assert not html_faults(response)
    soup = page(response)
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in soup.select("tbody tr")
    ]
    assert [row[0].split()[0] for row in rows] == ["1", "3", "4", "5", "6", "7"]
    assert rows[0][1:3] == ["ITU-T G.711 (10/1984)", "Superseded"]
    assert rows[0][3].endswith("ITU-T G.711 (11/1988)")
    assert rows[1][1:3] == ["ITU-T G.711", "In force"]
    assert rows[2][1:4] == ["ITU-T G.711 (11/1988)", "In force", "this text"]
    assert rows[3][1].startswith("Which one?")
    assert "Operational Bulletin" in rows[4][1]
    assert rows[5][1:] == ["Nothing", "", "", "Not known"]
    links = [a["href"] for a in soup.select("tbody a")]
    assert "/itu-t/g.711/1984-10/" in links

    assert soup.find("textarea").get_text().strip() == LINES.replace("\r", "").strip()
    assert "6 lines, 3 found" in soup.find("h2", id="found").get_text()


def test_the_same_comes_as_csv(client):
    response = client.post(BATCH, {"lines": LINES, "format": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="itu-links.csv"'
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert [row["line"] for row in rows] == ["1", "3", "4", "5", "6", "7"]
    assert rows[0] == {
        "line": "1",
        "as written": "https://www.itu.int/rec/T-REC-G.711-198410-S",
        "understood": "ITU-T G.711 (10/1984)",
        "outcome": "edition",
        "identifier": "ITU-T G.711 (10/1984)",
        "title": "Pulse code modulation (PCM) of voice frequencies",
        "state": "superseded",
        "address": "http://testserver/itu-t/g.711/1984-10/",
        "in force now": "ITU-T G.711 (11/1988)",
        "address of that": "http://testserver/itu-t/g.711/1988-11/",
        "in its place": "",
        "certainty of that": "",
        "what took its place": "",
        "candidates": "",
        "families": "",
        "nearest": "",
        "why": "",
        "at itu.int": "",
    }
    assert rows[3]["candidates"] == "ITU-R BT.2020; Report ITU-R BT.2020"
    assert rows[4]["at itu.int"].startswith("https://www.itu.int/")
    assert rows[5]["as written"] == "'=cmd()"


def test_more_lines_take_no_more_queries(client):
    counts = []
    # The first request of all also reads what is kept for each version of the catalogue.
    client.post(BATCH, {"lines": "G.711\nMP3"})
    for number in (20, 100):
        lines = LINES + "\n".join(f"G.{700 + n}" for n in range(number))
        with CaptureQueriesContext(connection) as captured:
            client.post(BATCH, {"lines": lines})
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "This field is required."),
        (" \n\n\t\n", "Enter at least one line."),
        ("a\n" * 1001, "There are 1,001 lines; at most 1,000"),
        ("é" * 150_001, "The text is longer than 300,000 bytes (300,002)"),
        ("a\x00b", "Null characters are not allowed."),
    ],
    ids=["nothing", "blank", "lines", "bytes", "null"],
)
def test_an_error_is_told_and_nothing_is_lost(client, lines, words):
    response = client.post(BATCH, {"lines": lines})
    assert response.status_code == 400
    soup = page(response)
    alert = soup.find(role="alert")
    assert alert.get_text(strip=True).startswith("Error:")
    assert words in alert.find("a", href="#id_lines").get_text()
    field = soup.find("textarea", id="id_lines")
    assert field["aria-invalid"] == "true"
    if "\x00" not in lines:
        assert field.get_text().strip() == lines.strip()
    # An error is an error for programs too.
    assert client.post(BATCH, {"lines": lines, "format": "csv"}).status_code == 400


@pytest.mark.slow
def test_a_thousand_lines_are_taken(client):
    response = client.post(BATCH, {"lines": "x\n\n" * 1000})
    assert response.status_code == 200
    assert len(page(response).select("tbody tr")) == 1000


ODD = [
    "😀",
    "שלום",
    "\u202eG.711\u202c",
    "<script>alert(1)</script>",
    "x" * 10_000,
    "\x01\x02",
    "//evil.example",
]


@pytest.mark.parametrize("line", ODD, ids=[ascii(line[:10]) for line in ODD])
def test_an_odd_line_is_answered_and_escaped(client, line):
    response = client.post(BATCH, {"lines": line})
    assert response.status_code == 200
    assert len(page(response).select("tbody tr")) == 1
    assert b"<script>alert" not in response.content


def test_a_body_that_is_far_too_long_gets_a_page(client):
    response = client.post(BATCH, {"lines": "x" * 3_000_000})
    assert response.status_code == 413
    assert "Go back in your browser: the form still holds what you wrote" in main_text(response)


def test_the_form_needs_its_token_and_is_not_kept(client):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(BATCH, {"lines": "G.711"}).status_code == 403
    assert "no-store" in client.get(BATCH)["Cache-Control"]
    for method in ("put", "delete"):
        assert getattr(client, method)(BATCH).status_code == 405
    assert client.head(BATCH).status_code == 200


def test_nothing_is_stored(client):
    with CaptureQueriesContext(connection) as captured:
        client.post(BATCH, {"lines": LINES})
    assert not [row["sql"] for row in some(captured) if not row["sql"].startswith("SELECT")]


def test_the_promise_is_on_the_page(client):
    assert "Nothing you send is stored." in main_text(client.get(BATCH))


def cells_of(client, *lines: str) -> list[dict]:
    response = client.post(BATCH, {"lines": "\n".join(lines), "format": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_says_how_certain_a_successor_is_and_whether_it_is_here(client):
    old, other = work(90001), work(90002, "in-force")
    follow(old, other, "replaced-by", "same-title", 1997)
    follow(old, "ITU-T G.90009", "replaced-by", "inferred")
    (row,) = cells_of(client, "G.90001")
    assert row["in its place"] == "ITU-T G.90002; ITU-T G.90009 (not in this catalogue)"
    assert row["certainty of that"] == "inferred"
    assert row["what took its place"].startswith("Replaced by ITU-T G.90002 in 1997. ITU names no")
    shown = main_text(client.post(BATCH, {"lines": "G.90001"}))
    assert "ITU-T G.90002 and ITU-T G.90009 (not in this catalogue)" in shown


def test_each_text_that_a_line_may_mean_says_what_took_its_place(client):
    """Two texts that are no longer in force had one number, as G.721 and Q.501 did."""
    old, older = work(90001), work(90003)
    follow(old, work(90002, "in-force"), "replaced-by", "inferred", 1997)
    follow(older, old, "replaced-by", "stated")
    with editing() as edit:
        for text in some([old, older]):
            edit.save(PublicationName(publication=text, name="G.90000", slug="g.90000"))
    (row,) = cells_of(client, "G.90000")
    assert row["outcome"] == "candidates"
    assert "G.90000 is a former number of ITU-T G.90001." in row["why"]
    assert set(row["in its place"].split(" | ")) == {
        "ITU-T G.90001: ITU-T G.90002",
        "ITU-T G.90003: ITU-T G.90002",
    }
    assert set(row["certainty of that"].split(" | ")) == {
        "ITU-T G.90001: inferred",
        "ITU-T G.90003: inferred",
    }
    for response in some([client.post(BATCH, {"lines": "G.90000"}), client.get("/go/?id=G.90000")]):
        assert main_text(response).count("in its place today: ITU-T G.90002 (inferred)") == 2
    answer = client.get("/api/v1/resolve?q=G.90000").json()
    assert answer["replacement"] is None
    found = {row["identifier"]: row for row in some(answer["candidates"])}
    assert found["ITU-T G.90003"]["why"] == "G.90000 is a former number of ITU-T G.90003."
    instead = found["ITU-T G.90003"]["replacement"]
    assert [text["identifier"] for text in instead["ends"]] == ["ITU-T G.90002"]
    assert (instead["steps"][0]["certainty"], instead["certainty"]) == ("stated", "inferred")


def test_the_words_of_certainty_are_explained(client):
    words = main_text(client.get("/about/api/"))
    document = json.dumps(client.get("/api/v1/openapi.json").json())
    for certainty in some(Certainty):
        assert certainty.value in words
        assert f"{certainty.value}: " in document
