"""What people call texts: names of works, of texts by others, and of families of texts."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    LinesField,
    lines,
    validate_key,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.models.references import ReferringQuerySet, reference_field, work_field
from catalog.models.sources import source_field
from catalog.rules.family_patterns import PatternError, check, fits
from catalog.terms import NameRelation

# With it begins the key of every family; the rest stands in its address.
FAMILY_KEY = "family-"


def validate_family_pattern(pattern: str) -> None:
    """Refuse a pattern that cannot be read, fits everything, or takes too long (rule 14.4)."""
    try:
        check(pattern)
    except PatternError as error:
        words = _("%(message)s (At character %(place)s.)")
        place = {"message": _(error.message), "place": error.at + 1}
        raise ValidationError(words, params=place) from error


class CommonNameQuerySet(ReferringQuerySet):
    """Names that people use, by work."""

    def get_by_natural_key(self, name: str, reference: str):
        """Return this name of this work."""
        return self.get(name=name, reference=reference)

    def of_works(self, works: Iterable[int]):
        """Return the names of works, by name; `works` are primary keys."""
        return self.filter(work__in=works).order_by("name", "pk")

    def by_work(self, works: Iterable[int] | None = None) -> dict[int, list[tuple[str, str]]]:
        """Return pairs of relation and name by the primary key of the work; of these, or of all."""
        rows = self.exclude(work=None) if works is None else self.filter(work__in=works)
        found: dict[int, list[tuple[str, str]]] = {}
        for work, *pair in rows.order_by("name").values_list("work", "relation", "name"):
            found.setdefault(work, []).append(tuple(pair))
        return found

    def of_texts_here(self):
        """Return the names of works that are in this catalogue, by name."""
        return self.exclude(work=None).order_by("name", "pk")

    def with_sources(self):
        """Return the names with the sources of what is said of them."""
        return self.select_related("source")

    def of_work(self, work: models.Model):
        """Return the names of a work, with their sources, by name."""
        return self.filter(work=work).with_sources().order_by("name", "pk")


class CommonName(models.Model):
    """A name by which people call a work; one row for each work that it may mean."""

    name = models.CharField(_("name"), max_length=120, validators=[validate_plain_text])
    reference = reference_field()
    relation = vocabulary_field(NameRelation, _("relation"), default=NameRelation.IS)
    ambiguous_with = LinesField(
        _("may also mean"), help_text=_("Other things of this name, one per line.")
    )
    note = models.CharField(
        _("note"), max_length=250, blank=True, default="", validators=[validate_plain_text]
    )
    source = source_field()
    work = work_field("common_names")
    derived_fields = ("work",)

    objects = CommonNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name in use")
        verbose_name_plural = _("names in use")
        ordering = ["name", "reference"]
        constraints = [
            words_constraint("commonname", "relation", NameRelation),
            models.UniqueConstraint(
                fields=["name", "reference"],
                name="one_row_per_name_and_work",
                violation_error_message=_("The work has this name already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.reference}"

    def natural_key(self) -> tuple[str, str]:
        """Return what stands for the name in fixtures."""
        return (self.name, self.reference)

    natural_key.dependencies = ["catalog.source"]

    @property
    def ambiguity_list(self) -> list[str]:
        """What else the name may mean."""
        return lines(self.ambiguous_with)


class OthersNameQuerySet(models.QuerySet):
    """Names of texts by others."""

    def get_by_natural_key(self, name: str):
        """Return this name."""
        return self.get(name=name)

    def with_sources(self):
        """Return the names with the sources of what is said of them."""
        return self.select_related("source")


class OthersName(models.Model):
    """The name of a text that is not ITU’s, for which people look here."""

    name = models.CharField(
        _("name"), max_length=120, unique=True, validators=[validate_plain_text]
    )
    owner = models.CharField(_("whose it is"), max_length=200, validators=[validate_plain_text])
    nearest = LinesField(
        _("nearest ITU texts"), help_text=_("Identifiers, one per line: ITU-R BT.2100.")
    )
    source = source_field()

    objects = OthersNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name of a text by others")
        verbose_name_plural = _("names of texts by others")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return what stands for the name in fixtures."""
        return (self.name,)

    natural_key.dependencies = ["catalog.source"]

    @property
    def nearest_list(self) -> list[str]:
        """The identifiers of the nearest ITU texts."""
        return lines(self.nearest)


class TextFamilyQuerySet(models.QuerySet):
    """Families of texts, by key."""

    def get_by_natural_key(self, key: str):
        """Return the family with this key."""
        return self.get(key=key)

    def at(self, slug: str):
        """Keep the family at an address, by its address part."""
        return self.filter(key=f"{FAMILY_KEY}{slug}")

    def with_sources(self):
        """Return the families with the sources of what is said of them."""
        return self.select_related("source")


class TextFamily(models.Model):
    """A family of texts that people call by one name: X.500 series, ASN.1 series."""

    key = models.CharField(_("key"), max_length=100, unique=True, validators=[validate_key])
    names = LinesField(_("names"), blank=False, help_text=_("One per line, the best first."))
    covers = models.CharField(
        _("what it covers"),
        max_length=120,
        blank=True,
        default="",
        validators=[validate_plain_text],
    )
    pattern = models.CharField(
        _("pattern of the identifiers"),
        max_length=250,
        validators=[validate_plain_text, validate_family_pattern],
        help_text=_(
            "It begins with ^ and the Sector, and fits the identifiers of the members: "
            r"^ITU-T G\.984\.\d$. \d is a digit, \. a dot, $ the end; (1|2) one or the other."
        ),
    )
    source = source_field()

    objects = TextFamilyQuerySet.as_manager()

    class Meta:
        verbose_name = _("family of texts")
        verbose_name_plural = _("families of texts")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name_list[0] if self.name_list else self.key

    def natural_key(self) -> tuple[str]:
        """Return what stands for the family in fixtures."""
        return (self.key,)

    natural_key.dependencies = ["catalog.source"]

    @property
    def name_list(self) -> list[str]:
        """Its names, the best first."""
        return lines(self.names)

    @property
    def further_names(self) -> list[str]:
        """Its names but the best."""
        return self.name_list[1:]

    @property
    def slug(self) -> str:
        """Its part of an address."""
        return self.key.removeprefix(FAMILY_KEY)

    def get_absolute_url(self) -> str:
        return reverse("text-family", kwargs={"slug": self.slug})

    def has_member(self, identifier: str) -> bool:
        """Return whether a work with this identifier belongs to it."""
        return fits(self.pattern, identifier)

    def clean(self) -> None:
        """Refuse a key of which no address can be made."""
        if not self.key.startswith(FAMILY_KEY) or self.key == FAMILY_KEY:
            message = _("The key must begin with %(start)s.") % {"start": FAMILY_KEY}
            raise ValidationError({"key": message})
