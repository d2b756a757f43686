"""Requests that neither read a page nor send a form: what an address answers, and no page."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db

READING, SENDING = "GET, HEAD, OPTIONS", "GET, HEAD, POST, OPTIONS"
ADDRESSES = [
    ("/", READING),
    ("/itu-t/g.711/", READING),
    ("/publications/index.csv", READING),
    ("/changes/feed.atom", READING),
    ("/go/?id=G.711", READING),
    ("/go/batch/", SENDING),
    ("/report/", SENDING),
    ("/admin/", SENDING),
    ("/admin/login/", SENDING),
]


@pytest.mark.parametrize(("path", "methods"), ADDRESSES)
def test_options_are_told_and_no_page(client, path, methods):
    answer = client.options(path)
    assert (answer.status_code, answer["Allow"], answer.content) == (204, methods, b"")


@pytest.mark.parametrize("path", [path for path, _methods in ADDRESSES] + ["/api/v1/resolve"])
def test_nobody_gets_back_what_was_sent(client, path):
    answer = client.trace(path, headers={"x-secret": "of a proxy"})
    assert answer.status_code == 405
    assert "OPTIONS" in answer["Allow"]
    assert b"of a proxy" not in answer.content


def test_where_there_is_nothing_no_method_is_offered(client):
    assert client.options("/nowhere/").status_code == 404


def test_a_browser_may_ask_whether_it_may_ask_the_api(client):
    answer = client.options("/api/v1/resolve", headers={"origin": "https://elsewhere.example"})
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
