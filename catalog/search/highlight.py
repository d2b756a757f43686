"""Mark the words of a query in a text, safely."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from catalog.search.query import Query, Sequence, places_of
from catalog.search.words import Word, words_in

# Letters and digits with the diacritics that may follow them.
_RUN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad])*")
_INNER = frozenset("-./'’_‐‑‒–—―−")

Span = tuple[int, int]


def highlight(text: str, query: Query) -> SafeString:
    """Return the text, escaped, with whatever a query found in it inside `mark`.

    A word is marked whole, however much of it was typed and however its ending is spelt.
    """
    if not text or not query.wanted:
        return escape(text)
    forms, spans = _spans_of(text)
    compounds = list(_compounds(text))
    found: set[Span] = set()
    for term in query.wanted:
        for sequence in term.sequences:
            last = len(sequence.forms) - 1
            for place in places_of(forms, sequence):
                found.add((spans[place][0], spans[place + last][1]))
            if not last:
                found.update(span for span, joined in compounds if _is_one(joined, sequence))
    parts, position = [], 0
    for start, end in _merged(found):
        parts += [escape(text[position:start]), f"<mark>{escape(text[start:end])}</mark>"]
        position = end
    parts.append(escape(text[position:]))
    return mark_safe("".join(parts))  # every part was escaped above


# The same words stand in many titles.
@lru_cache(maxsize=8_192)
def _words_of(run: str) -> tuple[Word, ...]:
    return tuple(words_in(run))


def _spans_of(text: str) -> tuple[list[str], list[Span]]:
    """Return the forms of a text in order, and where each stands."""
    forms, spans = [], []
    for run in _RUN.finditer(text):
        for word in _words_of(run.group()):
            forms += word.forms
            spans += [run.span()] * len(word.forms)
    return forms, spans


def _compounds(text: str) -> list[tuple[Span, tuple[str, ...]]]:
    """Return the words of several parts, each with its span and its joined forms."""
    runs = [run.span() for run in _RUN.finditer(text)]
    found = []
    while runs:
        start, end = runs.pop(0)
        while runs and runs[0][0] == end + 1 and text[end] in _INNER:
            end = runs.pop(0)[1]
        words = _words_of(text[start:end])
        if len(words) == 1 and words[0].joined:
            found.append(((start, end), words[0].joined))
    return found


def _is_one(joined: tuple[str, ...], sequence: Sequence) -> bool:
    form = sequence.forms[0]
    return any(one == form or (sequence.is_open and one.startswith(form)) for one in joined)


def _merged(spans: set[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
