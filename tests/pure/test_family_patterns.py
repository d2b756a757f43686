"""Patterns of families: what they may hold, what fits, and that none makes anybody wait."""

from __future__ import annotations

import time

import pytest
import yaml

from catalog.rules.family_patterns import (
    LONGEST,
    PatternError,
    beginning,
    check,
    fits,
    fitting,
    members,
)
from tests.conftest import FIXTURES
from tests.found import some

FITTING = [
    (r"^ITU-T G\.984\.\d$", "ITU-T G.984.3", True),
    (r"^ITU-T G\.984\.\d$", "ITU-T G.984.10", False),
    (r"^ITU-T G\.984\.\d$", "ITU-T G.9843", False),
    (r"^ITU-T X\.5(00|09)$", "ITU-T X.509", True),
    (r"^ITU-T X\.5(00|09)$", "ITU-T X.501", False),
    (r"^ITU-T H\.235(\.\d+)?$", "ITU-T H.235", True),
    (r"^ITU-T G\.10[0-9](\.\d)?$", "ITU-T G.107.1", True),
    (r"^ITU-T Q\.2\d{3}", "ITU-T Q.2931", True),
    (r"^(ITU-R BT\.2100|Report ITU-R BT\.2390)$", "Report ITU-R BT.2390", True),
]
REFUSED = [
    ("", "must begin with"),
    (r"ITU-T G\.\d", "must begin with"),
    ("^", "fits every"),
    ("^(ITU)?", "fits every"),
    (r"^ITU-T (\d+)+$", "Only ? may stand after a group"),
    (r"^ITU-T (\d|\d)*$", "Only ? may stand after a group"),
    (r"^ITU-T (?=G)", "no meaning here"),
    (r"^ITU-T (G)\1", "after a backslash"),
    (r"^ITU-T \w", "after a backslash"),
    (r"^ITU-T .", "no meaning here"),
    (r"^ITU-T \d+?", "Only one sign"),
    (r"^ITU-T \d{3,2}", "wrong order"),
    (r"^ITU-T [9-0]", "regular expression"),
    (r"^ITU-T [^G]", "no meaning here"),
    (r"^ITU-T (G", "not closed"),
    (r"^ITU-T G)", "not opened"),
    (r"^ITU-T \d+\d+\d+", "too many ways"),
    ("^ITU-T " + r"\d?" * 20, "too many ways"),
    ("^" + "(a|a)" * 20, "too many ways"),
    ("^" + "(" * 7 + "a" + ")" * 7, "too deep"),
]


@pytest.mark.parametrize(("pattern", "identifier", "belongs"), FITTING)
def test_what_belongs_to_a_family(pattern, identifier, belongs):
    check(pattern)
    assert fits(pattern, identifier) is belongs
    assert members(pattern, [identifier]) == [identifier] * belongs
    assert not belongs or identifier.startswith(beginning(pattern))


@pytest.mark.parametrize(("pattern", "reason"), REFUSED)
def test_what_a_pattern_may_not_hold(pattern, reason):
    with pytest.raises(PatternError) as refused:
        check(pattern)
    assert reason in refused.value.message
    assert 0 <= refused.value.at <= len(pattern)
    assert fitting(pattern) is None
    assert not fits(pattern, "ITU-T G.711")


def test_the_patterns_of_the_curated_content_are_all_taken():
    rows = yaml.load((FIXTURES / "text_families.yaml").read_text(), Loader=yaml.CSafeLoader)
    for row in some(rows):
        check(row["fields"]["pattern"])


def test_the_beginning_of_a_pattern():
    assert beginning(r"^ITU-T G\.984\.\d$") == "ITU-T G.984."
    assert beginning(r"^ITU-T X\.5(00|09)$") == "ITU-T X.5"
    assert beginning(r"^ITU-T Xa?") == "ITU-T X"
    assert beginning(r"^ITU-T X|^ITU-R Y") == ""
    assert beginning(r"^(ITU-T|ITU-R) X") == ""


def test_no_pattern_that_is_taken_makes_anybody_wait():
    slowest = [
        r"^a+a+$",
        "^" + "a?" * 14 + "b",
        "^" + "(a|a)" * 14 + "b",
        r"^a{1,60}a{1,60}b",
    ]
    for pattern in some(slowest):
        check(pattern)
        started = time.perf_counter()
        assert not fits(pattern, "a" * (LONGEST - 1) + "c")
        assert time.perf_counter() - started < 0.5
