"""What stands before a number: organization, kind of text, series, coloured books."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.identifiers.tails import component, is_year
from catalog.terms import RECOMMENDED_KINDS, Kind, SectorCode

T, R, D = SectorCode.ITU_T, SectorCode.ITU_R, SectorCode.ITU_D

# More words than stand before any number; what follows is not read.
MAX_STEPS = 24
_END = r"(?![a-z0-9])"
ORGANIZATIONS: tuple[tuple[re.Pattern[str], frozenset[SectorCode]], ...] = tuple(
    (re.compile(pattern), frozenset(sectors))
    for pattern, sectors in (
        (r"(?:itu|uit|mcэ)[ ._/-]*t(?=[ ._:/-]|$)", {T}),
        (r"(?:itu|uit|mcэ)[ ._/-]*r(?=[ ._:/-]|$)", {R}),
        (r"(?:itu|uit|mcэ)[ ._/-]*d(?=[ ._:/-]|$)", {D}),
        # The letter may be glued to what follows: ITU-TA.1, ITU-RRec. BT.2020.
        (r"(?:itu|uit|mcэ)-?t(?=rec|[a-z][ .]?\d)", {T}),
        (r"(?:itu|uit|mcэ)-?r(?=rec|rep|[a-z]{1,3}[ .]?\d)", {R}),
        (rf"ccitt{_END}", {T}),
        (rf"ccir{_END}", {R}),
        (rf"(?:itu|uit){_END}", set()),
        (r"[tr]-(?=rec-|rep-|hdb-|res-|que-)", set()),
    )
)
KINDS: tuple[tuple[re.Pattern[str], frozenset[Kind]], ...] = tuple(
    (re.compile(pattern + _END), frozenset(kinds))
    for pattern, kinds in (
        (r"rec[ao]m+[aeo]nd[a-z]*", RECOMMENDED_KINDS),
        (r"recs?", RECOMMENDED_KINDS),
        (r"technical reports?", {Kind.TECHNICAL_REPORT}),
        (r"technical papers?", {Kind.TECHNICAL_PAPER}),
        (r"reports?|repts?|rep|rapport|informe", {Kind.REPORT}),
        (r"questions?|que", {Kind.QUESTION}),
        (r"resolutions?|res", {Kind.RESOLUTION}),
        (r"handbooks?|hdbk?|hdb|manual", {Kind.HANDBOOK}),
    )
)
# The plenary assemblies whose texts came out in books of one colour; the colours came back.
BOOKS = {"white": 1968, "green": 1972, "orange": 1976, "yellow": 1980, "red": 1984, "blue": 1988}
_BOOK = re.compile(
    rf"({'|'.join(BOOKS)})[ -]?book(?: *\(?(\d{{4}})\)?)?"
    r"(?:[, ]*(?:fascicle|vol(?:ume)?\.?) *[ivx]+(?:\.\d+)?)?"
)
_SERIES = re.compile(
    r"(?:series [a-z]{1,3} ?[:,-] ?(?=[a-z]{1,3}[ .-]?\d))"
    r"|(?:[a-z]{1,3}[ -]series(?: recommendations?| reports?)? ?[:,-]? ?(?=[a-z]{1,3}[ .-]?\d))"
)
_SKIP = re.compile(
    r"(?:the|of|no\.?|std|standard|std:|document|doc\.?)(?![a-z0-9])|b-(?=itu)|[\s.,:;/|()\[\]_*-]+"
)
_SERIES_OF = re.compile(
    r"(?:itu-?t )?(?:(?P<a>[a-z])[ -]series|series (?P<b>[a-z]))(?: recommendations?)?"
)


@dataclass(frozen=True)
class Opening:
    """What the words before a number said, and the rest of the text."""

    rest: str
    sectors: frozenset[SectorCode] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    year: int | None = None

    def kind_label(self, kinds: frozenset[Kind]) -> str:
        """Return the word that ITU puts before the number of a text of ITU-R."""
        one = kinds or self.kinds
        if len(one) == 1 and (kind := next(iter(one))) is not Kind.RECOMMENDATION:
            return kind.label
        return ""


def read_opening(text: str) -> Opening:
    """Split a folded text into what opens it and the number with all that follows."""
    sectors: frozenset[SectorCode] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    year, position = None, 0
    for _step in range(MAX_STEPS):
        if match := _first(ORGANIZATIONS, text, position):
            sectors = sectors or match[1]
            position = match[0].end()
        elif match := _first(KINDS, text, position):
            kinds = kinds or match[1]
            position = match[0].end()
        elif book := _BOOK.match(text, position):
            year = int(book[2]) if book[2] and is_year(int(book[2])) else BOOKS[book[1]]
            position = book.end()
        elif skipped := (_SERIES.match(text, position) or _SKIP.match(text, position)):
            position = skipped.end()
        else:
            break
    return Opening(text[position:], sectors, kinds, year)


def components_first(text: str) -> str:
    """Return `g.711 amendment 1 (2009)` of `amendment 1 (2009) to g.711`.

    Several such openings are turned round one after the other, so that the innermost part comes
    first: `corrigendum 1 to annex b of g.722.2`. A supplement to a series follows its letter.
    """
    parts: list[str] = []
    rest = text
    for _step in range(3):
        start = read_opening(rest).rest if not parts else rest
        found = component(start)
        if found is None:
            break
        joint = re.match(
            r"(?P<date>[ ,]*+\(?[a-z0-9 ./-]{0,18}\)?)[ ,]*(?<![a-z])(?:to|of|for|in)"
            r"(?: the| draft| rec\.?(?:ommendation)?s?)* ",
            start[found[1] :],
        )
        if joint is None:
            break
        parts.insert(0, start[: found[1]] + joint["date"])
        rest = start[found[1] + joint.end() :]
    if not parts:
        return text
    if series := _SERIES_OF.fullmatch(rest.strip(" .")):
        rest = series["a"] or series["b"]
    return f"{rest} {' '.join(parts)}"


def _first(table, text: str, position: int):
    """Return the first pattern of a table that matches at a place, with what it stands for."""
    for pattern, meaning in table:
        if match := pattern.match(text, position):
            return match, meaning
    return None
