"""Fields and shortcuts that the models share."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.terms import Vocabulary

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
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def validate_plain_text(text: str) -> None:
    """Raise ValidationError if the text holds control characters (line ends and tabs may stay)."""
    if CONTROL_CHARACTERS.search(text):
        raise ValidationError(_("The text holds control characters; delete or retype them."))


def vocabulary_field(vocabulary: type[Vocabulary], label, **options) -> models.CharField:
    """Return a text column that takes only the words of a closed vocabulary.

    The label is what editors read; the database constraint is added by the model
    (`words_constraint`).
    """
    options.setdefault("max_length", 24)
    return models.CharField(label, choices=translated_choices(vocabulary), **options)


def translated_choices(vocabulary: type[Vocabulary]) -> list[tuple[str, str]]:
    """Return the vocabulary's choices with labels that are translated when shown."""
    return [(value, _(label)) for value, label in vocabulary.choices()]


def words_constraint(
    model: str, column: str, vocabulary: type[Vocabulary], *, blank: bool = False
) -> models.CheckConstraint:
    """Return the database constraint that keeps a column within its vocabulary."""
    words = [member.value for member in vocabulary] + ([""] if blank else [])
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__in": words}),
        name=f"{model}_{column}_known",
        violation_error_message=_("This word is not in the list of allowed ones."),
    )


class LinesField(models.TextField):
    """A list of short texts, one a line; read it with `lines()`."""

    def __init__(self, *args, **options):
        options.setdefault("blank", True)
        options.setdefault("default", "")
        options.setdefault("validators", [validate_plain_text])
        super().__init__(*args, **options)


class PlainTextField(models.TextField):
    """Running text without markup; optional unless `blank=False` is given."""

    def __init__(self, *args, **options):
        options.setdefault("blank", True)
        options.setdefault("default", "")
        options.setdefault("validators", [validate_plain_text])
        super().__init__(*args, **options)


class WebLinkField(models.CharField):
    """A link with http or https; other schemes are refused."""

    def __init__(self, *args, **options):
        options.setdefault("blank", True)
        options.setdefault("default", "")
        options.setdefault("max_length", 500)
        options.setdefault("validators", [validate_web_link])
        super().__init__(*args, **options)


def lines(text: str) -> list[str]:
    """Return the non-empty lines of a LinesField, stripped, in their order."""
    return [line.strip() for line in text.splitlines() if line.strip()]
