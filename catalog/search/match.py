"""Words to entries, by the full text of the database.

`find` takes what somebody typed and returns a queryset of SearchEntry, best first, each with its
`rank`. `words` and `query` decide what a word is, `engines` how a database is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from catalog.identifiers import compact
from catalog.models import SearchEntry
from catalog.models.prepared import Prepared
from catalog.search.engines import engine
from catalog.search.engines.interface import NAMES, TITLE
from catalog.search.query import Query, read
from catalog.terms import IN_FORCE_STATES, State, Verification

LEADING_WORDS = re.compile(r"^(?:recommendation|rec|ccitt|ccir|report|rep|handbook)(?=.)")
KEY = re.compile(r"[a-z0-9.-]+")
# No name has more letters; what has is no name.
LONGEST_NAME = 400

EXACT_IDENTIFIER, EXACT_NAME, CALLED, TITLE_START, IN_TITLE, IN_NAMES, IN_TEXT = range(7)
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
    return _best_first(entries, *_asked(text, query))


def ranks_of(text: str) -> dict[int, int]:
    """Return the rank of each entry that matches by its primary key, in the order of `find`.

    The query for a text with words is composed once.
    """
    query = read(text)
    if not query.wanted:
        return dict(find(text).values_list("pk", "rank"))
    return dict(_ranks.tuples(*_asked(text, query)))


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


def _asked(text: str, query: Query) -> list[str]:
    """Return what `_best_first` asks the full text for, in the order of its parameters."""
    text_of = engine()
    exact, words = _exact(text, query), text_of.words(query)
    asked = [
        text_of.either(exact, words) if exact else words,
        text_of.opening(query.openings),
        text_of.words(query, TITLE),
        text_of.words(query, NAMES),
        text_of.weighed(query),
    ]
    key = text.strip().lower()
    # Not every character that somebody types can be sent to a database.
    return (
        [*asked, exact, key if KEY.fullmatch(key) else "", *exact_forms(text)] if exact else asked
    )


def _best_first(
    entries: QuerySet[SearchEntry],
    anywhere: str,
    opening: str,
    in_title: str,
    in_names: str,
    weighed: str,
    exact: str = "",
    key: str = "",
    *forms: str,
) -> QuerySet[SearchEntry]:
    named = _matches(exact) if exact else Q(pk__in=[])
    own = named & _own_name(key, forms)
    rank = Case(
        When(own & ~Q(identifier=""), then=EXACT_IDENTIFIER),
        When(own, then=EXACT_NAME),
        When(named, then=CALLED),
        When(_matches(opening), then=TITLE_START),
        When(_matches(in_title), then=IN_TITLE),
        When(_matches(in_names), then=IN_NAMES),
        default=IN_TEXT,
        output_field=IntegerField(),
    )
    return (
        entries.filter(_matches(anywhere))
        .annotate(rank=rank, standing=_standing(), score=engine().score(weighed))
        .order_by("rank", "standing", "score", *PLACE)
    )


def _own_name(key: str, forms: Iterable[str]) -> Q:
    """Return the condition that a text is the key, number, title or own name of an entry."""
    own = Q(key=key)
    for form in forms:
        # Nothing of the text is a pattern here, so the value reaches the database as it is.
        place = StrIndex("exact_names", Concat(Value("|"), Value(form), Value("|")))
        own |= Q(GreaterThan(place, 0))
    return own


_ranks = Prepared(
    lambda *asked: _best_first(SearchEntry.objects.all(), *asked).values_list("pk", "rank")
)


def _matches(asked: str) -> Q:
    return Q(pk__in=engine().matching(asked))


def _standing() -> Case:
    return Case(
        When(verification=Verification.NOT_FOUND, then=4),
        When(verification=Verification.MISATTRIBUTED, then=3),
        When(state__in=IN_FORCE_STATES, then=0),
        When(state__in=["", State.PRESUMED_CURRENT], then=1),
        default=2,
        output_field=IntegerField(),
    )
