"""Fields and shortcuts that the models share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
)
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog.models.validators import (  # noqa: F401 -- migrations name them here
    AROUND,
    LARGEST_NUMBER,
    LARGEST_POSITION,
    LONGEST_ABSTRACT,
    LONGEST_KEY,
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_KEYS,
    MOST_LINES,
    YEARS,
    YEARS_OF_CHECKS,
    lines,
    validate_address_part,
    validate_day,
    validate_day_of_check,
    validate_key,
    validate_keys,
    validate_lines,
    validate_own_page,
    validate_plain_link,
    validate_plain_text,
    validate_web_link,
)
from catalog.terms import DoubtedField, Vocabulary


def vocabulary_field(vocabulary: type[Vocabulary], label, **options) -> models.CharField:
    """Return a text column that takes only the words of a closed vocabulary.

    The label is what editors read; the database constraint is added by the model
    (`words_constraint`).
    """
    options.setdefault("max_length", 24)
    return VocabularyField(label, choices=translated_choices(vocabulary), **options)


class VocabularyField(models.CharField):
    """A text column of a closed vocabulary, whose label is looked up and nothing else.

    Django's own `get_…_display` sorts out all choices each time, which lists do a hundred times.
    """

    def contribute_to_class(self, cls, name: str, private_only: bool = False) -> None:
        """Give the model its method; migrations see a plain column."""
        words = dict(self.flatchoices)
        if f"get_{name}_display" not in cls.__dict__:
            setattr(cls, f"get_{name}_display", lambda row: str(_word(words, getattr(row, name))))
        super().contribute_to_class(cls, name, private_only)

    def deconstruct(self):
        """Return what a CharField returns."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def _word(words: dict[str, str], value: str | None) -> str:
    return words.get(value, "" if value is None else value)


def by_field() -> models.ForeignKey:
    """Return a column for the account that wrote something; the row outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )


def optional_text_field(
    model: str, related_name: str, label, on_delete: Callable
) -> models.ForeignKey:
    """Return one of the three columns of a row on a work, an edition or a component.

    One of the three says which text the row is about. `model` is the name within `catalog`.
    """
    return models.ForeignKey(
        f"catalog.{model}",
        on_delete=on_delete,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=label,
    )


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


class SeveralLines(forms.CharField):
    """A box for several lines: browsers end each with two characters, the catalogue with one."""

    def to_python(self, value) -> str:
        """Return the text with plain ends of lines."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n")


class LinesField(models.TextField):
    """A list of short texts, one per line; read it with `lines()`.

    At most `most` lines of at most `longest` characters; with `of_keys` each must be a key.
    These limits are no part of migrations: no database knows them.
    """

    def __init__(
        self,
        *args,
        most: int = MOST_LINES,
        longest: int = LONGEST_LINE,
        of_keys: bool = False,
        **options,
    ):
        options.setdefault("blank", True)
        options.setdefault("default", "")
        options.setdefault("validators", [validate_plain_text])
        super().__init__(*args, **options)
        self.most, self.longest, self.of_keys = most, longest, of_keys

    @cached_property
    def validators(self) -> list[Callable[[str], None]]:
        within = partial(validate_lines, most=self.most, longest=self.longest)
        return [*super().validators, within, *([validate_keys] if self.of_keys else [])]

    def formfield(self, **options):
        return super().formfield(**{"form_class": SeveralLines, **options})


def keys_field(label, **options) -> LinesField:
    """Return a column for keys, one per line."""
    return LinesField(label, most=MOST_KEYS, longest=LONGEST_KEY, of_keys=True, **options)


class PlainTextField(models.TextField):
    """Running text without markup, of at most `longest` characters.

    Optional unless `blank=False` is given. The limit is no part of migrations: no database
    knows it.
    """

    def __init__(self, *args, longest: int = LONGEST_TEXT, **options):
        options.setdefault("blank", True)
        options.setdefault("default", "")
        options.setdefault("validators", [validate_plain_text])
        super().__init__(*args, **options)
        # Forms pass it on to browsers.
        self.max_length = longest

    @cached_property
    def validators(self) -> list[Callable[[str], None]]:
        """The rules of the text; Django asks forms alone for the length of a text."""
        return [*super().validators, MaxLengthValidator(self.max_length)]

    def deconstruct(self):
        """Leave out the limit."""
        name, path, args, options = super().deconstruct()
        options.pop("max_length", None)
        return name, path, args, options

    def formfield(self, **options):
        return super().formfield(**{"form_class": SeveralLines, **options})


class WebLinkField(models.CharField):
    """A link with http or https that says where it leads; others are refused."""

    def __init__(self, *args, **options):
        options.setdefault("blank", True)
        options.setdefault("default", "")
        options.setdefault("max_length", 500)
        options.setdefault("validators", [validate_web_link])
        super().__init__(*args, **options)

    @cached_property
    def validators(self) -> list[Callable[[str], None]]:
        return [*super().validators, validate_plain_link]


def year_field(label, **options) -> models.PositiveSmallIntegerField:
    """Return an optional column for a year from 1865 to 2100."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=YEARS, **options
    )


def position_field(label, **options) -> models.PositiveSmallIntegerField:
    """Return a column that orders rows among their like."""
    limit = [MaxValueValidator(LARGEST_POSITION)]
    return models.PositiveSmallIntegerField(label, default=0, validators=limit, **options)


class CheckedWords(forms.MultipleChoiceField):
    """Boxes to tick; the value is a text, the words that are ticked, one per line."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: str | list[str] | None) -> list[str]:
        """Return the words that are ticked."""
        return lines(value) if isinstance(value, str) else list(value or [])

    def clean(self, value: list[str] | None) -> str:
        """Return the ticked words as a text; raise ValidationError for a word that is no box."""
        return "\n".join(super().clean(value))

    def has_changed(self, initial: str | None, data: list[str] | None) -> bool:
        """Whether other boxes are ticked now."""
        return super().has_changed(lines(initial or ""), data)


class DoubtsField(models.CharField):
    """The fields of a row whose values are doubted, one per line, out of a closed list.

    A form shows a box to tick for each.
    """

    def __init__(self, *args, words: Iterable[DoubtedField] = (), **options):
        self.words = tuple(DoubtedField(word) for word in words)
        options.setdefault("max_length", 100)
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(*args, **options)

    def deconstruct(self):
        """Keep the closed list in migrations."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "words": [word.value for word in self.words]}

    def clean(self, value, model_instance) -> str:
        """Return the words in the order of the list, each once.

        Raises ValidationError for a word that is not in the list.
        """
        given = lines(self.to_python(value) or "")
        if unknown := [word for word in given if word not in self.words]:
            raise ValidationError(
                _("“%(word)s” cannot be marked as doubted here; these can: %(words)s."),
                params={"word": unknown[0][:40], "words": ", ".join(self.words)},
            )
        return super().clean("\n".join(w.value for w in self.words if w in given), model_instance)

    def formfield(self, **options) -> forms.Field:
        """Return the boxes, whatever widget a form has for texts."""
        return CheckedWords(
            label=options.get("label", self.verbose_name),
            help_text=options.get("help_text", self.help_text),
            choices=[(word.value, _(word.label)) for word in self.words],
            required=False,
        )


def doubts_field(words: Iterable[DoubtedField]) -> DoubtsField:
    """Return the column in which editors mark the fields of a row whose values are doubted."""
    return DoubtsField(
        _("doubted"),
        words=words,
        help_text=_(
            "The fields that the doubt is about. A doubted title gives way to the best "
            "earlier one and is never cited; a doubted date is not cited; a doubted status is "
            "shown as doubted."
        ),
    )


def added_field() -> models.DateTimeField:
    """Return the column for the moment at which a row came into the catalogue."""
    return models.DateTimeField(default=timezone.now, editable=False)


def changed_field(**options) -> models.DateTimeField:
    """Return the column for the moment at which what readers see of a row last changed.

    `catalog.writing` moves it, and nothing else; feeds, sitemaps and caches rely on it.
    """
    return models.DateTimeField(default=timezone.now, editable=False, **options)
