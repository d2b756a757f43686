"""What a list counts and cuts into pages, in memory: which rows have which value, as bits.

A row is a bit at its place in the order of the list, a set of rows a whole number. A count is an
AND of such numbers. The index of a list is built in the first request after the version of the
catalogue moved, and kept by each process; the database is then asked for one page of rows.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from catalog.models import CatalogueState
from catalog.models.prepared import Prepared


@dataclass
class FacetIndex:
    """The rows of a list: `keys` are their primary keys in its order, `places` the way back.

    `values` maps each facet to the rows of each of its values, `labels` to their words.
    """

    rows: QuerySet
    keys: list[int]
    places: dict[int, int] = field(default_factory=dict)
    values: dict[str, dict[str, int]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    with_keys: Prepared = field(init=False)
    _orders: dict[Hashable, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = self.rows.order_by()
        self.with_keys = Prepared(lambda keys: rows.filter(pk__in=keys))

    @classmethod
    def of(cls, rows: QuerySet, columns: dict[str, str]) -> FacetIndex:
        """Read the rows and, for each facet, the values in its column; empty values are none."""
        keys = list(rows.values_list("pk", flat=True))
        index = cls(rows, keys, {key: place for place, key in enumerate(keys)})
        for name, column in columns.items():
            rows_of: dict[str, list[int]] = defaultdict(list)
            for key, value in rows.order_by().values_list("pk", column):
                if value is not None:
                    rows_of[str(value)].append(key)
            index.values[name] = {value: index.bits(found) for value, found in rows_of.items()}
        return index

    @property
    def all(self) -> int:
        """All rows, as bits."""
        return (1 << len(self.keys)) - 1

    def bits(self, keys: Iterable[int]) -> int:
        """Return the rows with these primary keys, as bits; keys of no row are left out."""
        marks = bytearray(len(self.keys) // 8 + 1)
        for key in keys:
            place = self.places.get(key)
            if place is not None:
                marks[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(marks, "little")

    def in_order(self, bits: int, columns: tuple[Any, ...] = ()) -> list[int]:
        """Return the primary keys of rows, in the order of the list or of these columns."""
        marked = map("1".__eq__, bin(bits)[:1:-1])
        chosen = list(compress(self.keys, marked))
        if not columns:
            return chosen
        wanted = set(chosen)
        return [key for key in self._ordered(columns) if key in wanted]

    def _ordered(self, columns: tuple[Any, ...]) -> list[int]:
        if columns not in self._orders:
            rows = self.rows.order_by(*columns).values_list("pk", flat=True)
            self._orders[columns] = list(rows)
        return self._orders[columns]


class FoundRows:
    """The rows of a list in its order; the database is asked for those that are cut out of it."""

    def __init__(self, with_keys: Prepared, keys: list[int]):
        self._with_keys, self._keys = with_keys, keys

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, part: slice) -> list[Any]:
        keys = self._keys[part]
        found = {row.pk: row for row in self._with_keys(tuple(keys))} if keys else {}
        # A row that was deleted a moment ago is left out.
        return [found[key] for key in keys if key in found]


class RankedRows:
    """The rows of a queryset whose order only the database knows, and whose number is known."""

    def __init__(self, rows: QuerySet, number: int):
        self._rows, self._number = rows, number

    def __len__(self) -> int:
        return self._number

    def __getitem__(self, part: slice) -> list[Any]:
        return list(self._rows[part])


class _Kept:
    """The newest index of each list, built by one thread while others of its list wait."""

    def __init__(self):
        self._lock = threading.Lock()
        self._indexes: dict[Hashable, tuple[Hashable, FacetIndex]] = {}

    def get(self, name: Hashable, rows: QuerySet, columns: dict[str, str]) -> FacetIndex:
        moment = CatalogueState.objects.moment()
        state = (connections[rows.db].settings_dict["NAME"], moment.version, moment.mark)
        kept = self._indexes.get(name)
        if kept is not None and kept[0] == state:
            return kept[1]
        with self._lock:
            kept = self._indexes.get(name)
            if kept is None or kept[0] != state:
                kept = self._indexes[name] = (state, FacetIndex.of(rows, columns))
        return kept[1]

    def forget(self) -> None:
        self._indexes.clear()


_kept = _Kept()


def facet_index(name: Hashable, rows: QuerySet, columns: dict[str, str]) -> FacetIndex:
    """Return the index of a list at the present version of the catalogue.

    `name` tells lists apart, `columns` gives the column of each facet.
    """
    return _kept.get(name, rows, columns)


def forget_indexes() -> None:
    """Let every index be built anew; for whoever takes writes back."""
    _kept.forget()
