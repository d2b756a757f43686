"""What the pages of families of texts show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from catalog.charts.figures import KindCount, kind_counts
from catalog.models import Publication, TextFamily
from catalog.models.page_queries import text_families
from catalog.models.work_queries import PublicationQuerySet
from catalog.pages.numbered import NumberedPage


class PageQuery:
    """The parameters of a list with none but the number of the page."""

    def query(self, **changes: Any) -> str:
        """Return the query string with some parameters changed (None drops one)."""
        return urlencode({name: value for name, value in changes.items() if value is not None})


@dataclass(frozen=True)
class TextFamilyPage(NumberedPage):
    """A family of texts with its members in this catalogue, by number; `asked` led to it."""

    family: TextFamily
    members: PublicationQuerySet
    asked: str = ""

    @property
    def works(self) -> list[Publication]:
        """The members on this page of the list."""
        return list(self.numbered.object_list)

    @cached_property
    def total(self) -> int:
        """How many members there are."""
        return self.numbered.paginator.count

    @cached_property
    def current(self) -> int:
        """How many of them are in force or presumed current."""
        return self.members.current().count()

    @property
    def others(self) -> int:
        """How many of them are neither."""
        return self.total - self.current

    @cached_property
    def kinds(self) -> list[KindCount]:
        """How many there are of each kind."""
        return kind_counts(self.members)


@dataclass(frozen=True)
class TextFamiliesPage:
    """All families of texts, by name."""

    @cached_property
    def families(self) -> list[TextFamily]:
        """The families."""
        return sorted(text_families(), key=lambda family: str(family).casefold())
