"""What a reading comes to, how close that is to what is written, and why it is this text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from catalog.identifiers.asked import Asked
from catalog.resolver.rows import Target
from catalog.terms import IdentifierRole

# Ranks: the lower, the closer. Between two of them is room for mended readings and for how
# strict a test a part has passed.
EXACT, OTHER_SECTOR, OTHER_NUMBER, WORK_ONLY = 0, 20, 40, 60
A_TIER = 4


class Reason(StrEnum):
    """Why the text that was taken is not plainly the one that was asked for."""

    FORMER_NUMBER = "former-number"
    ISO_TWIN = "iso-twin"
    DRAFT_CODE = "draft-code"
    COMMON_NAME = "common-name"
    ONLY_ONE_IN_FORCE = "only-one-in-force"
    WHOLE_NUMBER = "whole-number"
    OTHER_NUMBER = "other-number"
    OTHER_DATE = "other-date"
    PART_OF_THE_MONTH = "part-of-the-month"
    PART_OF_A_PART = "part-of-a-part"
    NO_SUCH_EDITION = "no-such-edition"
    NO_SUCH_PART = "no-such-part"
    OTHER_SECTOR = "other-sector"


REASONS_OF_ROLES = {
    IdentifierRole.FORMER: Reason.FORMER_NUMBER,
    IdentifierRole.ISO: Reason.ISO_TWIN,
    IdentifierRole.DRAFT: Reason.DRAFT_CODE,
    IdentifierRole.COMMON: Reason.COMMON_NAME,
}


@dataclass(frozen=True)
class Choice:
    """What a reading comes to: one target, several, or none.

    `rank` orders choices of different readings: the lower, the closer to what is written.
    """

    rank: int = 99
    taken: Target | None = None
    others: tuple[Target, ...] = ()
    reasons: tuple[Reason, ...] = ()
    asked: Asked | None = field(default=None, compare=False)
    # Of works that do not carry the number today: their primary keys, and what it is to them.
    whys: tuple[tuple[int, Reason], ...] = ()

    def __bool__(self) -> bool:
        return not self.is_empty

    @property
    def is_empty(self) -> bool:
        return self.taken is None and not self.others
