"""What the history of an entry, an edition or a component shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model

from catalog.pages.numbered import NumberedPage
from catalog.timeline import TimelineRow, length_of, timeline_of


class Timeline(Sequence):
    """The history of a row as a list that reads no more than what is asked of it."""

    def __init__(self, row: Model):
        self.row = row

    def __len__(self) -> int:
        return length_of(self.row)

    def __getitem__(self, part: slice) -> list[TimelineRow]:
        return timeline_of(
            self.row, with_people=False, limit=part.stop - part.start, offset=part.start
        )


@dataclass(frozen=True)
class NumberQuery:
    """The parameters of a list that has none but the number of its page."""

    def query(self, **changes: Any) -> str:
        """Return the query string with some parameters changed (None drops one)."""
        return urlencode({name: value for name, value in changes.items() if value is not None})


@dataclass(frozen=True)
class HistoryPage(NumberedPage):
    """The writes of a record without names of people, the newest first."""

    label: str

    @cached_property
    def rows(self) -> list[TimelineRow]:
        """The writes of the page."""
        return list(self.numbered.object_list)
