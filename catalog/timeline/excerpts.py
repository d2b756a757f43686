"""Two wordings of a text, cut down to the part in which they differ. Plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass

AROUND = 60  # characters shown before and after the part that differs
DIFFERING = 500  # characters shown of the part that differs
CUT = "…"
WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Excerpt:
    """A text in three pieces: what both wordings begin with, what differs, what both end with."""

    lead: str = ""
    differing: str = ""
    tail: str = ""

    def __str__(self) -> str:
        return f"{self.lead}{self.differing}{self.tail}"

    def __bool__(self) -> bool:
        return bool(self.lead or self.differing or self.tail)


def excerpts(before: str, after: str) -> tuple[Excerpt, Excerpt]:
    """Return both wordings, cut so that the words that differ are seen."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    return _excerpt(old, start, end), _excerpt(new, start, end)


def _shared(one: list[str], other: list[str]) -> int:
    """Return how many words both lists begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))


def _excerpt(words: list[str], start: int, end: int) -> Excerpt:
    stop = len(words) - end
    lead, differing, tail = map("".join, (words[:start], words[start:stop], words[stop:]))
    if len(lead) > AROUND:
        lead = f"{CUT}{lead[-AROUND:]}"
    if len(differing) > DIFFERING:
        half = DIFFERING // 2
        differing = f"{differing[:half]} {CUT} {differing[-half:]}"
    if len(tail) > AROUND:
        tail = f"{tail[:AROUND]}{CUT}"
    return Excerpt(lead, differing, tail)
