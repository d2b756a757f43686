"""What a value must be to be kept: plain, of a reasonable length, of a day that can be."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
    URLValidator,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.addresses import is_own_page
from catalog.rules import visible_characters

validate_key = RegexValidator(
    r"^[a-z0-9]+(?:[.-][a-z0-9]+)*\Z",
    _("Use lower-case letters, digits, hyphens and dots, for example ‘ai-for-good’."),
)
validate_address_part = RegexValidator(
    r"^[a-z0-9]+(?:[./-][a-z0-9]+)*\Z",
    _("Use lower-case letters, digits, hyphens and dots, for example ‘g.711’."),
)
validate_web_link = URLValidator(
    schemes=["http", "https"], message=_("Enter a link that begins with http:// or https://.")
)
LONGEST_TEXT = 4_000  # characters; two to five sentences have some hundred
LONGEST_ABSTRACT = 50_000  # The longest of the data set has 11,068.
MOST_LINES = 100
LONGEST_LINE = 600  # The longest fact has 277.
MOST_KEYS = 50
LONGEST_KEY = 100
# What PostgreSQL takes in a column of two bytes; SQLite would take anything.
LARGEST_POSITION = 32_767
LARGEST_NUMBER = 99_999
AROUND = 20  # characters before an invisible one, to find it by
# ITU was founded in 1865; nothing was compared with a source before there was this catalogue.
YEARS = [MinValueValidator(1865), MaxValueValidator(2100)]
YEARS_OF_CHECKS = range(2000, 2101)


def validate_plain_text(text: str) -> None:
    """Raise ValidationError if a text holds what cannot be seen, or nothing else.

    Line ends, tabs and soft hyphens may stand between what is seen.
    """
    place = visible_characters.first_invisible(text)
    if place is not None:
        raise ValidationError(_invisible(text, place))
    if text and not visible_characters.shows_something(text):
        raise ValidationError(_("The text has no visible characters."))


def _invisible(text: str, place: int) -> ValidationError:
    before = visible_characters.without_invisible(text[max(place - AROUND, 0) : place]).strip()
    if before:
        message = _(
            "The text contains a control or invisible character (%(code)s) after ‘%(before)s’. "
            "Delete it or retype the text."
        )
    else:
        message = _(
            "The text begins with a control or invisible character (%(code)s). "
            "Delete it or retype the text."
        )
    params = {"code": visible_characters.code_of(text[place]), "before": before}
    return ValidationError(message, params=params)


def validate_keys(text: str) -> None:
    """Raise ValidationError if a line is no key."""
    for key in lines(text):
        if len(key) > LONGEST_KEY:
            raise ValidationError(
                _("A key has at most %(limit)s characters; ‘%(key)s’ is longer."),
                params={"limit": LONGEST_KEY, "key": f"{key[:LONGEST_KEY]}…"},
            )
        try:
            validate_key(key)
        except ValidationError as error:
            raise ValidationError([f"‘{key}’:", *error.messages]) from error


def validate_lines(text: str, most: int, longest: int) -> None:
    """Raise ValidationError for more lines, or a longer line, than a list may have."""
    found = lines(text)
    if len(found) > most:
        raise ValidationError(
            _("There are %(count)d lines; at most %(most)d are allowed."),
            params={"count": len(found), "most": most},
        )
    for number, line in enumerate(found, 1):
        if len(line) > longest:
            raise ValidationError(
                _("Line %(number)d has %(length)d characters; at most %(most)d are allowed."),
                params={"number": number, "length": len(line), "most": longest},
            )


def validate_plain_link(address: str) -> None:
    """Raise ValidationError for a link that hides where it leads.

    A name or password before the host makes `https://itu.int@evil.example/` look like a link to
    itu.int.
    """
    if not address.isprintable() or "\\" in address:
        raise ValidationError(_("The link contains characters that are not allowed in a link."))
    try:
        host = urlsplit(address).netloc
    except ValueError as error:
        raise ValidationError(_("The link has no readable host name.")) from error
    if "@" in host:
        raise ValidationError(_("The link must not contain a user name or password."))


def validate_own_page(page: str) -> None:
    """Raise ValidationError if a text is no path on this site."""
    if not is_own_page(page):
        raise ValidationError(
            _("Enter the path of a page of this site, for example /itu-t/g.711/.")
        )


def validate_day(day: datetime.date) -> None:
    """Raise ValidationError for a day before ITU was founded or absurdly late."""
    _refuse_years(day, YEARS[0].limit_value, YEARS[1].limit_value)


def validate_day_of_check(day: datetime.date) -> None:
    """Raise ValidationError for a day on which nobody can have checked an entry."""
    _refuse_years(day, YEARS_OF_CHECKS[0], YEARS_OF_CHECKS[-1])
    if day > timezone.localdate():
        raise ValidationError(_("Enter today’s date or an earlier one."))


def _refuse_years(day: datetime.date, first: int, last: int) -> None:
    if not first <= day.year <= last:
        raise ValidationError(
            _("Enter a date from %(first)d to %(last)d."), params={"first": first, "last": last}
        )


def lines(text: str) -> list[str]:
    """Return the non-empty lines of a LinesField, stripped, in their order."""
    return [line.strip() for line in text.splitlines() if line.strip()]
