"""The rules in docs/rules.md: their numbers, the files that they name, and who cites them."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from tests.found import some

ROOT = Path(__file__).resolve().parents[2]
RULES = (ROOT / "docs/rules.md").read_text("utf-8")

GROUP = re.compile(r"^## (\d+) \S", re.MULTILINE)
RULE = re.compile(r"^\*\*(\d+)\.(\d+)\*\* (.+)$", re.MULTILINE)
GROUND = re.compile(r" \*(?:ITU|Data|Portal)(?:, (?:data|portal))?\.\* `[\w./]+`(?:, `[\w./]+`)*$")
PLACE = re.compile(r"`((?:catalog|itu_portal|templates|docs)/[\w./]*)`")
NUMBER = r"\d+\.\d+"
# rule 3.2; rules 3.2, 3.5 and 4.1; rules 3.1 to 3.4
CITED = re.compile(rf"\b[Rr]ules?\s+({NUMBER}(?:(?:,|\s+and|\s+to)\s+{NUMBER})*)")
# What is not in the repository cannot be looked up. Sections of public standards can.
ELSEWHERE = re.compile(
    r"data set notes|page design|notes,\s+(?:section|\d)|(?<!RFC \d{4}, )(?<!standard, )"
    r"\bsections?\s+\d",
    re.IGNORECASE,
)
OWN = Path(__file__).resolve()


def found_rules() -> list[tuple[int, int]]:
    """Return the numbers of all rules, in the order of the file."""
    return [(int(group), int(place)) for group, place, _text in RULE.findall(RULES)]


def sources() -> list[Path]:
    """Return the files that may cite rules: Python everywhere, and the other docs."""
    folders = ("catalog", "itu_portal", "tests")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted({*files, *(ROOT / "docs").glob("*.md")} - {OWN})


def citations(text: str) -> set[tuple[int, int]]:
    """Return the numbers of the rules that a text cites, both ends of a range among them.

    Comments and docstrings break lines where they like.
    """
    plain = re.sub(r"\s*\n\s*(?:# )?", " ", text)
    return {
        tuple(int(part) for part in number.split("."))
        for cited in CITED.findall(plain)
        for number in re.findall(NUMBER, cited)
    }


def test_numbers_are_unique_and_in_order():
    groups = [int(number) for number in GROUP.findall(RULES)]
    assert groups == list(range(1, len(groups) + 1))
    rules = found_rules()
    assert len(rules) > 40
    assert RULES.count("\n**") == len(rules), "a rule does not fit the form"
    found = itertools.groupby(rules, key=lambda rule: rule[0])
    for group, places in some((group, [rule[1] for rule in members]) for group, members in found):
        assert group in groups
        assert places == sorted(set(places)), f"group {group} is out of order"
    assert [group for group, _rules in itertools.groupby(rules, key=lambda rule: rule[0])] == groups


@pytest.mark.parametrize(
    ("number", "text"),
    [(f"{group}.{place}", text) for group, place, text in RULE.findall(RULES)],
)
def test_each_rule_gives_its_ground_and_files_that_exist(number, text):
    assert GROUND.search(text), f"rule {number} does not say on what ground it stands"
    places = PLACE.findall(text)
    assert places, f"rule {number} names no file"
    for place in some(places):
        assert (ROOT / place).exists(), f"rule {number} names {place}"


def test_every_cited_rule_exists():
    rules = set(found_rules())
    cited = {path: citations(path.read_text("utf-8")) for path in sources()}
    cited[ROOT / "docs/rules.md"] = citations(RULES)
    assert sum(map(len, cited.values())) > 50
    missing = {
        str(path.relative_to(ROOT)): numbers - rules
        for path, numbers in cited.items()
        if numbers - rules
    }
    assert not missing


def test_citations_are_found_however_they_are_written():
    assert citations("as in rule 3.2.") == {(3, 2)}
    assert citations("(rules 2.9,\n    2.12 and 3.7)") == {(2, 9), (2, 12), (3, 7)}
    assert citations("# Rules 3.1 to\n# 3.6 (docs/rules.md).") == {(3, 1), (3, 6)}
    assert not citations("version 3.2 rules")


def test_nothing_is_cited_that_is_not_in_the_repository():
    assert ELSEWHERE.search("(data set notes, section 7)")
    assert ELSEWHERE.search("(section 5, step 4)")
    assert not ELSEWHERE.search("(RFC 9110, section 15.1)")
    paths = [*sources(), ROOT / "docs/rules.md"]
    found = {
        str(path.relative_to(ROOT)): match.group()
        for path in paths
        if (match := ELSEWHERE.search(path.read_text("utf-8")))
    }
    assert not found
