"""What remembers the work of editors and readers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import validate_plain_text


class LoadedRow(models.Model):
    """The values that a row had when the fixtures were last loaded.

    A field whose value differs from the one loaded was changed by an editor; loading leaves
    it alone. A row that was loaded and is gone was deleted by an editor and stays deleted.
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


class ProblemReport(models.Model):
    """What a reader found wrong with a page."""

    page = models.CharField(_("page"), max_length=300)
    message = models.TextField(
        _("what is wrong"), max_length=4000, validators=[validate_plain_text]
    )
    contact = models.CharField(
        _("address for an answer"),
        max_length=200,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("Optional: an e-mail address or telephone number."),
    )
    created = models.DateTimeField(_("received"), auto_now_add=True)
    handled = models.BooleanField(_("handled"), default=False)

    class Meta:
        verbose_name = _("problem report")
        verbose_name_plural = _("problem reports")
        ordering = ["handled", "-created"]

    def __str__(self) -> str:
        return f"{self.page}: {self.message[:60]}"
