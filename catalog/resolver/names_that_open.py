"""Which names in use open a text when they are typed as a whole (rule 14.1).

Plain Python over plain rows; asks no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from catalog.identifiers.keys import called_key
from catalog.terms import NameRelation


class NameRow(NamedTuple):
    """A name in use of one work, which `reference` names."""

    name: str
    reference: str
    relation: str
    ambiguous_with: str


def keys_that_open(names: Iterable[NameRow], others: Iterable[str]) -> frozenset[str]:
    """Return the keys of the names that are names of one work and of nothing else.

    `others` are names of texts by others. A name counts against another one if both are typed
    alike, whatever blanks and hyphens they have.
    """
    by_key: dict[str, list[NameRow]] = defaultdict(list)
    for row in names:
        by_key[called_key(row.name)].append(row)
    of_others = set(map(called_key, others))
    return frozenset(
        key
        for key, rows in by_key.items()
        if key
        and key not in of_others
        and len({row.reference for row in rows}) == 1
        and any(row.relation == NameRelation.IS for row in rows)
        and not any(row.ambiguous_with for row in rows)
    )
