"""What people paste, made plain: unusual blanks and dashes, full-width letters, look-alikes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

# Letters of other scripts that look like Latin ones and get into identifiers by keyboard or by
# character recognition. Only capitals and the few small letters that cannot be told apart.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХѴЗаеорсухѕіјАΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν",
    "ABESIJKMHOPCTYXV3aeopcyxsijAABEZHIKMNOPTYXoiv",
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣⁃"), "-")
_QUOTES = str.maketrans("‘’‚‛“”„«»`´", "''''\"\"\"\"\"''")
# More signs than stand around any text; of a longer row the rest stays.
MOST_WRAPPING = 64
# Angle brackets are among them.
_ENDS = frozenset(" \t.,;:!?\"'<>|*_")
_BRACKETS = ("()", "[]", "{}")


def plain(text: str) -> str:
    """Return the text in plain characters: one blank between words, hyphens for dashes.

    Compatibility forms become plain letters and digits, digits of other scripts become those of
    ASCII, letters that look Latin become Latin, diacritics and invisible characters are dropped.
    Case stays. Takes time in proportion to the text; a character may become up to 18.
    """
    if text.isascii():
        return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())
    return " ".join("".join(map(_plain_character, text)).split())


@lru_cache(maxsize=2**13)
def _plain_character(character: str) -> str:
    """Return what a character becomes.

    One by one, because the time that Python takes to normalize a run of combining marks grows
    with the square of its length. What differs is the order of marks, and they are dropped.
    """
    forms = unicodedata.normalize("NFKD", character.translate(_DASHES)).translate(_DASHES)
    kept = []
    for form in forms.translate(_LOOK_ALIKES).translate(_QUOTES):
        category = unicodedata.category(form)
        if category[0] == "M" or category == "Cf":
            continue
        if category == "Nd":
            form = str(unicodedata.decimal(form))
        kept.append(" " if category[0] in "ZC" else form)
    return "".join(kept)


def without_wrapping(text: str) -> str:
    """Return the text without the punctuation and brackets that stand around it.

    A bracket goes with its partner if that is the last character, and alone if there is no
    bracket of the other kind. Takes time in proportion to the text.
    """
    partners = _partners(text)
    left = Counter(text)
    start, end = 0, len(text)
    for _step in range(MOST_WRAPPING):
        if start == end:
            break
        first, last = text[start], text[end - 1]
        if first in _ENDS:
            first_off, last_off = 1, 0
        elif last in _ENDS:
            first_off, last_off = 0, 1
        else:
            first_off, last_off = _brackets_off(first, last, partners.get(start) == end - 1, left)
        if not (first_off or last_off):
            break
        left[first] -= first_off
        left[last] -= last_off
        start, end = start + first_off, end - last_off
    return text[start:end]


def _brackets_off(first: str, last: str, is_pair: bool, left: Counter[str]) -> tuple[int, int]:
    """Return how many brackets to take from the beginning and from the end of a text.

    `left` counts the characters of the text.
    """
    if is_pair:
        return 1, 1
    for opening, closing in _BRACKETS:
        if first == opening and not left[closing]:
            return 1, 0
        if last == closing and not left[opening]:
            return 0, 1
    return 0, 0


def _partners(text: str) -> dict[int, int]:
    """Return for the place of each opening bracket the place of the one that closes it."""
    partners: dict[int, int] = {}
    for opening, closing in _BRACKETS:
        is_open: list[int] = []
        for match in re.finditer(f"[{re.escape(opening + closing)}]", text):
            if match[0] == opening:
                is_open.append(match.start())
            elif is_open:
                partners[is_open.pop()] = match.start()
    return partners
