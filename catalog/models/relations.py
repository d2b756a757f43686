"""Links between publications, and between supplements and the series they go with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import vocabulary_field, words_constraint
from catalog.models.publications import Publication
from catalog.models.structure import Series
from catalog.terms import RelationKind


class PublicationRelation(models.Model):
    """One work stands in a relation to another: read `subject`, `kind`, `target`."""

    kind = vocabulary_field(RelationKind, _("relation"))
    subject = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="relations", verbose_name=_("text")
    )
    target = models.ForeignKey(
        Publication,
        on_delete=models.CASCADE,
        related_name="relations_to",
        verbose_name=_("other text"),
    )
    from_source = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("relation of publications")
        verbose_name_plural = _("relations of publications")
        constraints = [
            words_constraint("publicationrelation", "kind", RelationKind),
            models.UniqueConstraint(
                fields=["kind", "subject", "target"], name="one_relation_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(subject=models.F("target")),
                name="publicationrelation_of_two",
                violation_error_message=_("A text cannot stand in a relation to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_kind_display()} {self.target}"


class SeriesSupplement(models.Model):
    """A supplement that goes with a whole series (data set notes, section 8)."""

    supplement = models.ForeignKey(
        Publication,
        on_delete=models.CASCADE,
        related_name="supplemented_series",
        verbose_name=_("supplement"),
    )
    series = models.ForeignKey(
        Series,
        on_delete=models.CASCADE,
        related_name="series_supplements",
        verbose_name=_("series"),
    )

    class Meta:
        verbose_name = _("supplement to a series")
        verbose_name_plural = _("supplements to series")
        constraints = [
            models.UniqueConstraint(
                fields=["supplement", "series"], name="one_link_of_supplement_and_series"
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplement}: {self.series}"
