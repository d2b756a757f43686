"""What somebody seems to ask for: the reading of a text, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.terms import Kind, SectorCode

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class Asked:
    """One reading of a text.

    `numbers` holds, for each part of a dual number, the keys that it may have, the likeliest
    first (see `catalog.identifiers.keys`). `kinds` and `sectors` limit the works where they are
    not empty. `part` is the chain of components as in addresses (`anncplus-cor1`).
    `tier` is 0 for a reading of what is written and grows with what had to be mended.
    """

    numbers: tuple[tuple[str, ...], ...]
    label: str = ""
    sectors: frozenset[SectorCode] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    part: str = ""
    part_label: str = ""
    base_year: int | None = None
    year: int | None = None
    month: int | None = None
    version: int | None = None
    tier: int = 0
    # What stands behind the identifier after a comma or colon: a title, a place, a publisher.
    rest: str = ""
    # The key of a link, if the text was one.
    link: str = ""
    is_link: bool = False
    is_name: bool = False
    keys: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self):
        keys = dict.fromkeys(key for half in self.numbers for key in half)
        object.__setattr__(self, "keys", (*keys, self.link) if self.link else tuple(keys))

    @property
    def is_undated(self) -> bool:
        """Whether it names a work: no date, no version, no component."""
        return not (self.part or self.year or self.version is not None)

    @property
    def date_words(self) -> str:
        """The date in words: `November 1988`, `1988`."""
        if self.month and self.year:
            return f"{MONTHS[self.month - 1]} {self.year}"
        return str(self.year or "")

    @property
    def text(self) -> str:
        """What was understood, in the spelling of ITU: `ITU-T G.711 (1988) Amd. 1 (08/2009)`."""
        words = self.label
        is_radio = self.sectors == {SectorCode.ITU_R}
        if self.version is not None:
            number, slash, group = words.partition("/")
            words = (
                f"{number}-{self.version}{slash}{group}"
                if is_radio
                else f"{words} (V{self.version})"
            )
        if self.base_year:
            words += f" ({self.base_year})"
        if self.part_label:
            words += f" {self.part_label}"
        if self.month and self.year:
            words += f" ({self.month:02d}/{self.year})"
        elif self.year:
            words += f" ({self.year})"
        return words
