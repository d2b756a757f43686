"""What the pages about the catalogue itself show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.models import (
    Component,
    Edition,
    ImportRun,
    Publication,
    SearchEntry,
    SourceRecord,
)
from catalog.terms import STATE_MEANINGS, VERIFICATION_MEANINGS, State, Verification
from catalog.wording.import_report import DATA_SET, DATA_SET_URL, newest_run, snapshot_date


@dataclass(frozen=True)
class AboutPage:
    """How much the catalogue holds, and from where."""

    data_set = DATA_SET
    data_set_url = DATA_SET_URL

    @cached_property
    def run(self) -> ImportRun | None:
        """The newest import; None before the first."""
        return newest_run()

    @cached_property
    def snapshot(self) -> datetime.date:
        """The day of the snapshot that the catalogue shows."""
        return snapshot_date(self.run)

    @cached_property
    def total(self) -> int:
        """How many entries there are of all kinds."""
        return SearchEntry.objects.count()

    @cached_property
    def works(self) -> int:
        """How many works there are."""
        return Publication.objects.count()

    @cached_property
    def editions(self) -> int:
        """How many editions there are."""
        return Edition.objects.count()

    @cached_property
    def components(self) -> int:
        """How many components there are."""
        return Component.objects.count()

    @cached_property
    def left_out(self) -> int:
        """How many records of the data set stand for no text of their own."""
        return SourceRecord.objects.left_out().count()


class Meaning(NamedTuple):
    """A word for a state or a verification, what it means, and how often it occurs."""

    word: State | Verification
    text: str
    uses: int


@dataclass(frozen=True)
class StatesPage:
    """What the words for states mean."""

    @cached_property
    def rows(self) -> list[Meaning]:
        """The states, with their numbers of works."""
        counts = Publication.objects.count_by_state()
        return [
            Meaning(word, _(text), counts.get(word, 0)) for word, text in STATE_MEANINGS.items()
        ]


@dataclass(frozen=True)
class VerificationPage:
    """What the words for verification mean."""

    @cached_property
    def rows(self) -> list[Meaning]:
        """The words, with their numbers of entries."""
        counts = SearchEntry.objects.count_by_verification()
        meanings = VERIFICATION_MEANINGS.items()
        return [Meaning(word, _(text), counts.get(word, 0)) for word, text in meanings]
