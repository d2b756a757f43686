"""How old a snapshot is, judged by its records, and which of two is the older one.

Records carry no date of their own making, but three things in them only ever grow: the newest
date of approval or posting; whether ITU-T records have details (editions, states, groups: since
14 August 2026); and in how many folders they lie. These are compared in that order, the month
before the day, for records without details know the month only.

The limits: between two such dates only the times of the files tell snapshots apart. These
are believed only where all files have the same one, as in an archive that git makes of a commit;
unpacked and packed again, files have the times of that. Two archives that git made, which name
their commits, are compared by these times first. A date that somebody states precedes all. A
snapshot that lost its details, or its newest records, looks older than it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from catalog.dataset.layout import Arrangement, Layout
from catalog.dataset.source_record import Record
from catalog.terms import Precision

# Fewer records are a sample, whose newest date proves nothing.
FEWEST = 100
# How many records must reach a date; one or two may be misdated.
WITNESSES = 3
FIRST_YEAR = 2020  # the data set is younger; an older file time is a missing one


class SnapshotForm(IntEnum):
    """The forms that the data set had one after the other."""

    TWO_FOLDERS = 0
    NO_DETAILS = 1
    DETAILS = 2


@dataclass(frozen=True)
class FileTimes:
    """The times of the files of an archive.

    `packed` is the time that all of them share, None if they differ; `newest` the newest of
    them. `commit` is the id that git writes into an archive of a commit.
    """

    packed: datetime.datetime | None = None
    newest: datetime.date | None = None
    commit: str = ""

    @property
    def day(self) -> datetime.date | None:
        """The day from which the files seem to be."""
        return self.packed.date() if self.packed else self.newest


@dataclass(frozen=True)
class Dating:
    """How old a snapshot is.

    `newest` is the newest date that several records reach, None for a mere sample; of a month
    its first day. `latest` is the latest date of all. `stated` is a date that somebody gave.
    """

    newest: datetime.date | None
    precision: Precision
    form: SnapshotForm | None
    latest: datetime.date | None
    packed: datetime.datetime | None
    commit: str = ""
    files: datetime.date | None = None
    stated: datetime.date | None = None

    @property
    def day(self) -> datetime.date | None:
        """The day from which the snapshot is: stated, packed by git, or not before that day."""
        if self.stated or self.packed:
            return self.stated or self.packed.date()
        return self.newest or self.files or self.latest

    def is_older_than(self, other: Dating) -> bool:
        """Return whether this snapshot is surely older than another; False if unknown."""
        for mine, its in zip(self._evidence, other._evidence, strict=True):
            if mine is not None and its is not None and mine != its:
                return mine < its
        return False

    @property
    def _evidence(self) -> tuple:
        """The evidence of age, the best first; what is not known is None."""
        has_day = self.newest is not None and self.precision is Precision.DAY
        return (
            self.stated,
            self.packed if self.commit else None,
            (self.newest.year, self.newest.month) if self.newest else None,
            self.form,
            self.newest if has_day else None,
            self.packed,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the dating as plain values, to be kept with an import."""
        return {
            "newest": self.newest.isoformat() if self.newest else None,
            "precision": self.precision.value,
            "form": self.form.name if self.form is not None else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "packed": self.packed.isoformat() if self.packed else None,
            "commit": self.commit,
            "files": self.files.isoformat() if self.files else None,
            "stated": self.stated.isoformat() if self.stated else None,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Dating:
        """Return the dating that `as_dict` gave."""
        days = {
            name: datetime.date.fromisoformat(values[name]) if values[name] else None
            for name in ("newest", "latest", "files", "stated")
        }
        packed = values["packed"]
        return cls(
            precision=Precision(values["precision"]),
            form=None if values["form"] is None else SnapshotForm[values["form"]],
            packed=datetime.datetime.fromisoformat(packed) if packed else None,
            commit=values["commit"],
            **days,
        )


def date_records(
    records: Iterable[Record],
    layout: Layout,
    times: FileTimes,
    *,
    today: datetime.date | None = None,
) -> Dating:
    """Return how old a snapshot is, from its records and the folders and times of its files."""
    records = list(records)
    newest_first = sorted(((r.date, r.precision) for r in records), reverse=True)
    newest, precision = (None, Precision.DAY)
    if len(records) >= FEWEST:
        newest, precision = newest_first[WITNESSES - 1]
    latest = newest_first[0][0] if newest_first else None
    today = today or datetime.date.today()
    return Dating(
        newest,
        precision,
        _form_of(records, layout),
        latest,
        _believed(times.packed, newest, today),
        times.commit,
        _believed(times.newest, newest, today),
    )


def _form_of(records: list[Record], layout: Layout) -> SnapshotForm | None:
    standards = [record for record in records if record.is_standard]
    if len(records) < FEWEST or not standards:
        return None
    if sum(not record.is_thin for record in standards) * 2 > len(standards):
        return SnapshotForm.DETAILS
    is_first = layout.arrangement is Arrangement.TWO_FOLDERS
    return SnapshotForm.TWO_FOLDERS if is_first else SnapshotForm.NO_DETAILS


def _believed(moment, newest: datetime.date | None, today: datetime.date):
    """Return a time of files if it can be true: not before the records, not after today."""
    if moment is None:
        return None
    day = moment.date() if isinstance(moment, datetime.datetime) else moment
    is_early = day.year < FIRST_YEAR or (newest is not None and day < newest)
    return None if is_early or day > today + datetime.timedelta(days=1) else moment
