"""Keep the index rows true. Whoever saves an entry calls `update` in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import Q, prefetch_related_objects

from catalog.models import EntryKey, KnownIdentifier, Publication, SearchEntry
from catalog.models.bulk import in_parts
from catalog.models.entry import Entry
from catalog.resolver import known_identifiers
from catalog.search import texts
from catalog.search.columns import BY_THESE_RULES, TextColumns
from catalog.search.documents import ENTRY_MODELS, SOURCES, abstracts_of, document

Thing = tuple[str, int]  # kind and primary key of an entry

# Rows read or written at once.
PART = 500
# With this many new keys, reading every text that names keys costs less than asking for each.
MANY_KEYS = 20
WRITTEN = [
    field.name
    for field in SearchEntry._meta.concrete_fields
    if field.name not in ("id", "kind", "object_id")
]


class KeyTaken(Exception):
    """Two entries lay claim to one key; `key`, `holder` and `claimant` say which."""

    def __init__(self, key: str, holder: str, claimant: str):
        self.key, self.holder, self.claimant = key, holder, claimant
        super().__init__(f"the key ‘{key}’ of {claimant} belongs to {holder}")


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew from the entries; return the number of rows.

    Raises KeyTaken if two entries share a key.
    """
    entries = [entry for source in SOURCES.values() for entry in source.queryset().iterator(PART)]
    live = {_thing(entry) for entry in entries}
    rows = SearchEntry.objects.values_list("kind", "object_id", "pk")
    stale = [pk for kind, object_id, pk in rows if (kind, object_id) not in live]
    for part in in_parts(stale):
        SearchEntry.objects.filter(pk__in=part).delete()
    own, _new = _write(entries)
    _relate(own, set())
    texts.recount()
    return len(entries)


def is_stale() -> bool:
    """Whether words or identifiers are missing, or follow older rules, as after an update."""
    is_known = KnownIdentifier.objects.exists() or not Publication.objects.exists()
    return not is_known or SearchEntry.objects.exclude(digest__startswith=BY_THESE_RULES).exists()


@transaction.atomic
def update(entries: Iterable[Entry]) -> None:
    """Write the index rows of these entries; read no more of the index than touches them.

    Links that other entries name stay, and those that name a new key of these entries are
    added. Raises KeyTaken if another entry holds a key of theirs.
    """
    wanted: dict[type[Entry], set[int]] = {}
    for entry in entries:
        wanted.setdefault(type(entry)._meta.concrete_model, set()).add(entry.pk)
    own, new_keys = _write(
        [
            entry
            for model, pks in wanted.items()
            for part in in_parts(pks)
            for entry in SOURCES[model].queryset().filter(pk__in=part)
        ]
    )
    _relate(own, new_keys)


@transaction.atomic
def write(entries: Collection[Entry]) -> None:
    """Write the index rows of entries that have everything loaded that their words come from.

    Like `update`, but nothing of the entries is read again. Raises KeyTaken if another entry
    holds a key of theirs.
    """
    own, new_keys = _write(list(entries))
    _relate(own, new_keys)


@transaction.atomic
def remove(*entries: Entry) -> None:
    """Take entries out of the index, their words included; call it before they are deleted."""
    by_kind: dict[str, list[int]] = {}
    for entry in entries:
        by_kind.setdefault(entry.entry_kind, []).append(entry.pk)
    for kind, pks in by_kind.items():
        for part in in_parts(pks):
            rows = SearchEntry.objects.filter(kind=kind, object_id__in=part)
            texts.forget(rows.values_list("pk", flat=True))
            rows.delete()


def _thing(entry: Entry) -> Thing:
    return (entry.entry_kind.value, entry.pk)


def _keys_of(entry: Entry) -> list[str]:
    return [entry.key, *entry.other_key_list]


def _write(entries: list[Entry]) -> tuple[dict[int, Entry], set[str]]:
    """Write rows and keys of these entries, of them only what differs.

    Returns the entries by the primary key of their row, and the keys that are new.
    """
    _check_keys(entries)
    works = [entry for entry in entries if isinstance(entry, Publication)]
    for part in in_parts(works):
        # An import has its works at hand, but not what people call them.
        prefetch_related_objects(part, "common_names")
    own: dict[int, Entry] = {}
    counts = texts.Counts()
    for part in in_parts(entries):
        own.update(_write_rows(part, counts))
    counts.write()
    known_identifiers.write(works)
    return own, _write_keys(own)


def _write_rows(entries: list[Entry], counts: texts.Counts) -> dict[int, Entry]:
    present = {(row.kind, row.object_id): row for row in _rows_of(entries)}
    row_ids = {thing: row.pk for thing, row in present.items()}
    abstracts = abstracts_of(entries)
    differing: list[SearchEntry] = []
    reworded: dict[Thing, TextColumns] = {}
    for entry in entries:
        row, columns = document(entry, abstracts.get(entry.pk, ()))
        old = present.get(_thing(entry))
        if old is None or any(getattr(row, name) != getattr(old, name) for name in WRITTEN):
            differing.append(row)
        if old is None or row.digest != old.digest:
            reworded[_thing(entry)] = columns
    SearchEntry.objects.bulk_create(
        differing,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=WRITTEN,
    )
    row_ids |= {(row.kind, row.object_id): row.pk for row in differing}
    known = {row_ids[thing] for thing in reworded if thing in present}
    texts.write({row_ids[thing]: words for thing, words in reworded.items()}, known, counts)
    return {row_ids[_thing(entry)]: entry for entry in entries}


def _rows_of(entries: list[Entry]) -> Iterator[SearchEntry]:
    by_kind: dict[str, list[int]] = {}
    for entry in entries:
        by_kind.setdefault(entry.entry_kind, []).append(entry.pk)
    for kind, pks in by_kind.items():
        yield from SearchEntry.objects.filter(kind=kind, object_id__in=pks)


def _write_keys(own: dict[int, Entry]) -> set[str]:
    """Make the keys of these entries lead to them; return those that did not before."""
    wanted = {(key, pk) for pk, entry in own.items() for key in _keys_of(entry)}
    held: set[tuple[str, int]] = set()
    for part in in_parts(own):
        held.update(EntryKey.objects.filter(entry__in=part).values_list("key", "entry_id"))
    for part in in_parts(key for key, _pk in held - wanted):
        EntryKey.objects.filter(key__in=part).delete()
    new = sorted(wanted - held)
    EntryKey.objects.bulk_create([EntryKey(key=key, entry_id=pk) for key, pk in new], PART)
    return {key for key, _pk in new}


def _check_keys(entries: list[Entry]) -> None:
    own = {_thing(entry) for entry in entries}
    holders: dict[str, str] = {}
    for part in in_parts(key for entry in entries for key in _keys_of(entry)):
        rows = EntryKey.objects.filter(key__in=part)
        for key, *thing, title in rows.values_list(
            "key", "entry__kind", "entry__object_id", "entry__title"
        ):
            if tuple(thing) not in own:
                holders[key] = title
    for entry in entries:
        for key in _keys_of(entry):
            if key in holders:
                raise KeyTaken(key, holders[key], str(entry))
            holders[key] = str(entry)


def _relate(own: dict[int, Entry], new_keys: set[str]) -> None:
    """Make the related rows of these entries what keys say, whoever names whom."""
    named_keys = {key for entry in own.values() for key in entry.related_key_list}
    keys: dict[str, int] = {}
    for part in in_parts(named_keys):
        keys.update(EntryKey.objects.filter(key__in=part).values_list("key", "entry_id"))
    named = {
        (pk, keys[key])
        for pk, entry in own.items()
        for key in entry.related_key_list
        if keys.get(key, pk) != pk
    }
    link = SearchEntry.related.through
    left, right = "from_searchentry_id", "to_searchentry_id"
    held: dict[tuple[int, int], int] = {}
    for part in in_parts(own):
        rows = link.objects.filter(Q(**{f"{left}__in": part}) | Q(**{f"{right}__in": part}))
        held.update(((one, other), pk) for pk, one, other in rows.values_list("pk", left, right))
    linked = {pk for pair in held for pk in pair} - own.keys()
    named |= _named_by_others(own, linked, new_keys)
    wanted = {pair for one, other in named for pair in ((one, other), (other, one))}
    for part in in_parts(pk for pair, pk in held.items() if pair not in wanted):
        link.objects.filter(pk__in=part).delete()
    link.objects.bulk_create(
        [link(**{left: one, right: other}) for one, other in sorted(wanted - held.keys())], PART
    )


def _named_by_others(
    own: dict[int, Entry], linked: Collection[int], new_keys: set[str]
) -> set[tuple[int, int]]:
    """Return the links to these entries that other entries name.

    Such an entry is `linked` already, or it waits for one of the new keys.
    """
    texts: dict[str, str] = {}
    others: dict[str, int] = {}
    for part in in_parts(linked):
        rows = SearchEntry.objects.filter(pk__in=part).values_list("key", "pk", "kind")
        of_kind: dict[str, list[str]] = {}
        for key, pk, kind in rows:
            others[key] = pk
            of_kind.setdefault(kind, []).append(key)
        for kind, its_keys in of_kind.items():
            found = ENTRY_MODELS[kind].objects.filter(key__in=its_keys)
            texts.update(found.values_list("key", "related_keys"))
    texts.update(_texts_with(new_keys))
    for part in in_parts(texts.keys() - others.keys()):
        others.update(SearchEntry.objects.filter(key__in=part).values_list("key", "pk"))
    own_keys = {key: pk for pk, entry in own.items() for key in _keys_of(entry)}
    return {
        (others[name], own_keys[key])
        for name, text in texts.items()
        if name in others and others[name] not in own
        for key in text.split()
        if key in own_keys
    }


def _texts_with(keys: set[str]) -> Iterator[tuple[str, str]]:
    """Yield key and related keys of the entries that may name one of these keys."""
    if not keys:
        return
    naming = Q()
    if len(keys) < MANY_KEYS:
        for key in keys:
            naming |= Q(related_keys__contains=key)
    for model in SOURCES:
        rows = model.objects.exclude(related_keys="").filter(naming)
        yield from rows.values_list("key", "related_keys")
