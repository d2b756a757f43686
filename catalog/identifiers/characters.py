"""What people paste, made plain: odd blanks and dashes, full-width letters, look-alikes."""

from __future__ import annotations

import re
import unicodedata

# Letters of other scripts that look like Latin ones and get into identifiers by keyboard or by
# character recognition. Only capitals and the few small letters that cannot be told apart.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХѴЗаеорсухѕіјАΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν",
    "ABESIJKMHOPCTYXV3aeopcyxsijAABEZHIKMNOPTYXoiv",
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣⁃"), "-")
_QUOTES = str.maketrans("‘’‚‛“”„«»`´", "''''\"\"\"\"\"''")
_ENDS = " \t.,;:!?\"'<>|*_"


def plain(text: str) -> str:
    """Return the text in plain characters: one blank between words, hyphens for dashes.

    Compatibility forms become plain letters and digits, digits of other scripts become those of
    ASCII, letters that look Latin become Latin, diacritics and invisible characters are dropped.
    Case stays.
    """
    if text.isascii():
        return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())
    text = unicodedata.normalize("NFKD", text.translate(_DASHES)).translate(_DASHES)
    kept = []
    for character in text.translate(_LOOK_ALIKES).translate(_QUOTES):
        category = unicodedata.category(character)
        if category[0] == "M" or category == "Cf":
            continue
        if category == "Nd":
            character = str(unicodedata.decimal(character))
        kept.append(" " if category[0] in "ZC" else character)
    return " ".join("".join(kept).split())


def without_wrapping(text: str) -> str:
    """Return the text without the punctuation and brackets that stand around it."""
    before = None
    while text != before:
        before = text
        text = text.strip(_ENDS)
        for opening, closing in ("()", "[]", "{}", "<>"):
            if text.startswith(opening) and _closes_at_end(text, opening, closing):
                text = text[1:-1]
            elif text.startswith(opening) and closing not in text:
                text = text[1:]
            elif text.endswith(closing) and opening not in text:
                text = text[:-1]
    return text


def _closes_at_end(text: str, opening: str, closing: str) -> bool:
    """Return whether the bracket with which the text begins is closed by its last character."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == opening) - (character == closing)
        if depth == 0:
            return place == len(text) - 1
    return False
