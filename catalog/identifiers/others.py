"""Identifiers of ITU-D and of the Union as a whole, as the curated entries carry them.

ITU prints them in two forms: `ITU-D 19` for Recommendations, and the codes of its publications
service, `D-STG-SG01.06.3-2017`, `R-REG-ROP`: sector, kind, then what identifies the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.identifiers.itu_t import IdentifierError
from catalog.terms import SectorCode

NUMBERED = re.compile(r"(?P<sector>ITU-D) (?P<code>\d+)")
CODED = re.compile(r"(?P<letter>[DRST])-(?P<code>[A-Z]{2,5}-[A-Z0-9][A-Z0-9._]*(?:-[A-Z0-9._]+)*)")
LETTERS = {
    "D": SectorCode.ITU_D,
    "R": SectorCode.ITU_R,
    "S": SectorCode.ITU,
    "T": SectorCode.ITU_T,
}


@dataclass(frozen=True)
class PublicationCode:
    """A text known by its number in a Sector, or by the code of ITU's publications service."""

    sector: SectorCode
    code: str
    is_numbered: bool

    @property
    def text(self) -> str:
        """The identifier as ITU prints it; read back by `parse_other`."""
        if self.is_numbered:
            return f"{self.sector.label} {self.code}"
        letter = next(letter for letter, sector in LETTERS.items() if sector is self.sector)
        return f"{letter}-{self.code}"


def parse_other(text: str) -> PublicationCode:
    """Read an identifier of ITU-D or a code of the publications service.

    Raises IdentifierError for anything else.
    """
    if match := NUMBERED.fullmatch(text):
        return PublicationCode(SectorCode.ITU_D, match["code"], is_numbered=True)
    if match := CODED.fullmatch(text):
        return PublicationCode(LETTERS[match["letter"]], match["code"], is_numbered=False)
    raise IdentifierError(f"{text!r} is neither a number of ITU-D nor a publication code")
