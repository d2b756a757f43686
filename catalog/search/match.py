"""Words to entries: a plain ranked match over the index rows.

`find` is the seam behind which a full-text engine can take its place: it takes what somebody
typed and returns a queryset of SearchEntry, best first, each with its `rank`.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import and_, or_

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from catalog.identifiers import compact
from catalog.identifiers.spelling import fold
from catalog.models import SearchEntry
from catalog.terms import IN_FORCE_STATES, EntryKind, State, Verification

MAX_WORDS = 12
LEADING_WORDS = re.compile(r"^(?:recommendation|rec|ccitt|ccir|report|rep|handbook)(?=.)")

EXACT_IDENTIFIER, EXACT_NAME, TITLE_START, IN_TITLE, IN_NAMES, IN_TEXT = range(6)


def words_of(text: str) -> list[str]:
    """Return the words to look for, folded; at most MAX_WORDS, without punctuation at the ends."""
    words = (word.strip(".,;:!?()[]{}‘’“”\"'") for word in fold(text).split())
    return list(dict.fromkeys(word for word in words if word))[:MAX_WORDS]


def exact_forms(text: str) -> list[str]:
    """Return the compact spellings under which the text could be somebody's whole name."""
    form = compact(text)
    return list(dict.fromkeys(filter(None, [form, LEADING_WORDS.sub("", form)])))


def find(text: str, entries: QuerySet[SearchEntry] | None = None) -> QuerySet[SearchEntry]:
    """Return the entries that match, best first; every entry for a text without words.

    Order: whole identifier or key, whole name, beginning of the title, words in the title, in
    the names, in the text; at equal match in force before superseded, and what was looked for
    and not found last.
    """
    entries = SearchEntry.objects.all() if entries is None else entries
    words, forms = words_of(text), exact_forms(text)
    if not words:
        return entries.annotate(rank=Value(IN_TEXT)).order_by("position", "sort_key", "title")
    exact = reduce(or_, (Q(exact_names__contains=f"|{form}|") for form in forms), Q(pk__in=[]))
    exact |= Q(key=fold(text))
    rank = Case(
        When(exact & ~Q(identifier=""), then=EXACT_IDENTIFIER),
        When(exact, then=EXACT_NAME),
        When(title_words__startswith=" ".join(words), then=TITLE_START),
        When(_all_in("title_words", words), then=IN_TITLE),
        When(_all_in("name_words", words), then=IN_NAMES),
        default=IN_TEXT,
        output_field=IntegerField(),
    )
    return (
        entries.filter(exact | _all_in_any(words))
        .annotate(rank=rank, standing=_standing())
        .order_by("rank", "standing", "position", "sort_key", "title")
    )


def sole_identifier(text: str) -> SearchEntry | None:
    """Return the one publication whose identifier the text spells, if there is exactly one."""
    forms = exact_forms(text)
    if not forms or not any(character.isdigit() for character in text):
        return None
    exact = reduce(or_, (Q(exact_names__contains=f"|{form}|") for form in forms))
    found = list(SearchEntry.objects.filter(exact).exclude(identifier="")[:2])
    is_sole = len(found) == 1 and found[0].kind == EntryKind.PUBLICATION
    return found[0] if is_sole else None


def _all_in(column: str, words: list[str]) -> Q:
    return reduce(and_, (Q(**{f"{column}__contains": word}) for word in words))


def _all_in_any(words: list[str]) -> Q:
    columns = ("title_words", "name_words", "text_words")
    return reduce(
        and_,
        (reduce(or_, (Q(**{f"{column}__contains": word}) for column in columns)) for word in words),
    )


def _standing() -> Case:
    return Case(
        When(verification=Verification.NOT_FOUND, then=4),
        When(verification=Verification.MISATTRIBUTED, then=3),
        When(state__in=IN_FORCE_STATES, then=0),
        When(state__in=["", State.PRESUMED_CURRENT], then=1),
        default=2,
        output_field=IntegerField(),
    )
