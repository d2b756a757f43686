"""Texts of the source and names of files, made fit to be shown (rule 5.4)."""

from __future__ import annotations

import re

# What stands for something, and what is debris: all other control characters are dropped.
MEANT = {"\x1e": "-", "\uf03d": "=", "\u200e": "", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"}
# All that `catalog.rules.visible_characters` lets no text hold.
DEBRIS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"  # direction, format
    "\u115f\u1160\u3164\uffa0\u2800"  # blanks that count as letters or signs
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use
    "\ud800-\udfff"  # single surrogates
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(15))
    + "]"
)


def clean_title(text: str) -> str:
    """Return a title on one line with single blanks."""
    return " ".join(_without_debris(text).split())


def clean_abstract(text: str) -> tuple[str, bool]:
    """Return an abstract with line ends alike and without debris, and whether it had debris.

    Blank text gives an empty abstract.
    """
    cleaned = _without_debris(text)
    lines = [line.replace("\xa0", " ").rstrip() for line in re.split(r"\r\n|\r|\n", cleaned)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), cleaned != text


def printable(name: str, longest: int = 200) -> str:
    """Return the name of a file in characters that can be printed and kept, cut if it is long."""
    if not name.isprintable():
        name = name.encode("unicode_escape").decode()
    return name if len(name) <= longest else f"{name[:longest]}…"


def _without_debris(text: str) -> str:
    for character, meaning in MEANT.items():
        text = text.replace(character, meaning)
    return DEBRIS.sub("", text)
