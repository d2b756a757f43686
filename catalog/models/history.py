"""What happened to the content: who changed what, when and why, and which addresses were left."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Collection
from typing import NamedTuple

from django.db import connections, models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    by_field,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.imports import ImportRun
from catalog.terms import Actor, RowAction


class Moment(NamedTuple):
    """The version of the catalogue that readers see, its mark, and since when."""

    version: int
    mark: str
    changed: datetime.datetime


NEVER = Moment(0, "", datetime.datetime.fromtimestamp(0, datetime.UTC))


def new_mark() -> str:
    """Return what no other version of any catalogue has, at random."""
    return secrets.token_hex(8)


class CatalogueStateQuerySet(models.QuerySet):
    def moment(self) -> Moment:
        """Return the version of the catalogue that readers see now.

        Asked for every page that is served; to compose this query takes longer than to answer it.
        """
        with connections[self.db].cursor() as cursor:
            # Whatever columns there are: a backup of an earlier release has no mark yet.
            cursor.execute("SELECT * FROM catalog_cataloguestate WHERE id = 1")
            row = cursor.fetchone()
            names = [column[0] for column in cursor.description]
        if row is None:
            return NEVER
        found = dict(zip(names, row, strict=True))
        changed = found["changed"]
        if isinstance(changed, str):
            changed = datetime.datetime.fromisoformat(changed)
        changed = changed if changed.tzinfo else changed.replace(tzinfo=datetime.UTC)
        return Moment(found["version"], found.get("mark", ""), changed)


class CatalogueState(models.Model):
    """The one row that says which version of the content this is, and since when.

    The version moves with every write that changes what readers see, and with no other. Its mark
    tells it from the version of the same number in another copy of the database, which may have
    gone its own way since.
    """

    version = models.PositiveBigIntegerField(default=0)
    mark = models.CharField(max_length=16, default=new_mark)
    changed = models.DateTimeField(default=timezone.now)
    # What works on the whole catalogue just now, or did so last: for words, not for locking.
    job = models.CharField(max_length=250, blank=True, default="")
    job_since = models.DateTimeField(null=True, blank=True)

    objects = CatalogueStateQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_state_of_the_catalogue")]

    def __str__(self) -> str:
        return f"version {self.version} of {self.changed:%Y-%m-%d %H:%M}"


class Revision(models.Model):
    """One write: all that somebody, or an import, changed in one go.

    `number` is the version of the catalogue that it made.
    """

    number = models.PositiveBigIntegerField(_("version of the catalogue"), unique=True)
    made = models.DateTimeField(_("when"), default=timezone.now)
    actor = vocabulary_field(Actor, _("made by"))
    by = by_field()
    reason = models.CharField(
        _("reason"), max_length=250, blank=True, default="", validators=[validate_plain_text]
    )
    evidence = models.CharField(
        _("source"), max_length=250, blank=True, default="", validators=[validate_plain_text]
    )
    run = models.ForeignKey(
        ImportRun,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("import"),
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [words_constraint("revision", "actor", Actor)]

    def __str__(self) -> str:
        return f"{self.get_actor_display()}, {date_format(self.made, 'DATETIME_FORMAT')}"


class RowChangeQuerySet(models.QuerySet):
    def of_entry(self, entry: models.Model):
        """Keep what happened to an entry and to all rows that belong to it, the newest first."""
        label = entry._meta.concrete_model._meta.model_name
        own = Q(entry_model=label, entry_id=entry.pk) | Q(model=label, row_id=entry.pk)
        return self.filter(own).select_related("revision__by").order_by("-revision__number", "pk")

    def of_row(self, row: models.Model):
        """Keep what happened to one row, the newest first."""
        label = row._meta.concrete_model._meta.model_name
        rows = self.filter(model=label, row_id=row.pk)
        return rows.select_related("revision__by").order_by("-revision__number", "pk")

    def deletion_of(self, model: str, row_id: int) -> RowChange | None:
        """Return what deleted a row last, with all its values; None if nothing is known."""
        rows = self.filter(model=model, row_id=row_id, action=RowAction.DELETED)
        return rows.select_related("revision__run").order_by("-revision__number").first()

    def since(self, entry: models.Model, row_version: int):
        """Keep what happened to an entry after it had this row version, the newest first."""
        return self.of_entry(entry).filter(entry_version__gt=row_version)


class RowChange(models.Model):
    """What one write did to one row; the row belongs to an entry, or is one.

    `values` maps the name of each column that changed to its old and its new value, in the form
    of JSON (dates as 1988-11-25, links to other rows as their primary keys, many links as a
    sorted list of them). Of an added row the old values are missing, of a deleted one the new
    ones: such a row can be made again as it was. Rows that a whole import adds have no
    RowChange; their column `added` says when they came.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="rows")
    model = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    entry_model = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    # The row version of the entry that the write made; 0 if the write deleted the entry.
    entry_version = models.PositiveIntegerField(default=0)
    label = models.CharField(max_length=400)
    action = models.CharField(max_length=10)
    values = models.JSONField(default=dict)

    objects = RowChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a row")
        verbose_name_plural = _("changes of rows")
        ordering = ["-revision", "pk"]
        constraints = [words_constraint("rowchange", "action", RowAction)]
        indexes = [
            models.Index(fields=["entry_model", "entry_id"], name="rowchange_entry"),
            models.Index(fields=["model", "row_id"], name="rowchange_row"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.action}"


class DeletedEntryManager(models.Manager):
    """Sees the deletions of entries that were not brought back."""

    def get_queryset(self):
        """Return the last deletion of each entry that is gone, the newest first."""
        back = RowChange.objects.filter(
            model=OuterRef("model"),
            row_id=OuterRef("row_id"),
            action=RowAction.ADDED,
            revision__number__gt=OuterRef("revision__number"),
        )
        whole = Q(action=RowAction.DELETED, model=F("entry_model"), row_id=F("entry_id"))
        return super().get_queryset().filter(whole).exclude(Exists(back))


class DeletedEntry(RowChange):
    """An entry that was deleted, with all its values; it can be brought back."""

    objects = DeletedEntryManager()

    class Meta:
        proxy = True
        verbose_name = _("deleted entry")
        verbose_name_plural = _("deleted entries")

    def __str__(self) -> str:
        return self.label


class FormerAddressQuerySet(models.QuerySet):
    def last_holder(self, path: str) -> FormerAddress | None:
        """Return what stood at an address last; None if nothing that we know of ever did."""
        return self.filter(path=path).select_related("revision").order_by("-pk").first()

    def last_holders(self, paths: Collection[str]) -> dict[str, FormerAddress]:
        """Return what stood at each of these addresses last, in one query."""
        rows = self.filter(path__in=paths).select_related("revision").order_by("pk")
        return {row.path: row for row in rows}

    def tombstones(self):
        """Keep what was deleted, the newest first."""
        return self.filter(is_gone=True).select_related("revision").order_by("-pk")


class FormerAddress(models.Model):
    """An address at which a row once stood: it leads to that row, or says that it is gone.

    `model` and `row_id` name the row; it may stand at another address now. `path` begins and
    ends with a slash: /itu-t/g.711/1988-11/.
    """

    path = models.CharField(max_length=300, db_index=True)
    model = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    label = models.CharField(max_length=400)
    title = models.CharField(max_length=400, blank=True, default="")
    is_gone = models.BooleanField(default=False)
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="addresses")

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["model", "row_id"], name="formeraddress_row")]

    def __str__(self) -> str:
        return self.path
