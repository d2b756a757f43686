"""Sources of statements, and which entry rests on which."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    PlainTextField,
    WebLinkField,
    position_field,
    validate_key,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.rules.checked import can_be_looked_up
from catalog.terms import HowSeen

validate_partial_date = RegexValidator(
    r"^(1[89]|20|21)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    _("Enter a year, a month or a day: 2025, 2025-11 or 2025-11-04."),
)


class SourceQuerySet(models.QuerySet):
    """Sources, by key."""

    def get_by_natural_key(self, key: str):
        """Return the source with this key."""
        return self.get(key=key)

    def of_general_knowledge(self):
        """Keep what nobody looked up."""
        return self.filter(how=HowSeen.GENERAL_KNOWLEDGE)


class Source(models.Model):
    """A page, a printed text, a data set, or general knowledge, behind a statement."""

    key = models.CharField(_("key"), max_length=100, unique=True, validators=[validate_key])
    title = models.CharField(_("title"), max_length=300, validators=[validate_plain_text])
    publisher = models.CharField(
        _("publisher"), max_length=150, blank=True, default="", validators=[validate_plain_text]
    )
    url = WebLinkField(_("address"), help_text=_("A link with http or https, if there is one."))
    dated = models.CharField(
        _("date of the source"),
        max_length=10,
        blank=True,
        default="",
        validators=[validate_partial_date],
        help_text=_("As far as known: 2025, 2025-11 or 2025-11-04."),
    )
    seen = models.DateField(_("seen on"), null=True, blank=True)
    how = vocabulary_field(HowSeen, _("kind of source"), default=HowSeen.PAGE)
    is_official = models.BooleanField(
        _("by the owner"), default=False, help_text=_("Published by ITU or by whose thing it is.")
    )
    note = PlainTextField(_("note"), help_text=_("For instance, the pages of a printed text."))

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]
        constraints = [words_constraint("source", "how", HowSeen)]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        """Return what stands for the source in fixtures."""
        return (self.key,)

    @property
    def can_be_looked_up(self) -> bool:
        """Whether others can look at it: it has an address, or is a printed text with its year."""
        return can_be_looked_up(self.url, self.how, self.dated)


def source_field() -> models.ForeignKey:
    """Return the column for the source of a statement that stands in a row of its own."""
    return models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("source"),
        null=True,
        blank=True,
    )


# What others can look at too; see `Source.can_be_looked_up`.
CAN_BE_LOOKED_UP = ~Q(source__url="") | (Q(source__how=HowSeen.PRINTED) & ~Q(source__dated=""))
NEEDS_SOURCE = _(
    "‘Checked’ needs a source that others can look up: one with an address, or a printed text with "
    "its year. Name it under “Sources of the entry”, or choose another verification status."
)


class SourceUseQuerySet(models.QuerySet):
    """Which entry rests on which source."""

    def get_by_natural_key(self, entry_key: str, source_key: str):
        """Return the use of this source by this entry."""
        return self.get(entry_key=entry_key, source__key=source_key)

    def of_entry(self, key: str):
        """Return the uses by the entry with this key, with their sources, in their order."""
        return self.filter(entry_key=key).select_related("source").order_by("position", "pk")

    def of_entries(self, keys: Iterable[str]):
        """Return the uses by the entries with these keys, with their sources, in their order."""
        return self.with_sources().filter(entry_key__in=list(keys))

    def with_sources(self):
        """Return the uses with their sources, entry by entry, in their order."""
        return self.select_related("source").order_by("entry_key", "position", "pk")

    def that_can_be_looked_up(self):
        """Keep the uses of sources with an address, and of printed texts with their year."""
        return self.filter(CAN_BE_LOOKED_UP)

    def of_general_knowledge(self):
        """Keep the uses of what nobody looked up."""
        return self.filter(source__how=HowSeen.GENERAL_KNOWLEDGE)

    def entry_keys(self) -> set[str]:
        """Return the keys of the entries."""
        return set(self.order_by().values_list("entry_key", flat=True))


class SourceUse(models.Model):
    """An entry rests on a source; `supports` says what of it."""

    entry_key = models.CharField(
        _("key of the entry"), max_length=100, db_index=True, validators=[validate_key]
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="uses", verbose_name=_("source")
    )
    supports = models.CharField(
        _("what it supports"),
        max_length=400,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("In a few words: date of foundation; name of the chair."),
    )
    statement = models.CharField(
        _("at the statement"),
        max_length=250,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_(
            "The first words of the sentence or fact, as they stand in the entry (or ‘Years’, "
            "‘Dates’); the note goes to its end. Empty if the source stands behind the entry as a "
            "whole."
        ),
    )
    position = position_field(_("position"))

    objects = SourceUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of the entry")
        verbose_name_plural = _("sources of the entry")
        ordering = ["entry_key", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry_key", "source"],
                name="one_use_of_a_source_by_an_entry",
                violation_error_message=_("The entry names this source already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_key}: {self.source}"

    def natural_key(self) -> tuple[str, str]:
        """Return what stands for the use in fixtures."""
        return (self.entry_key, self.source.key)

    natural_key.dependencies = ["catalog.source"]
