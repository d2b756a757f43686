"""Every number, code, name and link by which a text is known, one row for each."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connections, models

from catalog.models.publications import Publication
from catalog.models.texts import Component, Edition
from catalog.terms import IdentifierRole


class KnownIdentifierQuerySet(models.QuerySet):
    def rows_of_works_called(self, keys: Sequence[str], columns: Sequence[str]) -> list[tuple]:
        """Return columns of all rows of the works that carry one of these keys, parts included.

        Every answer of the resolver begins with this query, and composing it anew would take
        longer than running it.
        """
        connection = connections[self.db]
        table = connection.ops.quote_name(self.model._meta.db_table)
        marks = ", ".join(["%s"] * len(keys))
        called = f"SELECT publication_id FROM {table} WHERE key IN ({marks})"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(columns)} FROM {table} WHERE publication_id IN ({called})",
                list(keys),
            )
            return cursor.fetchall()

    def of_works(self):
        """Keep the rows that name a work, not an edition or component."""
        return self.filter(edition=None, component=None)


class KnownIdentifier(models.Model):
    """A key under which a work, an edition or a component is found.

    Keys: see `catalog.identifiers.keys`. Written by `catalog.resolver.known_identifiers` alone,
    whenever the entry is written to the index of the search.
    """

    key = models.CharField(max_length=200)
    role = models.CharField(max_length=8, choices=IdentifierRole.choices())
    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="known_identifiers"
    )
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, related_name="+")
    component = models.ForeignKey(Component, on_delete=models.CASCADE, null=True, related_name="+")
    sector = models.CharField(max_length=8)
    kind = models.CharField(max_length=24)
    # The chain of components as in addresses: anncplus-cor1.
    part = models.CharField(max_length=80, blank=True, default="")
    base_year = models.PositiveSmallIntegerField(null=True)
    # The year of the edition to which a component belongs.
    edition_year = models.PositiveSmallIntegerField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    month = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=24, blank=True, default="")

    objects = KnownIdentifierQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key"], name="knownidentifier_key")]

    def __str__(self) -> str:
        return self.key
