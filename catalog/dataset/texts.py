"""Titles and abstracts of the source, made fit to be shown (data set notes, section 9)."""

from __future__ import annotations

import re

# What stands for something, and what is debris: all other control characters are dropped.
MEANT = {"\x1e": "-", "\uf03d": "=", "\u200e": ""}
DEBRIS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\ue000-\uf8ff\u200e\u200f\ufeff\ufffe\uffff"  # private use, marks of direction and order
    "\ud800-\udfff]"  # halves of characters
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


def _without_debris(text: str) -> str:
    for character, meaning in MEANT.items():
        text = text.replace(character, meaning)
    return DEBRIS.sub("", text)
