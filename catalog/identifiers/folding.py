"""What all identifiers share: folding for comparison, natural order, known slips."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Slips of the source (rule 11.1): what is stored -> what is meant.
NUMBER_REPAIRS = {
    "M.73l": "M.731",
    "P.6l": "P.61",
    "E.54l/Q.95 bis": "E.541/Q.95 bis",
    "D.502R": "D.502 R",
    "D.609R": "D.609 R",
    "F.80bis/E.322": "F.80 bis/E.322",
    "E.211/Q.11 quarter": "E.211/Q.11 quater",
}

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def fold(text: str) -> str:
    """Return the text in the form in which words are compared.

    Full-width and other compatibility forms become plain ones, diacritics are dropped,
    case is folded, unusual dashes become hyphens and runs of blanks one blank. Takes time in
    proportion to the text; a character may become up to 18.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join("".join(map(_folded_character, text)).split())


@lru_cache(maxsize=2**13)
def _folded_character(character: str) -> str:
    """Return what a character becomes.

    One by one, because the time that Python takes to normalize a run of combining marks grows
    with the square of its length. What differs is the order of marks, and they are dropped.
    """
    forms = unicodedata.normalize("NFKD", character.translate(_DASHES))
    return "".join(form for form in forms if not unicodedata.combining(form)).casefold()


def compact(text: str) -> str:
    """Return only the folded letters and digits, so that `G.711`, `g 711` and `G-711` agree."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def number_sort_key(text: str) -> str:
    """Return a text that sorts identifiers as people count: G.9 before G.10, G.711 before G.711.1.

    Digits are padded to six places, everything is folded; at most 120 characters.
    """
    padded = re.sub(r"\d+", lambda digits: digits.group().zfill(6), fold(text))
    return padded[:120]
