"""Exports: every row, a header also where there is none, little in memory at a time."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Change, ImportRun, Publication, SearchEntry
from catalog.views.lists import export_rows
from catalog.views.lists.exports import ROWS_SENT, csv_parts, json_parts
from tests.found import some

pytestmark = pytest.mark.django_db

EXPORTS = {
    "publications": export_rows.PUBLICATIONS,
    "initiatives": export_rows.INITIATIVES,
    "partners": export_rows.PARTNERS,
    "conferences": export_rows.CONFERENCES,
    "topics": export_rows.TOPICS,
    "changes": export_rows.CHANGES,
    "fact-check": export_rows.CLAIMS,
    "search": export_rows.SEARCH,
}
NOTHING = "q=zzzzqqqq"


def csv_of(client, url: str) -> list[list[str]]:
    """Return the rows of an export, the header first."""
    response = client.get(url)
    assert (response.status_code, response.streaming) == (200, True)
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_without_rows_has_its_header(client, name):
    assert csv_of(client, f"/{name}/index.csv?{NOTHING}") == [list(EXPORTS[name].columns)]
    document = client.get(f"/{name}/index.json?{NOTHING}").json()
    assert (document["count"], document["rows"]) == (0, [])


@pytest.mark.parametrize("name", EXPORTS)
def test_csv_and_json_hold_the_same_rows_under_the_same_names(client, name):
    if name == "changes":
        add_changes()
    header, *rows = csv_of(client, f"/{name}/index.csv")
    document = client.get(f"/{name}/index.json").json()
    assert document["count"] == len(document["rows"]) == len(rows) > 5
    for row, other in zip(some(rows), document["rows"], strict=True):
        assert list(other) == header
        assert row == [export_safe(value) for value in other.values()]
        assert not other["address"] or other["address"].startswith("http://testserver/")


def export_safe(value) -> str:
    """Return what a cell of CSV holds of a value of JSON."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text else text


def add_changes() -> None:
    """Add an import that changed works, one of which is gone."""
    run = ImportRun.objects.create(
        started="2026-11-01T00:00Z",
        finished="2026-11-01T00:01Z",
        snapshot_date="2026-10-31",
        source="s",
        changed=True,
    )
    works = [*Publication.objects.order_by("pk")[:6], None]
    Change.objects.bulk_create(
        Change(run=run, position=place, kind="new-edition", publication=work, identifier="X")
        for place, work in enumerate(works)
    )


@pytest.mark.slow
def test_what_is_read_as_plain_values_says_what_the_objects_say(client):
    rows = {row["key"]: row for row in client.get("/publications/index.json").json()["rows"]}
    works = Publication.objects.for_list()
    assert len(rows) == len(works) > 500
    for work in some(works):
        row, edition = rows[work.key], work.current_edition
        assert row["address"] == f"http://testserver{work.get_absolute_url()}"
        assert (row["kind"], row["state"]) == (work.get_kind_display(), work.get_state_display())
        assert row["verification"] == work.get_verification_display()
        assert row["edition"] == (edition.identifier if edition else "")
        assert row["date"] == (edition.date.isoformat()[: len(row["date"])] if row["date"] else "")
        assert bool(row["date"]) == bool(edition and edition.date)
    entries = {row["key"]: row for row in client.get("/search/index.json").json()["rows"]}
    found = SearchEntry.objects.all()
    assert len(entries) == len(found) > 1_000
    for entry in some(found):
        assert entries[entry.key]["kind"] == entry.get_kind_display()
        assert entries[entry.key]["state"] == entry.get_state_display()


def test_changes_lead_to_the_work_or_nowhere(client):
    add_changes()
    rows = client.get("/changes/index.json").json()["rows"]
    changes = list(Change.objects.newest_first())
    assert len(rows) == len(changes) == 7
    for row, change in zip(some(rows), changes, strict=True):
        assert row["address"] == (f"http://testserver{change.address}" if change.address else "")
        assert (row["imported"], row["snapshot"]) == ("2026-11-01", "2026-10-31")


@pytest.mark.parametrize("url", ["/publications/index.json?sector=itu-d", "/topics/index.json"])
def test_json_is_written_as_python_would(client, url):
    text = client.get(url).getvalue().decode()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1)


@pytest.mark.parametrize("file", ["index.csv", "index.json"])
def test_more_rows_take_no_more_queries(client, file):
    counts = []
    # The first request of all also builds the index of the list.
    client.get(f"/publications/{file}?sector=itu-r").getvalue()
    for query in ("sector=itu-d", ""):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/publications/{file}?{query}").getvalue()
        counts.append(len(captured))
    # Names and sources of all rows take one query each.
    assert 0 < counts[1] <= counts[0] <= 8


def made_up(number: int, read: list[int]) -> Iterator[list]:
    """Yield rows, and note which were asked for."""
    for place in range(number):
        read.append(place)
        yield [f"ITU-T X.{place}", "=1+1", place, None, 'a "quoted", title – é'] * 4


COLUMNS = [f"c{number}" for number in range(20)]
WAYS = {
    "csv": lambda rows: csv_parts(COLUMNS, rows),
    "json": lambda rows: json_parts({"count": 0}, COLUMNS, rows),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_sent_yet_is_not_read(way):
    read: list[int] = []
    parts = WAYS[way](made_up(5 * ROWS_SENT, read))
    next(parts)
    assert 0 < len(read) <= ROWS_SENT + 1
    assert sum(1 for _part in parts) >= 4
    assert len(read) == 5 * ROWS_SENT


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.slow
def test_four_times_the_rows_take_no_more_memory(way):
    peaks = []
    for number in (2_000, 2_000, 8_000):
        tracemalloc.start()
        size = sum(len(part) for part in WAYS[way](made_up(number, [])))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert size > number * 200
    # The numbers of the rows that were read are kept by this test itself.
    assert peaks[2] < peaks[1] * 1.6


def test_no_cell_is_taken_for_a_formula():
    text = "".join(csv_parts(["a"], [["=1"], ["+1"], ["-1"], ["@x"], ["\tx"], ["x"], [None], [-5]]))
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert rows == [["a"], ["'=1"], ["'+1"], ["'-1"], ["'@x"], ["'\tx"], ["x"], [""], ["-5"]]
