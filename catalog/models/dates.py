"""What editions and components share: an identifier, a dated approval, a state."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.fields import (
    PlainTextField,
    WebLinkField,
    validate_address_part,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.terms import IN_FORCE_STATES, Precision, State

FOUNDATION = datetime.date(1865, 5, 17)
LAST_YEAR = 2100


def validate_publication_date(day: datetime.date) -> None:
    """Raise ValidationError for a day before ITU was founded or absurdly late."""
    if day.year < FOUNDATION.year or day.year > LAST_YEAR:
        raise ValidationError(
            _("Enter a date from %(first)s to %(last)s: ITU was founded in 1865."),
            params={"first": FOUNDATION.year, "last": LAST_YEAR},
        )


class DatedText(models.Model):
    """An abstract edition or component."""

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
        help_text=_("Only if it came out under another number than the work has today: l.10."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Order of succession; the newest has the highest.")
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
        Precision, _("approval known to the"), default=Precision.DAY
    )
    posted = models.DateField(
        _("posted"),
        null=True,
        blank=True,
        validators=[validate_publication_date],
        help_text=_("When ITU posted the file, if that is another date."),
    )
    posted_precision = vocabulary_field(
        Precision, _("posting known to the"), default=Precision.MONTH
    )
    state = vocabulary_field(
        State,
        _("state"),
        blank=True,
        default="",
        help_text=_("Empty for issues of a serial, which stand side by side."),
    )
    state_grounds = models.CharField(
        _("grounds of the state"),
        max_length=250,
        blank=True,
        default="",
        validators=[validate_plain_text],
        help_text=_("How we know: the record of ITU, a fact with its source, a presumption."),
    )
    abstract = PlainTextField(_("abstract"))
    link = WebLinkField(_("text at itu.int"))
    from_source = models.BooleanField(default=False, editable=False)
    left_source = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.identifier

    def natural_key(self) -> tuple[str, str]:
        """Return what stands for the text in fixtures."""
        return (self.publication.key, self.slug)

    natural_key.dependencies = ["catalog.publication"]

    def clean(self) -> None:
        """Raise ValidationError where a state is claimed that needs grounds and has none."""
        if self.state in IN_FORCE_STATES and not self.state_grounds.strip():
            raise ValidationError(
                {"state_grounds": _("Say how we know that the text is in force.")}
            )

    @property
    def date(self) -> datetime.date | None:
        """The date by which the text is told apart: of approval, else of posting."""
        return self.approved or self.posted

    @property
    def precision(self) -> str:
        """How much of `date` is known."""
        return self.approved_precision if self.approved else self.posted_precision

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
