"""Names that people use, read once for each version of the catalogue, by the keys of what is typed.

There are some thousands, and each query asks for a few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from catalog.identifiers.characters import plain
from catalog.identifiers.keys import bare_iso_key, called_key, iso_key
from catalog.identifiers.openings import read_opening
from catalog.models import CommonName, OthersName, TextFamily
from catalog.models.kept import Kept
from catalog.models.page_queries import text_families

# Longer than any name.
MAX_NAME = 200
Row = TypeVar("Row")
ByKey = dict[str, list[Row]]
_in_use: Kept[ByKey[CommonName]] = Kept()
_of_others: Kept[ByKey[OthersName]] = Kept()
_of_families: Kept[ByKey[TextFamily]] = Kept()


def keys_asked(text: str) -> tuple[str, ...]:
    """Return the keys under which a text may be a name: as a whole, without what opens it."""
    text = plain(text[:MAX_NAME])[:MAX_NAME]
    rest = read_opening(text.lower()).rest
    keys = (called_key(text), called_key(rest), iso_key(text) or bare_iso_key(text))
    return tuple(dict.fromkeys(filter(None, keys)))


def is_spelled_so(text: str, name: str) -> bool:
    """Return whether a text is a name to the letter, whatever its case and blanks."""
    return " ".join(text.split()).casefold() == " ".join(name.split()).casefold()


def names_in_use(keys: Iterable[str]) -> ByKey[CommonName]:
    """Return the names in use with these keys whose texts are in this catalogue."""
    return _some_of(
        _in_use,
        keys,
        CommonName.objects.of_texts_here().with_sources(),
        lambda row: filter(None, (called_key(row.name), iso_key(row.name))),
    )


def names_of_others(keys: Iterable[str]) -> ByKey[OthersName]:
    """Return the names of texts by others with these keys."""
    rows = OthersName.objects.with_sources()
    return _some_of(_of_others, keys, rows, lambda row: [called_key(row.name)])


def families_called(keys: Iterable[str]) -> ByKey[TextFamily]:
    """Return the families of texts with these keys."""
    wanted = set(keys)
    if not wanted:
        return {}
    using = TextFamily.objects.all().db
    known = _of_families.get(
        "families", using, lambda _before: _by_key(text_families(), _keys_of_family)
    )
    return _chosen(known, wanted)


def _keys_of_family(family: TextFamily) -> list[str]:
    """Return the keys of the names of a family, also without the word: G.984 for G.984 series."""
    names = family.name_list
    shorter = (name.removesuffix(" series") for name in names)
    return sorted({called_key(name) for name in (*names, *shorter)})


def _some_of(
    kept: Kept[ByKey[Row]], keys: Iterable[str], rows, keys_of: Callable[[Row], Iterable[str]]
) -> ByKey[Row]:
    wanted = set(keys)
    if not wanted:
        return {}
    return _chosen(kept.get("names", rows.db, lambda _before: _by_key(rows, keys_of)), wanted)


def _chosen(known: ByKey[Row], wanted: set[str]) -> ByKey[Row]:
    return {key: known[key] for key in wanted.intersection(known)}


def _by_key(rows: Iterable[Row], keys_of: Callable[[Row], Iterable[str]]) -> ByKey[Row]:
    found: ByKey[Row] = {}
    for key, row in _pairs(rows, keys_of):
        found.setdefault(key, []).append(row)
    return found


def _pairs(
    rows: Iterable[Row], keys_of: Callable[[Row], Iterable[str]]
) -> Iterator[tuple[str, Row]]:
    for row in rows:
        yield from ((key, row) for key in dict.fromkeys(keys_of(row)) if key)
