"""How old a snapshot is, by its records first and by the times of its files last."""

from __future__ import annotations

import datetime
import itertools

import pytest

from catalog.dataset.archive import open_snapshot
from catalog.dataset.collect import collect
from catalog.dataset.dating import FEWEST, Dating, FileTimes, SnapshotForm, date_records
from catalog.dataset.layout import Arrangement, Layout
from catalog.dataset.parsing import parse_record
from catalog.dataset.source_record import Record, read_record
from catalog.terms import Precision
from tests.found import some
from tests.snapshots import bytes_of, radio, standard, write_zip

ONE = Layout(Arrangement.ONE_FOLDER, "", ("data",))
TWO = Layout(Arrangement.TWO_FOLDERS, "", ("data-r", "data-t"))
TODAY = datetime.date(2026, 11, 28)
NO_TIMES = FileTimes()


def read(record: dict) -> Record:
    """Return the reduced record of a file."""
    return read_record("file.yaml", 1, *parse_record(bytes_of(record)))


def state(*newest: str, details: bool = True) -> list[Record]:
    """Return the records of a state of the data set, the newest of these days or months."""
    old = [radio(f"P.{number}-0", month="2010-05") for number in range(9000, 9000 + FEWEST)]
    new = []
    for place, day in enumerate(newest):
        number = f"G.{9000 + place}"
        record = standard(number, day=f"{day}-15"[:10], edition="1" if details else None)
        record["date"][0]["at"] = day
        new.append(record)
    return [read(record) for record in [*old, *new]]


def dated(records: list[Record], layout: Layout = ONE, times: FileTimes = NO_TIMES) -> Dating:
    """Return how old a snapshot of these records is, as seen on a fixed day."""
    return date_records(records, layout, times, today=TODAY)


def packed(*moment: int, commit: str = "") -> FileTimes:
    """Return times of files that are all the same."""
    when = datetime.datetime(*moment)
    return FileTimes(when, when.date(), commit)


SPARSE = state(*["2026-07"] * 3, details=False)
# The states that the data set really had, one after the other.
HISTORY = [
    (SPARSE, TWO),
    (SPARSE, ONE),
    (state(*["2026-07-29"] * 3), ONE),
    (state(*["2026-08-13"] * 3), ONE),
]
TIMES = [
    NO_TIMES,
    packed(2026, 9, 1),
    packed(1980, 1, 1),
    packed(2099, 1, 1),
    FileTimes(None, datetime.date(2026, 9, 1)),
]


@pytest.mark.parametrize("times", TIMES)
def test_records_order_the_states_of_the_data_set_whatever_the_times_of_files_say(times):
    datings = [dated(records, layout, times) for records, layout in HISTORY]
    for older, newer in some(itertools.combinations(datings, 2)):
        assert older.is_older_than(newer)
        assert not newer.is_older_than(older)
    assert not any(dating.is_older_than(dating) for dating in datings)
    assert [dating.form for dating in datings] == [
        SnapshotForm.TWO_FOLDERS,
        SnapshotForm.NO_DETAILS,
        SnapshotForm.DETAILS,
        SnapshotForm.DETAILS,
    ]


def test_times_in_the_wrong_order_do_not_deceive():
    datings = [
        dated(records, layout, packed(2026, 11, 20 - place))
        for place, (records, layout) in enumerate(HISTORY)
    ]
    for older, newer in some(itertools.combinations(datings, 2)):
        assert older.is_older_than(newer)


def test_one_or_two_misdated_records_do_not_make_a_snapshot_new():
    honest = dated(state(*["2026-08-13"] * 3))
    slips = dated(state("2099-12-01", "2088-01-01", *["2026-08-13"] * 3))
    assert slips.newest == honest.newest == datetime.date(2026, 8, 13)
    assert slips.latest == datetime.date(2099, 12, 1)
    assert not honest.is_older_than(slips)


def test_where_the_records_say_nothing_the_times_of_files_do():
    records = state(*["2026-08-13"] * 3)
    older, newer = (dated(records, ONE, packed(2026, 8, day)) for day in (20, 27))
    assert older.is_older_than(newer)
    assert not newer.is_older_than(older)
    # Times that differ among the files are those of unpacking.
    assert not dated(records, ONE, FileTimes(None, TODAY)).is_older_than(older)


def test_two_archives_that_git_made_are_compared_by_the_times_of_their_commits():
    one, two = "1" * 40, "2" * 40
    withdrawn = dated(state(*["2026-07-29"] * 3), ONE, packed(2026, 8, 28, commit=two))
    before = dated(state(*["2026-08-13"] * 3), ONE, packed(2026, 8, 22, commit=one))
    assert before.is_older_than(withdrawn)
    assert not withdrawn.is_older_than(before)


def test_a_date_that_somebody_states_goes_before_all():
    newer = dated(state(*["2026-08-13"] * 3))
    stated = [
        Dating(**{**vars(newer), "stated": datetime.date(2026, month, 1)}) for month in (1, 2)
    ]
    assert stated[0].is_older_than(stated[1])
    assert stated[0].day == datetime.date(2026, 1, 1)
    assert not stated[0].is_older_than(newer)


def test_a_few_records_tell_nothing_of_the_age_of_a_snapshot():
    few = dated([read(standard("G.9001", day="2030-01-01"))])
    assert (few.newest, few.form) == (None, None)
    assert few.day == datetime.date(2030, 1, 1)
    assert not few.is_older_than(dated(HISTORY[3][0]))


DAYS = [
    # what the times of the files are, the day from which the snapshot is said to be
    (NO_TIMES, "2026-08-13"),
    (packed(2026, 8, 22, 14, 0), "2026-08-22"),
    (packed(2026, 8, 1), "2026-08-13"),
    (packed(1980, 1, 1), "2026-08-13"),
    (packed(2099, 1, 1), "2026-08-13"),
    (FileTimes(None, datetime.date(2026, 11, 2)), "2026-08-13"),
]


@pytest.mark.parametrize(("times", "day"), DAYS)
def test_the_day_of_a_snapshot_is_that_of_its_files_only_if_it_can_be_true(times, day):
    assert dated(HISTORY[3][0], ONE, times).day.isoformat() == day


@pytest.mark.parametrize("times", TIMES)
def test_a_dating_is_kept_as_plain_values_and_read_back(times):
    for records, layout in [*HISTORY, ([], ONE)]:
        dating = dated(records, layout, times)
        assert Dating.from_dict(dating.as_dict()) == dating
        assert all(isinstance(value, str | None) for value in some(dating.as_dict().values()))


def test_the_precision_of_the_newest_date_is_kept():
    assert dated(SPARSE).precision is Precision.MONTH
    assert dated(HISTORY[3][0]).precision is Precision.DAY


def test_a_snapshot_knows_its_dating_once_its_records_are_read(tmp_path):
    records = [standard(f"G.{number}") for number in range(9000, 9000 + FEWEST)]
    snapshot = open_snapshot(write_zip(tmp_path / "a.zip", records))
    assert snapshot.dating is None
    assert snapshot.as_report()["dating"] is None
    collect(snapshot)
    assert snapshot.dating.newest == datetime.date(2020, 3, 15)
    assert Dating.from_dict(snapshot.as_report()["dating"]) == snapshot.dating
    assert snapshot.as_report()["layout"] == Arrangement.ONE_FOLDER.value
    assert snapshot.as_report()["read"] == {"data": FEWEST}
