"""What every curated entry has: a key, a name, a description, and how sure we are of it."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    LinesField,
    PlainTextField,
    WebLinkField,
    added_field,
    changed_field,
    keys_field,
    lines,
    validate_day_of_check,
    validate_key,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.terms import EntryKind, Verification

# Texts of one statement a line.
_LISTS = {"facts", "numbers", "often_wrong"}
DOUBTFUL_MARKS = (Verification.NOT_FOUND, Verification.MISATTRIBUTED)


class EntryQuerySet(models.QuerySet):
    """Questions that can be asked about entries of any kind."""

    def get_by_natural_key(self, key: str):
        """Return the entry with this key."""
        return self.get(key=key)

    def with_key(self, key: str):
        """Keep the entry with this key."""
        return self.filter(key=key)

    def other_than(self, entry: Entry):
        """Leave out one entry."""
        return self.exclude(pk=entry.pk)

    def by_name(self):
        """Order by name."""
        return self.order_by("name")

    def surest_first(self):
        """Order by how sure we are: checked first, not found last; then by name."""
        ranks = {mark: rank for rank, mark in enumerate(Verification)}
        # Entries that nobody has compared with a source precede those looked for in vain.
        ranks[Verification.UNCHECKED] = ranks[Verification.NOT_FOUND] - 0.5
        return self.order_by(
            models.Case(
                *(
                    models.When(verification=mark.value, then=models.Value(rank))
                    for mark, rank in ranks.items()
                ),
                output_field=models.FloatField(),
            ),
            "name",
        )

    def existing(self):
        """Leave out what was looked for and not found, and what belongs to others."""
        return self.exclude(verification__in=DOUBTFUL_MARKS)

    def not_found(self):
        """Keep only what was looked for and not found."""
        return self.filter(verification=Verification.NOT_FOUND)

    def doubtful(self):
        """Keep only what was looked for and not found, and what belongs to others."""
        return self.filter(verification__in=DOUBTFUL_MARKS)

    def count_by_verification(self) -> dict[str, int]:
        """Return the number of entries by verification."""
        return dict(self.order_by().values_list("verification").annotate(models.Count("pk")))


class SectorEntryQuerySet(EntryQuerySet):
    """Entries that belong to a Sector, fetched with it: their addresses name it."""

    def with_sector(self):
        """Return entries with their Sector, in one query."""
        return self.select_related("sector")


class Entry(models.Model):
    """An abstract entry of the knowledge base; each kind has its own table."""

    entry_kind: ClassVar[EntryKind]
    # The texts at which notes may stand, in the order of the page; those of each kind come first.
    own_statements: ClassVar[tuple[str, ...]] = ()
    # Facts that are no texts, by what pages call them, with the columns that hold them.
    own_facts: ClassVar[dict[str, tuple[str, ...]]] = {}

    key = models.CharField(
        _("key"),
        max_length=100,
        unique=True,
        validators=[validate_key],
        help_text=_(
            "The permanent name of the entry: /id/KEY/ always leads to its page. "
            "Lower-case letters, digits, hyphens and dots; never change it once it is public."
        ),
    )
    other_keys = keys_field(
        _("other keys"),
        help_text=_("Additional keys that lead to this entry, one per line."),
    )
    name = models.CharField(_("name"), max_length=400, validators=[validate_plain_text])
    aliases = LinesField(
        _("other names and wordings"),
        help_text=_(
            "Every other name under which people look for it, one per line; all are searched. "
            "The wordings of a text that was checked belong here too."
        ),
    )
    description = PlainTextField(
        _("description"),
        help_text=_(
            "Two to five plain sentences: what it is, who runs it, since when, what came of it."
        ),
    )
    facts = LinesField(_("facts"), help_text=_("Single facts with a source, one per line."))
    verification = vocabulary_field(
        Verification,
        _("verification"),
        default=Verification.UNCHECKED,
        help_text=_("How sure we are. The page says it in words."),
    )
    claim = PlainTextField(
        _("claim checked"),
        help_text=_("What a text said about it, in our words, before anybody checked it."),
    )
    wordings = LinesField(
        _("wording checked"),
        help_text=_("The names as the checked text has them, one per line."),
    )
    correction = PlainTextField(
        _("correction"),
        help_text=_(
            "What is right, or the nearest real thing; required if corrected or misattributed."
        ),
    )
    evidence = PlainTextField(
        _("notes on the check"),
        help_text=_(
            "For editors only: readers see the sources of the table “Sources of the entry”."
        ),
    )
    doubt = PlainTextField(_("doubt"), help_text=_("What remains uncertain; shown on the page."))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    official_url = WebLinkField(_("official page"), help_text=_("A link with http or https."))

    row_version = models.PositiveIntegerField(default=1, editable=False)
    added = added_field()
    changed = changed_field(db_index=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return what stands for the entry in fixtures."""
        return (self.key,)

    def clean(self) -> None:
        """Raise ValidationError, at the field, where values do not fit or cannot be true."""
        wrong: dict[str, list[str]] = {}
        if (
            self.verification in (Verification.CORRECTED, Verification.MISATTRIBUTED)
            and not self.correction.strip()
        ):
            wrong["correction"] = [
                _("Say what is right: the verification status is ‘corrected’ or ‘misattributed’.")
            ]
        if self.checked_on:
            try:
                validate_day_of_check(self.checked_on)
            except ValidationError as error:
                wrong["checked_on"] = error.messages
        if wrong:
            raise ValidationError(wrong)

    @property
    def shown_name(self) -> str:
        """The name as readers see it."""
        return self.name

    @property
    def alias_list(self) -> list[str]:
        """Other names, in the order in which editors put them."""
        return lines(self.aliases)

    @property
    def wording_list(self) -> list[str]:
        """The wordings of the text that was checked."""
        return lines(self.wordings)

    @property
    def fact_list(self) -> list[str]:
        return lines(self.facts)

    @property
    def statements(self) -> list[str]:
        """The texts of the entry at which notes may stand, then the names of its other facts."""
        names = ("correction", "description", *self.own_statements, "facts")
        found = []
        for name in names:
            text = getattr(self, name)
            found += lines(text) if name in _LISTS else [text] if text else []
        for label, columns in self.own_facts.items():
            if any(getattr(self, column) for column in columns):
                found.append(label)
        return found

    @property
    def other_key_list(self) -> list[str]:
        return lines(self.other_keys)


def entry_constraints(table: str) -> list[models.BaseConstraint]:
    """Return the constraints that hold for every kind of entry."""
    return [words_constraint(table, "verification", Verification)]
