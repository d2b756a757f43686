"""No request costs much more than an honest one, whatever it asks."""

from __future__ import annotations

import json
import time
from urllib.parse import quote

import pytest

from catalog.models import Publication
from catalog.views.finding.batch import MOST_BYTES
from tests.hostile import UNITS, row_of

# All of them take the time of batches, some of them again and again.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# How many times as much as a full batch of honest lines, which costs most of all that is honest.
MOST = 4
LINES = 1_000
BATCH, RESOLVE = "/go/batch/", "/api/v1/resolve"
# One of each kind; all of them are read, without a database, in tests/pure/test_linear_time.py.
SAMPLE = ["(", "-", "\ufdfa", "\u0f73", "T-REC-", "iso/", "G.711/", "rec.aspx?", "amd1 to "]


def cost(client, method: str, path: str, *data, **options) -> float:
    """Return the seconds of the processor that a request takes; no answer is a failure of ours."""
    begin = time.process_time()
    response = getattr(client, method)(path, *data, **options)
    body = response.getvalue() if response.streaming else response.content
    assert response.status_code < 500
    assert body or response.status_code in (301, 302)
    return time.process_time() - begin


def lines_of(unit: str, length: int) -> str:
    """Return as many different lines of a unit as a batch takes."""
    lines = [row_of(unit, length, str(number)) for number in range(LINES)]
    size = len(lines[-1].encode()) + 1
    return "\n".join(lines[: MOST_BYTES // size])


@pytest.fixture(scope="module")
def honest(django_db_setup, django_db_blocker) -> float:
    """Return the cost of a batch of identifiers that are all known, the least of three."""
    from django.test import Client

    with django_db_blocker.unblock():
        works = Publication.objects.exclude(identifier="")
        known = list(works.values_list("identifier", flat=True))
        # Each line is another one, also where there are fewer works than lines.
        lines = [f"{known[n % len(known)]}{' ' * (n // len(known))}." for n in range(LINES)]
        client = Client()
        return min(cost(client, "post", BATCH, {"lines": "\n".join(lines)}) for _try in range(3))


def least(honest: float, ask) -> float:
    """Return the cost of what is asked, in honest batches: the machine may have been busy once."""
    costs = []
    for _try in range(3):
        costs.append(ask() / honest)
        if costs[-1] < MOST:
            break
    return min(costs)


@pytest.mark.parametrize("unit", SAMPLE, ids=ascii)
@pytest.mark.parametrize("length", [290, 1_990])
def test_a_batch_of_hostile_lines_costs_no_more_than_some_honest_ones(client, honest, unit, length):
    text = lines_of(unit, length)
    assert len(text.encode()) <= MOST_BYTES
    assert least(honest, lambda: cost(client, "post", BATCH, {"lines": text})) < MOST


@pytest.mark.parametrize("unit", SAMPLE, ids=ascii)
def test_a_thousand_hostile_questions_at_once_cost_no_more(client, honest, unit):
    body = json.dumps({"q": [row_of(unit, 1_990, str(number)) for number in range(LINES)]})
    options = {"content_type": "application/json"}
    assert least(honest, lambda: cost(client, "post", RESOLVE, body, **options)) < MOST


BODIES = {
    "readable to the last sign": {"q": ["a" * 1_999_999 + "\u0001"]},
    "a thousand of them": {"q": ["a" * 1_999 + "\u0001"] * LINES},
    "no texts": {"q": [1] * 2_000_000},
    "empty texts": {"q": [""] * 2_000_000},
    "many names": {f"q{number}": 1 for number in range(700_000)},
    "lists": {"q": [[]] * 2_000_000},
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_refused_costs_no_more(client, honest, name):
    body = json.dumps(BODIES[name])
    options = {"content_type": "application/json"}
    assert client.post(RESOLVE, body, **options).status_code == 400
    assert least(honest, lambda: cost(client, "post", RESOLVE, body, **options)) < MOST


def test_one_question_costs_little_wherever_it_is_asked(client, honest):
    doors = [
        ("/go/?id=%s", 1_990),
        (f"{RESOLVE}?q=%s", 1_990),
        ("/search/?q=%s", 290),
        ("/search/suggest/?q=%s", 290),
        ("/publications/?q=%s", 290),
        ("/changes/?q=%s", 290),
        ("/itu-t/g.711/?q=%s", 1_990),
        ("/%s", 1_990),
        ("/itu-t/%s/", 1_990),
        ("/itu-t/g.711/%s/", 1_990),
        ("/itu-t/g.711/1988-11/%s/", 1_990),
    ]
    asked = 0
    for unit in SAMPLE:
        for door, length in doors:
            address = door % quote(row_of(unit, length)[: 20_000 // 9], safe="")
            share = least(honest, lambda address=address: cost(client, "get", address))
            assert share < MOST / 2, f"{door} with {unit!r}: {share:.1f} honest batches"
            asked += 1
    assert asked == len(doors) * len(SAMPLE)


def test_what_is_asked_twice_is_looked_up_once(client, honest):
    text = "\n".join(["X.509 Cor. 1"] * LINES)
    assert least(honest, lambda: cost(client, "post", BATCH, {"lines": text})) < MOST


def test_the_sample_is_one_of_what_is_read_elsewhere():
    assert set(SAMPLE) <= set(UNITS)
