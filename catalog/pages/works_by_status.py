"""How many works something has, in which status and of which year they are; in one query."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from catalog.charts.state_counts import StateCount, state_counts
from catalog.charts.years_by_status import YearsByStatus, years_by_status
from catalog.models.work_queries import PublicationQuerySet
from catalog.terms import IN_FORCE_STATES


class WorksByStatus:
    """What the home page and those of a collection, a series and a group count of their works."""

    @property
    def all_works(self) -> PublicationQuerySet:
        """The works that are counted."""
        raise NotImplementedError

    @cached_property
    def _by_year_and_state(self) -> list[tuple[int | None, str, int]]:
        return self.all_works.count_by_year_and_state()

    @cached_property
    def _by_state(self) -> dict[str, int]:
        works: Counter[str] = Counter()
        for _year, state, number in self._by_year_and_state:
            works[state] += number
        return works

    @cached_property
    def counts(self) -> list[StateCount]:
        """How many works are in which status."""
        return state_counts(self._by_state)

    @property
    def total(self) -> int:
        """How many works there are."""
        return sum(self._by_state.values())

    @property
    def in_force(self) -> int:
        """How many of them are in force."""
        return sum(self._by_state.get(state, 0) for state in IN_FORCE_STATES)

    @cached_property
    def years(self) -> YearsByStatus | None:
        """Its works by the year of their current edition and by status, as a figure."""
        return years_by_status(self._by_year_and_state)
