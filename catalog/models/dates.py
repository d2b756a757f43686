"""What editions and components share: an identifier, a dated approval, a state."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    LONGEST_ABSTRACT,
    PlainTextField,
    WebLinkField,
    added_field,
    changed_field,
    doubts_field,
    lines,
    position_field,
    validate_address_part,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.rules.title_shapes import shape_of
from catalog.terms import DOUBTED_OF_TEXTS, IN_FORCE_STATES, DoubtedField, Precision, State

FOUNDATION = datetime.date(1865, 5, 17)
LAST_YEAR = 2100


def validate_publication_date(day: datetime.date) -> None:
    """Raise ValidationError for a day before ITU was founded or absurdly late."""
    if day.year < FOUNDATION.year or day.year > LAST_YEAR:
        raise ValidationError(
            _("Enter a date from %(first)s to %(last)s: ITU was founded in 1865."),
            params={"first": FOUNDATION.year, "last": LAST_YEAR},
        )


def unless_doubted(name: DoubtedField, prefix: str = "") -> Case:
    """Return the expression for a date that is not doubted, else null.

    `prefix` leads to the edition or component.
    """
    doubted = When(**{f"{prefix}doubted_fields__contains": name.value}, then=Value(None))
    return Case(doubted, default=F(f"{prefix}{name.value}"), output_field=models.DateField())


def known_date(prefix: str = "") -> Coalesce:
    """Return the expression for `DatedText.date`; `prefix` leads to the edition or component."""
    return Coalesce(
        unless_doubted(DoubtedField.APPROVED, prefix), unless_doubted(DoubtedField.POSTED, prefix)
    )


class DatedText(models.Model):
    """What the tables of editions and components share."""

    identifier = models.CharField(
        _("identifier"),
        max_length=250,
        validators=[validate_plain_text],
        help_text=_("In full, with date or version: ITU-T G.711 (11/1988)."),
    )
    slug = models.CharField(
        _("address part"),
        max_length=120,
        validators=[validate_address_part],
        help_text=_("Month or version of an edition: 1988-11, 6; of a component: 2009-08/amd1."),
    )
    number_slug = models.CharField(
        _("number in the address"),
        max_length=120,
        blank=True,
        default="",
        validators=[validate_address_part],
        help_text=_("Only if it was published under another number than the work has today: l.10."),
    )
    position = position_field(
        _("position"), help_text=_("Order of succession; the newest has the highest.")
    )
    title = models.CharField(
        _("title"),
        max_length=400,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("Only if it differs from the title of the work."),
    )
    approved = models.DateField(
        _("approved"), null=True, blank=True, validators=[validate_publication_date]
    )
    approved_precision = vocabulary_field(
        Precision, _("precision of the approval date"), default=Precision.DAY
    )
    posted = models.DateField(
        _("posted"),
        null=True,
        blank=True,
        validators=[validate_publication_date],
        help_text=_("When ITU posted the file, if that is another date."),
    )
    posted_precision = vocabulary_field(
        Precision, _("precision of the posting date"), default=Precision.MONTH
    )
    state = vocabulary_field(
        State,
        _("status"),
        blank=True,
        default="",
        help_text=_("Empty for issues of a serial, which stand side by side."),
    )
    state_grounds = models.CharField(
        _("basis of the status"),
        max_length=250,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("How we know: ITU’s record, a fact with its source, or a presumption."),
    )
    abstract = PlainTextField(_("abstract"), longest=LONGEST_ABSTRACT)
    link = WebLinkField(_("text at itu.int"))
    doubted_fields = doubts_field(DOUBTED_OF_TEXTS)
    from_source = models.BooleanField(default=False, editable=False)
    left_source = models.DateField(null=True, blank=True, editable=False)
    added = added_field()
    changed = changed_field()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.identifier

    def natural_key(self) -> tuple[str, str]:
        """Return what stands for the text in fixtures."""
        return (self.publication.key, self.slug)

    natural_key.dependencies = ["catalog.publication"]

    def clean(self) -> None:
        """Raise ValidationError if the text is said to be in force without a basis."""
        if self.state in IN_FORCE_STATES and not self.state_grounds.strip():
            raise ValidationError(
                {"state_grounds": _("Say how we know that the text is in force.")}
            )

    @property
    def doubted(self) -> list[str]:
        """The fields whose values are doubted: by an editor, and a title by its shape."""
        marked = lines(self.doubted_fields)
        if DoubtedField.TITLE not in marked and shape_of(self.title):
            marked.insert(0, DoubtedField.TITLE.value)
        return marked

    @property
    def shown_title(self) -> str:
        """The title of its own that may be shown as one; empty if it has none or it is doubted."""
        return "" if self.title and DoubtedField.TITLE in self.doubted else self.title

    @property
    def state_doubted(self) -> bool:
        """Whether the state is doubted; wherever the state is shown, the doubt is too."""
        return DoubtedField.STATE in self.doubted_fields

    @property
    def has_known_approval(self) -> bool:
        """Whether the date of approval is known and not doubted."""
        return self.approved is not None and DoubtedField.APPROVED not in self.doubted_fields

    @property
    def date(self) -> datetime.date | None:
        """The date that distinguishes the text: of approval, else of posting.

        A doubted date does not count.
        """
        if self.has_known_approval:
            return self.approved
        return None if DoubtedField.POSTED in self.doubted_fields else self.posted

    @property
    def is_dated_by_posting(self) -> bool:
        """Whether `date` says when ITU posted the file, not when the text was made."""
        return not self.has_known_approval and self.date is not None

    @property
    def precision(self) -> str:
        """How much of `date` is known."""
        return self.approved_precision if self.has_known_approval else self.posted_precision

    @property
    def address_number(self) -> str:
        """The number in the address of this text: its own, else the one of the work."""
        return self.number_slug or self.publication.slug

    @property
    def is_in_force(self) -> bool:
        """Whether ITU lists the text as in force."""
        return self.state in IN_FORCE_STATES


def dated_text_constraints(table: str) -> list[models.BaseConstraint]:
    """Return the constraints that hold for editions and components alike."""
    columns = ("approved", "posted")
    return [
        words_constraint(table, "state", State, blank=True),
        *(words_constraint(table, f"{column}_precision", Precision) for column in columns),
        *(
            models.CheckConstraint(
                condition=Q(**{f"{column}__isnull": True})
                | Q(**{f"{column}__gte": datetime.date(FOUNDATION.year, 1, 1)}),
                name=f"{table}_{column}_since_1865",
                violation_error_message=_("ITU was founded in 1865."),
            )
            for column in columns
        ),
        models.CheckConstraint(
            condition=~Q(state__in=IN_FORCE_STATES) | ~Q(state_grounds=""),
            name=f"{table}_in_force_has_grounds",
            violation_error_message=_("Say how we know that the text is in force."),
        ),
    ]
