"""Words of the past in addresses that people kept."""

from __future__ import annotations

from django.http import QueryDict

from catalog.terms import CONFIRMED, WHAT_CONFIRMED_MEANT


def in_todays_words(data: QueryDict | None) -> QueryDict | None:
    """Return parameters with what a word of the past meant: old addresses find what they found."""
    if not isinstance(data, QueryDict) or CONFIRMED not in data.getlist("verification"):
        return data
    data = data.copy()
    words = [
        word
        for old in data.getlist("verification")
        for word in (WHAT_CONFIRMED_MEANT if old == CONFIRMED else [old])
    ]
    data.setlist("verification", [str(word) for word in dict.fromkeys(words)])
    return data
