"""The expressions of rules: whole words, and never long, whatever somebody writes."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.curation.rows import read_rows
from catalog.topics_by_rule.expressions import (
    LONGEST,
    ExpressionError,
    Titles,
    read_expression,
)
from tests.conftest import FIXTURES
from tests.found import some


def found(expression: str, title: str) -> bool:
    """Whether an expression is found in a title."""
    return Titles([read_expression(expression)]).found_in(title) == {0}


@pytest.mark.parametrize(
    ("expression", "title", "is_found"),
    [
        ("radar", "Radar systems", True),
        ("radar", "Radars", False),
        ("radars?", "Marine RADARS", True),
        ("radar", "weather-radar", True),
        ("5G", "15G", False),
        (r"(?<![\d.])5G", "4.5G and more", False),
        (r"(?<![\d.])5G", "The 5G core", True),
        ("(?-i:ITS)", "Its use", False),
        ("(?-i:ITS)", "ITS stations", True),
        (r"cyber\w*", "Cybersecurity", True),
        ("accessible (?!by|from).*", "Accessible by radio", False),
        ("accessible (?!by|from).*", "Accessible services", True),
        ("carbon(?! nanotube).*", "Carbon nanotubes", False),
        (r"\w?DSL\w*", "VDSL2 lines", True),
        (r"\w?DSL\w*", "HVDSL lines", False),
        (r"\S+-PON\S*", "XG-PON systems", True),
        ("cloud.*|edge", "edges of clouds", True),
        ("(?:deep )?neural networks?", "Deep neural networks", True),
        ("(?:and|,|:|–|-) definitions", "Terms – definitions", True),
        (r"1\.5.?°?C", "below 1.5 °C", True),
        ("[Tt]hings", "the Internet of things", True),
        ("pre-?trial", "pretrial", True),
        ("ab{2,3}c", "abbbc", True),
        ("ab{2}c", "abbbc", False),
    ],
)
def test_whole_words_whatever_the_case(expression, title, is_found):
    assert found(expression, title) is is_found


def test_the_words_that_matched_are_told_whole():
    title = "Framework of distributed ledger technologies"
    assert read_expression(r"distributed ledger.*").words_in(title) == "distributed ledger"
    assert read_expression(r"distrib\w*").words_in(title) == "distributed"
    assert read_expression("radar").words_in(title) == ""


@pytest.mark.parametrize(
    "expression",
    [
        "(a+)+b",
        "(?:a*)*b",
        "(?:a|aa)+b",
        "(?:a?){30}a",
        "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaa",
        r"\w*\w*\w*x",
        ".*.*x",
        "a.*.*.*x",
        "(?=(?:a+)+b)a",
        r"(\w+) \1",
        "(?P<name>a)",
        "(?i)a",
        "(?#remark)a",
        "a*?b",
        "a++b",
        "a**",
        "(a",
        "a)",
        "[a",
        "[z-a]",
        "*a",
        r"a\b",
        "a\\",
        r"\u0041",
        "(?<=a+)b",
        "^a",
        "x" * (LONGEST + 1),
        "(?:" * 60 + "a" + ")" * 60,
        "a{99}{99}",
        "(?:a|b){99}",
        "",
        ".*",
        r"\w*",
        "a?",
        "(?:)",
        "(?=a)",
    ],
)
def test_what_may_take_long_or_means_nothing_is_refused(expression):
    started = time.perf_counter()
    with pytest.raises(ExpressionError) as refused:
        read_expression(expression)
    assert time.perf_counter() - started < 0.5
    assert str(refused.value)


@pytest.mark.parametrize(
    "expression",
    [
        "a.*b.*",
        r"a\w*.*b",
        "a.*.*b",
        "(?:a|e).*.*b",
        r"\w*x",
        r"\S*-satellite",
        "a?a?a?a?a?a?a?a?aaaaaaaa",
        "(?:protection|use) .*geostationary[- ]satellite orbit.*",
    ],
)
@pytest.mark.parametrize("title", ["a" * 1000, "a " * 500, "ab" * 500, "-" * 1000])
def test_the_worst_that_is_allowed_is_read_in_time(expression, title):
    titles = Titles([read_expression(expression)])
    started = time.perf_counter()
    titles.found_in(title)
    assert time.perf_counter() - started < 3


def expressions_of_the_fixtures() -> list[str]:
    """Return every expression of every rule in the files."""
    rows, _problems = read_rows(Path(FIXTURES) / "topic_rules.yaml")
    names = ("any_of", "all_of", "none_of")
    return [line for row in rows for name in names for line in row.fields.get(name, "").split("\n")]


EXPRESSIONS = sorted(set(filter(None, expressions_of_the_fixtures())))
WORDS = sorted({w for text in EXPRESSIONS for w in re.findall(r"[A-Za-z0-9]+", text)})


def test_every_expression_of_the_fixtures_is_allowed():
    for text in some(EXPRESSIONS, at_least=1_500):
        assert read_expression(text).ways >= 1


ALL = Titles([read_expression(text) for text in EXPRESSIONS])
PLAIN = [re.compile(rf"(?<!\w)(?:{text})(?!\w)", re.IGNORECASE) for text in EXPRESSIONS]


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=12))
def test_looking_only_where_words_begin_misses_nothing(words):
    title = " ".join(" ".join(words).split())
    plain = {place for place, pattern in enumerate(PLAIN) if pattern.search(title)}
    assert ALL.found_in(title) == plain
