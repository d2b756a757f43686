"""One plain row for each thing that can be found; written by `catalog.search.index` alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import translated_choices
from catalog.models.sources import SourceUse
from catalog.terms import EntryKind, SectorCode, State, Verification


class SearchEntryQuerySet(models.QuerySet):
    def get_by_natural_key(self, key: str):
        """Return the row of the entry with this key."""
        return self.get(key=key)

    def with_key(self, key: str):
        """Keep the entry that answers to this key, be it its first or another one."""
        return self.filter(keys__key=key)

    def topics(self):
        """Keep the topics."""
        return self.filter(kind=EntryKind.TOPIC)

    def claims(self):
        """Keep the entries behind which a claim of a text stands that was checked."""
        return self.exclude(claim="")

    def count_by_kind(self) -> dict[str, int]:
        """Return the number of entries by kind."""
        return self._count_by("kind")

    def that_need_sources(self):
        """Keep entries without a source that are neither imported nor groupings of our own."""
        uses = SourceUse.objects.order_by().values("entry_key")
        need_none = (Verification.IMPORTED, Verification.GROUPING)
        rows = self.exclude(verification__in=need_none).exclude(key__in=uses)
        return rows.order_by("position", "sort_key", "title")

    def count_by_verification(self) -> dict[str, int]:
        """Return the number of entries by verification."""
        return self._count_by("verification")

    def _count_by(self, column: str) -> dict[str, int]:
        return dict(self.order_by().values_list(column).annotate(models.Count("pk")))


class SearchEntry(models.Model):
    """A thing that has a page of its own, with the words by which it is found."""

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=translated_choices(EntryKind))
    object_id = models.PositiveBigIntegerField()
    identifier = models.CharField(max_length=250, blank=True, default="")
    title = models.CharField(max_length=400)
    url = models.CharField(max_length=300)
    kind_label = models.CharField(max_length=60, blank=True, default="")
    sector = models.CharField(
        _("sector"), max_length=8, blank=True, default="", choices=translated_choices(SectorCode)
    )
    verification = models.CharField(
        _("verification"), max_length=24, choices=translated_choices(Verification)
    )
    state = models.CharField(
        _("status"), max_length=24, blank=True, default="", choices=translated_choices(State)
    )
    # Whether the state is that of an edition whose state is doubted.
    state_doubted = models.BooleanField(default=False)
    summary = models.TextField(blank=True, default="")
    claim = models.TextField(blank=True, default="")
    wordings = models.TextField(blank=True, default="")
    correction = models.TextField(blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    sort_key = models.CharField(max_length=160, blank=True, default="")

    # Of the edition that stands for a work, or of the first day of a meeting.
    day = models.DateField(null=True, blank=True)

    # Whole names in compact form, each between bars: `|itutg711|g711|`.
    exact_names = models.TextField(blank=True, default="")
    # Of the words in SearchText and the rules that made them; empty if none were written.
    digest = models.CharField(max_length=32, blank=True, default="")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of any kind")
        verbose_name_plural = _("entries of any kind")
        ordering = ["position", "sort_key", "title"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_search_row_per_thing")
        ]
        indexes = [models.Index(fields=["verification"], name="searchentry_verification")]

    def __str__(self) -> str:
        return f"{self.identifier or self.title} ({self.get_kind_display()})"

    def get_absolute_url(self) -> str:
        return self.url

    @property
    def label(self) -> str:
        """The identifier, or the title where there is none."""
        return self.identifier or self.title


class EntryKey(models.Model):
    """A key that leads to an entry; no two entries of any kind share one."""

    key = models.CharField(max_length=100, unique=True)
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="keys")

    def __str__(self) -> str:
        return self.key


class SearchText(models.Model):
    """The words of an entry, in the form in which the database's full-text search keeps them.

    On SQLite an FTS5 table with columns for title, names, text and exact names; on PostgreSQL a
    weighted tsvector with a GIN index. Its columns are the business of `catalog.search.engines`;
    the model is here so that the words of an entry go when the entry goes.
    """

    entry = models.OneToOneField(
        SearchEntry,
        on_delete=models.CASCADE,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        managed = False
        db_table = "catalog_searchtext"

    def __str__(self) -> str:
        return f"words of {self.entry_id}"


class SearchWord(models.Model):
    """A word of the index and the number of entries that hold it; for what may be a slip."""

    word = models.CharField(max_length=100, primary_key=True)
    entries = models.IntegerField()

    def __str__(self) -> str:
        return self.word
