"""All files of a snapshot to records: reduced as they are read, in several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from catalog.dataset.archive import (
    FileProblem,
    Member,
    Reader,
    Snapshot,
    SnapshotError,
    reading,
)
from catalog.dataset.dating import date_records
from catalog.dataset.parsing import RecordError, parse_record
from catalog.dataset.source_record import Record, read_record
from catalog.dataset.texts import printable
from catalog.dataset.workers import WorkersLost, shared

BATCH = 1_000  # files that a process reads before it reports what it found
PROCESSES = 2  # beyond two the database is what is waited for
ALONE = 2_000  # fewer files are read sooner than a process is started


@dataclass
class Collection:
    """What the files of a snapshot hold, in the order of their names."""

    records: list[Record] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)


Progress = Callable[[int, int], None]
Batch = tuple[list[Record], list[FileProblem]]


def collect(snapshot: Snapshot, progress: Progress | None = None) -> Collection:
    """Read every file of a snapshot; a faulty one is a problem and costs nothing else.

    `progress` is called from time to time with the files read and the files in all. The
    snapshot learns how old its records are. Raises SnapshotError if its files cannot be read to
    the end.
    """
    found = Collection(problems=list(snapshot.problems))
    takes = _Taker(found)
    done = 0
    try:
        with closing(_batches(snapshot)) as batches:
            for size, (records, problems) in batches:
                found.problems += problems
                for record in records:
                    takes(record)
                done += size
                if progress:
                    progress(done, len(snapshot.members))
    except (WorkersLost, OSError) as error:
        raise SnapshotError(f"{snapshot.path.name}: not read to the end ({error})") from error
    snapshot.dating = date_records(found.records, snapshot.layout, snapshot.times)
    return found


class _Taker:
    """Takes records into a collection: each identifier once, each text once in memory."""

    def __init__(self, found: Collection) -> None:
        self.found = found
        self.files: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def __call__(self, record: Record) -> None:
        first = self.files.setdefault(record.source_identifier, record.file)
        if first != record.file:
            reason = f"the identifier {record.source_identifier} is that of {first} too"
            self.found.problems.append(FileProblem(record.file, reason))
            return
        shared_text = self.texts.setdefault
        record.family = tuple(shared_text(text, text) for text in record.family)
        record.complements = tuple(shared_text(text, text) for text in record.complements)
        self.found.records.append(record)


def _batches(snapshot: Snapshot) -> Iterator[tuple[int, Batch]]:
    members = snapshot.members
    batches = [members[start : start + BATCH] for start in range(0, len(members), BATCH)]
    processes = min(PROCESSES, os.cpu_count() or 1)
    if len(members) < ALONE or processes < 2:
        with reading(snapshot.path) as reader:
            for batch in batches:
                yield len(batch), read_batch(reader, batch)
        return
    results = shared(
        _read_in_worker,
        batches,
        processes=processes,
        prepare=_open_in_worker,
        arguments=(snapshot.path,),
    )
    with closing(results):
        yield from zip(map(len, batches), results, strict=True)


_opened: list[Reader | SnapshotError] = []
_until_the_end = ExitStack()


def _open_in_worker(path: Path) -> None:
    """Open the snapshot once for all batches that this process will read."""
    try:
        _opened.append(_until_the_end.enter_context(reading(path)))
    except (SnapshotError, OSError) as error:  # raised again where the first batch is read
        _opened.append(SnapshotError(f"{path.name}: not read to the end ({error})"))


def _read_in_worker(members: list[Member]) -> Batch:
    (opened,) = _opened
    if isinstance(opened, SnapshotError):
        raise opened
    return read_batch(opened, members)


def read_batch(reader: Reader, members: list[Member]) -> Batch:
    """Return the records of some files, and what is wrong with the others."""
    records, problems = [], []
    for member in members:
        data = reader.read(member)
        if isinstance(data, FileProblem):
            problems.append(data)
            continue
        try:
            mapping, relations = parse_record(data)
            records.append(read_record(member.name, member.checksum, mapping, relations))
        except RecordError as error:
            problems.append(FileProblem(member.name, printable(str(error), 300)))
    return records, problems
