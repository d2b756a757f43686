"""Addresses at itu.int: what they name, and the letter for the state of the text (rule 1.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

STANDARD = re.compile(
    r"https?://www\.itu\.int/rec/T-REC-(?P<number>.+?)-(?P<month>\d{6})-(?P<letter>[A-Z])"
    r"(?:!(?P<part>.+))?"
)
# The six digits before the letter are the month, whatever stands before them.
RADIO = re.compile(
    r"https?://www\.itu\.int/.*/R-REC-(?P<series>[A-Z]+)\.(?P<number>\d+)-?(?P<version>\d*?)-?"
    r"(?P<month>\d{6})-(?P<letter>[A-Z])!(?P<part>[^!]*)!.*"
)
HANDBOOK = re.compile(r".*/R-HDB-\d+-(?P<year>\d{4})\b.*")
OURS = re.compile(r"https?://www\.itu\.int/\S*")


@dataclass(frozen=True)
class RecommendationLink:
    """What the address of a Recommendation at itu.int says of the text."""

    number: str
    year: int
    month: int
    letter: str
    part: str = ""
    version: int | None = None


def read_link(address: str) -> RecommendationLink | None:
    """Return what an address says; None if it carries no month and letter."""
    if match := STANDARD.fullmatch(address):
        year, month = _month(match["month"])
        return RecommendationLink(
            match["number"], year, month, match["letter"], match["part"] or ""
        )
    if match := RADIO.fullmatch(address):
        year, month = _month(match["month"])
        return RecommendationLink(
            f"{match['series']}.{match['number']}",
            year,
            month,
            match["letter"],
            match["part"],
            int(match["version"]) if match["version"] else None,
        )
    return None


def handbook_year(address: str) -> int | None:
    """Return the year in the address of a Handbook: 2013 of `…/R-HDB-43-2013-OAS-PDF-E.pdf`."""
    match = HANDBOOK.fullmatch(address)
    return int(match["year"]) if match else None


def is_ours(address: str) -> bool:
    """Return whether an address leads to www.itu.int; no other is shown (rule 5.5)."""
    return bool(OURS.fullmatch(address))


def _month(digits: str) -> tuple[int, int]:
    return int(digits[:4]), int(digits[4:])
