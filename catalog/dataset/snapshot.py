"""What a snapshot of the data set is: its files, how they lie, and what was left out of them."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from catalog.dataset.dating import Dating, FileTimes
from catalog.dataset.layout import Layout

# Bounds for what anybody may hand in; in brackets what the data set has.
MAX_FILE = 1_000_000  # bytes (33 KB)
MAX_TOTAL = 500_000_000  # bytes of all files together (149 MB)
MAX_FILES = 200_000  # entries of the archive (21,509)
MAX_ARCHIVE = 500_000_000  # bytes of the zip itself (33 MB)
MAX_DIRECTORY = 20_000_000  # bytes of the directory of the zip (2.5 MB)
MAX_RATIO = 100  # unpacked to packed (5)
LONGEST_NAME = 200  # characters of the name of a file (51)


class SnapshotError(Exception):
    """Nothing can be imported from this file or folder; the message says why."""


@dataclass(frozen=True, order=True)
class Member:
    """A file that should hold a record.

    `place` is where the archive has it, `ordinal` its position in the directory of the archive.
    """

    name: str
    place: str
    size: int
    checksum: int
    ordinal: int = 0


@dataclass(frozen=True)
class FileProblem:
    """A file that was left out, and why."""

    file: str
    reason: str


def bounded(member: Member, data: bytes) -> bytes | FileProblem:
    """Return the content of a file unless it is larger than a record may be."""
    if len(data) > MAX_FILE:
        return FileProblem(member.name, f"has more than {MAX_FILE:,} bytes")
    return data


@dataclass
class Snapshot:
    """What a zip or a folder holds, sorted by name, so that its own order does not matter.

    `dating` is None until the records are read; then it says how old they are.
    """

    path: Path
    members: list[Member]
    problems: list[FileProblem]
    layout: Layout
    times: FileTimes
    checksum: str = ""
    other_files: int = 0
    contents: str = field(init=False)
    dating: Dating | None = None

    def __post_init__(self) -> None:
        self.members.sort()
        listing = "".join(f"{m.name}\0{m.checksum}\0{m.size}\n" for m in self.members)
        self.contents = hashlib.sha256(listing.encode("utf-8", "surrogatepass")).hexdigest()
        self.checksum = self.checksum or self.contents

    @property
    def date(self) -> datetime.date | None:
        """The day from which the snapshot is, as far as it is known."""
        return self.dating.day if self.dating else self.times.day

    def as_report(self) -> dict[str, object]:
        """Return what a report says about the folders of the files and the age of the records."""
        return {
            "layout": self.layout.words,
            "read": self.layout.read,
            "not_read": self.layout.not_read,
            "dating": self.dating.as_dict() if self.dating else None,
        }
