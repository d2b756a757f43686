"""Keep the index rows true. Whoever saves an entry calls `update` in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import prefetch_related_objects

from catalog.models import EntryKey, KnownIdentifier, Publication, SearchEntry
from catalog.models.bulk import in_parts
from catalog.models.entry import Entry
from catalog.resolver import known_identifiers
from catalog.search import texts
from catalog.search.columns import BY_THESE_RULES, TextColumns
from catalog.search.documents import SOURCES, abstracts_of, document

Thing = tuple[str, int]  # kind and primary key of an entry

# Rows read or written at once.
PART = 500
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
    _write(entries)
    texts.recount()
    return len(entries)


def is_stale() -> bool:
    """Whether words or identifiers are missing, or follow older rules, as after an update."""
    is_known = KnownIdentifier.objects.exists() or not Publication.objects.exists()
    return not is_known or SearchEntry.objects.exclude(digest__startswith=BY_THESE_RULES).exists()


@transaction.atomic
def update(entries: Iterable[Entry]) -> None:
    """Write the index rows of these entries; read no more of the index than touches them.

    Raises KeyTaken if another entry holds a key of theirs.
    """
    wanted: dict[type[Entry], set[int]] = {}
    for entry in entries:
        wanted.setdefault(type(entry)._meta.concrete_model, set()).add(entry.pk)
    _write(
        [
            entry
            for model, pks in wanted.items()
            for part in in_parts(pks)
            for entry in SOURCES[model].queryset().filter(pk__in=part)
        ]
    )


@transaction.atomic
def write(entries: Collection[Entry]) -> None:
    """Write the index rows of entries that have everything loaded that their words come from.

    Like `update`, but nothing of the entries is read again. Raises KeyTaken if another entry
    holds a key of theirs.
    """
    _write(list(entries))


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


def _write(entries: list[Entry]) -> None:
    """Write rows and keys of these entries, of them only what differs."""
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
    _write_keys(own)


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


def _write_keys(own: dict[int, Entry]) -> None:
    """Make the keys of these entries, by the primary keys of their rows, lead to them."""
    wanted = {(key, pk) for pk, entry in own.items() for key in _keys_of(entry)}
    held: set[tuple[str, int]] = set()
    for part in in_parts(own):
        held.update(EntryKey.objects.filter(entry__in=part).values_list("key", "entry_id"))
    for part in in_parts(key for key, _pk in held - wanted):
        EntryKey.objects.filter(key__in=part).delete()
    new = sorted(wanted - held)
    EntryKey.objects.bulk_create([EntryKey(key=key, entry_id=pk) for key, pk in new], PART)


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
