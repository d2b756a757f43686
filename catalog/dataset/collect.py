"""All files of a snapshot to records: reduced as they are read, in several processes."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from catalog.dataset.archive import FileProblem, Member, Snapshot, read_members
from catalog.dataset.parsing import RecordError, parse_record
from catalog.dataset.record import Record, read_record

BATCH = 1_000  # files; each batch reads the directory of the archive anew
PROCESSES = 2  # beyond two the database is what is waited for
ALONE = 2_000  # fewer files are read sooner than a process is started


@dataclass
class Collection:
    """What the files of a snapshot hold, in the order of their names."""

    records: list[Record] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)


Progress = Callable[[int, int], None]


def collect(snapshot: Snapshot, progress: Progress | None = None) -> Collection:
    """Read every file of a snapshot; a faulty one is a problem and costs nothing else.

    `progress` is told, now and then, how many files of how many are read.
    """
    found = Collection(problems=list(snapshot.problems))
    names: dict[str, str] = {}
    strings: dict[str, str] = {}
    done = 0
    for size, (records, problems) in _batches(snapshot):
        done += size
        found.problems += problems
        for record in records:
            first = names.setdefault(record.source_identifier, record.file)
            if first != record.file:
                reason = f"the identifier {record.source_identifier} is that of {first} too"
                found.problems.append(FileProblem(record.file, reason))
                continue
            record.family = tuple(strings.setdefault(text, text) for text in record.family)
            record.complements = tuple(strings.setdefault(t, t) for t in record.complements)
            found.records.append(record)
        if progress:
            progress(done, len(snapshot.members))
    return found


def _batches(snapshot: Snapshot) -> Iterator[tuple[int, tuple[list[Record], list[FileProblem]]]]:
    members = snapshot.members
    batches = [members[start : start + BATCH] for start in range(0, len(members), BATCH)]
    processes = min(PROCESSES, os.cpu_count() or 1)
    if len(members) < ALONE or processes < 2:
        for batch in batches:
            yield len(batch), read_batch(snapshot.path, batch)
        return
    # Spawned and not forked: a fork would carry open connections to the database along.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        results = pool.map(read_batch, [snapshot.path] * len(batches), batches)
        yield from zip(map(len, batches), results, strict=True)


def read_batch(path: Path, members: list[Member]) -> tuple[list[Record], list[FileProblem]]:
    """Return the records of some files, and what is wrong with the others."""
    records, problems = [], []
    for member, data in read_members(path, members):
        if isinstance(data, FileProblem):
            problems.append(data)
            continue
        try:
            mapping, relations = parse_record(data)
            records.append(read_record(member.name, member.checksum, mapping, relations))
        except RecordError as error:
            problems.append(FileProblem(member.name, str(error)))
    return records, problems
