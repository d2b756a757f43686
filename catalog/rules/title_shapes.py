"""Titles that are not real titles: doubted by their shape alone, whoever wrote them (rule 5.3).

The source sometimes has the name of a file, a fragment or a placeholder where a title should be.
Such a title is never shown as one; `catalog.models` and `catalog.works.standing` ask here. The
patterns are narrow: of the 19,758 titles of the data set of 22 August 2026 they find the two that
plainly belong to something else (rule 11.3), and no other. Nothing here knows Django.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# No false title was ever longer.
LONGEST = 60


def _(message: str) -> str:
    """Mark words for translation; the doors translate them when they show them."""
    return message


@dataclass(frozen=True)
class Shape:
    """A form of words that is not a title: the pattern, a sentence on what it is, and examples."""

    pattern: re.Pattern[str]
    words: str
    examples: tuple[str, ...]


_COUNTER = r"(?:part|month|year|week|day|file|disk|sheet|page|table|vol\.?|volume)\W*\d+"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
SHAPES = (
    Shape(
        re.compile(rf"{_COUNTER}(?:\W+{_COUNTER})*", re.I),
        _("It seems to be the name of a part of a data file."),
        ("Part 01 - Month 01", "Month 12", "Volume 3, Part 2"),
    ),
    Shape(
        re.compile(rf"\d[\d\s./-]*|(?:\d{{1,2}} )?{_MONTH}\.? \d{{4}}", re.I),
        _("It is a bare date or number."),
        ("2021-03-01", "03/2021", "March 2021", "1 Sept. 2021", "17"),
    ),
    Shape(
        re.compile(
            r"(?:void|test|untitled|no title|title|tb[ac]|tbd|n/?a|none|null|unknown|reserved|"
            r"deleted|draft|document\d*|dummy|x{3,}|\W+)\.?",
            re.I,
        ),
        _("It is only a placeholder for a title."),
        ("Void", "Test", "Untitled", "TBD", "n/a", "---"),
    ),
    Shape(
        re.compile(r"\S+\.(?:pdf|docx?|pptx?|xlsx?|zip|txt|xml|html?|rtf|csv)|[TRD]-[A-Z]{3}-\S+"),
        _("It is the name of a file."),
        ("annex_2.docx", "R-REC-P.835-7-202408-I!!PDF-E.pdf", "T-REC-G.711-198811-I"),
    ),
    Shape(
        re.compile(r"[a-z]+(?: [a-z]+)?"),
        _("It seems to be a fragment of another text."),
        ("frequency band", "annex"),
    ),
)


def shape_of(title: str) -> Shape | None:
    """Return the shape by which a title is doubted; None for what may well be a title."""
    title = title.strip()
    if not title or len(title) > LONGEST:
        return None
    return next((shape for shape in SHAPES if shape.pattern.fullmatch(title)), None)
