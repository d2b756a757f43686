"""Texts to words, the same for both databases, for the index, for queries and for marking.

A word with a hyphen, dot, slash, apostrophe or underscore inside is read as its parts, in order,
and as one joined word: `multi-mode` is found as `multi mode` and as `multimode`, `G.711` as `g711`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from catalog.identifiers.folding import fold
from catalog.search.endings import form_of

# Stand between words of a column and are no words: nothing that is read yields them.
START = "▸"
BREAK = "¦"
LONGEST = 100

_INNER = "-./'’_"
_WORD = re.compile(rf"[^\W_]+(?:[{_INNER}][^\W_]+)*")
_INNER_MARK = re.compile(rf"[{_INNER}]")
# Soft hyphens and characters of no width are no part of a word. Printers' quotes and dashes
# become plain ones here already: most texts have no other characters beyond ASCII.
_PLAIN = {
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
    **dict(zip(map(ord, "‘’“”„«»…•–—‐‑−\u00a0"), '\'\'""""". ----- ', strict=True)),
}


@dataclass(frozen=True)
class Word:
    """A word as it is read: folded parts, their forms, and what it is when written as one."""

    parts: tuple[str, ...]
    forms: tuple[str, ...]
    joined: tuple[str, ...]

    @property
    def as_one(self) -> str:
        """The folded word without the marks between its parts."""
        return "".join(self.parts)[:LONGEST]


@dataclass(frozen=True)
class Reading:
    """The words of a text: their forms in order, and what its compounds are as one word."""

    forms: tuple[str, ...]
    joined: frozenset[str]


def words_in(text: str) -> list[Word]:
    """Return the words of a text in order."""
    return [_read(found) for found in _WORD.findall(_folded(text))]


def reading_of(text: str) -> Reading:
    """Return the forms of a text, to look for words in it without a database."""
    words = words_in(text)
    return Reading(
        tuple(form for word in words for form in word.forms),
        frozenset(form for word in words for form in word.joined),
    )


def column_of(texts: Iterable[str], *, marked: bool = False) -> str:
    """Return the texts as one column of the index: forms with one blank between.

    BREAK keeps phrases from reaching over the end of a text; with `marked`, START stands before
    each text. Joined forms stand at the end, where they are in the way of no phrase.
    """
    column: list[str] = []
    joined: dict[str, None] = {}
    for text in texts:
        if marked:
            column.append(START)
        elif column:
            column.append(BREAK)
        for found in _WORD.findall(_folded(text)):
            word = _read(found)
            column.extend(word.forms)
            if word.joined:
                joined.update(dict.fromkeys(word.joined))
    if joined:
        column.extend((BREAK, *joined))
    return " ".join(column)


def _folded(text: str) -> str:
    return fold(text if text.isascii() else text.translate(_PLAIN))


@lru_cache(maxsize=2**17)
def _read(found: str) -> Word:
    parts = tuple(part[:LONGEST] for part in _INNER_MARK.split(found))
    forms = tuple(map(form_of, parts))
    if len(parts) == 1:
        return Word(parts, forms, ())
    runs = [found, *found.split("/")] if "/" in found else [found]
    joined = (_INNER_MARK.sub("", run)[:LONGEST] for run in runs if _INNER_MARK.search(run))
    return Word(parts, forms, tuple(dict.fromkeys(map(form_of, joined))))
