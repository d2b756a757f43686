"""The numbers and series of works, and the ranges of numbers that rules name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.terms import Kind

# ITU-R Questions, Resolutions and handbooks carry no letters.
LETTERED = (Kind.RECOMMENDATION, Kind.REPORT, Kind.SUPPLEMENT)
PUBLISHER = r"ITU-[TRD]"
DIGITS = r"\d{1,6}(?:\.\d{1,6}){0,4}"
SERIES = re.compile(rf"({PUBLISHER}) ([A-Z]{{1,3}})")
ONE = re.compile(rf"({PUBLISHER} [A-Z]{{1,3}})\.({DIGITS})")
RANGE = re.compile(
    rf"({PUBLISHER} ([A-Z]{{1,3}}))\.({DIGITS})(?:-(?:([A-Z]{{1,3}})\.)?({DIGITS}))?"
)
HALF = re.compile(rf"([A-Z]{{1,3}})\.({DIGITS})")
# A supplement to a part of a series: ITU-T E-800 series Suppl. 9.
OF_SERIES = re.compile(r"(ITU-T) ([A-Z])[-.](\d+)")
# The title of a supplement often begins with the number of its text: ITU-T X.1205 – Supplement on …
BEGINNING = re.compile(rf"\s*(?:ITU-T )?([A-Z])\.({DIGITS})")

Parts = tuple[int, ...]


class NumberError(ValueError):
    """The text names no series or no numbers; the message goes on from its words."""


@dataclass(frozen=True)
class Number:
    """A number in a series: `ITU-T G` and (650, 1)."""

    series: str
    parts: Parts

    def __str__(self) -> str:
        return f"{self.series}.{'.'.join(map(str, self.parts))}"


@dataclass(frozen=True)
class NumberRange:
    """Numbers of a series from one to another, compared part by part: 659 takes in 659.1."""

    series: str
    first: Parts
    last: Parts

    def __contains__(self, number: Number) -> bool:
        is_after = self.first <= number.parts
        return (
            is_after
            and number.series == self.series
            and number.parts[: len(self.last)] <= self.last
        )

    def __str__(self) -> str:
        first, last = (".".join(map(str, parts)) for parts in (self.first, self.last))
        letters = self.series.split()[1]
        return f"{self.series}.{first}" + ("" if first == last else f"–{letters}.{last}")


def read_range(text: str) -> NumberRange:
    """Return the range that a rule names: `ITU-T G.650-659`, `ITU-T G.711`. Raises NumberError."""
    match = RANGE.fullmatch(text)
    if match is None:
        raise NumberError("is no number or range; write it like ITU-T G.711 or ITU-T G.650-659")
    series, letters, first, other, last = match.groups()
    if other not in (None, letters):
        raise NumberError("goes from one series to another")
    found = NumberRange(series, _parts(first), _parts(last or first))
    if found.last < found.first[: len(found.last)]:
        raise NumberError("runs backwards")
    return found


def read_series(text: str) -> str:
    """Return the series that a rule names: `ITU-T G`. Raises NumberError."""
    if not SERIES.fullmatch(text):
        raise NumberError("is no series; write it like ITU-T G or ITU-R BT")
    return text


def numbers_of(identifier: str, kind: str, title: str) -> tuple[Number, ...]:
    """Return the numbers of a work, both of a double number (G.8013/Y.1731).

    A supplement has the number of its text, where its identifier or its title says it.
    """
    if kind not in LETTERED:
        return ()
    if kind == Kind.SUPPLEMENT:
        if part := OF_SERIES.match(identifier):
            publisher, letter, number = part.groups()
            return (Number(f"{publisher} {letter}", (int(number),)),)
        begun = BEGINNING.match(title)
        return (Number(f"ITU-T {begun[1]}", _parts(begun[2])),) if begun else ()
    publisher, _space, rest = identifier.removeprefix("Report ").partition(" ")
    if not re.fullmatch(PUBLISHER, publisher):
        return ()
    halves = (HALF.match(half) for half in rest.partition(" (")[0].split("/"))
    return tuple(Number(f"{publisher} {m[1]}", _parts(m[2])) for m in halves if m)


def series_of(sector: str, letters: str, kind: str, numbers: tuple[Number, ...]) -> frozenset[str]:
    """Return the series of a work: that in which it is filed, and those of its numbers.

    `sector` is the code of its Sector: `itu-t`.
    """
    found = {number.series for number in numbers}
    if letters and (sector != "itu-r" or kind in LETTERED):
        found.add(f"{sector.upper()} {letters}")
    return frozenset(found)


def _parts(text: str) -> Parts:
    return tuple(map(int, text.split(".")))
