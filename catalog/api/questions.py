"""What goes in, as Django REST framework checks and describes it."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.resolver import MAX_READ

MAX_TEXTS = 1_000
NAMED_FIELDS = 5
# Something to read, and no control characters but those between lines. The description
# says so in one pattern, and texts are checked by its two parts: the whole one takes time in
# proportion to the square of a text.
_CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f"
_SIGN = r"[^\s\u0000-\u001f\u007f\u0085\ufeff]"
READABLE = rf"^[^{_CONTROL}]*{_SIGN}[^{_CONTROL}]*$"
UNREADABLE = re.compile(rf"[{_CONTROL}]")
SIGN = re.compile(_SIGN)
QUERY_SCHEMA = {"type": "string", "minLength": 1, "maxLength": MAX_READ, "pattern": READABLE}


@extend_schema_field(QUERY_SCHEMA)
class ResolveQuery(serializers.CharField):
    """One text to resolve: a string with at least one letter, digit or sign in it."""

    default_error_messages = {
        "invalid": gettext_lazy("must be a string"),
        "blank": gettext_lazy("must not be empty"),
        "unreadable": gettext_lazy("must contain visible text and no control characters"),
        "max_length": gettext_lazy("must have at most {max_length} characters"),
    }

    def __init__(self, **options):
        options.setdefault("max_length", MAX_READ)
        super().__init__(trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        """Return the string as it is; numbers are no strings here."""
        if not isinstance(data, str):
            self.fail("invalid")
        if len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        if not data.strip():
            self.fail("blank")
        if UNREADABLE.search(data) or not SIGN.search(data):
            self.fail("unreadable")
        return data


class ResolveQueries(serializers.ListField):
    """Some texts, counted before any is looked at."""

    default_error_messages = {
        "max_length": gettext_lazy("must contain at most {max_length} texts"),
        "min_length": gettext_lazy("must contain at least {min_length} text"),
        "not_a_list": gettext_lazy("must be a list of texts"),
    }

    def to_internal_value(self, data: Any) -> list[str]:
        """Return the texts; raise ValidationError for the first that is wrong."""
        if isinstance(data, list) and len(data) > self.max_length:
            self.fail("max_length", max_length=f"{self.max_length:,}")
        return super().to_internal_value(data)


class QueriesSerializer(serializers.Serializer):
    """Texts to resolve in one request."""

    q = ResolveQueries(
        child=ResolveQuery(),
        min_length=1,
        max_length=MAX_TEXTS,
        help_text=gettext_lazy("Identifiers or itu.int links, 1 to 1,000."),
    )

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Refuse what is not asked for, so that a slip of the pen is not overlooked."""
        if isinstance(data, dict) and (others := set(data) - set(self.fields)):
            message = (
                _("unknown parameter; only “q” is known")
                if len(others) == 1
                else _("only “q” is known")
            )
            named = ", ".join(sorted(islice(others, NAMED_FIELDS)))
            raise serializers.ValidationError({named[:100]: [message]})
        return super().to_internal_value(data)
