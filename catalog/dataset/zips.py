"""A zip file that anybody may have made: its directory and its files, with bounds on all of it.

What is refused here costs no more than reading the directory. A file that is damaged, encrypted,
packed in an unusual way or not where it should be costs itself and nothing else.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

from catalog.dataset.dating import FileTimes
from catalog.dataset.snapshot import (
    MAX_ARCHIVE,
    MAX_DIRECTORY,
    MAX_FILE,
    MAX_FILES,
    MAX_RATIO,
    MAX_TOTAL,
    FileProblem,
    Member,
    SnapshotError,
    bounded,
)

ENCRYPTED = 0x1
# Other ways of packing unfold without a bound, and the data set has never used them.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCAL_HEADER = 30  # bytes before each file, at least
COMMIT = re.compile(rb"[0-9a-f]{40}")
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class ZipReader:
    """An open zip: its directory is read once, its files as often as they are asked for."""

    def __init__(self, path: Path) -> None:
        self._stream = _GuardedFile(io.FileIO(path))
        try:
            self._archive = zipfile.ZipFile(self._stream)
        except BaseException:
            self._stream.close()
            raise
        self.entries = self._archive.infolist()
        self.comment = self._archive.comment
        self.path = path

    def __enter__(self) -> ZipReader:
        return self

    def __exit__(self, *_error: object) -> None:
        self._archive.close()
        self._stream.close()

    def read(self, member: Member) -> bytes | FileProblem:
        """Return the content of a file, or why it cannot be read.

        Raises SnapshotError if the archive is another one than the one that was listed.
        """
        entry = self.entries[member.ordinal] if member.ordinal < len(self.entries) else None
        if entry is None or (entry.CRC, entry.file_size) != (member.checksum, member.size):
            raise SnapshotError(f"{self.path.name}: was replaced while it was being read")
        try:
            with self._archive.open(entry) as stream:
                return bounded(member, stream.read(MAX_FILE + 1))
        except DAMAGE as error:
            return FileProblem(member.name, f"is damaged in the archive ({_in_words(error)})")


class _GuardedFile(io.BufferedReader):
    """A file that refuses to read more at once than the directory of a zip may have."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise SnapshotError("the directory of the archive is too large for a data set")
        return super().read(size)


def open_zip(path: Path) -> ZipReader:
    """Return an open zip; raises SnapshotError if it is not a zip or has too many files."""
    if (size := path.stat().st_size) > MAX_ARCHIVE:
        raise SnapshotError(f"{path.name}: has {size:,} bytes; {MAX_ARCHIVE:,} are allowed")
    try:
        reader = ZipReader(path)
    except SnapshotError as error:
        raise SnapshotError(f"{path.name}: {error}") from error
    except DAMAGE as error:
        reason = f"is not a readable zip file ({_in_words(error)})"
        raise SnapshotError(f"{path.name}: {reason}") from error
    if not reader.entries:
        reader.__exit__()
        raise SnapshotError(f"{path.name}: the zip file is empty")
    if len(reader.entries) > MAX_FILES:
        reader.__exit__()
        raise SnapshotError(
            f"{path.name}: holds {len(reader.entries):,} files; {MAX_FILES:,} are allowed"
        )
    return reader


def checksum_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def overlapping(entries: list[zipfile.ZipInfo]) -> set[int]:
    """Return the positions of the files that lie over one before them.

    Such an archive unfolds the same bytes again and again.
    """
    found, end = set(), 0
    by_place = sorted(range(len(entries)), key=lambda place: entries[place].header_offset)
    for place in by_place:
        entry = entries[place]
        if entry.header_offset < end:
            found.add(place)
        else:
            end = entry.header_offset + LOCAL_HEADER + entry.compress_size
    return found


def refusal_of(entry: zipfile.ZipInfo) -> str:
    """Return why a file of a zip is not read, from what the directory says; empty if it may be."""
    if entry.flag_bits & ENCRYPTED:
        return "is encrypted"
    if entry.compress_type not in PACKED:
        return "is packed in a way that the data set never uses"
    if entry.file_size > MAX_FILE // 10 and entry.file_size > MAX_RATIO * entry.compress_size:
        return f"unpacks to more than {MAX_RATIO} times its size"
    return ""


def times_of(reader: ZipReader, entries: list[zipfile.ZipInfo]) -> FileTimes:
    """Return the times of these files, and the commit of an archive made by git."""
    moments = set()
    for stamp in {entry.date_time for entry in entries}:
        try:
            moments.add(datetime.datetime(*stamp))
        except ValueError:
            continue  # such as day 0 of month 0
    commit = reader.comment.decode() if COMMIT.fullmatch(reader.comment) else ""
    newest = max(moments).date() if moments else None
    return FileTimes(moments.pop() if len(moments) == 1 else None, newest, commit)


def refusal_of_all(total: int, packed: int) -> str:
    """Return why files of this size together are not unpacked; empty if they may be.

    `packed` is the size of the archive, 0 if the files are not packed.
    """
    if total > MAX_TOTAL:
        return f"the files have {total:,} bytes together; {MAX_TOTAL:,} are allowed"
    if packed and total > MAX_TOTAL // 10 and total > MAX_RATIO * packed:
        return f"the files have {total:,} bytes together, more than {MAX_RATIO} times the archive"
    return ""


def _in_words(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:160]
