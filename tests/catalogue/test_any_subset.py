"""Whatever files of the data set are missing or damaged, the rest makes a sound catalogue."""

from __future__ import annotations

import datetime
import random
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.dataset.archive import open_snapshot
from catalog.dataset.catalogue import Catalogue, build
from catalog.dataset.collect import Collection, collect
from catalog.dataset.dating import FileTimes, SnapshotForm, date_records
from catalog.dataset.layout import Arrangement
from catalog.dataset.parsing import RecordError, parse_record
from catalog.dataset.source_record import Record, read_record
from catalog.dataset.works import Work
from catalog.importer.run import import_snapshot
from catalog.models import Component, Publication
from catalog.terms import Kind
from tests.catalogue.conftest import SAMPLE
from tests.conftest import CATALOGUE
from tests.found import some
from tests.pure.test_dataset_subsets import assert_sound, gist

# What they share is made once.
pytestmark = pytest.mark.xdist_group("records")

DUAL = "itu-t-g-709-4-y-1331-4-03-2020.yaml"


def assert_sound_and_whole(records: list[Record]) -> Catalogue:
    """Check that records make a catalogue in which each of them has its place."""
    found = build(records)
    assert_sound(records, found)
    assert found.refused == []
    return found


@pytest.fixture(scope="module")
def families(whole: Catalogue) -> list[list[Record]]:
    """The records of each work of the data set."""
    return [work.records for work in whole.works]


@pytest.fixture(scope="module")
def nameless(whole: Catalogue) -> list[Work]:
    """The works whose number as it stands could be no address, and that have components."""
    return [
        work
        for work in whole.works
        if work.editions and work.components and work.label.startswith("ITU-T")
        if any(sign in work.label.removeprefix("ITU-T ") for sign in "/ ")
    ]


def test_nothing_of_the_whole_data_set_is_refused(whole):
    assert whole.refused == []


def test_each_work_that_keeps_its_components_only_stands_at_its_own_address(nameless):
    shapes = {sign for work in nameless for sign in "/ " if sign in work.slug or sign in work.label}
    assert len(nameless) >= 19
    assert shapes == {"/", " "}
    for work in some(nameless):
        found = assert_sound_and_whole([part.record for part in work.components])
        addresses = {(one.number, one.slug) for w in found.works for one in w.components}
        assert addresses == {(part.number, part.slug) for part in work.components}, work.label
        assert {one.kind for one in found.works} <= {Kind.OTHER, Kind.SUPPLEMENT}


def test_each_record_around_such_a_work_may_be_missing(nameless):
    around = [
        (work, record) for work in nameless if len(work.records) > 1 for record in work.records
    ]
    for work, record in some(around, at_least=101):
        assert_sound_and_whole([one for one in work.records if one is not record])


def test_each_record_of_the_sample_may_be_missing():
    records = collect(open_snapshot(SAMPLE)).records
    assert len(records) == 165
    for record in some(records):
        assert_sound_and_whole([one for one in records if one is not record])


DAMAGES = [
    # how a file is damaged
    lambda data: data[: len(data) // 2],
    lambda data: data.replace(b"docidentifier", b"docidentifer", 1),
    lambda data: data.replace(b"content: ITU-", b"content: ITU ", 1),
    lambda data: data.replace(b"edition:", b"edition: &a", 1),
    lambda data: data.replace(b"hasEdition", b"has\xffEdition"),
    lambda data: data.replace(b"(", b"", 1),
    lambda data: data.replace(b"content: '", b"content: '9", 1),
    lambda data: data.replace(b"T-REC", b"TREC").replace(b"Published", b"Withdrawal"),
    lambda data: data.replace(b" hasEdition", b" complementOf"),
]


def test_each_record_of_the_sample_may_be_damaged():
    records = {record.file: record for record in collect(open_snapshot(SAMPLE)).records}
    tried = set()
    for place, (file, record) in enumerate(some(records.items())):
        data = (SAMPLE / file).read_bytes()
        rest = [one for one in records.values() if one is not record]
        known = {one.source_identifier for one in rest}
        # Each record in two of the ways, each way on many records.
        for way in {place % len(DAMAGES), (place // 2) % len(DAMAGES)}:
            try:
                odd = read_record(file, 1, *parse_record(DAMAGES[way](data)))
            except RecordError:
                tried.add((way, "refused"))
                assert_sound_and_whole(rest)
                continue
            if odd.source_identifier not in known:
                assert_sound([*rest, odd], build([*rest, odd]))
                tried.add((way, "read"))
    assert {way for way, _outcome in tried} == set(range(len(DAMAGES)))
    assert {outcome for _way, outcome in tried} == {"refused", "read"}


@given(seed=st.integers(0, 2**32), share=st.sampled_from([0.02, 0.3, 0.5, 0.7, 0.98]))
@settings(max_examples=6, deadline=None)
def test_random_parts_of_the_data_set_are_sound_in_any_order(collection, seed, share):
    chance = random.Random(seed)
    kept = [record for record in collection.records if chance.random() < share]
    found = assert_sound_and_whole(kept)
    if len(kept) < 7_000:
        chance.shuffle(kept)
        assert gist(build(kept)) == gist(found)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_random_parts_of_random_families_are_sound_in_any_order(families, data):
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    chosen = chance.sample([family for family in families if len(family) > 1], 60)
    kept = [record for family in chosen for record in family if chance.random() < 0.6]
    found = assert_sound_and_whole(kept)
    chance.shuffle(kept)
    assert gist(build(kept)) == gist(found)


def test_every_text_of_a_random_half_can_be_linked(collection):
    chance = random.Random(709)
    found = build([record for record in collection.records if chance.random() < 0.5])
    linked = 0
    for work in found.works:
        sector = work.sector.value
        reverse("publication", kwargs={"sector": sector, "publication": work.slug})
        for edition in work.editions:
            place = {"sector": sector, "publication": edition.number, "edition": edition.slug}
            reverse("edition", kwargs=place)
        for part in work.components:
            month, _slash, name = part.slug.partition("/")
            place = {"sector": sector, "publication": part.number, "edition": month, "part": name}
            reverse("component", kwargs=place)
        linked += 1 + len(work.editions) + len(work.components)
    assert linked > 10_000


@pytest.mark.django_db
def test_a_snapshot_that_lacks_the_texts_of_components_is_imported(nameless, tmp_path, client):
    assert DUAL in {record.file for work in nameless for record in work.records}
    wanted = {part.record.file for work in nameless for part in work.components}
    path = tmp_path / "parts.zip"
    with zipfile.ZipFile(CATALOGUE) as whole, zipfile.ZipFile(path, "w") as kept:
        for name in whole.namelist():
            if Path(name).name in wanted:
                kept.writestr(name, whole.read(name))
    result = import_snapshot(path)
    assert result.rejected == []
    assert result.run.counts["components"]["created"] > 0
    asked = 0
    parts = Component.objects.filter(source_records__file__in=wanted).select_related(
        "publication__sector"
    )
    works = Publication.objects.filter(components__in=parts).distinct()
    for row in some([*parts.order_by("pk")[::5], *works]):
        assert client.get(row.get_absolute_url()).status_code == 200, row
        asked += 1
    assert (parts.count(), asked > 30) == (len(wanted), True)


@pytest.fixture(scope="module")
def states(collection: Collection, archives: dict[str, Path]) -> dict[str, tuple]:
    """The four states that the data set really had: snapshot and records by day."""
    paths = list(archives.values())[:-1]
    snapshots = {path.stem: open_snapshot(path) for path in paths}
    found, read = {}, {}
    for day, snapshot in snapshots.items():
        # The first two hold the same records in other folders.
        if snapshot.contents not in read:
            read[snapshot.contents] = collect(snapshot)
        found[day] = (snapshot, read[snapshot.contents])
    return found | {"2026-08-22": (open_snapshot(CATALOGUE), collection)}


def test_the_four_states_are_read_whole_and_are_sound(states):
    numbers = {}
    for day, (_snapshot, found) in some(states.items()):
        assert found.problems == [], day
        if day not in ("2026-07-30", "2026-08-22"):  # the same as others that are looked at
            assert_sound_and_whole(found.records)
        numbers[day] = len(found.records)
    assert numbers == {
        "2026-07-30": 21_451,
        "2026-08-09": 21_451,
        "2026-08-14": 21_483,
        "2026-08-22": 21_506,
    }


def test_the_layouts_of_the_four_states_are_named(states):
    layouts = {day: snapshot.layout for day, (snapshot, _found) in states.items()}
    assert layouts["2026-07-30"].arrangement is Arrangement.TWO_FOLDERS
    assert layouts["2026-07-30"].read == {"data-r": 5_334, "data-t": 16_117}
    assert layouts["2026-07-30"].not_read == {"README.adoc": 1}
    assert {layouts[day].arrangement for day in sorted(layouts)[1:]} == {Arrangement.ONE_FOLDER}
    one, two = (states[day][0].contents for day in ("2026-07-30", "2026-08-09"))
    assert one == two  # the records are the same; only their folders changed


TIMES = [
    None,  # as they really are
    FileTimes(),
    FileTimes(datetime.datetime(1980, 1, 1), datetime.date(1980, 1, 1)),
    FileTimes(datetime.datetime(2026, 9, 1), datetime.date(2026, 9, 1)),
]


@pytest.mark.parametrize("times", TIMES)
def test_the_four_states_are_ordered_by_their_records(states, times):
    days = sorted(states)
    assert len(days) == 4
    datings = [
        date_records(found.records, snapshot.layout, times or snapshot.times)
        for snapshot, found in (states[day] for day in days)
    ]
    order = [[one.is_older_than(other) for other in datings] for one in datings]
    assert order == [[place < other for other in range(4)] for place in range(4)]
    assert [dating.form for dating in datings] == [*sorted(SnapshotForm), SnapshotForm.DETAILS]
    if times is None:
        assert [dating.day.isoformat() for dating in datings] == [
            "2026-07-30",
            "2026-08-09",
            "2026-07-29",  # built anew, so that its files have the times of that
            "2026-08-22",
        ]
