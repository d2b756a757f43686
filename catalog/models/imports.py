"""What is known of imports: each run, each record of the source, each change."""

from __future__ import annotations

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    by_field,
    lines,
    optional_text_field,
    translated_choices,
    vocabulary_field,
    words_constraint,
)
from catalog.models.publications import Publication
from catalog.models.structure import Series, StudyGroup
from catalog.models.texts import Component, Edition
from catalog.rules.title_shapes import shape_of
from catalog.terms import ChangeKind, RecordNote, RecordRole


class ImportRunQuerySet(models.QuerySet):
    def newest_first(self):
        """Order by when the import began; the catalogue shows the snapshot of the first."""
        return self.order_by("-started", "-pk")

    def latest_data(self) -> ImportRun | None:
        """Return the newest run, whose snapshot the catalogue shows; None before the first."""
        return self.newest_first().first()

    def without_reports(self):
        """Return runs without their reports, which may be long."""
        return self.defer("report")


class ImportRun(models.Model):
    """One import of a snapshot of the public data set."""

    started = models.DateTimeField(_("started"))
    finished = models.DateTimeField(_("finished"))
    by = by_field()
    source = models.CharField(_("file or folder"), max_length=200)
    checksum = models.CharField(
        _("SHA-256 of the file"), max_length=64, help_text=_("For a folder: of its list of files.")
    )
    contents = models.CharField(
        _("checksum of the contents"),
        max_length=64,
        help_text=_("Of the names and checksums of all records, in any order."),
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
        return f"{self.source}, {date_format(self.snapshot_date)}"


class SourceRecordQuerySet(models.QuerySet):
    def left_out(self):
        """Keep the records that stand for no text of their own."""
        return self.filter(role__in=[role for role in RecordRole if role.is_left_out])

    def of_texts(self):
        """Keep the records that stand for a text of their own, in order of identifier."""
        kept = [role for role in RecordRole if not role.is_left_out]
        return self.filter(role__in=kept).order_by("identifier")

    def of_edition(self, edition: Edition):
        """Keep the records that stand for an edition itself, not for a component of it."""
        return self.filter(edition=edition, component=None)

    def of_component(self, component: Component):
        """Keep the records that stand for a component."""
        return self.filter(component=component)

    def with_note(self, note: RecordNote):
        """Keep the records with this known problem."""
        return self.filter(notes__contains=note.value)


class SourceRecord(models.Model):
    """A record of the public data set, and what became of it."""

    identifier = models.CharField(_("identifier in the record"), max_length=250, unique=True)
    search_form = models.CharField(max_length=250, db_index=True)
    file = models.CharField(_("file"), max_length=250)
    checksum = models.BigIntegerField(_("CRC-32 of the file"))
    role = vocabulary_field(RecordRole, _("what became of it"))
    publication = optional_text_field(
        "Publication", "source_records", _("publication"), models.SET_NULL
    )
    edition = optional_text_field("Edition", "source_records", _("edition"), models.SET_NULL)
    component = optional_text_field("Component", "source_records", _("component"), models.SET_NULL)
    notes = models.TextField(_("known problems"), blank=True, default="")
    reason = models.CharField(_("in words"), max_length=400, blank=True, default="")
    left_source = models.DateField(_("no longer in the source since"), null=True, blank=True)
    # The editor's deletion that removed the text of this record; imports leave it out.
    kept_out_by = models.ForeignKey(
        "catalog.Revision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="kept_out",
    )

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
        """The known problems of the record, as words of `RecordNote`."""
        return [RecordNote(note) for note in lines(self.notes)]


class CuratedValues(models.Model):
    """What a curated row said of itself before an import had the say in some of its columns.

    There as long as a record of the data set stands for the row; when none does any more, the row
    says this again. `values` are in the form of JSON, as history keeps them. The row is named
    and not linked: one that is deleted and restored finds its values again.
    """

    model = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "row_id"], name="one_set_of_curated_values")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id}"


class ChangeQuerySet(models.QuerySet):
    def newest_first(self):
        """Return changes with what a list shows, those of the newest import first."""
        rows = self.select_related("run", "publication__sector").defer("run__report")
        return rows.order_by("-run__started", "-run", "position")

    def of_series(self, series: Series):
        """Keep what changed in the works of a series."""
        return self.filter(publication__series=series)

    def of_group(self, group: StudyGroup):
        """Keep what changed in the works of a study group."""
        if group.works_by_series:
            return self.filter(publication__series__in=group.series_keys)
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
    def shown_title(self) -> str:
        """The title of the text as it was then; empty where it is doubted.

        Needs the publication at hand.
        """
        return "" if self._is_doubted(self.title) else self.title

    @property
    def shown_before(self) -> str:
        """What was before; of a title nothing where it is doubted."""
        return self._unless_doubted(self.before)

    @property
    def shown_after(self) -> str:
        """What is now; of a title nothing where it is doubted."""
        return self._unless_doubted(self.after)

    def _unless_doubted(self, value: str) -> str:
        return "" if self.kind == ChangeKind.RETITLED and self._is_doubted(value) else value

    def _is_doubted(self, title: str) -> bool:
        work = self.publication
        is_name = work is not None and bool(work.undoubted_name) and title == work.name
        return is_name or shape_of(title) is not None

    @property
    def address(self) -> str:
        """The page of the text; empty where the catalogue no longer holds the work."""
        if self.publication is None:
            return ""
        return self.url or self.publication.get_absolute_url()
