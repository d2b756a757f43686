"""Which names in use open a text when they are typed as a whole (rule 14.1).

Plain Python over plain rows; asks no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple, Protocol

from catalog.identifiers.keys import called_key
from catalog.terms import NameRelation


class Named(Protocol):
    """What a name in use is to one work."""

    reference: str
    relation: str
    ambiguous_with: str


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
        key for key, rows in by_key.items() if key and key not in of_others and opens_one_text(rows)
    )


def opens_one_text(rows: Collection[Named]) -> bool:
    """Return whether these rows, all of one name, say that it is the name of one text alone."""
    return (
        len({row.reference for row in rows}) == 1
        and any(row.relation == NameRelation.IS for row in rows)
        and not any(row.ambiguous_with for row in rows)
    )
