"""What took the place of texts that are no longer in force."""

from __future__ import annotations

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    position_field,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
    year_field,
)
from catalog.models.references import ReferringQuerySet, reference_field, work_field
from catalog.models.sources import source_field
from catalog.models.texts import Edition
from catalog.terms import Certainty, SuccessionVerb


class SuccessorQuerySet(ReferringQuerySet):
    """What took the place of what."""

    def get_by_natural_key(self, reference: str, successor_reference: str):
        """Return this succession."""
        return self.get(reference=reference, successor_reference=successor_reference)

    def with_texts(self):
        """Return successions with what names and leads to both texts, and the source.

        Annotates `successor_approved`: when the first edition of the successor was approved.
        """
        ends = [
            f"{end}__{column}"
            for end in ("work", "successor")
            for column in ("identifier", "name", "undoubted_name", "slug", "state", "sector__code")
        ]
        first = Edition.objects.first_ones().filter(publication=OuterRef("successor"))
        first = first.in_reading_order()
        return (
            self.select_related("work__sector", "successor__sector", "source")
            .only(
                *("reference", "successor_reference", "verb", "certainty", "since", "note"),
                *("source__title", "source__url", *ends),
            )
            .annotate(successor_approved=Subquery(first.values("approved")[:1]))
            .order_by("reference", "position", "successor_reference")
        )


class Successor(models.Model):
    """One text took the place of another; one row for each successor."""

    reference = reference_field(_("text that is no longer in force"))
    verb = vocabulary_field(SuccessionVerb, _("what became of it"))
    successor_reference = reference_field(_("successor"))
    certainty = vocabulary_field(Certainty, _("certainty"))
    since = year_field(_("since"))
    note = models.CharField(
        _("note"), max_length=300, blank=True, default="", validators=[validate_plain_text]
    )
    source = source_field()
    position = position_field(_("position"))
    work = work_field("successions")
    successor = work_field("predecessions")
    derived_fields = ("work", "successor")

    objects = SuccessorQuerySet.as_manager()

    class Meta:
        verbose_name = _("successor of a text")
        verbose_name_plural = _("successors of texts")
        ordering = ["reference", "position", "successor_reference"]
        constraints = [
            words_constraint("successor", "verb", SuccessionVerb),
            words_constraint("successor", "certainty", Certainty),
            models.UniqueConstraint(
                fields=["reference", "successor_reference"],
                name="one_row_per_text_and_successor",
                violation_error_message=_("The text has this successor already."),
            ),
            models.CheckConstraint(
                condition=~Q(reference=F("successor_reference")),
                name="successor_is_another_text",
                violation_error_message=_("A text cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_verb_display()} {self.successor_reference}"

    def natural_key(self) -> tuple[str, str]:
        """Return what stands for the succession in fixtures."""
        return (self.reference, self.successor_reference)

    natural_key.dependencies = ["catalog.source"]
