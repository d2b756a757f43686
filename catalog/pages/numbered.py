"""What all lists share that are read page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.core.paginator import Page


class ListQuery(Protocol):
    """The parameters of a list, as they stand in its address."""

    def query(self, **changes: Any) -> str:
        """Return the query string with some parameters changed (None drops one)."""


@dataclass(frozen=True)
class NumberedPage:
    """A page of a list: `numbered` are its rows and its place, `chosen` the parameters."""

    numbered: Page
    chosen: ListQuery

    @property
    def own_query(self) -> str:
        """The parameters of a page after the first, which is a page of its own; else nothing."""
        number = self.numbered.number
        return self.chosen.query(page=number) if number > 1 else ""

    @property
    def page_numbers(self) -> list[int | str]:
        """The numbers of the pages that are linked, with a sign where some are left out."""
        pages = self.numbered.paginator
        return list(pages.get_elided_page_range(self.numbered.number, on_each_side=2, on_ends=1))
