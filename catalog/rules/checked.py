"""What may be called checked: what rests on a source that others can look up.

Plain Python over plain values, whatever keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalog.terms import HowSeen, Verification


def can_be_looked_up(url: str, how: str, dated: str) -> bool:
    """Whether others can look at a source: it has an address, or is a printed text with its year.

    `dated` is the year, month or day of the source; empty if it is not known.
    """
    return bool(url) or (how == HowSeen.PRINTED and bool(dated))


def without_source(marks: Mapping[str, str], supported: Iterable[str]) -> list[str]:
    """Return the keys that are marked as checked though nothing that can be looked up says so.

    `marks` holds the verification status by key; `supported` the keys with such a source.
    """
    supported = set(supported)
    return [
        key
        for key, mark in marks.items()
        if Verification(mark).needs_source and key not in supported
    ]


def honest(*, is_imported: bool, is_supported: bool) -> Verification:
    """Return what an entry that was “confirmed” in the past is called today."""
    if is_imported:
        return Verification.IMPORTED
    return Verification.CHECKED if is_supported else Verification.UNCHECKED
