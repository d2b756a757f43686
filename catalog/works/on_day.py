"""What was in force on a day in the past, worked out from the dates of approval.

Rules 10.1 to 10.3 (docs/rules.md). The newest edition approved by the day stands for the work, as
in the history figure and the table of editions. Whether it was in force is another question: the
sources say when a text was approved, never when it was withdrawn, so the answer may be that it is
not known. From the day on which its status of today was read, it is that status.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from django.utils import timezone

from catalog.models import Component, Edition, ImportRun, Publication
from catalog.terms import IN_FORCE_STATES, Precision, SectorCode, State

ENDED_STATES = frozenset({State.SUPERSEDED, State.WITHDRAWN, State.NOT_IN_FORCE})


class Basis(Enum):
    """What is known of a work on a day."""

    IN_FORCE = auto()
    ENDED = auto()  # known to be no longer in force by then
    END_UNKNOWN = auto()  # no longer in force today, and since when is not known
    GAP = auto()  # the one that followed is not held, or its approval is not known
    LATEST_KNOWN = auto()  # ITU publishes no states for texts of this kind
    ISSUE = auto()  # issues of a serial stand side by side
    NOT_YET = auto()  # the first edition came later
    BEFORE_FIRST_HELD = auto()  # so did the first one held, but there may have been others
    NO_EDITION = auto()  # no edition with a date is held


@dataclass(frozen=True)
class OnDay:
    """A work as it stood on a day; `known_from`: since when the state of the edition is known."""

    day: datetime.date
    basis: Basis
    edition: Edition | None = None
    following: Edition | None = None
    editions: list[Edition] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)
    unsure: list[Component] = field(default_factory=list)
    known_from: datetime.date | None = None
    run: ImportRun | None = None

    @property
    def state(self) -> str:
        """The state of the work on the day; empty where it is not known."""
        if self.basis is Basis.ENDED and self.edition is not None:
            return self.edition.state
        return State.IN_FORCE if self.basis is Basis.IN_FORCE else ""

    @property
    def state_doubted(self) -> bool:
        """Whether that state rests on one of today that is doubted."""
        return self.edition is not None and self.edition.state_doubted

    @property
    def is_within_precision(self) -> bool:
        """Whether the edition may have come after the day: only month or year are known."""
        if self.edition is None or self.edition.precision == Precision.DAY:
            return False
        same_year = self.edition.date.year == self.day.year
        if self.edition.precision == Precision.YEAR:
            return same_year
        return same_year and self.edition.date.month == self.day.month

    def state_of(self, part: Edition | Component) -> str:
        """Return the state of an edition or component on the day; empty if it is not known."""
        if self.edition is None:
            return ""
        if isinstance(part, Component):
            return self._state_of_component(part)
        if part.pk == self.edition.pk:
            return self.state
        if state_known_from(part, self.run) <= self.day:
            return part.state
        return part.state if part.state in (State.SUPERSEDED, State.IN_FORCE) else ""

    def _state_of_component(self, part: Component) -> str:
        if state_known_from(part, self.run) <= self.day:
            return part.state
        if part.edition_id == self.edition.pk:
            known = self.basis is Basis.IN_FORCE and part not in self.unsure
            return State.IN_FORCE if known else ""
        return State.SUPERSEDED if part.state == State.SUPERSEDED else ""


def on_day(
    work: Publication,
    editions: Iterable[Edition],
    components: Iterable[Component],
    day: datetime.date,
    run: ImportRun | None = None,
) -> OnDay:
    """Return what was in force on a day; `run` is the last import.

    Takes all editions and components of the work; its family and sector must be at hand. An
    edition whose approval is known to the month counts from the first of that month.
    """
    dated = sorted((e for e in editions if e.date), key=lambda edition: _place(edition))
    known = [edition for edition in dated if edition.date <= day]
    if not known:
        first = min(dated, key=lambda edition: edition.date, default=None)
        return OnDay(day, _basis_before(work, first), following=first)
    edition = known[-1]
    later = sorted((e for e in editions if _place(e) > _place(edition)), key=_place)
    following = later[0] if later else None
    parts = [p for p in components if p.edition_id == edition.pk and p.date and p.date <= day]
    over = [p for p in parts if has_ended(p, day, run)]
    unsure = [part for part in parts if part not in over and not _counted(part, edition)]
    ended = has_ended(edition, day, run)
    return OnDay(
        day,
        Basis.ENDED if ended else _basis(work, edition, following),
        edition,
        following,
        known[::-1],
        [part for part in parts if part not in over and part not in unsure],
        unsure,
        state_known_from(edition, run),
        run,
    )


def state_known_from(part: Edition | Component, run: ImportRun | None) -> datetime.date:
    """Return the day from which the status of today is known to hold.

    It is the day of the snapshot that the last import (`run`) read, if the text comes from the
    data set and has not changed since; else the day on which the text last changed here.
    """
    changed = timezone.localtime(part.changed).date()
    if run is None or not part.from_source or part.left_source is not None:
        return changed
    return min(changed, run.snapshot_date) if part.changed <= run.finished else changed


def has_ended(part: Edition | Component, day: datetime.date, run: ImportRun | None) -> bool:
    """Return whether a text is known to have been no longer in force on a day."""
    return part.state in ENDED_STATES and state_known_from(part, run) <= day


def state_is_known(edition: Edition, following: Edition | None, states_published: bool) -> bool:
    """Return whether an edition was in force for as long as it was the newest one.

    It was if it is in force today, or if the next edition replaced it on a known day. Versions
    that are missing in between could have replaced it earlier (rule 10.2).
    """
    if edition.state in IN_FORCE_STATES:
        return True
    if edition.state != State.SUPERSEDED or not states_published or following is None:
        return False
    if not following.has_known_approval:
        return False
    numbered = edition.version is not None and following.version is not None
    return not numbered or following.version <= edition.version + 1


def _basis(work: Publication, edition: Edition, following: Edition | None) -> Basis:
    if state_is_known(edition, following, work.family.states_published):
        return Basis.IN_FORCE
    if edition.state == "":
        return Basis.ISSUE
    if edition.state == State.PRESUMED_CURRENT or not work.family.states_published:
        return Basis.LATEST_KNOWN
    if edition.state == State.SUPERSEDED and following is not None:
        return Basis.GAP
    return Basis.END_UNKNOWN


def _basis_before(work: Publication, first: Edition | None) -> Basis:
    """Return what is known of the time before the first edition that is held.

    Nothing was in force then only if that edition is really the first one, its approval is
    known and ITU publishes statuses: first versions of ITU-R texts are often missing, and files
    were posted long after approval (rules 4.2 and 10.3).
    """
    if first is None:
        return Basis.NO_EDITION
    earliest = 0 if work.sector.code == SectorCode.ITU_R else 1
    is_first = first.version is None or first.version <= earliest
    known = is_first and first.has_known_approval and work.family.states_published
    return Basis.NOT_YET if known else Basis.BEFORE_FIRST_HELD


def _counted(part: Component, edition: Edition) -> bool:
    """Whether a component counted for as long as its edition did.

    What is superseded today went with its edition, unless the edition is still in force.
    """
    if part.state in IN_FORCE_STATES:
        return True
    return part.state == State.SUPERSEDED and edition.state not in IN_FORCE_STATES


def _place(edition: Edition) -> tuple[int, int]:
    return (edition.position, edition.pk)
