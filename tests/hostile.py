"""Texts that cost a careless reader dear: long rows of one sign or of one piece."""

from __future__ import annotations

import string
import sys
import unicodedata

PIECES = [
    *("Rec. ", "Rec. ITU-T ", "ITU-T ", "itu-", "G.711/", "G.711 ", "g711", "T-REC-", "R-REC-"),
    *("T-REC-G.711!", "itu.int/", "a.itu", "http://", "https:", "a.", "a-", "aa", "a1", "a-b.c/"),
    *("(1988)", "11/1988 ", "1990-", "jan ", "1988 nov", "amd 1 ", "amd1 to ", "annex b of "),
    *("amendment 1 to g ", "series g: ", "blue book ", "iso ", "iso/", "iso/iec ", "| iso 1 "),
    *("([{<", "}])>", "()", "(a", "%2e", "%EF%B7%BA", "&rec=", "&id=1", "rec.aspx?", "utm_a=&"),
    *("no. 1 ", "art. 1 ", "radio regulations ", "implementer's guide ", "sup 1 ", "v1 ", "l1"),
    *("the ", "of ", "to ", "in ", "1 ", "1/", "1-", "1.", '"a" ', '-"', "- ", ", ", "e\u0301"),
]


def signs() -> list[str]:
    """Return every punctuation mark of ASCII, and two signs of each category of Unicode.

    Of each category one that is made of others, if there is one: those grow when folded.
    """
    found: dict[tuple[str, bool], str] = {}
    for code in range(0x80, min(0x20000, sys.maxunicode)):
        sign = chr(code)
        category = unicodedata.category(sign)
        if category != "Cs":
            found.setdefault((category, bool(unicodedata.decomposition(sign))), sign)
    # The longest there is when folded, and marks that are put into order when they are folded.
    return [*string.punctuation, *string.whitespace, *found.values(), "\ufdfa", "\u0f73", "\u0344"]


UNITS = list(dict.fromkeys([*signs(), *PIECES]))


def row_of(unit: str, length: int, ending: str = "") -> str:
    """Return a unit repeated to a length, then an ending."""
    return (unit * (length // len(unit) + 1))[:length] + ending
