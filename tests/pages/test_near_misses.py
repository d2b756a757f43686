"""Addresses that miss by a little: one redirect where it is sure, else a page that helps."""

from __future__ import annotations

import pytest

from tests.found import some
from tests.pages.reading import main_text, page

pytestmark = [pytest.mark.django_db, pytest.mark.many]

# Spelled otherwise, and no other text could be meant.
SPELLINGS = [
    ("/itu-t/G711/", "/itu-t/g.711/"),
    ("/itu-t/g711", "/itu-t/g.711/"),
    ("/itu-t/g_711/", "/itu-t/g.711/"),
    ("/itu-t/g-711/", "/itu-t/g.711/"),
    ("/itu-t/g/711", "/itu-t/g.711/"),
    ("/ITU-T/G_711/", "/itu-t/g.711/"),
    ("/itut/g.711/", "/itu-t/g.711/"),
    ("/itu-t/recommendations/g.711/", "/itu-t/g.711/"),
    ("/itu-t/h264.html", "/itu-t/h.264/"),
    ("/itu-t/g.suppl39/", "/itu-t/g.sup39/"),
    ("/itu-t/g.711/1988-11-25/", "/itu-t/g.711/1988-11/"),
    ("/itu-t/g.711/11-1988/", "/itu-t/g.711/1988-11/"),
    ("/itu-t/g.711/1988/", "/itu-t/g.711/1988-11/"),
    ("/itu-t/h.264/v15/", "/itu-t/h.264/2024-08/"),
    ("/itu-t/g.711/2009-08/amd-1/", "/itu-t/g.711/2009-08/amd1/"),
    ("/itu-t/g.711/2009-08/amendment1/", "/itu-t/g.711/2009-08/amd1/"),
    ("/itu-r/bt2020/", "/itu-r/bt.2020/"),
    ("/itu-r/bt.601-7/", "/itu-r/bt.601/7/"),
    ("/itu-r/recommendation/bt.601/7/", "/itu-r/bt.601/7/"),
    ("/itu-r/report/bt2020/", "/itu-r/report/bt.2020/"),
    ("/itu-r/reports/bt.2020-1/", "/itu-r/report/bt.2020/1/"),
    ("/itu-r/handbook/43-2013/", "/itu-r/handbook/43/2013/"),
]


@pytest.mark.parametrize(("asked", "address"), SPELLINGS)
def test_another_spelling_leads_to_the_page_by_one_redirect(client, asked, address):
    response = client.get(f"{asked}?q=here")
    assert (response.status_code, response["Location"]) == (301, f"{address}?q=here")
    assert response["Cache-Control"] == "max-age=600"
    assert client.get(address).status_code == 200
    assert client.head(asked)["Location"] == address


@pytest.mark.parametrize("asked", ["/itu-t/G711/", "/itu-t/g_711/", "/itu-r/bt2020/"])
def test_what_is_sent_to_another_spelling_is_not_redirected(client, asked):
    assert client.post(asked).status_code == 404


# Path, what the page says, the first text that it offers.
# The address, words of the page, and where its first link leads: "" if that is left open, None if
# nothing comes near.
MISSES = [
    (
        "/itu-t/g.711/1988-12/",
        "You asked for ITU-T G.711, December 1988. No such edition.",
        "/itu-t/g.711/1988-11/",
    ),
    (
        "/itu-t/g.711/1985/",
        "You asked for ITU-T G.711, 1985. No such edition.",
        "/itu-t/g.711/1984-10/",
    ),
    ("/itu-t/h.264/v99/", "No version 99 of ITU-T H.264 is known.", "/itu-t/h.264/2026-06/"),
    ("/itu-r/bt.2020/9/", "No version 9 of ITU-R BT.2020 is known.", "/itu-r/bt.2020/2/"),
    ("/itu-r/bt.2020-9/", "No version 9 of", "/itu-r/bt.2020/2/"),
    ("/itu-t/g.711/2009-08/amd9/", "You asked for ITU-T G.711 Amd. 9 (08/2009).", ""),
    ("/itu-t/g.641/1988/", "You asked for ITU-T G.641, 1988. No such edition.", ""),
    ("/itu-t/g.712/", "You asked for ITU-T G.712. It is not in this catalogue.", ""),
    ("/itu-t/g.7111/", "You asked for ITU-T G.7111. It is not in this catalogue.", "/itu-t/g.711/"),
    ("/itu-t/v.25-ter/", "ITU-T V.25 ter is a former number of ITU-T V.250.", "/itu-t/v.250/"),
    ("/itu-t/i.441/1993/", "under another number: ITU-T Q.921 (03/1993)", "/itu-t/q.921/1993-03/"),
    ("/itu-r/g.711/", "The number belongs to another Sector: ITU-T G.711.", "/itu-t/g.711/"),
    ("/itu-t/bt.601/", "The number belongs to another Sector: ITU-R BT.601.", "/itu-r/bt.601/"),
    ("/itu-r/report/bt.601/", "You asked for Report ITU-R BT.601.", "/itu-r/bt.601/"),
    ("/g.711", "You asked for ITU-T G.711.", "/itu-t/g.711/"),
    ("/itu-t/ob.1096/", "Operational Bulletin", ""),
    ("/itu-t/g.imp712/", "Implementers’ Guide", None),
    ("/itu-t/g.711/nothing/", "Page not found", ""),
    ("/itu-t/g.99999/", "You asked for ITU-T G.99999. It is not in this catalogue.", None),
    ("/initiatives/smart-rivers/", "You may want", ""),
    ("/rec/T-REC-G.711-198811-I/en", "That looks like an itu.int link:", None),
]


@pytest.mark.parametrize(("path", "words", "first"), MISSES, ids=[row[0] for row in MISSES])
def test_a_near_miss_says_what_was_asked_and_what_comes_near(client, path, words, first):
    response = client.get(path)
    assert response.status_code == 404
    assert words in main_text(response)
    rows = page(response).select("main .links a")
    assert len(rows) <= 5
    if first is None:
        assert rows == []
        return
    assert first in ("", rows[0]["href"])
    for row in some(rows):
        assert client.get(row["href"]).status_code == 200


def test_a_link_of_itu_in_the_path_is_opened_here(client):
    link = page(client.get("/https://www.itu.int/rec/T-REC-G.711-198811-S/en")).find(
        "a", string="open it here"
    )
    response = client.get(link["href"])
    assert response.status_code == 302
    assert response["Location"].startswith("/itu-t/g.711/1988-11/?q=")


def test_a_series_is_offered_where_the_number_is_not_held(client):
    assert page(client.get("/itu-t/g.99999/")).find("main").find("a", href="/itu-t/g/")


def test_the_message_of_a_list_is_kept(client):
    assert "there is no page “99999”" in main_text(client.get("/publications/?page=99999"))


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/resolve/", "/api/v2/resolve", "/api/itu-t/g711/"]
)
def test_programs_get_their_404_as_json(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Access-Control-Allow-Origin"] == "*"
    assert list(response.json()) == ["error"]


@pytest.mark.parametrize(
    "path", ["/itu-t/😀711/", "/itu-t/\u202eg.711/", "/itu-t/<script>1/", "/itu-t/%2e%2e/"]
)
def test_an_odd_path_is_answered_and_escaped(client, path):
    response = client.get(path)
    assert response.status_code in (301, 404)
    assert b"<script>1" not in response.content
