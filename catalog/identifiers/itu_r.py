"""ITU-R identifiers. Rules 1.5, 1.6 and 2.12 (docs/rules.md).

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
    # The number under a second series letter: `SA.1745` of `RS.1745/SA.1745`.
    second: str = ""

    @property
    def code(self) -> str:
        """The code without version: `BT.2020`, `203/3`, `43`."""
        return self._code("")

    @property
    def work_label(self) -> str:
        """The work as it is printed: `ITU-R P.835`, `Report ITU-R BT.2020`, `Handbook ITU-R 43`."""
        return f"{self._prefix}ITU-R {self.code}"

    @property
    def text(self) -> str:
        """The text with its version: `ITU-R P.835-6`, `Question ITU-R 203-8/3`.

        Read back by `parse_itu_r` without a loss.
        """
        version = "" if self.version is None else f"-{self.version}"
        second = f"/{self.second}" if self.second else ""
        return f"{self._prefix}ITU-R {self._code(version)}{second}"

    @property
    def work_address(self) -> str:
        """The work's address below `/itu-r/`: `p.835`, `report/bt.2020`, `question/203/sg3`."""
        if self.kind is Kind.RECOMMENDATION:
            return self.code.lower()
        if self.kind is Kind.QUESTION:
            return f"question/{self.number}/{f'sg{self.group}' if self.group else 'none'}"
        return f"{self.kind.value}/{self.code.lower()}"

    @property
    def _prefix(self) -> str:
        return "" if self.kind is Kind.RECOMMENDATION else f"{self.kind.label} "

    def _code(self, version: str) -> str:
        if self.series:
            return f"{self.series}.{self.number}{version}"
        return f"{self.number}{version}/{self.group}" if self.group else f"{self.number}{version}"


@dataclass(frozen=True)
class RadioPaper:
    """What is filed among ITU-R texts but is not one: a draft, a volume, a sales item.

    `is_draft` says that the code is the study-group document number of a draft.
    """

    code: str
    is_draft: bool

    @property
    def text(self) -> str:
        """The identifier as it is printed: `ITU-R M.5/BL/22`, `ITU-R IV.IX`."""
        return f"ITU-R {self.code}"


WORDS = {
    "Report": Kind.REPORT,
    "Handbook": Kind.HANDBOOK,
    "Question": Kind.QUESTION,
    "Resolution": Kind.RESOLUTION,
    "Recommendation": Kind.RECOMMENDATION,
}
_SERIES = r"(?P<series>[A-Z]{1,3})"
_VERSION = r"(?:-(?P<version>\d+))?"
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("coded", re.compile(rf"{_SERIES}\.(?P<number>\d+){_VERSION}")),
    # RS.516-1-0, whose last part is the version: the link says RS.516-0
    ("two versions", re.compile(rf"{_SERIES}\.(?P<number>\d+)-\d+-(?P<version>\d+)")),
    # BT-1543-1, a hyphen for the dot
    ("hyphen for dot", re.compile(rf"{_SERIES}-(?P<number>\d+)-(?P<version>\d+)")),
    (
        "two codes",
        re.compile(rf"{_SERIES}\.(?P<number>\d+){_VERSION}/(?P<second>[A-Z]{{1,3}}\.\d+)"),
    ),
    ("question", re.compile(rf"(?P<number>\d+){_VERSION}/(?P<group>\d+):?")),
    ("question of a group", re.compile(rf"SG(?P<group>\d\d)\.(?P<number>\d+){_VERSION}")),
    ("plain number", re.compile(rf"(?P<number>\d+){_VERSION}(?:\.HDB|:)?")),
)
DRAFT = re.compile(r"[A-Z]+\.(?:\[?\d{1,2}/(?:BL/)?\d+\]?:?|\d{1,2}-BL-\d+|\d{1,2}BL?\d+)")
# Letters and Roman numbers of the volumes of 1990 to 1995, lists and media for sale.
PAPER = re.compile(r"[A-Z]{1,4}(?:-?\d+)?|[IVX]+\.[IVX]+")


def parse_itu_r(text: str, kind: Kind | None = None) -> RadioIdentifier | RadioPaper:
    """Read an ITU-R identifier.

    `kind` is needed where the text carries no word for it. Raises IdentifierError for a text
    of no known form, and for a code whose kind is neither given nor written.
    """
    words, marker, code = text.partition("ITU-R ")
    word = words.strip()
    if not marker or (word and word not in WORDS):
        raise IdentifierError(f"{text!r} is not of the form ‘ITU-R …’")
    kind = WORDS.get(word) or kind or Kind.RECOMMENDATION
    code = code.strip()
    if DRAFT.fullmatch(code):
        return RadioPaper(code, is_draft=True)
    for _, pattern in FORMS:
        if match := pattern.fullmatch(code):
            parts = match.groupdict()
            version, group = parts.get("version"), parts.get("group")
            return RadioIdentifier(
                kind=kind,
                series="" if kind is Kind.RESOLUTION else parts.get("series") or "",
                # Handbooks are filed as 01 and printed as 1.
                number=parts["number"].lstrip("0") or "0",
                group=int(group) if group else None,
                version=int(version) if version is not None else None,
                second=parts.get("second") or "",
            )
    if PAPER.fullmatch(code):
        return RadioPaper(code, is_draft=False)
    raise IdentifierError(f"{code!r} in {text!r} is of no known ITU-R form")
