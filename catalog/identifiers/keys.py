"""The keys under which the resolver keeps numbers, codes, names and links.

A key is a number as it stands in an address (`g.711`, `v.25bis`, `q.120-q.139`, `g.sup39`,
`bt.2020`, `203/3`), or one of four other forms with a mark of their own: a name (`=hevc`), an
ISO/IEC number (`iso:13818-1`), a bare number of ITU-R (`rec:601`) or a link (`link:…`).
"""

from __future__ import annotations

import re

from catalog.identifiers.folding import compact
from catalog.identifiers.itu_r import RadioIdentifier
from catalog.identifiers.itu_t import StandardIdentifier
from catalog.identifiers.others import PublicationCode
from catalog.terms import Kind

# The bounds keep a long row of `iso/` from being gone through anew from each of its places.
_ISO = re.compile(
    r"(?:iso|iec)(?:[ /-]{0,3}(?:iso|iec|ieee|tr|ts|is|cie|jtc)){0,5}[ :.-]{0,3}(\d{3,6})"
    r"(?:[ -]{1,3}(\d{1,4}))?"
    r"(?: ?[:(] ?(?:\d{2}[-/])?(?:19|20)\d\d\)?)?",
    re.IGNORECASE,
)
_ISO_LAST = re.compile(rf"(?<!\s)\s*+[|/,;]\s*+{_ISO.pattern}\s*+$", re.IGNORECASE)
_ISO_FIRST = re.compile(rf"^\s*+{_ISO.pattern}\s*+[|/,;]\s*+", re.IGNORECASE)
# Without ISO before it only what is no year and no bare number of ITU-R: 29115, 8824, 2382-1.
_BARE_ISO = re.compile(
    r"(?:(\d{5,6}|[3-9]\d{3})(?:-(\d{1,4}))?|(\d{4})-(\d{1,2}))(?: ?[:(] ?(?:19|20)\d\d\)?)?"
)
MAX_KEY = 200


def number_keys(identifier: StandardIdentifier | RadioIdentifier | PublicationCode) -> list[str]:
    """Return the keys of the numbers that an identifier names, the first one first.

    Dual numbers give one key for each part; `G Suppl. 39` gives `g.sup39`.
    """
    if isinstance(identifier, StandardIdentifier):
        ending = f".sup{identifier.supplement}" if identifier.supplement else ""
        return [f"{half}{ending}" for half in map(number_key, identifier.number.split("/"))]
    if isinstance(identifier, RadioIdentifier):
        return _radio_keys(identifier)
    if identifier.is_numbered:
        return [identifier.code]
    return [name_key(identifier.text)]


def _radio_keys(identifier: RadioIdentifier) -> list[str]:
    number = identifier.number
    if identifier.kind is Kind.QUESTION:
        return [f"{number}/{identifier.group or 'none'}", number]
    if identifier.kind is Kind.RESOLUTION:
        return [f"r.{number}", number]
    if not identifier.series:
        return [number]
    keys = [f"{identifier.series.lower()}.{number}"]
    if identifier.second:
        keys.append(identifier.second.lower())
    if identifier.kind is Kind.RECOMMENDATION:
        keys.append(f"rec:{number}")
    return keys


def number_key(number: str) -> str:
    """Return the key of one ITU-T number: `v.25bis` of `V.25 bis`, `e-800` of `E-800 series`."""
    return re.sub(r"\s+(?:series)?", "", number.lower())


def name_key(name: str) -> str:
    """Return the key of a name or code, whatever its blanks and punctuation; "" for none."""
    form = compact(name)
    return f"={form[: MAX_KEY - 1]}" if form else ""


def called_key(name: str) -> str:
    """Return the key of a name in use, in which `+` counts: ADSL2+ is not ADSL2."""
    return name_key(name.replace("+", " plus "))


def iso_key(text: str) -> str:
    """Return the key of an ISO or IEC number, its year left aside; "" for other texts.

    ISO, IEC, TR and TS are no part of it: people drop and mix them.
    """
    match = _ISO.fullmatch(text.strip())
    return _iso_key(match[1], match[2]) if match else ""


def bare_iso_key(text: str) -> str:
    """Return the key of a text that may be an ISO or IEC number without those words; "" if none."""
    match = _BARE_ISO.fullmatch(text.strip())
    return _iso_key(match[1] or match[3], match[2] or match[4]) if match else ""


def _iso_key(number: str, part: str | None) -> str:
    return f"iso:{int(number)}-{int(part)}" if part else f"iso:{int(number)}"


def strip_iso(text: str) -> str:
    """Return a text without the ISO/IEC number that follows or precedes an ITU one after a bar."""
    for pattern in (_ISO_LAST, _ISO_FIRST):
        shorter = pattern.sub("", text)
        if shorter and shorter != text:
            return shorter
    return text
