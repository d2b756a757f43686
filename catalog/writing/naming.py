"""Keep what follows from names in use true: what they open, and where the search finds them.

Called inside the transaction that writes. Whether a name opens its work depends on all rows of
the name, so one row that changes may touch the works of others.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from catalog.identifiers.keys import called_key
from catalog.models import CommonName, OthersName, Publication
from catalog.search import index

NAMING = (CommonName, OthersName)


def works_called_like(row: models.Model) -> set[int]:
    """Return the works that a name concerns, as the database has it: its own, and namesakes'.

    `row` is a name in use or the name of a text by others; of other rows none.
    """
    if not isinstance(row, NAMING) or row.pk is None:
        return set()
    stored = type(row)._base_manager.filter(pk=row.pk).values_list("name", flat=True).first()
    if stored is None:
        return set()
    key = called_key(stored)
    named = CommonName.objects.order_by().exclude(work=None).values_list("name", "work")
    return {work for name, work in named if called_key(name) == key}


def reindex(works: Iterable[int]) -> None:
    """Bring the identifiers and the search up to date with what works are called."""
    if works := set(works):
        index.update(Publication.objects.filter(pk__in=works))
