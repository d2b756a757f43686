"""A snapshot of the data set, as a zip or a folder: its files, one at a time, with guards.

A damaged file costs itself and nothing else (rule 12.3).
"""

from __future__ import annotations

import datetime
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from catalog.dataset.dating import FileTimes
from catalog.dataset.layout import Layout, UnknownLayout, find_layout, is_record
from catalog.dataset.snapshot import (
    LONGEST_NAME,
    MAX_FILE,
    MAX_FILES,
    MAX_TOTAL,
    FileProblem,
    Member,
    Snapshot,
    SnapshotError,
    bounded,
)
from catalog.dataset.texts import printable
from catalog.dataset.zips import (
    checksum_of,
    open_zip,
    overlapping,
    refusal_of,
    refusal_of_all,
    times_of,
)

__all__ = [
    "MAX_FILE",
    "MAX_FILES",
    "MAX_TOTAL",
    "FileProblem",
    "Member",
    "Reader",
    "Snapshot",
    "SnapshotError",
    "open_snapshot",
    "reading",
]
MAX_DEPTH = 4  # folders below the one that was named


class Reader(Protocol):
    """What gives the content of the files of a snapshot."""

    def read(self, member: Member) -> bytes | FileProblem:
        """Return the content of a file, or why it cannot be read."""


def open_snapshot(path: Path) -> Snapshot:
    """Return what a zip or a folder holds.

    Raises SnapshotError if it cannot be read, holds no records, holds them in folders that are
    not known, or is too large to be a data set.
    """
    if not path.name.isprintable():
        raise SnapshotError(f"{printable(path.name)}: rename it; its name cannot be kept")
    try:
        if path.is_dir():
            snapshot = _folder(path)
        elif path.is_file():
            snapshot = _zip(path)
        else:
            raise SnapshotError(f"{path.name}: there is no such file or folder")
    except (UnknownLayout, OSError) as error:
        reason = f"cannot be read ({error.strerror})" if isinstance(error, OSError) else error
        raise SnapshotError(f"{path.name}: {reason}") from error
    return snapshot


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open a snapshot for reading its files; the directory of a zip is read once."""
    if path.is_dir():
        yield FolderReader(path)
        return
    with open_zip(path) as reader:
        yield reader


def _zip(path: Path) -> Snapshot:
    with open_zip(path) as reader:
        entries = reader.entries
        files = [place for place, entry in enumerate(entries) if not entry.is_dir()]
        times = times_of(reader, [entries[place] for place in files])
    places = {place: entries[place].filename.replace("\\", "/") for place in files}
    reasons = {place: reason for place in files if (reason := _refusal(places[place]))}
    layout = _layout(places, reasons, depth=1)
    covered = overlapping(entries)
    members, problems, seen = [], [], set()
    for place in files:
        whole, entry = places[place], entries[place]
        reason = reasons.get(place, "")
        if not is_record(whole) or not (reason or layout.holds(whole)):
            continue
        name = whole.rpartition("/")[2]
        reason = reason or _too_large(entry.file_size) or refusal_of(entry)
        if not reason and place in covered:
            reason = "overlaps another file in the archive"
        if not reason and name in seen:
            reason = "the archive has a file of this name already"
        if reason:
            problems.append(FileProblem(printable(entry.filename), reason))
            continue
        seen.add(name)
        members.append(Member(name, whole, entry.file_size, entry.CRC, place))
    total = sum(entries[place].file_size for place in files if layout.holds(places[place]))
    if reason := refusal_of_all(total, path.stat().st_size):
        raise SnapshotError(f"{path.name}: {reason}")
    others = len(files) - len(members)
    return Snapshot(path, members, problems, layout, times, checksum_of(path), others)


def _folder(path: Path) -> Snapshot:
    files = _files_below(path)
    reasons = {place: reason for place in files if (reason := _refusal(place))}
    layout = _layout({place: place for place in files}, reasons, depth=0)
    members, problems, moments, seen, total = [], [], set(), set(), 0
    for place in filter(is_record, sorted(files)):
        reason = reasons.get(place, "")
        if not (reason or layout.holds(place)):
            continue
        name = place.rpartition("/")[2]
        size, moment, unread = _look_at(files[place])
        reason = reason or unread or _too_large(size) or _leads_out(files[place], path)
        if not reason and name in seen:
            reason = "the folder has a file of this name already"
        checksum, unread = (0, "") if reason else _checksum(files[place])
        if reason := reason or unread:
            problems.append(FileProblem(printable(place), reason))
            continue
        total += size
        if too_much := refusal_of_all(total, 0):
            raise SnapshotError(f"{path.name}: {too_much}")
        seen.add(name)
        moments.add(moment)
        members.append(Member(name, place, size, checksum))
    times = FileTimes()
    if moments:
        newest = datetime.datetime.fromtimestamp(max(moments))
        times = FileTimes(newest if len(moments) == 1 else None, newest.date())
    return Snapshot(path, members, problems, layout, times, "", len(files) - len(members))


class FolderReader:
    """The files of a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, member: Member) -> bytes | FileProblem:
        """Return the content of a file, or why it cannot be read."""
        try:
            with (self.path / member.place).open("rb") as stream:
                return bounded(member, stream.read(MAX_FILE + 1))
        except OSError as error:
            return FileProblem(printable(member.name), f"cannot be read ({error.strerror})")


def _files_below(path: Path) -> dict[str, os.DirEntry]:
    """Return the files of a folder by their places; not those of hidden folders, or far below."""
    found: dict[str, os.DirEntry] = {}
    folders = [(path, "", MAX_DEPTH)]
    seen = 0
    while folders:
        folder, prefix, depth = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                seen += 1
                if seen > MAX_FILES:
                    raise SnapshotError(f"{path.name}: holds more than {MAX_FILES:,} files")
                if entry.is_file():
                    found[f"{prefix}{entry.name}"] = entry
                elif depth and entry.name[:1] != "." and entry.is_dir(follow_symlinks=False):
                    folders.append((Path(entry.path), f"{prefix}{entry.name}/", depth - 1))
    return found


def _layout(places: dict, reasons: dict, *, depth: int) -> Layout:
    """Return how the files lie; those that are refused already do not count."""
    try:
        return find_layout([places[key] for key in places if key not in reasons], depth=depth)
    except UnknownLayout as error:
        refused = [key for key in reasons if is_record(places[key])]
        if not refused:
            raise
        first = f"{printable(places[refused[0]])}: {reasons[refused[0]]}"
        more = f"{len(refused):,} of its files cannot be records ({first})"
        raise UnknownLayout(f"{error}; {more}") from error


def _refusal(place: str) -> str:
    """Return why a file is not read, from its place in the archive; empty if it may be."""
    parts = place.split("/")
    if place.startswith("/") or ".." in parts or ":" in parts[0]:
        return "its path leads out of the archive"
    if len(parts[-1]) > LONGEST_NAME or not parts[-1].isprintable():
        return "its name is too long, or holds characters that cannot be kept"
    return ""


def _look_at(entry: os.DirEntry) -> tuple[int, int, str]:
    """Return size and time of a file, or why it cannot be read."""
    try:
        stat = entry.stat()
    except OSError as error:
        return 0, 0, f"cannot be read ({error.strerror})"
    return stat.st_size, int(stat.st_mtime), ""


def _checksum(entry: os.DirEntry) -> tuple[int, str]:
    """Return the checksum of the content of a file, or why it cannot be read."""
    try:
        return zlib.crc32(Path(entry.path).read_bytes()), ""
    except OSError as error:
        return 0, f"cannot be read ({error.strerror})"


def _too_large(size: int) -> str:
    if size > MAX_FILE:
        return f"has {size:,} bytes; a record has at most {MAX_FILE:,}"
    return ""


def _leads_out(entry: os.DirEntry, path: Path) -> str:
    """Return why a link is not followed: it leads out of the folder."""
    if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(path.resolve()):
        return "is a link that leads out of the folder"
    return ""
