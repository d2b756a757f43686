"""How many works something has, and in which status they are; in one query for both."""

from __future__ import annotations

from functools import cached_property

from catalog.charts.state_counts import StateCount, state_counts
from catalog.models.work_queries import PublicationQuerySet


class WorksByStatus:
    """What the pages of a collection, a series and a group count of their works."""

    @property
    def all_works(self) -> PublicationQuerySet:
        """The works that are counted."""
        raise NotImplementedError

    @cached_property
    def _by_state(self) -> dict[str, int]:
        return self.all_works.count_by_state()

    @cached_property
    def counts(self) -> list[StateCount]:
        """How many works are in which status."""
        return state_counts(self._by_state)

    @cached_property
    def total(self) -> int:
        """How many works there are."""
        return sum(self._by_state.values())
