"""Links between publications, and between supplements and the series they go with."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import vocabulary_field, words_constraint
from catalog.models.publications import Publication
from catalog.models.structure import Series
from catalog.terms import RelationKind


class RelationQuerySet(models.QuerySet):
    def that_lead_to(self, work: Publication):
        """Keep the supplements to a work, and the texts that are the same under another letter."""
        same = models.Q(subject=work, kind=RelationKind.ALSO_AS)
        return (
            self.filter(models.Q(target=work) | same)
            .select_related("subject__sector", "target__sector")
            .order_by("subject__sort_key", "target__sort_key", "pk")
        )

    def supplemented_by(self, work: Publication):
        """Keep what ties a supplement to the works that it goes with, in order of number."""
        return (
            self.filter(subject=work, kind=RelationKind.SUPPLEMENTS)
            .select_related("target__sector")
            .order_by("target__sort_key", "pk")
        )

    def of_same_text(self, work: Publication):
        """Keep what ties a work to the same text under another letter."""
        return self.that_lead_to(work).filter(kind=RelationKind.ALSO_AS)

    def same_texts_as_any(self, works: Collection[int]):
        """Keep what ties works, given by primary key, to the same texts under another letter."""
        ends = models.Q(subject__in=works) | models.Q(target__in=works)
        return self.filter(ends, kind=RelationKind.ALSO_AS).select_related(
            *(
                f"{end}__{name}"
                for end in ("subject", "target")
                for name in ("sector", "current_edition")
            )
        )


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

    objects = RelationQuerySet.as_manager()

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
                violation_error_message=_("A text cannot be related to itself."),
            ),
        ]

    def other_than(self, work: Publication) -> Publication:
        """Return the text at the other end."""
        return self.target if self.subject_id == work.pk else self.subject

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_kind_display()} {self.target}"


class SeriesSupplementQuerySet(models.QuerySet):
    """Which supplement goes with which whole series, read from either side."""

    def of_supplement(self, work: Publication):
        """Keep what ties a supplement to series, with the series, in order of their letters."""
        ties = self.filter(supplement=work).select_related("series__sector")
        return ties.order_by("series__letters")

    def of_series(self, series: Series):
        """Keep what ties supplements to a series."""
        return self.filter(series=series)


class SeriesSupplement(models.Model):
    """A supplement that goes with a whole series (rule 6.1)."""

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

    objects = SeriesSupplementQuerySet.as_manager()

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
