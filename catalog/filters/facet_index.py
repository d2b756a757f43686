"""What a list counts and cuts into pages, in memory: which rows have which value, as bits.

A row is a bit at its place in the order of the list, a set of rows a whole number. A count is an
AND of such numbers. The index of a list is built in the first request after the version of the
catalogue moved, and kept by each process; the database is then asked for one page of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import Any

from django.db.models import Model, QuerySet

from catalog.models.kept import Kept
from catalog.models.prepared import Prepared

# Rows as pages show them, each of some 700 bytes.
MOST_SHOWN = 6_000


@dataclass
class FacetIndex:
    """The rows of a list: `keys` are their primary keys in its order, `places` the way back.

    `values` maps each facet to the rows of each of its values, `labels` to their words. `table`
    has, in the order of the list, what each row has in the columns with one value. `shown` has
    rows as pages show them, by primary key.
    """

    rows: QuerySet
    keys: list[int]
    table: list[tuple]
    places: dict[int, int] = field(default_factory=dict)
    values: dict[str, dict[str, int]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[str, list[tuple]] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    _with_keys: Prepared = field(init=False)
    _orders: dict[Hashable, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = self.rows.order_by()
        self._with_keys = Prepared(lambda keys: rows.filter(pk__in=keys))

    @classmethod
    def of(
        cls, rows: QuerySet, columns: dict[str, str], before: FacetIndex | None = None
    ) -> FacetIndex:
        """Read the rows and, for each facet, the values in its column; empty values are none.

        `before` is the index of an earlier version: where a few rows differ from it, only their
        bits are set anew.
        """
        many = {name for name, column in columns.items() if has_many(rows.model, column)}
        single = [name for name in columns if name not in many]
        table = list(rows.values_list("pk", *(columns[name] for name in single)))
        keys = [row[0] for row in table]
        index = cls(rows, keys, table)
        is_alike = before is not None and before.keys == keys
        index.places = before.places if is_alike else {key: i for i, key in enumerate(keys)}
        for number, name in enumerate(single, start=1):
            if is_alike:
                index.values[name] = _mended(before.values[name], before.table, table, number)
            else:
                index.values[name] = index._by_value((row[0], row[number]) for row in table)
        for name in many:
            found = list(rows.order_by(columns[name], "pk").values_list("pk", columns[name]))
            index.links[name] = found
            if is_alike and before.links[name] == found:
                index.values[name] = before.values[name]
            else:
                index.values[name] = index._by_value(found)
        return index

    def _by_value(self, pairs: Iterable[tuple[int, Any]]) -> dict[str, int]:
        """Return the rows of each value, from pairs of primary keys and values."""
        keys: dict[str, list[int]] = defaultdict(list)
        for key, value in pairs:
            if value is not None:
                keys[str(value)].append(key)
        return {value: self.bits(found) for value, found in keys.items()}

    def with_keys(self, keys: list[int]) -> dict[int, Any]:
        """Return the rows with these primary keys, by primary key, from the database."""
        return {row.pk: row for row in self._with_keys.of_any(keys)}

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


def has_many(model: type[Model], column: str) -> bool:
    """Whether a row of a model may have several values in a column, named as in a lookup."""
    found = model._meta.get_field(column.partition("__")[0])
    return bool(found.many_to_many or found.one_to_many)


def _mended(
    values: dict[str, int], before: list[tuple], now: list[tuple], number: int
) -> dict[str, int]:
    """Return the rows of each value of one column, where the rows are those of before."""
    mended = values
    for place, (old, new) in enumerate(zip(before, now, strict=True)):
        if old is new or old[number] == new[number]:
            continue
        if mended is values:
            mended = dict(values)
        bit = 1 << place
        if old[number] is not None:
            mended[str(old[number])] &= ~bit
        if new[number] is not None:
            mended[str(new[number])] = mended.get(str(new[number]), 0) | bit
    return mended


class RowsOfPage(Sequence):
    """Rows that were cut out of a list; the database is asked when they are looked at.

    A row that was deleted a moment ago is left out.
    """

    def __init__(self, index: FacetIndex, keys: list[int]):
        self._index, self._keys = index, keys

    @cached_property
    def _rows(self) -> list[Any]:
        found = self._index.with_keys(self._keys)
        return [found[key] for key in self._keys if key in found]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place):
        return self._rows[place]

    def shown(self, write: Callable[[Any], str]) -> list[str]:
        """Return what `write` makes of each row, once at this version of the catalogue.

        Only rows that nobody was shown before are asked for.
        """
        kept = self._index.shown
        texts = {key: text for key in self._keys if (text := kept.get(key)) is not None}
        rows = self._index.with_keys([key for key in self._keys if key not in texts])
        new = {key: write(row) for key, row in rows.items()}
        if len(kept) + len(new) > MOST_SHOWN:
            kept.clear()
        kept.update(new)
        texts |= new
        return [texts[key] for key in self._keys if key in texts]


class FoundRows:
    """The rows of a list in its order, to be cut into pages."""

    def __init__(self, index: FacetIndex, keys: list[int]):
        self._index, self._keys = index, keys

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, part: slice) -> Sequence[Any]:
        return RowsOfPage(self._index, self._keys[part])


class RankedRows(FoundRows):
    """Found rows that know their rank, `ranks` has it by primary key."""

    def __init__(self, index: FacetIndex, keys: list[int], ranks: dict[int, int]):
        super().__init__(index, keys)
        self._ranks = ranks

    def __getitem__(self, part: slice) -> Sequence[Any]:
        rows = super().__getitem__(part)
        for row in rows:
            row.rank = self._ranks[row.pk]
        return rows


_kept: Kept[FacetIndex] = Kept()


def facet_index(name: Hashable, rows: QuerySet, columns: dict[str, str]) -> FacetIndex:
    """Return the index of a list at the present version of the catalogue.

    `name` tells lists apart, `columns` gives the column of each facet.
    """
    return _kept.get(name, rows.db, lambda before: FacetIndex.of(rows, columns, before))
