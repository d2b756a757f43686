"""What somebody typed, read as words, phrases and exclusions; every text can be read.

- Every word must occur. The last one may also be the beginning of a word, unless a blank
  follows it: it may still be typed.
- `"…"` holds a phrase: these words in this order. A quote that is not closed reaches to the end.
- A minus before a word or phrase excludes it.
- Of more than MAX_WORDS words the first ones count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.search.endings import beginnings
from catalog.search.words import Reading, Word, words_in

MAX_WORDS = 12
# A beginning needs two letters, except in scripts that write a word with one.
SHORTEST_BEGINNING = 2

_QUOTES = '"“”„‟«»＂'
_CHUNK = re.compile(
    rf"(?P<minus>[-−－]+)?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}]?)|(?P<word>[^\s{_QUOTES}]+))"
)
_SPELLED = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Sequence:
    """Forms that follow each other; the last one may be open, then it is a beginning."""

    forms: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True)
class Term:
    """A word or phrase: it is there if one of its sequences is."""

    sequences: tuple[Sequence, ...]

    def is_in(self, reading: Reading) -> bool:
        """Whether a text holds the term; the databases come to the same."""
        return any(_holds(reading, sequence) for sequence in self.sequences)


@dataclass(frozen=True)
class TypedWord:
    """A plain word as it was typed, and where it stands in the text."""

    start: int
    end: int
    word: str
    form: str
    beginnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """A text that was read: what must occur, what must not, and the plain words of the former."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    typed: tuple[TypedWord, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.wanted or self.unwanted)

    @property
    def openings(self) -> tuple[Sequence, ...]:
        """The whole query as one sequence, as a title may begin with it."""
        if not self.wanted:
            return ()
        *first, last = self.wanted
        before = tuple(form for term in first for form in term.sequences[0].forms)
        return tuple(
            Sequence(before + sequence.forms, sequence.is_open) for sequence in last.sequences
        )


# A page of results reads its query once for each row.
@lru_cache(maxsize=256)
def read(text: str) -> Query:
    """Return what a text asks for; at most MAX_WORDS words of it."""
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    typed: list[TypedWord] = []
    left = MAX_WORDS
    for chunk in _CHUNK.finditer(text):
        words = words_in(chunk["phrase"] or chunk["word"] or "")[:left]
        left -= len(words)
        if not words:
            continue
        is_last = chunk.end() == len(text) and not chunk["closed"] and not chunk["minus"]
        terms = list(_terms(words, is_phrase=chunk["phrase"] is not None, is_last=is_last))
        (unwanted if chunk["minus"] else wanted).update(dict.fromkeys(terms))
        if not chunk["minus"]:
            typed += _typed(text, chunk, words, is_last)
        if not left:
            break
    return Query(tuple(wanted), tuple(unwanted), tuple(typed))


def _terms(words: list[Word], *, is_phrase: bool, is_last: bool) -> Iterator[Term]:
    if is_phrase:
        forms = tuple(form for word in words for form in word.forms)
        yield Term((Sequence(forms),)) if len(words) > 1 else _term(words[0], is_open=False)
        return
    for place, word in enumerate(words, 1):
        yield _term(word, is_open=is_last and place == len(words))


def _term(word: Word, *, is_open: bool) -> Term:
    sequences = [Sequence(word.forms), *(Sequence((form,)) for form in word.joined[:1])]
    if is_open:
        *before, last = word.parts
        sequences += [
            Sequence((*word.forms[: len(before)], form), True) for form in _beginnings(last)
        ]
        if before:
            sequences += [Sequence((form,), True) for form in _beginnings(word.as_one)]
    return Term(tuple(dict.fromkeys(sequences)))


def _beginnings(word: str) -> list[str]:
    if word.isascii() and len(word) < SHORTEST_BEGINNING:
        return []
    found = beginnings(word)
    # What begins with a longer one begins with the shorter one too.
    return [w for w in found if not any(w != other and w.startswith(other) for other in found)]


def _typed(
    text: str, chunk: re.Match[str], words: list[Word], is_last: bool
) -> Iterator[TypedWord]:
    """Yield the plain words of a part of the text, with the places where they stand in it."""
    group = "word" if chunk["phrase"] is None else "phrase"
    spelled = list(_SPELLED.finditer(text, *chunk.span(group)))
    if len(spelled) != len(words) or any(len(word.parts) > 1 for word in words):
        return
    for place, (found, word) in enumerate(zip(spelled, words, strict=True), 1):
        is_open = is_last and group == "word" and place == len(words)
        begun = tuple(_beginnings(word.parts[0])) if is_open else ()
        yield TypedWord(found.start(), found.end(), word.parts[0], word.forms[0], begun)


def _holds(reading: Reading, sequence: Sequence) -> bool:
    first, *rest = sequence.forms
    if not rest:
        if not sequence.is_open:
            return first in reading.joined or first in reading.forms
        return any(
            form.startswith(first) for forms in (reading.forms, reading.joined) for form in forms
        )
    return any(True for _place in places_of(reading.forms, sequence))


def places_of(forms: tuple[str, ...] | list[str], sequence: Sequence) -> Iterator[int]:
    """Yield where among the forms a sequence begins."""
    *closed, last = sequence.forms
    length = len(sequence.forms)
    for place in range(len(forms) - length + 1):
        ending = forms[place + length - 1]
        if ending != last and not (sequence.is_open and ending.startswith(last)):
            continue
        if list(forms[place : place + length - 1]) == closed:
            yield place
