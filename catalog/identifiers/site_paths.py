"""An address of this site that leads nowhere, read as somebody would have typed an identifier.

Rule 8.7 (docs/rules.md); those that lead somewhere are rules 8.1 to 8.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.terms import SectorCode

MAX_PATH = 300
# Addresses of itu.int that were put behind the name of this site, with or without theirs.
_LINK = re.compile(r"itu\.int/\S+|\b[TR]-(?:REC|REP|HDB|RES|QUE)-|^/(?:dms_pub|pub/[A-Z]-)", re.I)
_SECTOR = re.compile(r"itu[-_ ]?([trd])?")
_ENDING = re.compile(r"\.(?:html?|php|aspx?|pdf|json|xml|md)$")
_KINDS = {
    "rec": "Recommendation",
    "recommendation": "Recommendation",
    "report": "Report",
    "handbook": "Handbook",
    "question": "Question",
    "resolution": "Resolution",
}
_DATES = (
    re.compile(r"(?P<year>\d{4})[-_.](?P<month>\d{1,2})(?:[-_.]\d{1,2})?"),
    re.compile(r"(?P<month>\d{1,2})[-_.](?P<year>\d{4})"),
    re.compile(r"(?P<year>(?:18|19|20)\d{2})(?P<month>\d{2})?(?:\d{2})?"),
)
_VERSION = re.compile(r"v?(\d{1,2})")
_GROUP = re.compile(r"sg[-_]?(\d{1,2})|none")
_PART = re.compile(r"(?:amd|amend|am\d|cor|err|ann|app|sup|add|att)[a-z0-9.+_-]*")
_LETTERS = re.compile(r"[a-z]{1,3}")
_NUMBER_END = re.compile(r"\d|sup")
_NUMBER = re.compile(r"[a-z]{0,4}[ ._-]*[a-z]*\d[a-z0-9 ._-]*")


@dataclass(frozen=True)
class AskedPath:
    """What a path seems to ask for.

    `text` is what somebody would type for it; `is_whole` says that every part of the path was
    understood. `link` is an itu.int address that stands in the path; the rest is empty then.
    """

    sector: str = ""
    text: str = ""
    year: int | None = None
    month: int | None = None
    has_component: bool = False
    is_whole: bool = False
    link: str = ""


def read_path(path: str) -> AskedPath:
    """Return what a path asks for; without text if it holds no number of a text."""
    if match := _LINK.search(path[:MAX_PATH]):
        return AskedPath(link=_whole_link(path[:MAX_PATH], match))
    parts = [part for part in path[:MAX_PATH].lower().replace("_", "-").split("/") if part.strip()]
    if parts:
        parts[-1] = _ENDING.sub("", parts[-1])
    sector = ""
    if parts and (match := _SECTOR.fullmatch(parts[0])):
        sector = f"itu-{match[1]}" if match[1] else "itu"
        parts = parts[1:]
    return _Reading(sector).of(parts)


class _Reading:
    """The parts of a path, sorted by what they are."""

    def __init__(self, sector: str):
        self.sector = sector
        self.kind = ""
        self.numbers: list[str] = []
        self.group = ""
        self.version = ""
        self.chain: list[str] = []
        self.year: int | None = None
        self.month: int | None = None
        self.rest: list[str] = []

    def of(self, parts: list[str]) -> AskedPath:
        """Return what the parts ask for, taken together."""
        for part in parts:
            self._sort(part)
        has_digit = any(map(str.isdigit, "".join(self.numbers)))
        if not has_digit or (self.rest and not self.sector):
            return AskedPath(sector=self.sector)
        return AskedPath(
            self.sector, self._text(), self.year, self.month, bool(self.chain), not self.rest
        )

    def _sort(self, part: str) -> None:
        if word := _KINDS.get(part.rstrip("s")):
            self.kind = word
        elif not self.numbers and _LETTERS.fullmatch(part):
            self.numbers.append(f"{part}.")
        elif self.numbers and self.numbers[-1].endswith(".") and _NUMBER_END.match(part):
            self.numbers[-1] += part
        elif match := _GROUP.fullmatch(part):
            if self.kind == "Question":
                self.group = f"/{match[1]}" if match[1] else ""
            else:
                self.rest.append(part)
        elif self.numbers and self._is_date(part):
            pass
        elif self.numbers and (match := _VERSION.fullmatch(part)):
            is_radio = self.sector == SectorCode.ITU_R
            self.version = f"-{match[1]}" if is_radio else f" V{match[1]}"
        elif self.numbers and _PART.fullmatch(part):
            self.chain += part.split("-")
        elif _NUMBER.fullmatch(part) and not (self.numbers and part[0].isdigit()):
            self.numbers.append(part)
        else:
            self.rest.append(part)

    def _is_date(self, part: str) -> bool:
        match = next((found for form in _DATES if (found := form.fullmatch(part))), None)
        if match is None or (match["month"] and not 1 <= int(match["month"]) <= 12):
            return False
        self.year = int(match["year"])
        self.month = int(match["month"]) if match["month"] else None
        return True

    def _text(self) -> str:
        words = [SectorCode(self.sector).label] if self.sector else []
        kind = self.kind
        if self.sector == SectorCode.ITU_R and not kind and self.numbers[0][0].isalpha():
            # Without a word for its kind an address of ITU-R means the Recommendation.
            kind = "Recommendation"
        if kind and self.sector != SectorCode.ITU_T:
            words.insert(0, kind)
        words.append("/".join(self.numbers) + self.version + self.group)
        words += self.chain
        if self.year:
            words.append(f"({self.year}-{self.month:02d})" if self.month else f"({self.year})")
        return " ".join([*words, *self.rest])


def _whole_link(path: str, match: re.Match[str]) -> str:
    if match[0].lower().startswith("itu.int"):
        return f"https://www.{match[0].rstrip('/')}"
    return f"https://www.itu.int{path.rstrip('/')}"
