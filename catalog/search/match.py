"""Words to entries, by the full text of the database.

`find` takes what somebody typed and returns a queryset of SearchEntry, best first, each with its
`rank`. `words` and `query` decide what a word is, `engines` how a database is asked.
"""

from __future__ import annotations

import re

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from catalog.identifiers import compact
from catalog.models import SearchEntry
from catalog.search.engines import engine
from catalog.search.engines.interface import NAMES, TITLE
from catalog.search.query import Query, read
from catalog.terms import IN_FORCE_STATES, State, Verification

LEADING_WORDS = re.compile(r"^(?:recommendation|rec|ccitt|ccir|report|rep|handbook)(?=.)")
# No name has more letters; what has is no name.
LONGEST_NAME = 400

EXACT_IDENTIFIER, EXACT_NAME, TITLE_START, IN_TITLE, IN_NAMES, IN_TEXT = range(6)
PLACE = ("position", "sort_key", "title")


def exact_forms(text: str) -> list[str]:
    """Return the compact spellings under which the text could be somebody's whole name."""
    form = compact(text)
    return list(dict.fromkeys(filter(None, [form, LEADING_WORDS.sub("", form)])))


def find(text: str, entries: QuerySet[SearchEntry] | None = None) -> QuerySet[SearchEntry]:
    """Return the entries that match, best first; every entry for a text without words.

    Order: whole identifier or key, whole name, what people call it, beginning of the title, words
    in the title, in the names, in the text; at equal match in force before superseded, and what
    was looked for and not found last; then by how much of an entry is about the words.
    """
    entries = SearchEntry.objects.all() if entries is None else entries
    query = read(text)
    if not query.wanted:
        if query.unwanted:
            entries = entries.exclude(pk__in=engine().matching(engine().unwanted(query)))
        return entries.annotate(rank=Value(IN_TEXT)).order_by(*PLACE)
    exact = _exact(text, query)
    asked = engine().words(query)
    return (
        entries.filter(_matches(engine().either(exact, asked) if exact else asked))
        .annotate(
            rank=_rank(text, query, exact),
            only_called=_only_called(text, exact),
            standing=_standing(),
            score=engine().score(query),
        )
        .order_by("rank", "only_called", "standing", "score", *PLACE)
    )


def others_called(text: str, key: str) -> bool:
    """Return whether entries but the one with this key have the text for a name of their own."""
    form = compact(text[:LONGEST_NAME])
    if not form:
        return False
    named = _matches(engine().exact([form])) & Q(exact_names__contains=f"|{form}|")
    return SearchEntry.objects.filter(named).exclude(key=key).exists()


def in_names(text: str) -> Q:
    """Return the condition that all the words stand in the title or the names of an entry.

    No entry fulfils it for a text without words.
    """
    query = read(text)
    return _matches(engine().words(query, NAMES)) if query.wanted else Q(pk__in=[])


def _exact(text: str, query: Query) -> str:
    """Return what asks for the text as a whole name; nothing if it cannot be one."""
    forms = [] if query.unwanted or len(text) > LONGEST_NAME else exact_forms(text)
    return engine().exact(forms) if forms else ""


def _matches(asked: str) -> Q:
    return Q(pk__in=engine().matching(asked))


def _own_name(text: str) -> Q:
    """Return the condition that a text is the key, number, title or own name of an entry."""
    own = Q()
    for form in exact_forms(text):
        own |= Q(exact_names__contains=f"|{form}|")
    return own | Q(key__iexact=text.strip())


def _only_called(text: str, exact: str) -> Case:
    """Return 1 for what people call so though it has that name from nobody; else 0."""
    named = _matches(exact) & ~_own_name(text) if exact else Q(pk__in=[])
    return Case(When(named, then=1), default=0, output_field=IntegerField())


def _rank(text: str, query: Query, exact: str) -> Case:
    named = _matches(exact) if exact else Q(pk__in=[])
    return Case(
        When(named & ~Q(identifier="") & _own_name(text), then=EXACT_IDENTIFIER),
        When(named, then=EXACT_NAME),
        When(_matches(engine().opening(query.openings)), then=TITLE_START),
        When(_matches(engine().words(query, TITLE)), then=IN_TITLE),
        When(_matches(engine().words(query, NAMES)), then=IN_NAMES),
        default=IN_TEXT,
        output_field=IntegerField(),
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
