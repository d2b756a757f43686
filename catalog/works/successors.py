"""Which text stands today in the place of one that is no longer in force.

Plain Python over plain rows. A succession says what took the place of a text; several of them
form a chain, which may fork, end at a text that is not in force either, or run in a circle.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.terms import CURRENT_STATES, Certainty, SuccessionVerb

# From the surest to the least sure; a chain is as sure as its weakest link.
BY_CERTAINTY = (
    Certainty.STATED,
    Certainty.SAME_TITLE,
    Certainty.SAME_NUMBER,
    Certainty.INFERRED,
    Certainty.GENERAL_KNOWLEDGE,
)
FACTS = frozenset(BY_CERTAINTY[:3])

# What stands for a text: the primary key of its work, or its name if it is not in the catalogue.
TextKey = int | str


def last_whole_year(day: datetime.date) -> int:
    """Return the last year that is over on a day; what happened in a year is known by its end."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


@dataclass(frozen=True)
class TextInChain:
    """A text that takes part in successions; `work` is None if it is not in the catalogue."""

    name: str
    work: int | None = None
    state: str = ""
    url: str = ""

    @property
    def key(self) -> TextKey:
        """What stands for the text."""
        return self.name if self.work is None else self.work

    @property
    def is_current(self) -> bool:
        """Whether the text is in force or presumed current."""
        return self.state in CURRENT_STATES

    @property
    def may_stand_today(self) -> bool:
        """Whether the text is current, or nothing is known of its status."""
        return self.is_current or self.work is None


@dataclass(frozen=True)
class Succession:
    """One text took the place of another; `source` names what says so.

    `came_out` is the year of the first edition of the successor, if it is known.
    """

    text: TextInChain
    successor: TextInChain
    verb: SuccessionVerb
    certainty: Certainty
    since: int | None = None
    source: str = ""
    source_url: str = ""
    came_out: int | None = None

    @property
    def known_since(self) -> int | None:
        """The year by which it is known to have happened: never before the successor came out."""
        return None if self.since is None else max(self.since, self.came_out or self.since)

    @property
    def is_fact(self) -> bool:
        """Whether it may be told without saying how it is known."""
        return self.certainty in FACTS

    def happened_by(self, day: datetime.date) -> bool:
        """Whether it is known to have happened by a day."""
        return self.known_since is not None and self.known_since <= last_whole_year(day)


@dataclass(frozen=True)
class Chain:
    """What took the place of a text, step by step.

    `steps` are the successions of the text itself, `ends` the texts at the end of the chain that
    may stand today, `links` all successions on the ways to them, `certainty` that of the weakest
    link. As of a year (`year`), `ends` are the last texts that are known to have followed by then.
    """

    steps: tuple[Succession, ...] = ()
    ends: tuple[TextInChain, ...] = ()
    links: tuple[Succession, ...] = ()
    certainty: Certainty = Certainty.STATED
    year: int | None = None

    def __bool__(self) -> bool:
        return bool(self.steps)

    @property
    def successors(self) -> tuple[TextInChain, ...]:
        """The texts that took the place at once."""
        return tuple(step.successor for step in self.steps)

    @property
    def goes_on(self) -> bool:
        """Whether other texts than the successors themselves stand at the end."""
        return set(self.ends) != set(self.successors)

    @property
    def is_fact(self) -> bool:
        """Whether the whole chain may be told without saying how it is known."""
        return self.certainty in FACTS


NO_CHAIN = Chain()


class Successions:
    """All successions, read from either side."""

    def __init__(self, rows: Iterable[Succession]):
        self._after: dict[TextKey, list[Succession]] = defaultdict(list)
        self._before: dict[TextKey, list[Succession]] = defaultdict(list)
        for row in rows:
            self._after[row.text.key].append(row)
            self._before[row.successor.key].append(row)

    def as_of(self, key: TextKey, day: datetime.date) -> Chain:
        """Return what is known to have taken the place of a text by a day."""
        return self.chain(key, last_whole_year(day))

    def before(self, key: TextKey) -> tuple[Succession, ...]:
        """Return the successions by which a text took the place of others."""
        return tuple(self._before.get(key, ()))

    def after(self, key: TextKey, year: int | None = None) -> tuple[Succession, ...]:
        """Return what took the place of a text; with `year` what is known to have by then."""
        rows = self._after.get(key, ())
        if year is None:
            return tuple(rows)
        return tuple(row for row in rows if row.known_since and row.known_since <= year)

    def chain(self, key: TextKey, year: int | None = None) -> Chain:
        """Return what stands at the end of the successions of a text, today or as of a year."""
        steps = self.after(key, year)
        if not steps:
            return NO_CHAIN
        ends: dict[TextKey, TextInChain] = {}
        links: dict[Succession, None] = {}
        for path in self._paths(key, year):
            end = path[-1].successor
            if year is not None or end.may_stand_today:
                ends[end.key] = end
                links.update(dict.fromkeys(path))
        weakest = max(BY_CERTAINTY.index(link.certainty) for link in links or steps)
        # Steps that lead to nothing in force are told as well, so they count among the links.
        told = tuple(dict.fromkeys((*steps, *links)))
        return Chain(steps, tuple(ends.values()), told, BY_CERTAINTY[weakest], year)

    def _paths(self, key: TextKey, year: int | None) -> Iterator[tuple[Succession, ...]]:
        """Yield a way from a text to each end that it leads to; each text is passed once."""
        seen = {key}
        waiting = [(step,) for step in reversed(self.after(key, year))]
        while waiting:
            path = waiting.pop()
            text = path[-1].successor
            if text.key in seen:
                continue
            seen.add(text.key)
            further = () if year is None and text.is_current else self.after(text.key, year)
            if not further:
                yield path
            waiting += [(*path, step) for step in reversed(further)]
