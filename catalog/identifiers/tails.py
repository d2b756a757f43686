"""What follows a number: components, versions, dates, in all spellings (rules 1.3 and 1.8)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.identifiers.asked import MONTHS
from catalog.identifiers.itu_t import ComponentToken
from catalog.terms import ComponentType

FIRST_YEAR, LAST_YEAR = 1865, 2099
# Five is the most that follow a number in the data set, in any spelling.
MAX_TOKENS = 16
# A year of two digits is one of this century up to here.
LAST_SHORT_YEAR = 39


@dataclass(frozen=True)
class Date:
    """A year, as a rule with its month."""

    year: int
    month: int | None = None


@dataclass(frozen=True)
class Version:
    """The number of a version or edition."""

    number: int


@dataclass(frozen=True)
class Filler:
    """A word that says nothing about which text is meant."""


Token = ComponentToken | Date | Version | Filler

_MONTH = "|".join(f"{month[:3].lower()}(?:{month[3:].lower()})?" for month in MONTHS) + "|sept"
_ROMAN = r"x{0,2}(?:ix|iv|v?i{1,3}|v|x)(?![a-z])"
_GAP = r"[ ._:-]*"
_END = r"(?![a-z0-9])"

# name, pattern; the first that matches wins.
COMPONENTS: tuple[tuple[ComponentType, re.Pattern[str]], ...] = (
    (
        ComponentType.AMENDMENT,
        re.compile(rf"(?:amendments?|amendement|amend|amdt|amd|am){_GAP}(?:no\.? ?)?(\d+){_END}"),
    ),
    (
        ComponentType.CORRIGENDUM,
        re.compile(
            rf"(?:technical|tech)?{_GAP}(?:corrigend(?:um|a)|corrig|corr|cor|tc){_GAP}"
            rf"(?:no\.? ?)?(\d+){_END}"
        ),
    ),
    (ComponentType.ERRATUM, re.compile(rf"(?:errat(?:um|a)|err){_GAP}(?:no\.? ?)?(\d+){_END}")),
    (
        ComponentType.ANNEX,
        re.compile(
            rf"(?:annexe?|annx?|anx){_GAP}([a-z]{{1,2}}\d{{0,2}}(?:\+|plus)?|\d{{1,2}}){_END}"
        ),
    ),
    (
        ComponentType.APPENDIX,
        re.compile(
            rf"(?:appendix|appx?|apdx){_GAP}"
            rf"((?:{_ROMAN}|\d{{1,2}}(?![\d/]))(?:[ -]test[ -]vectors|[ -]software)?){_END}"
        ),
    ),
    (
        ComponentType.SUPPLEMENT,
        re.compile(rf"(?:supplements?|suppl|supp|sup){_GAP}(?:no\.? ?)?(\d+(?:\.\d+)?){_END}"),
    ),
    (ComponentType.ADDENDUM, re.compile(rf"(?:addend(?:um|a)|add){_GAP}(?:no\.? ?)?(\d+){_END}")),
    (ComponentType.ATTACHMENT, re.compile(rf"(?:attachment|att)(){_END}")),
)
VERSIONS = tuple(
    re.compile(pattern + _END)
    for pattern in (
        r"v(?:ersion|ers|er)?[ ._-]*(\d{1,2})",
        r"ed(?:ition|n)?[ ._]*(\d{1,2})(?![/.-]?\d)",
        r"(\d{1,2})(?:st|nd|rd|th)?[ ]?ed(?:ition|n)?\.?",
        r"rev(?:ision)?[ ._]*(\d{1,2})",
    )
)
DATES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})(?:[-/.]\d{{1,2}})?{_END}",
        rf"\d{{1,2}}[-/.](?P<m>\d{{1,2}})[-/.](?P<y>\d{{4}}){_END}",
        rf"(?P<m>\d{{1,2}})(?: ?[-/.] ?| )(?P<y>\d{{4}}){_END}",
        rf"(?P<y>\d{{4}})(?P<m>0[1-9]|1[0-2])(?:\d\d)?{_END}",
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ .-]*)?(?P<name>{_MONTH})[ .,-]*(?P<y>\d{{4}}){_END}",
        rf"(?P<name>{_MONTH})\.? ?\d{{1,2}}(?:st|nd|rd|th)?, ?(?P<y>\d{{4}}){_END}",
        rf"(?P<y>\d{{4}})[ ,-]+(?P<name>{_MONTH})\.?(?:[ -]\d{{1,2}})?{_END}",
        rf"(?P<name>{_MONTH})[ .,-]*'?(?P<s>\d{{2}}){_END}",
        rf"(?P<m>\d{{1,2}})/(?P<s>\d{{2}}){_END}",
        rf"(?P<y>\d{{4}}){_END}",
        rf"'(?P<s>\d{{2}}){_END}",
        r"(?<=\()(?P<s>\d{2})(?=\))",
    )
)
FILLERS = re.compile(
    r"(?:recommendations?|rec|series|approved|published|dated|edition(?: of)?|pre-?published|"
    r"prepub|in force|superseded|withdrawn|english|of|the|from|to|in|itu-?[tr]?|geneva|\(e\)|"
    r"pdf-e|pdf|report|handbook|question|resolution|standard)" + _END
)
_BETWEEN = re.compile(r"[\s,;:._|/()\[\]-]+")


def component(text: str, position: int = 0) -> tuple[ComponentToken, int] | None:
    """Return the component that stands at a place of a folded text, and where it ends."""
    for kind, pattern in COMPONENTS:
        if match := pattern.match(text, position):
            return ComponentToken(kind, _component_number(kind, match[1])), match.end()
    return None


def tokens_of(text: str) -> tuple[list[Token], str]:
    """Read a folded text that follows a number into tokens; also return what is left over.

    No more than MAX_TOKENS are read.
    """
    found: list[Token] = []
    position = 0
    while position < len(text) and len(found) < MAX_TOKENS:
        if between := _BETWEEN.match(text, position):
            position = between.end()
            continue
        step = component(text, position) or _version(text, position) or _date(text, position)
        if step is None and (filler := FILLERS.match(text, position)):
            step = (Filler(), filler.end())
        if step is None:
            return found, text[position:]
        found.append(step[0])
        position = step[1]
    return found, text[position:]


def address_of(chain: list[ComponentToken]) -> str:
    """Return a chain of components as it stands in addresses: `anncplus-cor1`."""
    return "-".join(token.address for token in chain)


def is_year(number: int) -> bool:
    """Return whether a number can be the year of a text of ITU."""
    return FIRST_YEAR <= number <= LAST_YEAR


def _component_number(kind: ComponentType, number: str) -> str:
    if kind is ComponentType.ANNEX:
        return number.replace("plus", "+").upper()
    if kind is ComponentType.APPENDIX:
        first, _blank, words = number.replace("-", " ").partition(" ")
        roman = _roman(int(first)) if first.isdigit() else first.upper()
        return f"{roman} {words}".strip()
    return ".".join(str(int(part)) for part in number.split(".")) if number else ""


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _version(text: str, position: int) -> tuple[Version, int] | None:
    for pattern in VERSIONS:
        if match := pattern.match(text, position):
            return Version(int(match[1])), match.end()
    return None


def _date(text: str, position: int) -> tuple[Date, int] | None:
    for pattern in DATES:
        match = pattern.match(text, position)
        date = match and _date_of(match.groupdict())
        if date:
            return date, match.end()
    return None


def _date_of(parts: dict[str, str | None]) -> Date | None:
    """Return the date of the parts of a match; None for a month or year that cannot be."""
    if short := parts.get("s"):
        year = int(short) + (2000 if int(short) <= LAST_SHORT_YEAR else 1900)
    else:
        year = int(parts["y"])
    month = None
    if name := parts.get("name"):
        month = next(i for i, word in enumerate(MONTHS, 1) if word.lower().startswith(name[:3]))
    elif digits := parts.get("m"):
        month = int(digits)
        if not 1 <= month <= 12:
            return None
    return Date(year, month) if is_year(year) else None
