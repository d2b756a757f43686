"""What goes in and comes out, as Django REST framework checks, writes and describes it."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.addresses import absolute
from catalog.brief import Brief, brief_of, edition_in_brief, in_force_in_brief
from catalog.dates import date_machine
from catalog.identifiers.elsewhere import Elsewhere
from catalog.resolver import MAX_READ, Answer
from catalog.terms import ComponentType, Kind, Outcome, State

MAX_TEXTS = 1_000
# Something to read, and no control characters but those between lines.
_ANY = r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
READABLE = rf"^{_ANY}*[^\s\u0000-\u001f\u007f\u0085\ufeff]{_ANY}*$"
QUERY_SCHEMA = {"type": "string", "minLength": 1, "maxLength": MAX_READ, "pattern": READABLE}


@extend_schema_field(QUERY_SCHEMA)
class Query(serializers.CharField):
    """One text to resolve: a string with at least one letter, digit or sign in it."""

    default_error_messages = {
        "invalid": gettext_lazy("must be a string"),
        "blank": gettext_lazy("must not be empty"),
        "unreadable": gettext_lazy("must hold something to read and no control characters"),
        "max_length": gettext_lazy("must have at most {max_length} characters"),
    }

    def __init__(self, **options):
        options.setdefault("max_length", MAX_READ)
        super().__init__(trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        """Return the string as it is; numbers are no strings here."""
        if not isinstance(data, str):
            self.fail("invalid")
        if not data.strip():
            self.fail("blank")
        if not re.search(READABLE, data):
            self.fail("unreadable")
        return data


class QueriesSerializer(serializers.Serializer):
    """Texts to resolve in one request."""

    q = serializers.ListField(
        child=Query(),
        min_length=1,
        max_length=MAX_TEXTS,
        help_text=gettext_lazy("Identifiers or itu.int links, 1 to 1,000."),
    )

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Refuse what is not asked for, so that a slip of the pen is not overlooked."""
        if isinstance(data, dict) and (others := sorted(set(data) - set(self.fields))):
            message = _("not known; only “q” is") if len(others) == 1 else _("only “q” is known")
            raise serializers.ValidationError({", ".join(others)[:100]: [message]})
        return super().to_internal_value(data)


class TextOrNull(serializers.CharField):
    """A text that is null where it is empty."""

    def __init__(self, **options):
        super().__init__(read_only=True, allow_null=True, **options)

    def to_representation(self, value: str) -> str | None:
        """Return the text, or None."""
        return str(value) if value else None


class StateOrNull(serializers.ChoiceField):
    """A word for a state, null for texts without one."""

    def to_representation(self, value: str) -> str | None:
        """Return the word, or None."""
        return str(value) if value else None


class TextSerializer(serializers.Serializer):
    """A work, an edition or a component in brief."""

    identifier = TextOrNull(
        help_text=gettext_lazy("As ITU prints it; null where ITU gives the text none.")
    )
    kind = serializers.ChoiceField(
        choices=list(dict([*Kind.choices(), *ComponentType.choices()])), read_only=True
    )
    state = StateOrNull(
        choices=[state.value for state in State],
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("Null for issues of a serial, which have no state."),
    )
    title = serializers.CharField(read_only=True)
    date = serializers.SerializerMethodField(
        help_text=gettext_lazy(
            "Approval, else posting, as exact as it is known: 1988-11-25, 1988-11 or 1988; "
            "of a work, that of the edition that stands for it."
        )
    )
    url = serializers.SerializerMethodField(help_text=gettext_lazy("The page of the text here."))

    def get_date(self, text: Brief) -> str | None:
        """Return the date for machines."""
        return date_machine(text.date, text.precision) or None

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, text: Brief) -> str:
        """Return the full address."""
        return absolute(self.context["request"], text.url)


class ElsewhereSerializer(serializers.Serializer):
    """A kind of document that is not held, and where ITU keeps it."""

    kind = serializers.SerializerMethodField()
    what = serializers.SerializerMethodField()
    link = serializers.URLField(read_only=True)

    def get_kind(self, elsewhere: Elsewhere) -> str:
        """Return the name of the kind."""
        return _(elsewhere.kind)

    def get_what(self, elsewhere: Elsewhere) -> str:
        """Return what it is and why it is not here."""
        return _(elsewhere.what)


class AnswerSerializer(serializers.Serializer):
    """What one text means."""

    query = serializers.CharField(read_only=True, help_text=gettext_lazy("The text as it came."))
    understood = TextOrNull(help_text=gettext_lazy("The query in the spelling of ITU."))
    outcome = serializers.ChoiceField(choices=[word.value for word in Outcome], read_only=True)
    work = TextSerializer(read_only=True, allow_null=True)
    edition = TextSerializer(
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("The edition that was found, or that the component changes."),
    )
    component = TextSerializer(read_only=True, allow_null=True)
    in_force = TextSerializer(
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("The edition of the work that ITU lists as in force."),
    )
    candidates = TextSerializer(
        read_only=True,
        many=True,
        help_text=gettext_lazy(
            "The texts among which the query does not decide, the ones in force first; beside a "
            "text that was found, the others that are called so."
        ),
    )
    note = TextOrNull(
        help_text=gettext_lazy("Why it is the work and not the edition asked for, and the like.")
    )
    elsewhere = ElsewhereSerializer(read_only=True, allow_null=True)
    near = TextSerializer(
        read_only=True,
        many=True,
        help_text=gettext_lazy(
            "What comes near: editions and components of the work that was found instead, and, "
            "if one text was asked and not found, works."
        ),
    )


class AnswersSerializer(serializers.Serializer):
    """The answers to many texts, in their order."""

    results = AnswerSerializer(read_only=True, many=True)


class ErrorSerializer(serializers.Serializer):
    """What is wrong with a request."""

    error = serializers.CharField(read_only=True)


def facts_of(answer: Answer) -> dict[str, Any]:
    """Return an answer in the form that AnswerSerializer writes."""
    return {
        "query": answer.query,
        "understood": answer.understood,
        "outcome": answer.outcome.value,
        "work": brief_of(answer.work) if answer.work else None,
        "edition": edition_in_brief(answer),
        "component": brief_of(answer.component) if answer.component else None,
        "in_force": in_force_in_brief(answer),
        "candidates": [brief_of(text) for text in answer.called_so],
        "note": answer.note,
        "elsewhere": answer.elsewhere,
        "near": [brief_of(text) for text in (*answer.near, *answer.nearest)],
    }
