"""What parts of an address may look like; a malformed address never reaches a view."""

from __future__ import annotations

from catalog.identifiers import address_parts
from catalog.terms import SectorCode


class RegexConverter:
    """A part of an address that is passed on as text."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


class SectorConverter(RegexConverter):
    regex = "|".join(sorted((code.value for code in SectorCode), key=len, reverse=True))


class GroupConverter(RegexConverter):
    """Study groups by number, other groups by their abbreviation."""

    regex = address_parts.GROUP


class SeriesConverter(RegexConverter):
    regex = address_parts.SERIES


class FamilyConverter(RegexConverter):
    """Kinds of publications: plural words, longer than any series letters."""

    regex = address_parts.FAMILY


class PublicationConverter(RegexConverter):
    """A number with a digit in it, or a kind word with a number, or pub/ with a name."""

    regex = address_parts.PUBLICATION


class FurtherNumbersConverter(RegexConverter):
    """The further numbers of a dual or triple one: y.1331, o.71/v.55."""

    regex = address_parts.HALVES


class EditionConverter(RegexConverter):
    """A month, a year, or a version."""

    regex = address_parts.EDITION


class PartConverter(RegexConverter):
    """A chain of components: amd1, anncplus-cor1."""

    regex = address_parts.PART


class KeyConverter(RegexConverter):
    regex = address_parts.KEY


class YearConverter(RegexConverter):
    regex = r"[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)


class GoalConverter(RegexConverter):
    regex = r"1[0-7]|[1-9]"

    def to_python(self, value: str) -> int:
        return int(value)


CONVERTERS = {
    "sector": SectorConverter,
    "group": GroupConverter,
    "series": SeriesConverter,
    "family": FamilyConverter,
    "publication": PublicationConverter,
    "further_numbers": FurtherNumbersConverter,
    "edition": EditionConverter,
    "part": PartConverter,
    "key": KeyConverter,
    "year": YearConverter,
    "goal": GoalConverter,
}
