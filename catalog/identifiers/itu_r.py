"""ITU-R identifiers; data set notes, sections 4.2 and 6.

The kind cannot be read from the code alone: a Recommendation and a Report may share one.
It is therefore given, or stands as a word before the code (`Report ITU-R BT.2020`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.identifiers.itu_t import IdentifierError
from catalog.terms import Kind


@dataclass(frozen=True)
class RadioIdentifier:
    """An ITU-R text: a work (version None) or one version of it."""

    kind: Kind
    series: str = ""
    number: str = ""
    group: int | None = None
    version: int | None = None

    @property
    def code(self) -> str:
        """The code without version: `BT.2020`, `203/3`, `43`."""
        if self.series:
            return f"{self.series}.{self.number}"
        return f"{self.number}/{self.group}" if self.group else self.number

    @property
    def work_label(self) -> str:
        """The work as it is printed: `ITU-R P.835`, `Report ITU-R BT.2020`, `Handbook ITU-R 43`."""
        prefix = "" if self.kind is Kind.RECOMMENDATION else f"{self.kind.label} "
        return f"{prefix}ITU-R {self.code}"

    @property
    def work_address(self) -> str:
        """The work's address below `/itu-r/`: `p.835`, `report/bt.2020`, `question/203/sg3`."""
        if self.kind is Kind.RECOMMENDATION:
            return self.code.lower()
        if self.kind is Kind.QUESTION:
            return f"question/{self.number}/{f'sg{self.group}' if self.group else 'none'}"
        return f"{self.kind.value}/{self.code.lower()}"


WORDS = {
    "Report": Kind.REPORT,
    "Handbook": Kind.HANDBOOK,
    "Question": Kind.QUESTION,
    "Resolution": Kind.RESOLUTION,
    "Recommendation": Kind.RECOMMENDATION,
}
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("coded", re.compile(r"(?P<series>[A-Z]{1,3})\.(?P<number>\d+)(?:-(?P<version>\d+))?")),
    ("two codes", re.compile(r"(?P<series>[A-Z]{1,3})\.(?P<number>\d+)/[A-Z]{1,3}\.\d+")),
    ("question", re.compile(r"(?P<number>\d+)(?:-(?P<version>\d+))?/(?P<group>\d+):?")),
    ("question of a group", re.compile(r"SG(?P<group>\d\d)\.(?P<number>\d+)-(?P<version>\d+)")),
    ("question without group", re.compile(r"(?P<number>\d+)(?:-(?P<version>\d+))?:")),
    ("plain number", re.compile(r"(?P<number>\d+)(?:\.HDB)?")),
)


def parse_itu_r(text: str, kind: Kind | None = None) -> RadioIdentifier:
    """Read an ITU-R identifier.

    `kind` is needed where the text carries no word for it. Raises IdentifierError for a text
    of no known form, and for a code whose kind is neither given nor written.
    """
    words, marker, code = text.partition("ITU-R ")
    if not marker or (words.strip() and words.strip() not in WORDS):
        raise IdentifierError(f"{text!r} is not of the form ‘ITU-R …’")
    kind = kind or WORDS.get(words.strip()) or Kind.RECOMMENDATION
    for _, pattern in FORMS:
        if match := pattern.fullmatch(code.strip()):
            parts = match.groupdict()
            version = parts.get("version")
            return RadioIdentifier(
                kind=kind,
                series="" if kind is Kind.RESOLUTION else parts.get("series") or "",
                number=parts["number"],
                group=int(parts["group"]) if parts.get("group") else None,
                version=int(version) if version is not None else None,
            )
    raise IdentifierError(f"{code!r} in {text!r} is of no known ITU-R form")
