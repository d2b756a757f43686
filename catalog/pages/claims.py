"""How many claims were checked with which verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from catalog.terms import Verification


class VerdictCount(NamedTuple):
    """A verdict with the number of claims that have it."""

    verdict: Verification
    claims: int


def verdict_counts(by_verification: Mapping[str, int]) -> list[VerdictCount]:
    """Return how many claims have each verdict, the surest first."""
    return [VerdictCount(mark, by_verification.get(mark, 0)) for mark in Verification]
