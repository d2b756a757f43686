"""Every other name and number of a work."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    validate_address_part,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.publications import Publication
from catalog.terms import NameKind


class PublicationName(models.Model):
    """Another name of a work: a former number, the second half of a twin, an ISO/IEC number."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="names", verbose_name=_("publication")
    )
    kind = vocabulary_field(NameKind, _("kind"), default=NameKind.FORMER)
    name = models.CharField(_("name"), max_length=120, validators=[validate_plain_text])
    slug = models.CharField(
        _("address part"),
        max_length=120,
        blank=True,
        default="",
        validators=[validate_address_part],
        help_text=_("If an address with this number shall lead to the work: l.10."),
    )

    from_source = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("other name or number")
        verbose_name_plural = _("other names and numbers")
        ordering = ["publication", "kind", "name"]
        constraints = [
            words_constraint("publicationname", "kind", NameKind),
            models.UniqueConstraint(
                fields=["publication", "name"], name="one_row_per_name_of_a_work"
            ),
        ]
        indexes = [models.Index(fields=["slug"], name="publicationname_slug")]

    class NameQuerySet(models.QuerySet):
        """Questions about names."""

        def get_by_natural_key(self, publication_key: str, name: str):
            """Return this name of this work."""
            return self.get(publication__key=publication_key, name=name)

    objects = NameQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        """Return what stands for the name in fixtures."""
        return (self.publication.key, self.name)

    natural_key.dependencies = ["catalog.publication"]
