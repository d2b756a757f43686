"""How rules of topics read works: conditions, numbers, series, grounds."""

from __future__ import annotations

import pytest

from catalog.terms import TopicBasis
from catalog.topics_by_rule.checking import check_rule
from catalog.topics_by_rule.numbers import NumberError, numbers_of, read_range
from catalog.topics_by_rule.rulebook import Facts, Grounds, Rulebook, read_rule


def work(title: str = "", identifier: str = "ITU-T G.711", **facts: str) -> Facts:
    """Return a Recommendation of ITU-T, if nothing else is said."""
    letters = identifier.partition(" ")[2][:1]
    given = {"sector": "itu-t", "letters": letters, "kind": "recommendation", **facts}
    return Facts(identifier, title, **given)


def fits(rule: dict, fact: Facts) -> bool:
    """Whether a work stands under a topic that has one rule."""
    return 1 in Rulebook.of([(1, read_rule(**rule))]).topics_of(fact)


def test_all_conditions_of_a_rule_must_hold():
    rule = {"series": ["ITU-T G"], "any_of": ["cable"], "none_of": ["submarine"]}
    assert fits(rule, work("Cable systems"))
    assert not fits(rule, work("Optical systems"))
    assert not fits(rule, work("Submarine cable systems"))
    assert not fits(rule, work("Cable systems", "ITU-T L.1"))


def test_one_rule_of_a_topic_is_enough_and_the_first_that_fits_gives_the_grounds():
    book = Rulebook.of(
        [
            (1, read_rule(any_of=["radar"])),
            (1, read_rule(numbers=["ITU-T G.700-719"])),
            (1, read_rule(series=["ITU-T G"])),
        ]
    )
    assert book.topics_of(work("Speech")) == {1: Grounds(TopicBasis.NUMBER, "ITU-T G.700–G.719")}
    assert book.topics_of(work("Radar")) == {1: Grounds(TopicBasis.TITLE, "Radar")}
    assert book.topics_of(work("Speech", "ITU-T G.650")) == {
        1: Grounds(TopicBasis.SERIES, "ITU-T G")
    }
    assert book.topics_of(work("Speech", "ITU-T Q.1")) == {}


def test_series_and_numbers_are_one_condition():
    rule = {"series": ["ITU-T K"], "numbers": ["ITU-T G.711"]}
    assert fits(rule, work())
    assert fits(rule, work("", "ITU-T K.20"))
    assert not fits(rule, work("", "ITU-T G.712"))


def test_every_expression_of_all_of_is_needed():
    rule = {"all_of": ["cloud", "secur\\w*"]}
    assert fits(rule, work("Security of the cloud"))
    assert not fits(rule, work("Security"))
    assert not fits(rule, work("The cloud"))


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ({"kinds": ["question"]}, {"kind": "question"}),
        ({"groups": ["itu-r-sg1"]}, {"group": "itu-r-sg1"}),
        ({"families": ["itu-d-reports"]}, {"family": "itu-d-reports"}),
    ],
)
def test_kind_group_and_collection_are_conditions(rule, facts):
    assert fits(rule, work(**facts))
    assert not fits(rule, work(**dict.fromkeys(facts, "another")))
    (grounds,) = Rulebook.of([(1, read_rule(**rule))]).topics_of(work(**facts)).values()
    assert grounds.basis in (TopicBasis.KIND, TopicBasis.GROUP, TopicBasis.FAMILY)
    assert grounds.words == next(iter(facts.values()))


@pytest.mark.parametrize(
    ("area", "identifier", "is_in"),
    [
        ("ITU-T G.650-659", "ITU-T G.650", True),
        ("ITU-T G.650-659", "ITU-T G.659.7", True),
        ("ITU-T G.650-659", "ITU-T G.660", False),
        ("ITU-T G.650-659", "ITU-T G.6501", False),
        ("ITU-T G.650-659", "ITU-T L.650", False),
        ("ITU-T F.748.11-F.748.13", "ITU-T F.748.12", True),
        ("ITU-T F.748.11-F.748.13", "ITU-T F.748.1", False),
        ("ITU-T F.748.11-F.748.13", "ITU-T F.748", False),
        ("ITU-T G.711", "ITU-T G.711.1", True),
        ("ITU-R BT.2020", "ITU-R BT.2020", True),
        ("ITU-T Y.1700-1799", "ITU-T G.8013/Y.1731", True),
        ("ITU-T G.8010-8029", "ITU-T G.8013/Y.1731", True),
    ],
)
def test_ranges_compare_part_by_part_and_a_double_number_counts_twice(area, identifier, is_in):
    numbers = numbers_of(identifier, "recommendation", "")
    assert any(number in read_range(area) for number in numbers) is is_in


@pytest.mark.parametrize(
    ("identifier", "kind", "title", "numbers"),
    [
        (
            "ITU-T X Suppl. 9",
            "supplement",
            "ITU-T X.1205 – Supplement on reducing spam",
            ["X.1205"],
        ),
        ("ITU-T X Suppl. 9", "supplement", "Supplement on reducing spam", []),
        ("ITU-T E-800 series Suppl. 9", "supplement", "ITU-T E.802 – Guidelines", ["E.800"]),
        ("ITU-T E.1100 series Suppl. 1", "supplement", "", ["E.1100"]),
        ("Report ITU-R BT.2020", "report", "", ["BT.2020"]),
        ("Question ITU-R 1/5", "question", "", []),
        ("Handbook ITU-R 43", "handbook", "", []),
        ("ITU-T Q.120-Q.139", "recommendation", "", ["Q.120"]),
        ("ITU-T G.704 (1984)", "recommendation", "", ["G.704"]),
        ("ITU-D 19", "recommendation", "", []),
        ("GAS 3", "handbook", "", []),
        ("", "other", "", []),
    ],
)
def test_numbers_of_works_of_every_form(identifier, kind, title, numbers):
    found = [str(number).partition(" ")[2] for number in numbers_of(identifier, kind, title)]
    assert found == numbers


def test_a_series_of_itu_r_means_recommendations_and_reports():
    facts = {"sector": "itu-r", "letters": "M"}
    assert fits({"series": ["ITU-R M"]}, work(identifier="Report ITU-R M.2083", **facts))
    question = work(identifier="Question ITU-R 1/5", kind="question", **facts)
    assert not fits({"series": ["ITU-R M"]}, question)


@pytest.mark.parametrize("text", ["G.711", "ITU-T G711", "ITU-T G.659-650", "ITU-T G.1-K.5", ""])
def test_what_is_no_range_is_refused(text):
    with pytest.raises(NumberError):
        read_range(text)


def given(**lines: list[str]) -> dict[str, list[str]]:
    """Return the lines of all fields of a rule."""
    names = ["series", "numbers", "any_of", "all_of", "none_of", "groups", "kinds", "families"]
    return {name: lines.get(name, []) for name in names}


@pytest.mark.parametrize(
    ("rule", "field", "words"),
    [
        (given(), "any_of", "Say which works are meant"),
        (given(none_of=["radar"]), "any_of", "Say which works are meant"),
        (given(any_of=["radar", "(radar"]), "any_of", "“(radar” has a bracket"),
        (given(series=["G"]), "series", "“G” is no series"),
        (given(numbers=["ITU-T G"]), "numbers", "is no number or range"),
        (given(kinds=["song"]), "kinds", "“song” is not a known kind"),
        (given(none_of=["a.*b.*c.*d.*e"]), "none_of", "leaves so much open"),
        (given(any_of=["a.*b.*c?c?c"] * 7), "any_of", "together"),
    ],
)
def test_a_rule_is_refused_at_its_field_with_the_reason(rule, field, words):
    assert words in check_rule(rule)[field]


def test_a_rule_that_may_be_used_has_no_faults():
    assert check_rule(given(any_of=["radars?"], series=["ITU-R M"], kinds=["report"])) == {}
