"""In which state a text is, and the grounds that are given for it: each way, word by word."""

from __future__ import annotations

import pytest

from catalog.dataset.parsing import parse_record
from catalog.dataset.source_record import Record, read_record
from catalog.dataset.states import (
    letter_of,
    state_of_other_radio_text,
    state_of_radio_recommendation,
    state_of_standard,
)
from catalog.terms import State
from tests.snapshots import bytes_of, radio, radio_link, standard

LISTED, NOT_LISTED = "ITU lists it as in force", "ITU lists it as not in force"


def record_of(data: dict) -> Record:
    """Return the record that a file of the data set makes."""
    return read_record("any.yaml", 1, *parse_record(bytes_of(data)))


STANDARDS = [
    # status, letter of the link, is there a later edition, state, grounds
    ("Published", "I", True, State.IN_FORCE, LISTED),
    ("Published", None, False, State.IN_FORCE, LISTED),
    ("Published", "S", False, State.IN_FORCE, LISTED),
    (
        *("Published", "P", False, State.PRE_PUBLISHED),
        f"{LISTED}; letter P of its link: pre-published text",
    ),
    ("Withdrawal", "W", True, State.WITHDRAWN, f"{NOT_LISTED}; letter W of its link"),
    ("Withdrawal", "S", False, State.SUPERSEDED, f"{NOT_LISTED}; letter S of its link"),
    ("Withdrawal", "T", False, State.SUPERSEDED, f"{NOT_LISTED}; letter T of its link"),
    ("Withdrawal", "I", False, State.SUPERSEDED, f"{NOT_LISTED}; letter I of its link is older"),
    (
        *("Withdrawal", None, True, State.SUPERSEDED),
        f"{NOT_LISTED}; worked out from the later edition",
    ),
    ("Withdrawal", None, False, State.NOT_IN_FORCE, f"{NOT_LISTED} and gives no reason"),
    # A letter that means nothing here is not taken for a missing one.
    ("Withdrawal", "P", True, State.NOT_IN_FORCE, f"{NOT_LISTED} and gives no reason"),
]


@pytest.mark.parametrize(("status", "letter", "has_later", "state", "grounds"), STANDARDS)
def test_status_and_letter_give_state_and_grounds(status, letter, has_later, state, grounds):
    record = record_of(standard("G.9001", status=status, letter=letter))
    assert state_of_standard(record, has_later=has_later) == (state, grounds)


OF_LETTER = "letter {} of ITU’s link; the record itself has no status"
THIN = [
    # letter of the link, is there a later edition, state, grounds
    ("I", True, State.IN_FORCE, OF_LETTER.format("I")),
    ("P", False, State.PRE_PUBLISHED, OF_LETTER.format("P")),
    ("S", False, State.SUPERSEDED, OF_LETTER.format("S")),
    ("T", False, State.SUPERSEDED, OF_LETTER.format("T")),
    ("W", True, State.WITHDRAWN, OF_LETTER.format("W")),
    (None, True, State.SUPERSEDED, "a later edition is known; the record itself has no status"),
    (None, False, State.NOT_IN_FORCE, "the record has neither status nor link"),
]


@pytest.mark.parametrize(("letter", "has_later", "state", "grounds"), THIN)
def test_a_record_without_a_status_has_the_state_of_its_letter(letter, has_later, state, grounds):
    record = record_of(standard("G.9001", edition=None, letter=letter))
    assert state_of_standard(record, has_later=has_later) == (state, grounds)


VERSIONS = [
    # letter of the link, is it the highest version, state, grounds
    ("W", True, State.WITHDRAWN, "letter W of ITU’s link"),
    ("W", False, State.WITHDRAWN, "letter W of ITU’s link"),
    ("S", True, State.SUPERSEDED, "letter S of ITU’s link"),
    ("I", False, State.SUPERSEDED, "a higher version is known"),
    (None, False, State.SUPERSEDED, "a higher version is known"),
    ("I", True, State.IN_FORCE, "letter I of ITU’s link, and the highest version known"),
    (
        *(None, True, State.PRESUMED_CURRENT),
        "the highest version known; the source gives no status for it",
    ),
]


@pytest.mark.parametrize(("letter", "is_highest", "state", "grounds"), VERSIONS)
def test_letter_and_version_give_the_state_of_a_radio_recommendation(
    letter, is_highest, state, grounds
):
    link = radio_link("P.9001-1", "200905", letter) if letter else None
    record = record_of(radio("P.9001-1", link=link))
    assert letter_of(record) == (letter or "")
    assert state_of_radio_recommendation(record, is_highest=is_highest) == (state, grounds)


def test_other_radio_texts_follow_their_version_alone():
    highest = state_of_other_radio_text(is_highest=True)
    assert highest == (
        State.PRESUMED_CURRENT,
        "the highest version known; ITU publishes no status",
    )
    assert state_of_other_radio_text(is_highest=False) == (
        State.SUPERSEDED,
        "a higher version is known",
    )
