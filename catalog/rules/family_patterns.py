"""Patterns that say which identifiers belong to a family of texts (rule 14.4).

Editors write them, so they are a small part of regular expressions only: characters, classes in
square brackets, groups with alternatives, `?` and, after a single character, `+`, `*` or a number
of times. The ways in which a pattern could be tried are counted beforehand: no pattern makes a
reader wait. Nothing here knows Django.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# No identifier is longer; so often `+` may be tried.
LONGEST = 120
# A pattern of the curated content has at most some hundred.
MOST_WAYS = 20_000
MOST_LEVELS = 5
_CLASS = re.compile(r"\[[A-Za-z0-9 ./+-]+\]")
_TIMES = re.compile(r"\{(\d{1,2})(?:,(\d{1,2}))?\}")
_PLAIN = re.compile(r"[A-Za-z0-9 /:,'-]")
_ESCAPED = frozenset("d.()+*?[]{}|^$/-")


def _(message: str) -> str:
    """Mark a message for translation; the doors translate it when they show it."""
    return message


class PatternError(ValueError):
    """A pattern cannot be used; the message says why, `at` is the place in it, from 0."""

    def __init__(self, message: str, at: int = 0):
        super().__init__(message)
        self.message, self.at = message, at


def check(pattern: str) -> None:
    """Raise PatternError if a pattern cannot be read, fits everything, or takes too long."""
    if not pattern.startswith("^"):
        raise PatternError(_("The pattern must begin with ^ and the beginning of an identifier."))
    reader = _Reader(pattern)
    ways = reader.read()
    if ways > MOST_WAYS:
        raise PatternError(_("The pattern can be tried in too many ways; make it simpler."))
    try:
        compiled = re.compile(pattern, re.ASCII)
    except re.error as error:
        message = _("The pattern cannot be read as a regular expression.")
        raise PatternError(message, error.pos or 0) from error
    if compiled.match(""):
        raise PatternError(_("The pattern fits every identifier."))


@lru_cache(maxsize=1_024)
def fitting(pattern: str) -> re.Pattern[str] | None:
    """Return a pattern ready for use; None for one that `check` refuses."""
    try:
        check(pattern)
    except PatternError:
        return None
    return re.compile(pattern, re.ASCII)


def fits(pattern: str, identifier: str) -> bool:
    """Return whether an identifier belongs to the family with this pattern."""
    compiled = fitting(pattern)
    is_short = len(identifier) <= LONGEST
    return is_short and compiled is not None and compiled.match(identifier) is not None


def beginning(pattern: str) -> str:
    """Return the characters with which every identifier that fits begins; perhaps none."""
    found, place = [], 1
    while place < len(pattern):
        character = pattern[place]
        if character == "\\" and pattern[place + 1 : place + 2] in _ESCAPED - {"d"}:
            character, step = pattern[place + 1], 2
        elif _PLAIN.fullmatch(character):
            step = 1
        else:
            break
        place += step
        if pattern[place : place + 1] in ("?", "*", "+", "{"):
            break
        found.append(character)
    return "" if _has_alternatives(pattern) else "".join(found)


def _has_alternatives(pattern: str) -> bool:
    """Whether a bar stands outside all groups, so that there is no one beginning."""
    level = 0
    for token in re.findall(r"\\.|\[[^\]]*\]|.", pattern):
        level += (token == "(") - (token == ")")
        if token == "|" and level == 0:
            return True
    return False


def members(pattern: str, identifiers: Iterable[str]) -> list[str]:
    """Return those of the identifiers that belong to the family with this pattern."""
    return [identifier for identifier in identifiers if fits(pattern, identifier)]


class _Reader:
    """Reads a pattern from left to right and counts in how many ways it could be tried."""

    def __init__(self, pattern: str):
        self.pattern, self.place = pattern, 1

    def read(self) -> int:
        ways = self._alternatives(0)
        if self.place < len(self.pattern):
            raise PatternError(_("A bracket is closed that was not opened."), self.place)
        return ways

    def _next(self) -> str:
        return self.pattern[self.place : self.place + 1]

    def _alternatives(self, level: int) -> int:
        """Return the ways of what stands between bars: their sum."""
        if level > MOST_LEVELS:
            raise PatternError(_("Groups stand too deep in each other."), self.place)
        ways = self._row(level)
        while self._next() == "|":
            self.place += 1
            ways += self._row(level)
        return ways

    def _row(self, level: int) -> int:
        """Return the ways of what stands one after the other: their product."""
        ways = 1
        while self._next() not in ("", "|", ")"):
            ways *= self._part(level)
            if ways > MOST_WAYS:
                raise PatternError(
                    _("The pattern can be tried in too many ways; make it simpler."), self.place
                )
        return ways

    def _part(self, level: int) -> int:
        start, character = self.place, self._next()
        if character == "(":
            return self._group(level)
        if character == "$":
            self.place += 1
            return 1
        if character == "\\":
            if self.pattern[start + 1 : start + 2] not in _ESCAPED:
                raise PatternError(_("Only \\d and signs may stand after a backslash."), start)
            self.place += 2
        elif found := _CLASS.match(self.pattern, start):
            self.place = found.end()
        elif _PLAIN.match(character):
            self.place += 1
        else:
            raise PatternError(_("This sign has no meaning here; put a \\ before it."), start)
        return self._repeated()

    def _group(self, level: int) -> int:
        start = self.place
        self.place += 1
        ways = self._alternatives(level + 1)
        if self._next() != ")":
            raise PatternError(_("A bracket is opened and not closed."), start)
        self.place += 1
        if self._next() == "?":
            self.place += 1
            ways += 1
        if self._next() in ("?", "+", "*", "{"):
            raise PatternError(_("Only ? may stand after a group."), self.place)
        return ways

    def _repeated(self) -> int:
        """Return the ways of a single character with what says how often it stands."""
        sign, ways = self._next(), 1
        if sign == "?":
            self.place, ways = self.place + 1, 2
        elif sign in ("+", "*") and sign:
            self.place, ways = self.place + 1, LONGEST
        elif found := _TIMES.match(self.pattern, self.place):
            least, most = int(found[1]), int(found[2] or found[1])
            if least > most:
                raise PatternError(_("The numbers of times stand in the wrong order."), self.place)
            self.place, ways = found.end(), most - least + 1
        if self._next() in ("?", "+", "*", "{"):
            raise PatternError(_("Only one sign may say how often a character stands."), self.place)
        return ways
