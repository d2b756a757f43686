"""What is known of imports: each run, each record of the source, each change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import lines, translated_choices, vocabulary_field, words_constraint
from catalog.models.publications import Component, Edition, Publication
from catalog.models.structure import Series, StudyGroup
from catalog.terms import ChangeKind, RecordNote, RecordRole


class ImportRunQuerySet(models.QuerySet):
    """Questions about imports."""

    def latest_data(self) -> ImportRun | None:
        """Return the newest run, whose snapshot the catalogue shows; None before the first."""
        return self.order_by("-started", "-pk").first()


class ImportRun(models.Model):
    """One import of a snapshot of the public data set."""

    started = models.DateTimeField(_("started"))
    finished = models.DateTimeField(_("finished"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    source = models.CharField(_("file or folder"), max_length=200)
    checksum = models.CharField(
        _("SHA-256 of the file"), max_length=64, help_text=_("Of a folder: of its list of files.")
    )
    contents = models.CharField(
        _("checksum of the contents"),
        max_length=64,
        help_text=_("Of the names and checksums of all records, whatever their order."),
    )
    snapshot_date = models.DateField(_("date of the snapshot"))
    changed = models.BooleanField(_("changed the catalogue"))
    warnings = models.PositiveIntegerField(_("warnings"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    report = models.JSONField(_("report"), default=dict)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started", "-pk"]

    def __str__(self) -> str:
        return f"{self.source}, {self.snapshot_date}"


class SourceRecordQuerySet(models.QuerySet):
    """Questions about the records of the data set."""

    def left_out(self):
        """Keep the records that stand for no text of their own."""
        return self.filter(role__in=[role for role in RecordRole if role.is_left_out])

    def with_note(self, note: RecordNote):
        """Keep the records about which something is odd in this way."""
        return self.filter(notes__contains=note.value)


class SourceRecord(models.Model):
    """A record of the public data set, and what became of it."""

    identifier = models.CharField(_("identifier in the record"), max_length=250, unique=True)
    search_form = models.CharField(max_length=250, db_index=True)
    file = models.CharField(_("file"), max_length=250)
    checksum = models.BigIntegerField(_("CRC-32 of the file"))
    role = vocabulary_field(RecordRole, _("what became of it"))
    publication = models.ForeignKey(
        Publication,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="source_records",
        verbose_name=_("publication"),
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="source_records",
        verbose_name=_("edition"),
    )
    component = models.ForeignKey(
        Component,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="source_records",
        verbose_name=_("component"),
    )
    notes = models.TextField(_("what is odd about it"), blank=True, default="")
    reason = models.CharField(_("in words"), max_length=400, blank=True, default="")
    left_source = models.DateField(_("no longer in the source since"), null=True, blank=True)

    objects = SourceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of the data set")
        verbose_name_plural = _("records of the data set")
        ordering = ["identifier"]
        constraints = [words_constraint("sourcerecord", "role", RecordRole)]

    def __str__(self) -> str:
        return self.identifier

    @property
    def note_list(self) -> list[RecordNote]:
        """What is odd about the record."""
        return [RecordNote(note) for note in lines(self.notes)]


class ChangeQuerySet(models.QuerySet):
    """Questions about what imports changed."""

    def newest_first(self):
        """Return changes with what a list shows, those of the newest import first."""
        rows = self.select_related("run", "publication__sector").defer("run__report")
        return rows.order_by("-run__started", "-run", "position")

    def of_series(self, series: Series):
        """Keep what changed in the works of a series."""
        return self.filter(publication__series=series)

    def of_group(self, group: StudyGroup):
        """Keep what changed in the works of a study group."""
        return self.filter(publication__study_group=group)


class Change(models.Model):
    """One thing that an import changed, as /changes/ and the feed show it."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="changes", verbose_name=_("import")
    )
    position = models.PositiveIntegerField()
    kind = models.CharField(_("what"), max_length=24, choices=translated_choices(ChangeKind))
    publication = models.ForeignKey(
        Publication,
        on_delete=models.SET_NULL,
        null=True,
        related_name="changes",
        verbose_name=_("publication"),
    )
    identifier = models.CharField(_("identifier"), max_length=250)
    title = models.CharField(_("title"), max_length=400, blank=True, default="")
    url = models.CharField(max_length=300, blank=True, default="")
    before = models.CharField(_("before"), max_length=400, blank=True, default="")
    after = models.CharField(_("after"), max_length=400, blank=True, default="")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["run", "position"]
        constraints = [
            words_constraint("change", "kind", ChangeKind),
            models.UniqueConstraint(fields=["run", "position"], name="one_change_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.identifier}"

    @property
    def address(self) -> str:
        """The page of the text; empty where the catalogue no longer holds the work."""
        if self.publication is None:
            return ""
        return self.url or self.publication.get_absolute_url()
