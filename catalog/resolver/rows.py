"""Plain rows of the index of identifiers, and the texts that they name."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple


class _Columns(NamedTuple):
    key: str
    role: str
    publication: int
    edition: int | None
    component: int | None
    sector: str
    kind: str
    part: str
    base_year: int | None
    edition_year: int | None
    year: int | None
    month: int | None
    version: int | None
    state: str


class IdentifierRow(_Columns):
    """A row of the index, as `KnownIdentifier` keeps it.

    Of a work with many parts each row is asked many times what it names, so it remembers.
    """

    @cached_property
    def target(self) -> Target:
        """The text that the row names."""
        return Target(self.publication, self.edition, self.component)

    @cached_property
    def base_years(self) -> tuple[int | None, int | None]:
        """The years that may stand between the number and a component."""
        return (self.base_year, self.edition_year)

    @cached_property
    def is_of_work(self) -> bool:
        """Whether it names the work and not a part of it."""
        return self.edition is None and self.component is None


class Target(NamedTuple):
    """A text by its primary keys; of a work the last two are None."""

    publication: int
    edition: int | None = None
    component: int | None = None
