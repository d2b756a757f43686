"""The addresses that a path spelled otherwise seems to mean, whatever stands there."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.identifiers.asked import Asked
from catalog.identifiers.site_paths import AskedPath
from catalog.identifiers.typed_spellings import read_asked
from catalog.terms import Kind, SectorCode

MOST = 6
# What stands before the number in addresses of ITU-R.
WORDS = {Kind.REPORT: "report/", Kind.HANDBOOK: "handbook/", Kind.RESOLUTION: "resolution/"}


def meant_addresses(asked: AskedPath) -> list[str]:
    """Return the addresses of what a path asks for, the likeliest first; at most six.

    `/itu-t/G_711/1988-11-25/` means `/itu-t/g.711/1988-11/`. Empty where the path holds no
    number of a text, or more than that. A dual number means the address of its first part.
    """
    if not (asked.text and asked.is_whole and asked.sector):
        return []
    found = (path for reading in read_asked(asked.text) for path in _addresses(asked, reading))
    return list(dict.fromkeys(found))[:MOST]


def _addresses(asked: AskedPath, reading: Asked) -> Iterator[str]:
    if reading.is_name or reading.is_link or reading.tier > 1:
        return
    # The keys of names, of ISO/IEC numbers and of bare numbers are no parts of addresses.
    numbers = [half[0] for half in reading.numbers[:1] if not set("=:") & set(half[0])]
    if asked.sector == SectorCode.ITU_T and reading.version is not None:
        # The address of an edition has its month; only rows say which one has the version.
        return
    kind = next(iter(reading.kinds), None)
    for number in numbers:
        word = WORDS.get(kind, "") if asked.sector == SectorCode.ITU_R else ""
        yield f"/{asked.sector}/{word}{number}/{_tail(asked, reading)}"


def _tail(asked: AskedPath, reading: Asked) -> str:
    """Return what stands behind the number: version, month or year, component."""
    if asked.sector == SectorCode.ITU_R and reading.version is not None:
        return f"{reading.version}/"
    date = ""
    if reading.year:
        date = f"{reading.year}-{reading.month:02d}/" if reading.month else f"{reading.year}/"
    return f"{date}{reading.part}/" if reading.part else date
