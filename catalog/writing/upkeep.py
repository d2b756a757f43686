"""Keep what is worked out from entries true: standing of works, lists, search, identifiers.

Called inside the transaction that writes, so readers never see a page that says one thing and a
search result that says another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import prefetch_related_objects

from catalog.models import Conference, Initiative, Publication, Sector, Series
from catalog.models.entry import Entry
from catalog.search import index
from catalog.works import standing

# The columns of a Sector that stand in addresses, names and sort keys of other entries.
SECTOR_WORDS = {"code", "short_name", "position"}
# The columns of a series from which the number of its works is read.
SERIES_WORDS = {"letters", "sector"}


def refresh_standing(publications: Iterable[Publication]) -> int:
    """Work out and store the derived columns of these works; return how many changed."""
    publications = list(publications)
    prefetch_related_objects(publications, "editions", "sector", "series", "corrections")
    changed = [
        publication
        for publication in publications
        if standing.derive(
            publication,
            publication.editions.all(),
            name_is_fixed=any(lock.field == "name" for lock in publication.corrections.all()),
        )
    ]
    columns = [*Publication.derived_fields, "name"]
    Publication.objects.bulk_update(changed, columns, batch_size=500)
    return len(changed)


def derive(entry: Entry) -> None:
    """Store what follows from the rows of an entry in the entry itself."""
    if isinstance(entry, Publication):
        refresh_standing(Publication.objects.filter(pk=entry.pk))


def reindex(entry: Entry, changed: Collection[str]) -> None:
    """Bring lists and search up to date with an entry, and with what follows from it elsewhere.

    `changed` names the columns of the entry that changed. Raises KeyTaken if another entry holds
    a key of it.
    """
    index.update([entry])
    if isinstance(entry, Conference | Initiative):
        index.update(entry.meetings.all())
    elif isinstance(entry, Series) and SERIES_WORDS.intersection(changed):
        refresh_standing(Publication.objects.filter(series=entry))
    elif isinstance(entry, Sector) and SECTOR_WORDS.intersection(changed):
        refresh_standing(Publication.objects.filter(sector=entry))
        # Nearly every other entry names its Sector; one rebuilding costs less than many updates.
        index.rebuild()


def forget(entry: Entry) -> None:
    """Take an entry, and the entries that go with it, out of the index; call before deleting."""
    if isinstance(entry, Conference | Initiative):
        for meeting in entry.meetings.all():
            forget(meeting)
    index.remove(entry)
