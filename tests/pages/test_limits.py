"""One client may ask for what costs much so often; then it is told to wait, and loses nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

from catalog.models import ProblemReport
from catalog.protection import limits, long_answers
from catalog.protection.long_answers import Busy, Parts
from tests.conftest import ROOT
from tests.pages.reading import html_faults, main_text, page

pytestmark = pytest.mark.django_db

RESOLVE = "/api/v1/resolve"
REPORT = {"page": "/itu-t/g.711/", "message": "The title is wrong.", "contact": "a@b.example"}


@pytest.fixture
def limit(settings, tmp_path):
    """Return a function that sets how often one client may ask in a minute."""
    settings.LIMITS_FILE = tmp_path / "limits.sqlite3"

    def of(kind: str, most: int) -> None:
        settings.LIMITS = {kind: (most, 60)}

    return of


def is_asked_to_wait(response, status: int = 429) -> bool:
    """Return whether an answer tells to wait, in its status and in a header."""
    assert response.status_code == status
    assert 1 <= int(response["Retry-After"]) <= 60
    # A status that nobody may keep without being told to (RFC 9110, section 15.1).
    assert "no-store" in response.get("Cache-Control", "no-store")
    return True


def test_a_report_too_many_is_shown_again_with_its_text(client, limit):
    limit("reports", 2)
    assert [client.post("/report/", REPORT).status_code for _report in range(2)] == [302, 302]
    response = client.post("/report/", REPORT)
    assert is_asked_to_wait(response)
    assert ProblemReport.objects.count() == 2
    alert = page(response).find(role="alert").get_text()
    assert "too many requests from your address. Try again in" in alert
    assert "Nothing you wrote is lost." in alert
    assert page(response).find("textarea").get_text().strip() == REPORT["message"]
    assert page(response).find("input", attrs={"name": "page"})["value"] == REPORT["page"]
    assert page(response).find("input", attrs={"name": "contact"})["value"] == REPORT["contact"]
    assert not html_faults(response)


def test_a_report_with_a_mistake_is_not_counted(client, limit):
    limit("reports", 1)
    for _try in range(3):
        assert client.post("/report/", REPORT | {"message": ""}).status_code == 400
    assert client.post("/report/", REPORT).status_code == 302


@pytest.mark.parametrize("form", [{}, {"format": "csv"}])
def test_a_batch_too_many_is_shown_again_with_its_lines(client, limit, form):
    limit("batches", 1)
    assert client.post("/go/batch/", {"lines": "G.711"} | form).status_code == 200
    response = client.post("/go/batch/", {"lines": "G.711\nBT.2020"} | form)
    assert is_asked_to_wait(response)
    assert page(response).find("textarea").get_text().strip() == "G.711\nBT.2020"
    assert "too many requests" in page(response).find(role="alert").get_text()
    assert not html_faults(response)


def test_an_export_too_many_gets_a_page_or_an_error_for_programs(client, limit):
    limit("exports", 2)
    for file in ("csv", "json"):
        assert client.get(f"/topics/index.{file}").status_code == 200
    response = client.get("/topics/index.csv?q=cyber")
    assert is_asked_to_wait(response)
    assert page(response).h1.get_text() == "Please try again later"
    assert "Try again in" in main_text(response)
    assert page(response).main.find("a", href="/topics/index.csv?q=cyber")
    assert not html_faults(response)
    response = client.get("/partners/index.json")
    assert is_asked_to_wait(response)
    assert "too many requests" in response.json()["error"]


def test_questions_and_batches_of_the_api_are_counted_apart(client, limit, settings):
    limit("questions", 2)
    settings.LIMITS["batches"] = (1, 60)
    for question in ("G.711", "G.722"):
        assert client.get(RESOLVE, {"q": question}).status_code == 200
    # An answer that is stored costs nothing and is not counted.
    assert client.get(RESOLVE, {"q": "G.711"}).status_code == 200
    response = client.get(RESOLVE, {"q": "G.7112"})
    assert is_asked_to_wait(response)
    assert "throttled" in response.json()["error"]
    assert response["Access-Control-Allow-Origin"] == "*"
    body = '{"q": ["G.711"]}'
    assert client.post(RESOLVE, body, content_type="application/json").status_code == 200
    assert is_asked_to_wait(client.post(RESOLVE, body, content_type="application/json"))
    # The same lines by the other door are no way round.
    assert is_asked_to_wait(client.post("/go/batch/", {"lines": "G.711"}))
    assert client.get("/api/v1/openapi.json").status_code == 200
    assert client.options(RESOLVE).status_code == 200


def test_each_client_is_counted_by_itself(client, limit):
    limit("exports", 1)
    seen = {}
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"):
        # A list that somebody asked for before is a file, and costs nothing.
        list_of_its_own = f"/topics/index.csv?q={address}"
        seen[address] = client.get(list_of_its_own, REMOTE_ADDR=address).status_code
    # All addresses of a network of IPv6 are those of one customer.
    assert list(seen.values()) == [200, 200, 200, 429, 200]
    # What a client says of itself does not count.
    headers = {"x-forwarded-for": "203.0.113.9"}
    response = client.get("/topics/index.csv", REMOTE_ADDR="192.0.2.1", headers=headers)
    assert response.status_code == 429


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_the_addresses_of_a_client(address, network):
    assert limits.network_of(address) == network


def test_after_the_span_a_client_may_ask_again(limit, monkeypatch):
    limit("exports", 2)
    request = RequestFactory().get("/")
    now = 1_000_000.0
    monkeypatch.setattr(limits.time, "time", lambda: now)
    assert [limits.seconds_to_wait(request, "exports") for _ask in range(3)] == [0, 0, 60]
    now += 59.5
    assert limits.seconds_to_wait(request, "exports") == 1
    now += 1
    assert [limits.seconds_to_wait(request, "exports") for _ask in range(3)] == [0, 0, 60]


def test_all_are_counted_however_many_ask_at_once(limit, settings):
    limit("exports", 50)
    request = RequestFactory().get("/")
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda _ask: limits.seconds_to_wait(request, "exports"), range(80))
    assert sum(1 for wait in found if wait) == 30


@pytest.mark.slow
def test_processes_count_together(limit, settings):
    limit("exports", 3)
    program = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.test import RequestFactory\n"
        "from catalog.protection.limits import seconds_to_wait\n"
        "settings.LIMITS = {'exports': (3, 60)}\n"
        "request = RequestFactory().get('/')\n"
        "print([bool(seconds_to_wait(request, 'exports')) for _ in range(2)])\n"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "itu_portal.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "LIMITS_FILE": str(settings.LIMITS_FILE),
    }
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _process in range(2)
    ]
    assert said == ["[False, False]", "[False, True]"]


def test_the_file_holds_no_address_and_does_not_grow_for_ever(limit, settings, monkeypatch):
    limit("exports", 5)
    now = 1_000_000.0
    monkeypatch.setattr(limits.time, "time", lambda: now)
    factory = RequestFactory()
    for number in range(300):
        limits.seconds_to_wait(factory.get("/", REMOTE_ADDR=f"198.51.100.{number}"), "exports")
    size = settings.LIMITS_FILE.stat().st_size
    assert b"198.51.100" not in settings.LIMITS_FILE.read_bytes()
    monkeypatch.setattr(limits, "SWEEP", 1)
    for turn in range(4):
        now += 61
        for number in range(50):
            address = f"203.0.{turn}.{number}"
            limits.seconds_to_wait(factory.get("/", REMOTE_ADDR=address), "exports")
    assert settings.LIMITS_FILE.stat().st_size <= size


def test_where_nothing_can_be_counted_nobody_is_turned_away(client, limit, settings, caplog):
    limit("exports", 1)
    settings.LIMITS_FILE = settings.LIMITS_FILE / "no" / "such" / "place"
    assert [client.get("/topics/index.csv").status_code for _ask in range(3)] == [200] * 3
    assert "no limits apply" in caplog.text


def test_a_damaged_file_is_made_anew(client, limit, settings):
    limit("exports", 1)
    settings.LIMITS_FILE.write_bytes(b"no database " * 1_000)
    answers = [client.get(f"/topics/index.csv?q={word}").status_code for word in ("one", "two")]
    assert answers == [200, 429]


@pytest.mark.parametrize("value", ["30", "30/week", "0/hour", "-1/hour", "x/hour", "1.5/hour"])
def test_a_limit_that_says_nothing_is_refused_in_words(value):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"SECRET_KEY": "x", "LIMIT_EXPORTS": value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert "LIMIT_EXPORTS" in done.stderr
    assert "such as 60/minute" in done.stderr


@pytest.fixture
def turnstile(monkeypatch):
    """Return a turnstile through which nobody has gone yet: other tests leave answers unread."""
    monkeypatch.setattr(long_answers, "_turnstile", long_answers._Turnstile())
    return long_answers._turnstile


@pytest.fixture
def no_waiting(settings, turnstile):
    """Let one heavy request be answered at a time, and none wait."""
    settings.HEAVY_AT_ONCE, settings.HEAVY_WAITING, settings.HEAVY_PATIENCE = 1, 0, 30


def test_while_long_lists_are_made_others_are_asked_to_wait(client, no_waiting, turnstile):
    first = client.get("/publications/index.csv?sector=itu-t")
    stream = iter(first.streaming_content)
    next(stream)
    assert is_asked_to_wait(client.get("/topics/index.csv"), 503)
    assert "Too many long lists" in client.get("/topics/index.json").json()["error"]
    response = client.post("/go/batch/", {"lines": "G.711"})
    assert is_asked_to_wait(response, 503)
    assert page(response).find("textarea").get_text().strip() == "G.711"
    response = client.post(RESOLVE, '{"q": ["G.711"]}', content_type="application/json")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response.json()["error"]
    # Pages and single questions are answered all the while.
    assert client.get("/itu-t/g.711/").status_code == 200
    assert client.get(RESOLVE, {"q": "G.711"}).status_code == 200
    assert len(list(stream)) > 1
    assert client.get("/topics/index.csv").getvalue()
    assert turnstile._inside == turnstile._waiting == 0


@pytest.fixture
def connection_kept(db, monkeypatch) -> None:
    """Keep the connection to the database when an answer is closed outside the client."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


def test_a_place_comes_back_however_an_export_ends(client, no_waiting, connection_kept):
    client.head("/publications/index.csv").close()
    given_up = client.get("/publications/index.csv?sector=itu-t")
    next(iter(given_up.streaming_content))
    given_up.close()
    client.get("/publications/index.json").close()
    parts = Parts(["a", "b"])
    next(parts)
    del parts
    with pytest.raises(ZeroDivisionError):
        list(Parts(str(1 // number) for number in (1, 0)))
    for _time in range(3):
        assert client.get("/topics/index.json").json()["rows"]
        assert client.post("/go/batch/", {"lines": "G.711"}).status_code == 200


def test_a_few_wait_for_their_turn(settings, turnstile):
    settings.HEAVY_AT_ONCE, settings.HEAVY_WAITING, settings.HEAVY_PATIENCE = 1, 1, 30
    first = Parts(["a"])
    got: list[str] = []
    second = threading.Thread(target=lambda: got.extend(Parts(["b"])))
    second.start()
    while not turnstile._waiting:
        time.sleep(0.01)
    with pytest.raises(Busy):
        Parts(["c"])
    assert got == []
    assert list(first) == ["a"]
    second.join(30)
    assert got == ["b"]


def test_whoever_waits_too_long_is_told_to_come_again(settings, turnstile):
    settings.HEAVY_AT_ONCE, settings.HEAVY_WAITING, settings.HEAVY_PATIENCE = 1, 1, 0.05
    first = Parts(["a"])
    with pytest.raises(Busy):
        Parts(["b"])
    first.close()
    first.close()
    assert list(Parts(["c"])) == ["c"]
