"""What a query that is being typed could mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.models import PublicationName
from catalog.resolver import resolve_many
from catalog.search.match import exact_forms, find
from catalog.wording.brief import brief_of

MOST = 10
NUMBER_BEGUN = re.compile(r"(?:itu(?:-?[trd])?\s+)?([a-z]{1,3})[\s._-]*(\d[0-9a-z.]*)", re.I)


@dataclass(frozen=True)
class Suggestion:
    """A completion, what it is in words, and the path that it leads to."""

    label: str
    text: str
    url: str


def suggestions(query: str) -> Iterator[Suggestion]:
    """Yield what the query means, numbers that begin so, then what has its words."""
    if not exact_forms(query):
        return
    answer = resolve_many([query])[0]
    texts = answer.others if answer.found is None else (answer.found,)
    for text in texts[:MOST]:
        row = brief_of(text)
        yield Suggestion(row.label, row.title, row.url)
    if match := NUMBER_BEGUN.fullmatch(query):
        for work in PublicationName.objects.works_with_number_begun(*match.groups())[:MOST]:
            yield Suggestion(work.label, work.shown_name, work.get_absolute_url())
    for entry in find(query)[:MOST]:
        text = entry.title if entry.identifier else entry.kind_label
        yield Suggestion(entry.label, text, entry.url)
