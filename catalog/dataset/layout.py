"""In which folders of an archive the records lie; another arrangement is recognized by name.

The repository of the data set had two folders at first, one for each Sector, and has had one
since 9 August 2026. What else it holds (a README, an index) is no record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from catalog.dataset.texts import printable

ONE = "data"
TWO = ("data-r", "data-t")
SUFFIXES = (".yaml", ".yml")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar")
NAMED = 20  # how many folders are named; the rest is counted
EXPECTED = (
    "The records should lie in the folder data/, as since 9 August 2026, in the folders data-r/ "
    "and data-t/, as before that date, or all in one place"
)


class Arrangement(StrEnum):
    """The known ways in which the records lie, by the words for them."""

    TWO_FOLDERS = "two folders, data-r/ and data-t/, as until August 2026"
    ONE_FOLDER = "one folder, data/, as since August 2026"
    FLAT = "the files of records alone"


class UnknownLayout(Exception):
    """The records do not lie as in any known state of the data set; the message says how."""


@dataclass
class Layout:
    """How the files of an archive lie: which folders are read, and what is not.

    `root` is the folder above those of the records, with a slash at its end. `read` and
    `not_read` count files by folder; the empty name is the root itself.
    """

    arrangement: Arrangement
    root: str
    folders: tuple[str, ...]
    read: dict[str, int] = field(default_factory=dict)
    not_read: dict[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The arrangement in words."""
        return self.arrangement.value

    def holds(self, place: str) -> bool:
        """Return whether a file is to be read as a record, by its place in the archive."""
        if not is_record(place):
            return False
        if self.arrangement is Arrangement.FLAT:
            return folder_of(place) == self.root
        return place.startswith(tuple(f"{self.root}{name}/" for name in self.folders))

    def count(self, places: Iterable[str]) -> None:
        """Note which files are read and which are not."""
        read, not_read = Counter(), Counter()
        for place in places:
            folder, slash, _name = place.removeprefix(self.root).partition("/")
            if self.holds(place):
                read[folder if slash and self.folders else ""] += 1
            else:
                not_read[printable(f"{folder}{slash}")] += 1
        self.read = dict(sorted(read.items()))
        named = dict(sorted(not_read.items())[:NAMED])
        if more := sum(not_read.values()) - sum(named.values()):
            named["…"] = more
        self.not_read = named


def is_record(place: str) -> bool:
    """Return whether a file may be a record, by its name; those that macOS adds are not."""
    name = place.rpartition("/")[2]
    is_added = name.startswith("._") or place.startswith("__MACOSX/")
    return name.lower().endswith(SUFFIXES) and not is_added


def folder_of(place: str) -> str:
    """Return the folder in which a file lies, with a slash at its end; empty if in none."""
    return place[: place.rfind("/") + 1]


def find_layout(places: list[str], *, depth: int) -> Layout:
    """Return how the records among these files lie.

    `depth` is the number of folders in which files of records may lie that are in no folder of
    the data set: one in an archive, none in a folder. Raises UnknownLayout, in words.
    """
    wanted = [place for place in places if is_record(place)]
    if not wanted:
        raise UnknownLayout(_no_records(places))
    roots: dict[str, set[str]] = {}
    for folder in {folder_of(place) for place in wanted}:
        parts = folder.split("/")[:-1]
        for position, part in enumerate(parts):
            if part == ONE or part in TWO:
                root = "".join(f"{one}/" for one in parts[:position])
                roots.setdefault(root, set()).add(part)
                break
    if roots:
        return _in_folders(roots, places)
    folders = Counter(folder_of(place) for place in wanted)
    least = min(folder.count("/") for folder in folders)
    flat = [folder for folder in folders if folder.count("/") == least]
    if len(flat) > 1 or least > depth:
        named = [
            f"{printable(folder) or './'} ({count:,})" for folder, count in folders.most_common(5)
        ]
        reason = f"its folders are not those of the data set. {EXPECTED}"
        raise UnknownLayout(f"{reason}; found: {', '.join(named)}")
    layout = Layout(Arrangement.FLAT, flat[0], ())
    layout.count(places)
    return layout


def _in_folders(roots: dict[str, set[str]], places: list[str]) -> Layout:
    least = min(root.count("/") for root in roots)
    top = sorted(root for root in roots if root.count("/") == least)
    if len(top) > 1:
        held = [f"{root}{name}/" for root in top[:5] for name in sorted(roots[root])]
        raise UnknownLayout(f"holds several data sets: {printable(', '.join(held))}")
    names = roots[top[0]]
    is_one = ONE in names
    arrangement = Arrangement.ONE_FOLDER if is_one else Arrangement.TWO_FOLDERS
    layout = Layout(arrangement, top[0], (ONE,) if is_one else tuple(sorted(names)))
    layout.count(places)
    return layout


def _no_records(places: list[str]) -> str:
    inner = [place for place in places if place.lower().endswith(ARCHIVES)]
    if inner:
        return f"holds no records but another archive, {printable(inner[0])}; unpack that first"
    return f"holds no records (files that end in .yaml). {EXPECTED}"
