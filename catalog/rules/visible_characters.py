"""Characters that cannot be seen: which of them a text may hold, and which it must not.

An invisible character makes two names look alike that differ, and a mark of direction lets a
text show its letters in another order than it holds them (Unicode Technical Report 36).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Left over where texts are copied from pages and word processors; nothing is lost without them.
LEFTOVERS = re.compile("[\u00ad\u200b\u2060\ufeff]")
SOFT_HYPHEN = "\u00ad"
LINE_ENDS_AND_TABS = "\t\n\r"
# Letters and a sign by their category, and blanks to the eye.
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Control characters, marks of direction and format, single surrogates, private ones.
CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
# The two that join and part letters belong to the spelling between letters of some scripts.
JOINERS = re.compile("(?<=[^\\W\\d_])[\u200c\u200d](?=[^\\W\\d_])")


def is_invisible(character: str) -> bool:
    """Return whether a character shows nothing by itself and is no blank."""
    if character in FILLERS:
        return True
    if character.isprintable():
        return False
    is_no_character = ord(character) & 0xFFFE == 0xFFFE
    return is_no_character or unicodedata.category(character) in CATEGORIES


def first_invisible(text: str) -> int | None:
    """Return the place of the first character that no text may hold; None if there is none.

    Line ends, tabs and soft hyphens may be there.
    """
    allowed = LINE_ENDS_AND_TABS + SOFT_HYPHEN
    return next((place for place in _invisible_places(text) if text[place] not in allowed), None)


def without_leftovers(text: str) -> str:
    """Return a text without the invisible characters that copying leaves in it."""
    return LEFTOVERS.sub("", text)


def without_invisible(text: str) -> str:
    """Return a text without any character that it must not hold; line ends and tabs stay."""
    dropped = {place for place in _invisible_places(text) if text[place] not in LINE_ENDS_AND_TABS}
    return "".join(character for place, character in enumerate(text) if place not in dropped)


def _invisible_places(text: str) -> Iterator[int]:
    if text.isprintable() and FILLERS.isdisjoint(text):
        return
    joining = {match.start() for match in JOINERS.finditer(text)}
    for place, character in enumerate(text):
        if is_invisible(character) and place not in joining:
            yield place


def shows_something(text: str) -> bool:
    """Return whether anything of a text is seen: no blank, no accent that waits for its letter."""
    return any(
        not (character.isspace() or is_invisible(character))
        and unicodedata.category(character)[0] != "M"
        for character in text
    )


def code_of(character: str) -> str:
    """Return a character as tables name it: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
