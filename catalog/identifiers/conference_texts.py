"""The texts in which a conference or assembly leaves its results: Final Acts of WRC-23.

A text like that is one edition of a work that has one for each conference, or a work that bears
its place and year. Which of them there are the catalogue knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.identifiers.asked import Asked
from catalog.identifiers.folding import compact

# Longer than any such name.
MAX_TEXT = 200
# The first year of the Union; of two digits, those from here on are of the century before.
FIRST_YEAR, CENTURY_TURNS = 1865, 60


@dataclass(frozen=True)
class Results:
    """The texts of one series of conferences.

    `body` and `text` are patterns of their names; `title` is that of the work, with the place
    and year of each conference in it if each has a work of its own (`places`). `years` are those
    in which a conference took place that is known by another year.
    """

    body: str
    text: str
    title: str
    places: dict[int, str] | None = None
    years: dict[int, int] | None = None


_WRC = r"wrc|world radio-?communications? conferences?"
_CPM = r"cpm|conference preparatory meeting"
_CPM_REPORT = "Report of the Conference Preparatory Meeting (CPM Report)"
SERIES = (
    Results(
        _WRC,
        r"(?:provisional )?final acts?",
        "Final Acts of the World Radiocommunication Conferences",
    ),
    Results(
        r"pp|(?:itu )?plenipotentiary(?: conferences?)?",
        r"(?:provisional )?final acts?",
        "Final Acts of the Plenipotentiary Conference ({place}, {year})",
        places={
            1994: "Kyoto",
            1998: "Minneapolis",
            2002: "Marrakesh",
            2006: "Antalya",
            2010: "Guadalajara",
            2014: "Busan",
            2018: "Dubai",
            2022: "Bucharest",
            2026: "Doha",
        },
    ),
    Results(
        r"wtsa|world telecommunications? standardi[sz]ation assembl(?:y|ies)",
        r"proceedings",
        "Proceedings of the World Telecommunication Standardization Assembly",
        # Put off from 2020; it kept its name.
        years={2020: 2022},
    ),
    Results(
        r"wtdc|world telecommunications? development conferences?",
        r"final reports?(?: and action plan)?|action plan|proceedings",
        "Final Report and Action Plan of the World Telecommunication Development Conference",
        # Put off from 2021.
        years={2021: 2022},
    ),
    Results(
        _WRC,
        rf"(?:{_CPM}) (?:report|text)s?|reports? of the (?:{_CPM})",
        _CPM_REPORT,
        # It met the year before the conference.
        years={2012: 2011},
    ),
    Results(_CPM, r"reports?", _CPM_REPORT),
    Results(
        r"wcit|world conferences? on international telecommunications?|wattc",
        r"international telecommunication regulations|itrs?",
        "International Telecommunication Regulations",
    ),
)
_YEAR = r"[ -]{0,3}['(]{0,2}(?:[a-z][a-z .-]{0,30}?,? ?)?(?P<year>(?:18|19|20)\d\d|\d\d)\)?(?:-\d)?"
_PLACE = r"(?: ?[(,] ?[a-z][a-z .-]{0,30}?,? ?(?:18|19|20)\d\d\)?)?"
_JOINT = r"(?: of| from| for| to|:|,)?(?: the)?[ :,(-]{1,4}"


def read_conference_text(text: str) -> Asked | None:
    """Return the reading of a folded text as the results of a conference; None for other texts."""
    text = text[:MAX_TEXT].strip(" .,;")
    for series, patterns in _PATTERNS:
        for pattern in patterns:
            if match := pattern.fullmatch(text):
                return _asked(series, _year(match["year"]))
    return None


def _asked(series: Results, year: int) -> Asked | None:
    year = (series.years or {}).get(year, year)
    if year < FIRST_YEAR:
        return None
    if series.places is None:
        return Asked(((f"={compact(series.title)}",),), label=series.title, year=year)
    title = series.title.format(place=series.places.get(year, ""), year=year)
    return Asked(((f"={compact(title)}",),), label=title)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= CENTURY_TURNS else 2000)


def _patterns(series: Results) -> tuple[re.Pattern[str], ...]:
    """Return `Final Acts of WRC-23` and `WRC-23 Final Acts`, ready for use."""
    body, text = rf"(?:itu )?(?:{series.body})", rf"(?:itu )?(?:{series.text})"
    return (
        re.compile(rf"(?:the )?{text}{_JOINT}{body}{_YEAR}\)?{_PLACE}"),
        re.compile(rf"(?:the )?{body}{_YEAR}[ :,(-]{{1,4}}{text}\)?{_PLACE}"),
    )


_PATTERNS = tuple((series, _patterns(series)) for series in SERIES)
