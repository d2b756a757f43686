"""Every other name and number of a work."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from catalog.models.dates import known_date
from catalog.models.fields import (
    validate_address_part,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.publications import Publication
from catalog.models.texts import Edition
from catalog.terms import NameKind


class NameQuerySet(models.QuerySet):
    def get_by_natural_key(self, publication_key: str, name: str):
        """Return this name of this work."""
        return self.get(publication__key=publication_key, name=name)

    def at(self, sector: str, number: str):
        """Keep the names under which a number (an address part) leads to works of a Sector."""
        return self.filter(slug=number, publication__sector__code=sector)

    def of_iso(self):
        """Keep the numbers of ISO and IEC, with their works."""
        return self.filter(kind=NameKind.ISO).select_related("publication__sector")

    def works(self):
        """Return the works that have these names."""
        return Publication.objects.filter(pk__in=self.values("publication"))

    def numbers_of_works(self) -> set[str]:
        """Return the address parts of the works that have these names."""
        return set(self.values_list("publication__slug", flat=True))

    def works_with_all(self, sector: str, numbers: Iterable[str]):
        """Return the works of a Sector that have all these numbers (address parts)."""
        works = Publication.objects.filter(sector__code=sector)
        for number in numbers:
            named = self.at(sector, number).values("publication")
            works = works.filter(slug=number) | works.filter(pk__in=named)
        return works

    def holders_of(self, sector: str, *numbers: str):
        """Return the works of a Sector that carry or carried one of these numbers.

        Numbers are address parts. Annotates `held_from` and `held_until`: the first and the
        last date of an edition under the number, empty where it is only part of a dual one.
        """
        own = Q(number_slug="", publication__slug__in=numbers) | Q(number_slug__in=numbers)
        under = Edition.objects.filter(own, publication=OuterRef("pk")).order_by()
        under = under.annotate(day=known_date()).exclude(day=None)
        # One list of works, each part of it found by an index: with OR every work is looked at.
        works = Publication.objects.order_by().filter(sector__code=sector, slug__in=numbers)
        works = works.values("pk")
        works = works.union(
            self.order_by().filter(slug__in=numbers).values("publication"),
            Edition.objects.order_by().filter(number_slug__in=numbers).values("publication"),
            all=True,
        )
        return (
            Publication.objects.filter(pk__in=works, sector__code=sector)
            .annotate(
                held_from=Subquery(under.order_by("day").values("day")[:1]),
                held_until=Subquery(under.order_by("-day").values("day")[:1]),
            )
            .select_related("sector")
            .best_first()
        )

    def works_with_number_begun(self, letters: str, number: str):
        """Return the works whose number, now or formerly, begins so; current ones first.

        `g`, `71` finds G.71, G.711 and G.7111; of ITU-R also the Reports.
        """
        begun = f"{letters}.{number}".lower()
        now = Q(slug__startswith=begun) | Q(slug__startswith=f"report/{begun}")
        then = Q(pk__in=self.filter(slug__startswith=begun).values("publication"))
        in_series = Q(series__letters=letters.upper())
        works = Publication.objects.filter((in_series & now) | then)
        return works.select_related("sector").best_first()


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
        help_text=_("Only if an address with this number should lead to the work: l.10."),
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

    objects = NameQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        """Return what stands for the name in fixtures."""
        return (self.publication.key, self.name)

    natural_key.dependencies = ["catalog.publication"]
