"""The expressions of rules: read, bounded, and found as whole words in titles.

They are regular expressions of a small kind, written by editors, so none may take long whatever
it says. Python's engine tries one way after another; how many ways there can be follows from the
expression and the length of a title. `read_expression` counts them from above and refuses an
expression with too many, so no timer and no other engine is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from catalog.topics_by_rule.syntax import OPENING, ExpressionError, read_shape

LONGEST = 300  # characters; the longest of the fixtures has 228
# Ways to try an expression from one place of a long title; the fixtures need 1,280,000.
MOST_WAYS = 2_000_000
# With more ways than these, it is tried only where words begin as it does.
MOST_WAYS_ANYWHERE = 1_000
LONGEST_TITLE = 1_000
# Whatever follows is a match as well, so nothing need be tried for these at the end.
ENDINGS = (".*", r"\w*", r"\S*")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Expression:
    """One expression; `openings` are the beginnings of what it can match, in small letters.

    `pattern` finds it between ends of words, whatever the case.
    """

    text: str
    ways: int
    openings: frozenset[str]
    pattern: re.Pattern[str] = field(repr=False, compare=False)

    @property
    def begins_words(self) -> bool:
        """Whether all that it can match begins with known letters or digits."""
        return all(opening[:1].isalnum() for opening in self.openings)

    def words_in(self, title: str) -> str:
        """Return the words of a title that it matches, whole; the empty text if it matches none."""
        match = self.pattern.search(title[:LONGEST_TITLE])
        if match is None:
            return ""
        rest = WORD.match(title, match.end())
        return title[match.start() : rest.end() if rest else match.end()].strip()


@lru_cache(maxsize=10_000)
def read_expression(text: str) -> Expression:
    """Return an expression; raise ExpressionError, in words for editors, if it is not allowed."""
    if len(text) > LONGEST:
        raise ExpressionError(f"is longer than {LONGEST} characters")
    kept = _without_ending(text)
    shape = read_shape(kept)
    if shape.can_be_empty:
        raise ExpressionError("would match every title")
    if shape.ways > MOST_WAYS:
        raise ExpressionError(
            "leaves so much open that reading titles could take very long; "
            "use fewer of ‘*’, ‘+’, ‘?’, ‘{’ and ‘|’"
        )
    end = r"(?!\w)" if kept == text else ""
    try:
        pattern = re.compile(rf"(?<!\w)(?:{kept}){end}", re.IGNORECASE)
    except (re.error, OverflowError) as error:
        raise ExpressionError(f"is no regular expression: {error}") from error
    openings = frozenset(opening[:OPENING] for opening, _goes_on in shape.openings)
    expression = Expression(text, shape.ways, openings, pattern)
    if shape.ways > MOST_WAYS_ANYWHERE and not expression.begins_words:
        raise ExpressionError("leaves much open; it must then begin with letters or digits")
    return expression


def _without_ending(text: str) -> str:
    """Return an expression without what it ends with, if that matches whatever follows.

    Not where it has alternatives outside groups: the end belongs to the last of them.
    """
    ending = next((ending for ending in ENDINGS if text.endswith(ending)), "")
    rest = text.removesuffix(ending)
    # What stands after an odd number of backslashes is no sign.
    if not ending or (len(rest) - len(rest.rstrip("\\"))) % 2:
        return text
    outside = re.sub(r"\\.|\[[^\]]*\]", "", rest)
    while (less := re.sub(r"\([^()]*\)", "", outside)) != outside:
        outside = less
    return text if "|" in outside else rest


class Titles:
    """Finds which of many expressions match a title, trying only those that can.

    An expression is tried where a word begins as it does.
    """

    def __init__(self, expressions: Sequence[Expression]):
        self.expressions = expressions
        self._anywhere: list[int] = []
        self._by_opening: dict[str, list[int]] = {}
        for number, expression in enumerate(expressions):
            if not expression.begins_words:
                self._anywhere.append(number)
                continue
            for opening in expression.openings:
                self._by_opening.setdefault(opening, []).append(number)
        self._candidates: dict[str, tuple[int, ...]] = {}

    def found_in(self, title: str) -> set[int]:
        """Return the places, in the list of expressions, of those that match a title."""
        title = title[:LONGEST_TITLE]
        found = {n for n in self._anywhere if self.expressions[n].pattern.search(title)}
        for word in WORD.finditer(title):
            start = word.start()
            for number in self._beginning(title[start : start + OPENING].lower()):
                if number not in found and self.expressions[number].pattern.match(title, start):
                    found.add(number)
        return found

    def _beginning(self, text: str) -> tuple[int, ...]:
        """Return the expressions that may match where a title goes on with a text."""
        known = self._candidates.get(text)
        if known is None:
            known = self._candidates[text] = tuple(dict.fromkeys(self._look_up(text)))
        return known

    def _look_up(self, text: str) -> Iterator[int]:
        for length in range(1, len(text) + 1):
            yield from self._by_opening.get(text[:length], ())
