"""A snapshot of the data set, as a zip or a folder: its files, one at a time, with guards.

Rules: data set notes, sections 2 and 10. A damaged file costs itself and nothing else.
"""

from __future__ import annotations

import datetime
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

MAX_FILE = 1_000_000  # bytes; the largest record has 33 KB
MAX_TOTAL = 1_000_000_000  # bytes of all files together; the data set has 149 MB
SUFFIXES = (".yaml", ".yml")
FOLDER = "data"
ENCRYPTED = 0x1


class SnapshotError(Exception):
    """Nothing can be imported from this file or folder; the message says why."""


@dataclass(frozen=True, order=True)
class Member:
    """A file that should hold a record; `place` is where the archive has it."""

    name: str
    place: str
    size: int
    checksum: int


@dataclass(frozen=True)
class FileProblem:
    """A file that was left out, and why."""

    file: str
    reason: str


@dataclass
class Snapshot:
    """What a zip or a folder holds, sorted by name, so that its own order does not matter."""

    path: Path
    members: list[Member]
    problems: list[FileProblem]
    date: datetime.date | None
    checksum: str
    other_files: int = 0
    contents: str = field(init=False)

    def __post_init__(self) -> None:
        self.members.sort()
        listing = "".join(f"{m.name}\0{m.checksum}\0{m.size}\n" for m in self.members)
        self.contents = hashlib.sha256(listing.encode("utf-8", "surrogatepass")).hexdigest()
        self.checksum = self.checksum or self.contents


def open_snapshot(path: Path) -> Snapshot:
    """Return what a zip or a folder holds.

    Raises SnapshotError if it cannot be read, holds no records or is too large to be a data set.
    """
    if path.is_dir():
        snapshot = _folder(path)
    elif path.is_file():
        snapshot = _zip(path)
    else:
        raise SnapshotError(f"{path.name}: there is no such file or folder")
    total = sum(member.size for member in snapshot.members)
    if total > MAX_TOTAL:
        raise SnapshotError(
            f"{path.name}: the files have {total:,} bytes together, more than the "
            f"{MAX_TOTAL:,} that are allowed"
        )
    if not snapshot.members and not snapshot.problems:
        raise SnapshotError(f"{path.name}: holds no records (files that end in .yaml)")
    return snapshot


def read_members(path: Path, members: list[Member]) -> Iterator[tuple[Member, bytes | FileProblem]]:
    """Yield the content of each file, or why it cannot be read; never more than MAX_FILE bytes."""
    if path.is_dir():
        for member in members:
            yield member, _read_from_folder(path, member)
        return
    with zipfile.ZipFile(path) as archive:
        for member in members:
            yield member, _read_from_zip(archive, member)


def _zip(path: Path) -> Snapshot:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SnapshotError(f"{path.name}: is no readable zip file ({error})") from error
    if not entries:
        raise SnapshotError(f"{path.name}: the zip file is empty")
    files = [entry for entry in entries if not entry.is_dir()]
    wanted = [entry for entry in files if _is_record(entry.filename)]
    in_folder = [entry for entry in wanted if FOLDER in PurePosixPath(entry.filename).parts[:-1]]
    members, problems, seen = [], [], set()
    for entry in in_folder or wanted:
        name = PurePosixPath(entry.filename).name
        reason = _refusal(entry.filename, entry.file_size)
        if entry.flag_bits & ENCRYPTED:
            reason = "is encrypted"
        if not reason and name in seen:
            reason = "the archive has a file of this name already"
        if reason:
            problems.append(FileProblem(entry.filename[:200], reason))
            continue
        seen.add(name)
        members.append(Member(name, entry.filename, entry.file_size, entry.CRC))
    with path.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    date = max(
        (datetime.date(*entry.date_time[:3]) for entry in files if _has_date(entry)), default=None
    )
    return Snapshot(path, members, problems, date, checksum, len(files) - len(members))


def _folder(path: Path) -> Snapshot:
    folder = path / FOLDER if (path / FOLDER).is_dir() else path
    files = sorted(file for file in folder.iterdir() if file.is_file())
    members, problems, newest = [], [], None
    for file in files:
        if not _is_record(file.name):
            continue
        stat = file.stat()
        day = datetime.date.fromtimestamp(stat.st_mtime)
        newest = max(newest or day, day)
        if reason := _refusal(file.name, stat.st_size):
            problems.append(FileProblem(file.name, reason))
            continue
        place = str(file.relative_to(path).as_posix())
        members.append(Member(file.name, place, stat.st_size, zlib.crc32(file.read_bytes())))
    return Snapshot(path, members, problems, newest, "", len(files) - len(members))


def _is_record(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def _has_date(entry: zipfile.ZipInfo) -> bool:
    try:
        datetime.date(*entry.date_time[:3])
    except ValueError:
        return False
    return True


def _refusal(name: str, size: int) -> str:
    """Return why a file is not read, from what the directory says of it; empty if it may be."""
    place = PurePosixPath(name.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or place.drive or ":" in place.parts[0]:
        return "its path leads out of the archive"
    if size > MAX_FILE:
        return f"has {size:,} bytes; a record has at most {MAX_FILE:,}"
    return ""


def _read_from_zip(archive: zipfile.ZipFile, member: Member) -> bytes | FileProblem:
    try:
        with archive.open(member.place) as stream:
            data = stream.read(MAX_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        return FileProblem(member.name, f"is damaged in the archive ({error})")
    return _bounded(member, data)


def _read_from_folder(path: Path, member: Member) -> bytes | FileProblem:
    try:
        with (path / member.place).open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except OSError as error:
        return FileProblem(member.name, f"cannot be read ({error.strerror})")
    return _bounded(member, data)


def _bounded(member: Member, data: bytes) -> bytes | FileProblem:
    if len(data) > MAX_FILE:
        return FileProblem(member.name, f"has more than {MAX_FILE:,} bytes")
    return data
