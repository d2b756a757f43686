"""What readers and the editor saw, by phase, and the table of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

ACCEPTED = "accepted"
HEADS = ("s", "answers", "failed", "p50", "p95", "max", "saves", "refused", "looks", "stale")
WIDE = 38


@dataclass
class Phase:
    """Some seconds in which one part is away, or all are there."""

    name: str
    is_outage: bool = True
    begin: float = 0.0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)  # milliseconds
    errors: Counter[str] = field(default_factory=Counter)
    again: int = 0
    saves: Counter[str] = field(default_factory=Counter)
    save_waits: list[float] = field(default_factory=list)
    written: int = 0  # saves that were not accepted, but shown to readers later
    looks: Counter[str] = field(default_factory=Counter)  # by who was asked
    looks_failed: int = 0
    stale: list[str] = field(default_factory=list)
    inner_workings: list[str] = field(default_factory=list)
    rows_of_replica: int | None = None

    @property
    def failed(self) -> int:
        """How many answers were errors."""
        return self.errors.total()

    @property
    def accepted(self) -> int:
        """How many saves were accepted."""
        return self.saves[ACCEPTED]

    def faults(self) -> list[str]:
        """Return what must not be, in words."""
        found = [f"stale: {words}" for words in self.stale]
        found += [f"inner workings shown: {words}" for words in self.inner_workings]
        if self.failed:
            found.append(f"{self.failed} of {len(self.waits)} answers were errors")
        if not self.waits:
            found.append("nobody read anything")
        return [f"{self.name}: {words}" for words in found]


class Record:
    """The phases so far; all threads write into the one that runs."""

    def __init__(self, rows_of_replica: Callable[[], int | None]):
        self.phases: list[Phase] = []
        self._rows, self._rows_before = rows_of_replica, None

    def begin(self, phase: Phase) -> None:
        """End the phase before, and begin another."""
        self.end()
        phase.begin = time.monotonic()
        self._rows_before = self._rows()
        self.phases.append(phase)

    def end(self) -> None:
        """End the phase that runs."""
        if self.phases:
            last = self.phases[-1]
            last.seconds = time.monotonic() - last.begin
            now = self._rows()
            # One that was killed has forgotten its counts.
            if None not in (now, self._rows_before) and now >= self._rows_before:
                last.rows_of_replica = now - self._rows_before

    @property
    def now(self) -> Phase:
        """The phase that runs."""
        return self.phases[-1]

    def of(self, began_in: Phase) -> Phase:
        """Return the phase to which something belongs that ends now: an outage, if it met one."""
        return self.now if self.now.is_outage and not began_in.is_outage else began_in


def print_table(phases: list[Phase]) -> None:
    """Print one row for each phase, and below it what failed and how."""
    print()
    print(f"{'times in milliseconds':{WIDE}}" + "".join(f"{head:>9}" for head in HEADS))
    for phase in phases:
        waits = sorted(phase.waits) or [0.0]
        refused = phase.saves.total() - phase.accepted
        numbers = [
            f"{phase.seconds:.0f}",
            f"{len(phase.waits):,}",
            f"{share(phase.failed, len(phase.waits))}",
            *(f"{value:,.0f}" for value in (part(waits, 0.5), part(waits, 0.95), waits[-1])),
            phase.accepted,
            refused,
            phase.looks.total(),
            len(phase.stale),
        ]
        print(f"{phase.name:{WIDE}}" + "".join(f"{number:>9}" for number in numbers))
        for line in details(phase):
            print(f"    {line}")
    print(flush=True)


def details(phase: Phase) -> list[str]:
    """Return what stands below the row of a phase."""
    lines = [
        f"{share(times, len(phase.waits))} ({times}): {words}"
        for words, times in phase.errors.most_common()
    ]
    lines += [
        f"save not accepted ({times}): {words}"
        for words, times in phase.saves.most_common()
        if words != ACCEPTED
    ]
    if phase.written:
        lines.append(f"of those, written all the same: {phase.written}")
    if phase.again:
        lines.append(f"asked again on a new connection, as browsers do: {phase.again}")
    if phase.looks_failed:
        lines.append(f"looks that were answered with an error: {phase.looks_failed}")
    who = ", ".join(f"{name} {times}" for name, times in sorted(phase.looks.items()))
    rows = "-" if phase.rows_of_replica is None else f"{phase.rows_of_replica:,}"
    longest = f"{max(phase.save_waits):,.0f} ms" if phase.save_waits else "-"
    lines.append(f"looks: {who or 'none'}; rows read at the replica: {rows}")
    lines.append(f"longest save: {longest}")
    return lines


def share(some: int, all_of_them: int) -> str:
    """Return a share in words."""
    return f"{some / all_of_them:.1%}" if all_of_them else "-"


def part(values: list[float], which: float) -> float:
    """Return a quantile of sorted values."""
    return values[min(int(len(values) * which), len(values) - 1)]
