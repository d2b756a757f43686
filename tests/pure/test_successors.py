"""Which text stands at the end of a chain of successions."""

from __future__ import annotations

import pytest

from catalog.terms import Certainty, SuccessionVerb
from catalog.works.successors import Succession, Successions, TextInChain

NAMES = "ABCDEFGH"


def text(name: str, state: str = "withdrawn") -> TextInChain:
    """Return a text that is called by one letter; `?` makes one that is not in the catalogue."""
    if state == "?":
        return TextInChain(name)
    return TextInChain(name, NAMES.index(name) + 1, state, f"/{name}/")


def step(
    old: TextInChain,
    new: TextInChain,
    since: int | None = None,
    certainty: Certainty = Certainty.STATED,
) -> Succession:
    """Return the succession of one text by another."""
    return Succession(old, new, SuccessionVerb.REPLACED_BY, certainty, since)


A, B, C, D = (text(name) for name in "ABCD")
NOW, ALSO = text("E", "in-force"), text("F", "presumed-current")
ELSEWHERE = text("G", "?")


def ends(steps: list[Succession], start: TextInChain = A, year: int | None = None) -> list[str]:
    """Return the names of what stands at the end."""
    return [end.name for end in Successions(steps).chain(start.key, year).ends]


def test_a_text_without_successions_has_no_chain():
    chain = Successions([step(A, NOW)]).chain(B.key)
    assert not chain
    assert (chain.steps, chain.ends) == ((), ())


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([step(A, NOW)], ["E"]),
        ([step(A, B), step(B, C), step(C, ALSO)], ["F"]),
        ([step(A, NOW), step(A, ALSO)], ["E", "F"]),
        ([step(A, B), step(A, ALSO), step(B, NOW)], ["E", "F"]),
        ([step(A, B), step(A, C), step(B, NOW), step(C, NOW)], ["E"]),
        ([step(A, ELSEWHERE)], ["G"]),
        ([step(A, B), step(B, ELSEWHERE)], ["G"]),
        ([step(A, B)], []),
        ([step(A, B), step(B, A)], []),
        ([step(A, B), step(B, C), step(C, B), step(C, NOW)], ["E"]),
        ([step(A, B), step(B, NOW), step(NOW, C)], ["E"]),
    ],
    ids=[
        "one step",
        "three steps",
        "several successors",
        "one branch is longer",
        "branches meet again",
        "not in the catalogue",
        "not in the catalogue, further on",
        "nothing in force",
        "a circle",
        "a circle with a way out",
        "what is in force is not followed",
    ],
)
def test_the_end_of_a_chain_is_what_may_stand_today(steps, found):
    assert ends(steps) == found


def test_a_long_chain_goes_on_beyond_its_first_step():
    rows = Successions([step(A, B), step(B, NOW)])
    assert rows.chain(A.key).goes_on
    assert not rows.chain(B.key).goes_on


def test_a_chain_is_as_sure_as_its_weakest_link():
    inferred = step(B, NOW, certainty=Certainty.INFERRED)
    known = step(A, C, certainty=Certainty.GENERAL_KNOWLEDGE)
    rows = Successions([step(A, B), inferred, known])
    chain = rows.chain(A.key)
    # What leads to no text in force adds nothing to the doubt of what does.
    assert (chain.certainty, chain.is_fact) == (Certainty.INFERRED, False)
    assert Successions([step(A, B), step(B, NOW)]).chain(A.key).is_fact
    assert Successions([known]).chain(A.key).certainty == Certainty.GENERAL_KNOWLEDGE


@pytest.mark.parametrize(
    ("year", "found"), [(1989, []), (1990, ["B"]), (1999, ["B"]), (2000, ["E"]), (2010, ["E"])]
)
def test_as_of_a_year_only_what_had_followed_by_then_counts(year, found):
    assert ends([step(A, B, 1990), step(B, NOW, 2000), step(A, C)], year=year) == found


def test_as_of_a_year_the_status_of_today_is_not_asked():
    assert ends([step(A, NOW, 1990), step(NOW, B, 1995)], year=2000) == ["B"]


def test_a_successor_knows_what_it_took_the_place_of():
    rows = Successions([step(A, NOW), step(B, NOW), step(A, ELSEWHERE)])
    assert [row.text.name for row in rows.before(NOW.key)] == ["A", "B"]
    assert [row.text.name for row in rows.before("G")] == ["A"]
    assert rows.before(A.key) == ()


def test_a_chain_of_a_thousand_texts_is_followed_to_its_end():
    chain = [TextInChain(f"T{n}", 1000 + n, "withdrawn") for n in range(1000)]
    rows = [step(old, new) for old, new in zip(chain, [*chain[1:], NOW], strict=True)]
    assert ends(rows, chain[0]) == ["E"]
