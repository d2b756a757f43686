"""Which versions of a text of ITU-R are not in this catalogue; worked out, never stored.

Versions are numbered from 0. A missing number shows that our source lacks the version, not that
it can be had.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.terms import State
from catalog.works.successors import Chain


@dataclass(frozen=True)
class MissingVersions:
    """The numbers of versions that are not here.

    `before` are older than the first one that is here, `between` lie between those that are,
    `newer` are known to have followed. `has_unknown_newer`: the newest one here is superseded, so
    a newer version or another text should exist, and none is known.
    """

    before: tuple[int, ...] = ()
    between: tuple[int, ...] = ()
    newer: tuple[int, ...] = ()
    has_unknown_newer: bool = False

    def __bool__(self) -> bool:
        return bool(self.before or self.between or self.newer or self.has_unknown_newer)


def missing_versions(
    identifier: str, versions: Iterable[tuple[int | None, str]], chain: Chain
) -> MissingVersions:
    """Return which versions of a text are missing.

    `versions` are number and state of each edition; of a work without numbered editions nothing
    is known. `chain` is what took the place of the work: its own later versions may be named there.
    """
    states = {number: state for number, state in versions if number is not None}
    if not states:
        return MissingVersions()
    first, last = min(states), max(states)
    newer = tuple(sorted(_later_versions(identifier, chain)))
    return MissingVersions(
        before=tuple(range(first)),
        between=tuple(number for number in range(first, last) if number not in states),
        newer=newer,
        has_unknown_newer=states[last] == State.SUPERSEDED and not chain,
    )


def _later_versions(identifier: str, chain: Chain) -> Iterable[int]:
    """Yield the numbers of later versions that are named and not here: 14 of ITU-R P.453-14."""
    for text in chain.successors:
        start, _hyphen, number = text.name.rpartition("-")
        if text.work is None and start == identifier and number.isdecimal():
            yield int(number)
