"""What remembers the work of editors and readers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    PlainTextField,
    by_field,
    optional_text_field,
    validate_own_page,
    validate_plain_text,
)
from catalog.models.publications import Publication


class LoadedRow(models.Model):
    """The values that a row had when the fixtures were last loaded.

    A field whose value differs from the one loaded was changed by an editor; loading leaves
    it alone. A row that was loaded and is gone was deleted by an editor and stays deleted; one
    that the files no longer have goes, as long as it has these values (`catalog.curation.gone`).
    """

    model = models.CharField(max_length=60)
    natural_key = models.CharField(max_length=400)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "natural_key"], name="one_memory_per_row")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.natural_key}"


class CorrectionQuerySet(models.QuerySet):
    def of(self, thing: models.Model):
        """Keep the corrections of one publication, edition or component."""
        return self.filter(**{Correction.column_of(thing): thing.pk})

    def of_work(self, work: Publication):
        """Keep the corrections of a work and of the edition that stands for it."""
        found = self.of(work)
        return found if work.current_edition is None else found | self.of(work.current_edition)

    def in_conflict(self):
        """Keep the corrections whose source says something else."""
        both_empty = Q(value__isnull=True, source_value__isnull=True)
        return self.exclude(both_empty | Q(value=models.F("source_value")))


class Correction(models.Model):
    """An editor's value for a field that imports write; it locks the field.

    `value` and `source_value` are what the field holds and what the source says, in the form
    of JSON (dates as 1988-11-25). Written by `catalog.writing.corrections` and by the importer,
    which brings `source_value` up to date and leaves everything else alone.
    """

    publication = optional_text_field(
        "Publication", "corrections", _("publication"), models.CASCADE
    )
    edition = optional_text_field("Edition", "corrections", _("edition"), models.CASCADE)
    component = optional_text_field("Component", "corrections", _("component"), models.CASCADE)
    field = models.CharField(_("field"), max_length=40)
    value = models.JSONField(_("corrected value"), null=True)
    source_value = models.JSONField(_("value of the source"), null=True)
    reason = models.CharField(_("reason"), max_length=250, validators=[validate_plain_text])
    evidence = models.CharField(
        _("source of the correction"), max_length=250, validators=[validate_plain_text]
    )
    by = by_field()
    made = models.DateTimeField(_("made"), auto_now_add=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(publication__isnull=False, edition=None, component=None)
                | Q(publication=None, edition__isnull=False, component=None)
                | Q(publication=None, edition=None, component__isnull=False),
                name="correction_of_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=[column, "field"],
                    condition=Q(**{f"{column}__isnull": False}),
                    name=f"one_correction_per_field_of_{column}",
                )
                for column in ("publication", "edition", "component")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing}: {self.field}"

    @staticmethod
    def column_of(thing: models.Model) -> str:
        """Return the column that points to things of this model: publication, edition, component.

        Raises LookupError for any other model.
        """
        name = thing._meta.concrete_model._meta.model_name
        if name not in ("publication", "edition", "component"):
            raise LookupError(f"{name} has no fields that imports write")
        return name

    @property
    def thing(self) -> models.Model:
        """The publication, edition or component that was corrected."""
        return self.publication or self.edition or self.component

    @property
    def is_in_conflict(self) -> bool:
        """Whether the source says something else."""
        return self.value != self.source_value


class ProblemReport(models.Model):
    """What a reader found wrong with a page."""

    page = models.CharField(_("page"), max_length=300, validators=[validate_own_page])
    message = PlainTextField(_("what is wrong"), blank=False)
    contact = models.CharField(
        _("address for a reply"),
        max_length=200,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("Optional: an email address or telephone number."),
    )
    created = models.DateTimeField(_("received"), auto_now_add=True)
    handled = models.BooleanField(_("handled"), default=False)

    class Meta:
        verbose_name = _("problem report")
        verbose_name_plural = _("problem reports")
        ordering = ["handled", "-created"]

    def __str__(self) -> str:
        return f"{self.page}: {self.message[:60]}"
