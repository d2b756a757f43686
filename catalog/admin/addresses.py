"""Whether what an editor types can stand in an address, said at the field in plain words.

Without this check a value would be saved that no address can carry, and the page of the entry
could not be linked.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.converters import CONVERTERS

MESSAGES = {
    "publication": _(
        "No address can be made of ‘%(value)s’. Write the number as in g.711, or the kind and "
        "the number as in report/bt.2020, resolution/175, handbook/12 and question/229/sg5, "
        "or pub/ and a name as in pub/radio-regulations."
    ),
    "edition": _(
        "No address can be made of ‘%(value)s’. Write the month (1988-11), the year (1988) "
        "or the number of the version (6)."
    ),
    "component": _(
        "No address can be made of ‘%(value)s’. Write the month of the edition and the part, "
        "for example 2009-08/amd1."
    ),
    "group": _(
        "No address can be made of ‘%(value)s’. Write sg and the number, for example sg15, "
        "or the abbreviation of a group that is known to the portal: tsag, rag, tdag, ccv, cpm."
    ),
    "series": _("Write one to three letters, for example G or BT."),
    "family": _(
        "No address can be made of ‘%(value)s’. Write at least four lower-case letters, "
        "for example recommendations."
    ),
    "key": _(
        "No address can be made of ‘%(value)s’. Write lower-case letters, digits and hyphens, "
        "for example sector-member."
    ),
}


def check_address_part(value: str, kind: str) -> None:
    """Raise ValidationError if the text cannot stand at this place of an address."""
    if kind == "component":
        month, _slash, part = value.partition("/")
        fits = _matches("edition", month) and _matches("part", part)
    elif kind == "series":
        fits = _matches(kind, value.lower())
    else:
        fits = _matches(kind, value)
    if not fits:
        raise ValidationError(MESSAGES[kind], params={"value": value})


def _matches(kind: str, value: str) -> bool:
    return re.fullmatch(CONVERTERS[kind].regex, value) is not None
