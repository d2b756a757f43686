"""What goes with what: supplements with series and works, one text under two letters.

Rules 6.1 and 6.3 (docs/rules.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from catalog.dataset.repairs import DIFFERENT_TEXTS
from catalog.dataset.works import Work
from catalog.terms import Kind, SectorCode


@dataclass
class Relations:
    """Links between works; a series is named by its letter.

    In `supplement_to_series` and `supplement_to_work` the supplement stands first.
    """

    supplement_to_series: list[tuple[Work, str]] = field(default_factory=list)
    supplement_to_work: list[tuple[Work, Work]] = field(default_factory=list)
    also_published_as: list[tuple[Work, Work]] = field(default_factory=list)
    unknown_supplements: list[str] = field(default_factory=list)


def relate(works: Iterable[Work]) -> Relations:
    """Return the links between these works."""
    works = list(works)
    found = Relations()
    _supplements(works, found)
    _two_letters(works, found)
    return found


def _supplements(works: list[Work], found: Relations) -> None:
    by_record = {
        record.source_identifier.removeprefix("ITU-T "): work
        for work in works
        if work.sector is SectorCode.ITU_T
        for record in work.records
    }
    by_series: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        if work.complements:
            by_series[work.series].append(work)
    unknown: set[str] = set()
    for letter in sorted(by_series):
        # Most works of a series have the same list, so there are few different ones.
        lists = {work.complements: set(work.complements) for work in by_series[letter]}
        common = set.intersection(*lists.values())
        unknown.update(*(targets - by_record.keys() for targets in lists.values()))
        found.supplement_to_series += [
            (by_record[target], letter) for target in sorted(common & by_record.keys())
        ]
        own = {key: sorted((lists[key] - common) & by_record.keys()) for key in lists}
        found.supplement_to_work += [
            (by_record[target], work)
            for work in by_series[letter]
            for target in own[work.complements]
            if by_record[target] is not work
        ]
    found.unknown_supplements = sorted(unknown)


def _two_letters(works: list[Work], found: Relations) -> None:
    """ITU-R numbers do not depend on the letter: two letters are one text that moved."""
    same: dict[tuple[str, str], list[Work]] = defaultdict(list)
    for work in works:
        if work.sector is SectorCode.ITU_R and work.kind in (Kind.RECOMMENDATION, Kind.REPORT):
            number = work.label.rpartition(".")[2]
            if (work.kind.value, number) not in DIFFERENT_TEXTS:
                same[work.kind.value, number].append(work)
    for key in sorted(same):
        found.also_published_as += combinations(sorted(same[key], key=lambda w: w.label), 2)
