"""Which versions of a text are not in the catalogue."""

from __future__ import annotations

import pytest

from catalog.terms import Certainty, SuccessionVerb
from catalog.works.successors import NO_CHAIN, Succession, Successions, TextInChain
from catalog.works.versions import MissingVersions, missing_versions

LABEL = "ITU-R P.453"


def missing(numbers: str, newest: str = "in-force", chain=NO_CHAIN) -> MissingVersions:
    """Return what is missing of a work with these versions, the newest one in a state."""
    held = [int(number) for number in numbers.split()]
    states = [newest if number == max(held) else "superseded" for number in held]
    return missing_versions(LABEL, zip(held, states, strict=True), chain)


def followed_by(name: str):
    """Return the chain of the work if this text, which is not here, took its place."""
    old = TextInChain(LABEL, 1, "superseded")
    step = Succession(old, TextInChain(name), SuccessionVerb.REPLACED_BY, Certainty.STATED)
    return Successions([step]).chain(1)


@pytest.mark.parametrize(
    ("numbers", "before", "between"),
    [
        ("0", "", ""),
        ("0 1 2", "", ""),
        ("2", "0 1", ""),
        ("0 2", "", "1"),
        ("2 3 5 8", "0 1", "4 6 7"),
    ],
)
def test_what_is_missing_below_the_newest_one(numbers, before, between):
    found = missing(numbers)
    assert " ".join(map(str, found.before)) == before
    assert " ".join(map(str, found.between)) == between
    assert bool(found) == bool(before or between)


def test_a_newest_version_that_is_superseded_had_a_follower():
    assert missing("0 1", "superseded").has_unknown_newer
    assert not missing("0 1", "withdrawn").has_unknown_newer
    assert not missing("0 1", "presumed-current").has_unknown_newer


def test_a_newer_version_that_is_named_is_no_longer_unknown():
    found = missing("13", "superseded", followed_by("ITU-R P.453-14"))
    assert (found.newer, found.has_unknown_newer) == ((14,), False)
    for other in ("ITU-R P.4530-14", "ITU-R V.453", "ITU-R P.453-x"):
        found = missing("13", "superseded", followed_by(other))
        assert (found.newer, found.has_unknown_newer) == ((), False)


def test_nothing_is_said_of_editions_without_numbers():
    assert not missing_versions(LABEL, [(None, "superseded")], NO_CHAIN)
    assert not missing_versions(LABEL, [], NO_CHAIN)
