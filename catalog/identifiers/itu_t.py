"""ITU-T identifiers: `ITU-T NUMBER [components] (MM/YYYY)`. Rules 1.1 to 1.4 (docs/rules.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.identifiers.folding import NUMBER_REPAIRS
from catalog.terms import ComponentType


class IdentifierError(ValueError):
    """The text is no identifier of this family; the message says what was expected."""


@dataclass(frozen=True)
class ComponentToken:
    """One step of a chain such as `Amd. 1` or `Annex C+`."""

    type: ComponentType
    number: str
    base_year: int | None = None
    # The older name of a corrigendum, which sometimes follows an amendment after a slash.
    technical: bool = False
    joined: bool = False

    @property
    def text(self) -> str:
        """The token as ITU prints it."""
        technical = "Technical " if self.technical else ""
        return f"{technical}{PRINTED[self.type]} {self.number}".strip()

    @property
    def address(self) -> str:
        """The token in an address: `amd1`, `annc+` becomes `anncplus`."""
        number = self.number.lower().replace("+", "plus")
        return SHORT[self.type] + re.sub(r"[^a-z0-9.]+", "-", number)


@dataclass(frozen=True)
class StandardIdentifier:
    """An ITU-T text: a work (no date), an edition or a component of one."""

    number: str
    supplement: str = ""
    version: int | None = None
    components: tuple[ComponentToken, ...] = ()
    month: int | None = None
    year: int | None = None
    # `v.1` and `(V1)` are both printed.
    dotted_version: bool = False

    @property
    def text(self) -> str:
        """The whole identifier as ITU prints it: `ITU-T G.729 Annex C+ (2000) Cor. 1 (03/2001)`.

        The inverse of `parse_itu_t`.
        """
        text = self.work_label
        if self.version is not None:
            text += f" v.{self.version}" if self.dotted_version else f" (V{self.version})"
        for token in self.components:
            base = f" ({token.base_year})" if token.base_year else ""
            text += f"{base}{'/' if token.joined else ' '}{token.text}"
        return f"{text} ({self.month:02d}/{self.year})" if self.year else text

    @property
    def work_label(self) -> str:
        """The work as it is printed without a date: `ITU-T G.709/Y.1331`, `ITU-T G Suppl. 39`."""
        suffix = f" Suppl. {self.supplement}" if self.supplement else ""
        return f"ITU-T {self.number}{suffix}"

    @property
    def first_number(self) -> str:
        """The first part of a dual number: `G.709` of `G.709/Y.1331`."""
        return self.number.split("/")[0]

    @property
    def series(self) -> str:
        """The series letter in upper case: `G`; that of a range is its leading letter.

        Empty for the letter codes of handbooks (`EMC-3`), which belong to no series.
        """
        return match.group() if (match := re.match(r"[A-Z](?![A-Z])", self.number)) else ""

    @property
    def work_address(self) -> str:
        """The second part of the work's address: `g.711`, `v.25ter`, `g.sup39`, `m.3050.sup1`."""
        address = re.sub(r"\s+series$", "", self.first_number).lower().replace(" ", "")
        return f"{address}.sup{self.supplement}" if self.supplement else address

    @property
    def edition_address(self) -> str:
        """The third part of an edition's address: `1988-11`."""
        return f"{self.year:04d}-{self.month:02d}"

    def part_address(self, of_supplement: bool = False) -> str:
        """Return the last part of a component's address: `amd1`, `anncplus-cor1`, `sup2`.

        `of_supplement` says that the work is a supplement itself, so that its number is no part
        of the chain (`G Suppl. 39 (2006) Err. 1` is `err1`, `E.164 Suppl. 3 (2004) Amd. 1` is
        `sup3-amd1`); the identifier alone cannot tell.
        """
        chain = [token.address for token in self.components]
        if self.supplement and not of_supplement:
            chain.insert(0, f"{SHORT[ComponentType.SUPPLEMENT]}{self.supplement}")
        return "-".join(chain)


PRINTED = {
    ComponentType.AMENDMENT: "Amd.",
    ComponentType.CORRIGENDUM: "Cor.",
    ComponentType.ERRATUM: "Err.",
    ComponentType.ANNEX: "Annex",
    ComponentType.APPENDIX: "App.",
    ComponentType.SUPPLEMENT: "Suppl.",
    ComponentType.ADDENDUM: "Add.",
    ComponentType.ATTACHMENT: "attachment",
}
SHORT = {
    ComponentType.AMENDMENT: "amd",
    ComponentType.CORRIGENDUM: "cor",
    ComponentType.ERRATUM: "err",
    ComponentType.ANNEX: "ann",
    ComponentType.APPENDIX: "app",
    ComponentType.SUPPLEMENT: "sup",
    ComponentType.ADDENDUM: "add",
    ComponentType.ATTACHMENT: "att",
}

DATE = re.compile(r" \((?P<month>\d{2})/(?P<year>\d{4})\)$")
TOKENS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("version", re.compile(r"\s*(?:\(V\s?(\d+)\)|v\.(\d+))")),
    ("base", re.compile(r"\s*\((\d{4})\)")),
    (ComponentType.ANNEX, re.compile(r"\s*Annex\s+([A-Z]+\d*\+?)")),
    (ComponentType.APPENDIX, re.compile(r"\s*App\.\s?([IVXL]+(?: test vectors| Software)?)")),
    (ComponentType.SUPPLEMENT, re.compile(r"\s*Suppl\.\s*(\d+(?:\.\d+)?)")),
    (ComponentType.ADDENDUM, re.compile(r"\s*Add\.\s*(\d+)")),
    (ComponentType.AMENDMENT, re.compile(r"\s*Amd\.\s*(\d+)")),
    ("technical", re.compile(r"(?:/|\s+)Technical Cor\.\s*(\d+)")),
    (ComponentType.CORRIGENDUM, re.compile(r"\s*Cor\.\s*(\d+)")),
    (ComponentType.ERRATUM, re.compile(r"\s*Err\.\s*(\d+)")),
    (ComponentType.ATTACHMENT, re.compile(r"\s*attachment()")),
)
_TAIL = r"(?: (?:bis|ter|quater))?"
NUMBER = re.compile(
    r"[A-Z]+(?:-\d+| \d+|\d+-\d+|\.\d+)? series"  # E-800 series (Suppl. 9), E.1100 series
    r"|[A-Z]"  # G (Suppl. 39)
    r"|[A-Z]\d+-\d+|[A-Z]-\d+"  # E100-300, E-500 (Suppl.)
    r"|(?:EMC|MES|IMPL|QOS|SEC)-[\w.]+"  # letter codes of handbooks
    r"|[A-Z]\.\d+(?:\.\d+)?-(?:[A-Z]\.)?\d+"  # Q.120-Q.139, Q.732.2-5
    rf"|[A-Z]\.\d+(?:\.\d+)*(?:[a-cl])?(?: [A-FR])?{_TAIL}"  # G.711, D.200 R, V.25 ter
    rf"(?:/[A-Z]\.\d+(?:\.\d+)*(?: [A-FR])?{_TAIL}){{0,2}}"  # G.709/Y.1331, H.13/O.71/V.55
)


def parse_itu_t(text: str) -> StandardIdentifier:
    """Read an ITU-T identifier of a work, an edition or a component.

    Takes the printed form with its `ITU-T ` prefix. Raises IdentifierError if the prefix, the
    number or a token is not of a known form.
    """
    if not text.startswith("ITU-T "):
        raise IdentifierError(f"{text!r} does not start with ‘ITU-T ’")
    rest = text.removeprefix("ITU-T ").strip()
    month = year = None
    if date := DATE.search(rest):
        month, year = int(date["month"]), int(date["year"])
        if not 1 <= month <= 12:
            raise IdentifierError(f"{text!r} names month {month}")
        rest = rest[: date.start()]
    number, tokens = _split_number(rest, text)
    return _assemble(number, tokens, month, year)


def _split_number(rest: str, text: str) -> tuple[str, list[tuple[str, re.Match[str]]]]:
    starts = [match.start() for _, pattern in TOKENS if (match := pattern.search(rest))]
    cut = min(starts, default=len(rest))
    number = NUMBER_REPAIRS.get(rest[:cut].strip(), rest[:cut].strip())
    if not NUMBER.fullmatch(number):
        raise IdentifierError(f"{number!r} in {text!r} is no ITU-T number")
    tokens, position = [], cut
    while position < len(rest):
        for name, pattern in TOKENS:
            if match := pattern.match(rest, position):
                tokens.append((name, match))
                position = match.end()
                break
        else:
            raise IdentifierError(f"{rest[position:]!r} in {text!r} is no known component")
    return number, tokens


def _assemble(
    number: str, tokens: list[tuple[str, re.Match[str]]], month: int | None, year: int | None
) -> StandardIdentifier:
    supplement, version, base, dotted = "", None, None, False
    components: list[ComponentToken] = []
    for name, match in tokens:
        value = next(group for group in match.groups() if group is not None)
        if name == "version":
            version, dotted = int(value), match.group().strip().startswith("v")
        elif name == "base":
            base = int(value)
        elif name is ComponentType.SUPPLEMENT and not components and base is None:
            supplement = value
        else:
            technical = name == "technical"
            kind = ComponentType.CORRIGENDUM if technical else name
            joined = match.group().startswith("/")
            components.append(ComponentToken(kind, value, base, technical, joined))
            base = None
    return StandardIdentifier(number, supplement, version, tuple(components), month, year, dotted)
