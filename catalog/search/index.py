"""Keep the index rows true. Whoever saves an entry calls `update` in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from catalog.models import EntryKey, SearchEntry
from catalog.models.entry import Entry
from catalog.search.documents import SOURCES, document

Thing = tuple[str, int]  # kind and primary key of an entry

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
    entries = [entry for source in SOURCES.values() for entry in source.queryset()]
    live = {_thing(entry) for entry in entries}
    stale = [pk for thing, pk in _row_ids().items() if thing not in live]
    SearchEntry.objects.filter(pk__in=stale).delete()
    _write(entries)
    return len(entries)


@transaction.atomic
def update(entries: Iterable[Entry]) -> None:
    """Write the index rows of these entries.

    Raises KeyTaken if another entry holds a key of theirs.
    """
    wanted: dict[type[Entry], set[int]] = {}
    for entry in entries:
        wanted.setdefault(type(entry)._meta.concrete_model, set()).add(entry.pk)
    _write(
        [
            row
            for model, pks in wanted.items()
            for row in SOURCES[model].queryset().filter(pk__in=pks)
        ]
    )


def remove(entry: Entry) -> None:
    """Take an entry out of the index; call it before the entry is deleted."""
    SearchEntry.objects.filter(kind=entry.entry_kind, object_id=entry.pk).delete()


def _thing(entry: Entry) -> Thing:
    return (entry.entry_kind.value, entry.pk)


def _row_ids() -> dict[Thing, int]:
    rows = SearchEntry.objects.values_list("kind", "object_id", "pk")
    return {(kind, object_id): pk for kind, object_id, pk in rows}


def _keys_of(entry: Entry) -> list[str]:
    return [entry.key, *entry.other_key_list]


def _write(entries: list[Entry]) -> None:
    """Write the rows of these entries, and of their rows only what differs."""
    _check_keys(entries)
    present = {(row.kind, row.object_id): row for row in SearchEntry.objects.all()}
    new, changed = [], []
    for entry in entries:
        row, old = document(entry), present.get(_thing(entry))
        if old is None:
            new.append(row)
        elif any(getattr(row, name) != getattr(old, name) for name in WRITTEN):
            row.pk = old.pk
            changed.append(row)
    SearchEntry.objects.bulk_update(changed, WRITTEN, batch_size=100)
    SearchEntry.objects.bulk_create(new, batch_size=500)
    row_ids = _row_ids()
    own = {row_ids[_thing(entry)]: entry for entry in entries}
    wanted = {(key, pk) for pk, entry in own.items() for key in _keys_of(entry)}
    held = set(EntryKey.objects.filter(entry__in=own).values_list("key", "entry_id"))
    EntryKey.objects.filter(key__in=[key for key, _pk in held - wanted]).delete()
    EntryKey.objects.bulk_create(
        [EntryKey(key=key, entry_id=pk) for key, pk in sorted(wanted - held)], batch_size=500
    )
    _relate(own, row_ids)


def _check_keys(entries: list[Entry]) -> None:
    own = {_thing(entry) for entry in entries}
    rows = EntryKey.objects.values_list("key", "entry__kind", "entry__object_id", "entry__title")
    holders = {key: title for key, kind, pk, title in rows if (kind, pk) not in own}
    for entry in entries:
        for key in _keys_of(entry):
            if key in holders:
                raise KeyTaken(key, holders[key], str(entry))
            holders[key] = str(entry)


def _relate(own: dict[int, Entry], row_ids: dict[Thing, int]) -> None:
    """Make the related rows of these entries what keys say, whoever names whom."""
    keys = dict(EntryKey.objects.values_list("key", "entry_id"))
    named = {
        (pk, keys[key])
        for pk, entry in own.items()
        for key in entry.related_key_list
        if keys.get(key, pk) != pk
    }
    if len(own) < len(row_ids):
        named |= _named_by_others(own, row_ids, keys)
    link = SearchEntry.related.through
    left, right = "from_searchentry_id", "to_searchentry_id"
    wanted = {pair for one, other in named for pair in ((one, other), (other, one))}
    rows = link.objects.filter(Q(**{f"{left}__in": own}) | Q(**{f"{right}__in": own}))
    held = {(one, other): pk for pk, one, other in rows.values_list("pk", left, right)}
    link.objects.filter(pk__in=[pk for pair, pk in held.items() if pair not in wanted]).delete()
    link.objects.bulk_create(
        [link(**{left: one, right: other}) for one, other in sorted(wanted - held.keys())],
        batch_size=500,
    )


def _named_by_others(
    own: dict[int, Entry], row_ids: dict[Thing, int], keys: dict[str, int]
) -> set[tuple[int, int]]:
    """Return the links to these entries that other entries name."""
    wanted = {key for key, pk in keys.items() if pk in own}
    found = set()
    for model in SOURCES:
        rows = model.objects.exclude(related_keys="").values_list("pk", "related_keys")
        for object_id, text in rows:
            other = row_ids.get((model.entry_kind.value, object_id))
            if other is not None and other not in own:
                found.update((other, keys[key]) for key in text.split() if key in wanted)
    return found
