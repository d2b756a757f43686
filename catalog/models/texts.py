"""The editions of a work, and the components that change or complete an edition."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.dates import DatedText, dated_text_constraints
from catalog.models.fields import (
    LARGEST_POSITION,
    validate_address_part,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.succession import ComponentQuerySet, EditionQuerySet
from catalog.terms import ComponentType


class Edition(DatedText):
    """One issue of a work: a date of approval, or a version."""

    publication = models.ForeignKey(
        "Publication",
        on_delete=models.CASCADE,
        related_name="editions",
        verbose_name=_("publication"),
    )
    version = models.PositiveSmallIntegerField(
        _("version"), null=True, blank=True, validators=[MaxValueValidator(LARGEST_POSITION)]
    )
    second_identifier = models.CharField(
        _("second identifier"),
        max_length=250,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("If the same text was published under a second number: ITU-T C.2 (10/1996)."),
    )
    second_number_slug = models.CharField(
        _("second number in the address"),
        max_length=120,
        blank=True,
        default="",
        validators=[validate_address_part],
        help_text=_("The number of the second identifier in an address: c.2."),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["publication", "position", "pk"]
        constraints = [
            *dated_text_constraints("edition"),
            models.UniqueConstraint(
                fields=["publication", "number_slug", "slug"],
                name="one_edition_per_date_or_version",
                violation_error_message=_("The work has an edition of this date or version."),
            ),
        ]
        # The page of a work asks who else had its number.
        indexes = [models.Index(fields=["number_slug"], name="edition_number_slug")]

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/g.711/1988-11/, /itu-r/p.835/6/."""
        return reverse(
            "edition",
            kwargs={
                "sector": self.publication.sector.code,
                "publication": self.address_number,
                "edition": self.slug,
            },
        )


class Component(DatedText):
    """An amendment, corrigendum, erratum, annex, appendix, supplement or addendum."""

    publication = models.ForeignKey(
        "Publication",
        on_delete=models.CASCADE,
        related_name="components",
        verbose_name=_("publication"),
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.CASCADE,
        related_name="components",
        verbose_name=_("edition it changes"),
        null=True,
        blank=True,
        help_text=_("Leave it empty only if no edition of the work is in this catalogue."),
    )
    type = vocabulary_field(ComponentType, _("type"))

    objects = ComponentQuerySet.as_manager()

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["publication", "position", "pk"]
        constraints = [
            *dated_text_constraints("component"),
            words_constraint("component", "type", ComponentType),
            models.UniqueConstraint(
                fields=["publication", "number_slug", "slug"],
                name="one_component_per_date_and_part",
                violation_error_message=_("The work has this component already."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address: /itu-t/g.711/2009-08/amd1/."""
        month, _slash, part = self.slug.partition("/")
        return reverse(
            "component",
            kwargs={
                "sector": self.publication.sector.code,
                "publication": self.address_number,
                "edition": month,
                "part": part,
            },
        )

    def clean(self) -> None:
        """Raise ValidationError if the component has no edition, or one of another work."""
        super().clean()
        if self.edition_id and self.edition.publication_id != self.publication_id:
            raise ValidationError({"edition": _("This edition belongs to another work.")})
        if "/" not in self.slug:
            raise ValidationError({"slug": _("Write month and part, for example 2009-08/amd1.")})
        if not self.edition_id and self.publication_id and self.publication.editions.exists():
            raise ValidationError({"edition": _("Say which edition the component changes.")})
