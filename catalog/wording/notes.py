"""Where the numbers of sources stand in the texts of an entry, as in an encyclopaedia.

A statement is known by its first words; its note stands at the end of the sentence that begins
with them. Where no sentence begins so any more, the note is loose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

# A full stop, question or exclamation mark, with what closes behind it, before a new sentence.
END_OF_SENTENCE = re.compile(r"[.!?][)\]”’\"']*(?=\s+[\"“‘(\[]?[A-Z0-9À-Þ])|\n")
LONGEST_ABBREVIATION = 10  # characters, with what stands before it
# After these a full stop ends nothing.
ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[A-Z]|[Nn]os?|[Aa]rt|[Vv]ols?|[Ee]d|[Rr]ev|[Rr]ec|[Rr]es|[Ss]uppl|[Aa]dd|St|Dr|"
    r"Mr|Mrs|Ms|vs|cf|e\.g|i\.e|approx|ca|pp?)\.$"
)


class Place(NamedTuple):
    """Where a note stands: the number of the text, and how many characters precede the note."""

    text: int
    offset: int


class Piece(NamedTuple):
    """A part of a text, and the numbers of the notes at its end."""

    words: str
    notes: tuple[int, ...] = ()


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a text begins and ends; lines end sentences, too."""
    start = 0
    for end in END_OF_SENTENCE.finditer(text):
        last_word = text[max(start, end.start() - LONGEST_ABBREVIATION) : end.start() + 1]
        if ABBREVIATION.search(last_word):
            continue
        if text[start : end.end()].strip():
            yield start, end.end()
        start = end.end()
    if text[start:].strip():
        yield start, len(text)


def place_of(statement: str, texts: Sequence[str]) -> Place | None:
    """Return where the note at a statement stands; None if no sentence begins with its words."""
    wanted = _plain(statement)
    if not wanted:
        return None
    for number, text in enumerate(texts):
        for start, end in sentences(text):
            if _begins(_plain(text[start:end]), wanted):
                return Place(number, start + len(text[start:end].rstrip()))
    return None


def pieces(text: str, notes: Mapping[int, Iterable[int]]) -> list[Piece]:
    """Return a text cut where notes stand; `notes` maps each offset to the numbers there."""
    found, start = [], 0
    for offset in sorted(notes):
        found.append(Piece(text[start:offset], tuple(notes[offset])))
        start = offset
    if start < len(text) or not found:
        found.append(Piece(text[start:]))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


def _begins(sentence: str, words: str) -> bool:
    """Whether a sentence begins with these words, the last one whole."""
    if not sentence.startswith(words):
        return False
    rest = sentence[len(words) :]
    return not (words[-1].isalnum() and rest[:1].isalnum())
