"""Keep what is worked out from entries true when an editor saves or deletes one.

The admin calls these functions inside the transaction that saves, so readers never see a page
that says one thing and a search result that says another.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from catalog import standing
from catalog.models import Conference, Initiative, Publication, Sector, Series
from catalog.models.entry import Entry
from catalog.search import index
from catalog.search.documents import SOURCES

# The columns of a Sector that stand in addresses, names and sort keys of other entries.
SECTOR_WORDS = {"code", "short_name", "position"}
# The columns of a series from which the number of its works is read.
SERIES_WORDS = {"letters", "sector"}


def saved(entry: Entry, changed: Iterable[str]) -> None:
    """Bring up to date what follows from an entry that was saved, and from its children.

    `changed` names the fields that the editor changed.
    """
    changed = set(changed)
    if isinstance(entry, Publication):
        works_changed([entry.pk])
        return
    index.update([entry])
    if isinstance(entry, Conference | Initiative):
        index.update(entry.meetings.all())
    elif isinstance(entry, Series) and changed & SERIES_WORDS:
        standing.refresh(Publication.objects.filter(series=entry))
    elif isinstance(entry, Sector) and changed & SECTOR_WORDS:
        standing.refresh(Publication.objects.filter(sector=entry))
        # Nearly every other entry names its Sector; one rebuilding costs less than many updates.
        index.rebuild()


def works_changed(pks: Iterable[int]) -> None:
    """Work out anew what lists and search know of these publications."""
    standing.refresh(Publication.objects.filter(pk__in=pks))
    index.update(Publication.objects.filter(pk__in=pks))


def leaving(entry: Entry) -> None:
    """Take an entry, and the entries that go with it, out of the index; call before deleting.

    Other entries that name it as related forget it, for a key that leads nowhere would stop
    the next loading of the fixtures.
    """
    if isinstance(entry, Conference | Initiative):
        for meeting in entry.meetings.all():
            leaving(meeting)
    replace_keys([entry.key, *entry.other_key_list])
    index.remove(entry)


def replace_keys(dropped: Iterable[str], by: str = "") -> None:
    """Where entries name one of these keys as related, write another key, or none."""
    dropped = set(dropped)
    if not dropped:
        return
    named = Q()
    for key in dropped:
        named |= Q(related_keys__contains=key)
    for model in SOURCES:
        for entry in model.objects.filter(named):
            keys = entry.related_key_list
            kept = dict.fromkeys(by if key in dropped else key for key in keys)
            kept.pop("", None)
            if list(kept) != keys:
                entry.related_keys = "\n".join(kept)
                entry.save(update_fields=["related_keys"])
