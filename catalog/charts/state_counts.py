"""How many works are in which state, in the order and words that pages use."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.terms import State


@dataclass(frozen=True)
class StateCount:
    """A state with the number of works in it."""

    state: str
    label: str
    count: int


def state_counts(by_state: dict[str, int]) -> list[StateCount]:
    """Return the states that occur, in the order of the vocabulary; serials without one last."""
    counts = [
        StateCount(state.value, _(state.label), by_state[state.value])
        for state in State
        if by_state.get(state.value)
    ]
    if by_state.get(""):
        counts.append(StateCount("", _("Without a status"), by_state[""]))
    return counts
