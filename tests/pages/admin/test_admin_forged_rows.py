"""Tables of rows whose number is forged, and links that no program can read."""

from __future__ import annotations

import time

import pytest

from catalog.models import Edition, Initiative, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Seconds of the processor; with no limit the least of these forms took five.
MOST = 3


@pytest.fixture
def work(db) -> Publication:
    return Publication.objects.get(key="itu-t-g.711")


@pytest.mark.parametrize("table", ["editions", "components", "names", "relations"])
@pytest.mark.parametrize(
    "number", [*(pytest.param(n, marks=pytest.mark.slow) for n in (1_000, 2_000)), 10**20]
)
def test_a_forged_number_of_rows_is_refused_soon(desk, change_address_of, work, table, number):
    address = change_address_of(work)
    form = desk.open(address).form().fill(**{f"{table}-TOTAL_FORMS": number})
    begin = time.process_time()
    page = desk.send(address, form)
    assert time.process_time() - begin < MOST
    assert not page.saved
    assert "at most" in page.refusals.lower()


def test_twenty_new_rows_are_taken_at_once(desk, change_address_of, work):
    address = change_address_of(work)
    form = desk.open(address).form()
    for number in range(20):
        form.add_row("names", name=f"Another name {number}", kind="former")
    assert desk.send(address, form).saved
    assert work.names.filter(name__startswith="Another name").count() == 20


LINKS = ["http://[", "http://[::1", "http://]", "http://[a]/", "http://a[b", "http://\u2100.com/"]


@pytest.mark.parametrize("link", LINKS, ids=ascii)
@pytest.mark.parametrize(
    ("model", "field"), [(Initiative, "official_url"), (Edition, "link")], ids=["entry", "text"]
)
def test_a_link_without_a_readable_host_is_refused_at_its_field(desk, model, field, link):
    page = desk.change(model.objects.first(), **{field: link})
    assert not page.saved
    assert page.said_at(field)
