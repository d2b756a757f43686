"""What parts of an address may look like; a malformed address never reaches a view."""

from __future__ import annotations

from catalog.terms import SectorCode


class RegexConverter:
    """A part of an address that is passed on as text."""

    regex = ""

    def to_python(self, value: str) -> str:
        """Return the part as it stands."""
        return value

    def to_url(self, value: object) -> str:
        """Return the value as an address part."""
        return str(value)


class SectorConverter(RegexConverter):
    """itu-t, itu-r, itu-d, itu."""

    regex = "|".join(sorted((code.value for code in SectorCode), key=len, reverse=True))


class GroupConverter(RegexConverter):
    """Study groups by number, other groups by their abbreviation."""

    regex = r"sg[1-9][0-9]{0,2}|tsag|rag|tdag|ccv|cpm|ssg"


class SeriesConverter(RegexConverter):
    """Series letters."""

    regex = r"[a-z]{1,3}"


class FamilyConverter(RegexConverter):
    """Kinds of publications: plural words, longer than any series letters."""

    regex = r"[a-z]{4,}(?:-[a-z]+)*"


class PublicationConverter(RegexConverter):
    """A number with a digit in it, or a kind word with a number, or pub/ with a name."""

    regex = (
        r"(?:report|resolution)/[a-z0-9.]+|handbook/[0-9]+|question/[0-9]+/(?:sg[0-9]+|none)"
        r"|pub/[a-z0-9]+(?:-[a-z0-9]+)*"
        r"|sec-[a-z]+|[a-z]{1,4}[.-]?[a-z]*[0-9][a-z0-9.]*(?:-[a-z0-9.]+)*"
    )


class HalvesConverter(RegexConverter):
    """The further numbers of a dual or triple one: y.1331, o.71/v.55."""

    regex = r"[a-z]{1,4}\.[0-9][a-z0-9.]*(?:/[a-z]{1,4}\.[0-9][a-z0-9.]*)?"


class EditionConverter(RegexConverter):
    """A month, a year, or a version."""

    regex = r"[0-9]{4}-[0-9]{1,2}|[0-9]{1,4}"


class PartConverter(RegexConverter):
    """A chain of components: amd1, anncplus-cor1."""

    regex = r"[a-z]{3,}[a-z0-9.]*(?:-[a-z0-9.]+)*"


class KeyConverter(RegexConverter):
    """A key of the knowledge base."""

    regex = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"


class YearConverter(RegexConverter):
    """Four digits."""

    regex = r"[0-9]{4}"

    def to_python(self, value: str) -> int:
        """Return the year as a number."""
        return int(value)


class GoalConverter(RegexConverter):
    """1 to 17."""

    regex = r"1[0-7]|[1-9]"

    def to_python(self, value: str) -> int:
        """Return the goal's number."""
        return int(value)


CONVERTERS = {
    "sector": SectorConverter,
    "group": GroupConverter,
    "series": SeriesConverter,
    "family": FamilyConverter,
    "publication": PublicationConverter,
    "halves": HalvesConverter,
    "edition": EditionConverter,
    "part": PartConverter,
    "key": KeyConverter,
    "year": YearConverter,
    "goal": GoalConverter,
}
