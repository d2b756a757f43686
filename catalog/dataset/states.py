"""In which state a text is, and how that is known (rules 3.2 to 3.7)."""

from __future__ import annotations

from catalog.dataset.source_record import Record
from catalog.identifiers import read_link
from catalog.terms import State

Verdict = tuple[State, str]

LISTED = "ITU lists it as in force"
NOT_LISTED = "ITU lists it as not in force"
HIGHEST = "the highest version known; ITU publishes no status"
HIGHER_KNOWN = "a higher version is known"
OLDER_OF_TWO = "listed as in force, as is a newer edition, which is followed"
LETTERS = {
    "I": State.IN_FORCE,
    "P": State.PRE_PUBLISHED,
    "S": State.SUPERSEDED,
    "T": State.SUPERSEDED,
    "W": State.WITHDRAWN,
}


def letter_of(record: Record) -> str:
    """Return the letter in the link of a record; empty if there is none."""
    link = read_link(record.link)
    return link.letter if link else ""


def state_of_standard(record: Record, *, has_later: bool) -> Verdict:
    """Return the state of an edition or component of ITU-T, with its grounds.

    `has_later` says that the work has a later edition; of a component, that its
    edition is superseded or not the newest one (rule 3.5).
    """
    letter = letter_of(record)
    if record.in_force is None:
        if letter in LETTERS:
            state = LETTERS[letter]
            return state, f"letter {letter} of ITU’s link; the record itself has no status"
        if has_later:
            return State.SUPERSEDED, "a later edition is known; the record itself has no status"
        return State.NOT_IN_FORCE, "the record has neither status nor link"
    if record.in_force:
        if letter == "P":
            return State.PRE_PUBLISHED, f"{LISTED}; letter P of its link: pre-published text"
        return State.IN_FORCE, LISTED
    if letter == "W":
        return State.WITHDRAWN, f"{NOT_LISTED}; letter W of its link"
    if letter in ("S", "T"):
        return State.SUPERSEDED, f"{NOT_LISTED}; letter {letter} of its link"
    if letter == "I":
        return State.SUPERSEDED, f"{NOT_LISTED}; letter I of its link is older"
    if not letter and has_later:
        return State.SUPERSEDED, f"{NOT_LISTED}; worked out from the later edition"
    return State.NOT_IN_FORCE, f"{NOT_LISTED} and gives no reason"


def state_of_radio_recommendation(record: Record, *, is_highest: bool) -> Verdict:
    """Return the state of a version of an ITU-R Recommendation, with its grounds."""
    letter = letter_of(record)
    if letter == "W":
        return State.WITHDRAWN, "letter W of ITU’s link"
    if letter == "S":
        return State.SUPERSEDED, "letter S of ITU’s link"
    if not is_highest:
        return State.SUPERSEDED, HIGHER_KNOWN
    if letter == "I":
        return State.IN_FORCE, "letter I of ITU’s link, and the highest version known"
    return State.PRESUMED_CURRENT, "the highest version known; the source gives no status for it"


def state_of_other_radio_text(*, is_highest: bool) -> Verdict:
    """Return the state of a version of a Report, Question, Resolution or Handbook of ITU-R."""
    if is_highest:
        return State.PRESUMED_CURRENT, HIGHEST
    return State.SUPERSEDED, HIGHER_KNOWN
