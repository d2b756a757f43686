"""The sentences that say why the resolver took a text, each in full."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.identifiers.typed_spellings import read_asked
from catalog.models import Edition, Publication, Sector
from catalog.resolver.choice import REASONS_OF_ROLES, Choice, Reason
from catalog.resolver.notes import note, understood
from catalog.terms import IdentifierRole

WORK = Publication(
    identifier="ITU-T G.711", name="PCM", sector=Sector(code="itu-t", short_name="ITU-T")
)
EDITION = Edition(publication=WORK, identifier="ITU-T G.711 (11/1988)")
NOTES = [
    ("L.10", WORK, Reason.FORMER_NUMBER, "L.10 is a former number of ITU-T G.711."),
    ("L.10", WORK, Reason.ISO_TWIN, "L.10 has, or had, the same text as ITU-T G.711."),
    ("L.10", EDITION, Reason.DRAFT_CODE, "L.10 is the number of a draft of ITU-T G.711."),
    ("A-law", WORK, Reason.COMMON_NAME, "A-law is a name of ITU-T G.711."),
    ("ITU-T G.711", WORK, Reason.COMMON_NAME, ""),
    (
        *("G.711", WORK, Reason.ONLY_ONE_IN_FORCE),
        "Of several texts with this name or number, only this one is in force.",
    ),
    (
        *("F.85", WORK, Reason.WHOLE_NUMBER),
        "In another text this number is part of a dual number.",
    ),
    (
        *("I.441", EDITION, Reason.OTHER_NUMBER),
        "The text was published under another number: ITU-T G.711 (11/1988).",
    ),
    (
        *("I.441", WORK, Reason.OTHER_NUMBER),
        "The text was published under another number: ITU-T G.711.",
    ),
    ("I.441", None, Reason.OTHER_NUMBER, ""),
    (
        *("G.711", WORK, Reason.OTHER_DATE),
        "Number and version match; our record has another date.",
    ),
    (
        *("G.711 (08/2009)", WORK, Reason.PART_OF_THE_MONTH),
        "No edition is dated August 2009, but this part of the work is.",
    ),
    (
        *("G.711 Cor. 1", EDITION, Reason.PART_OF_A_PART),
        "The full name of this part is ITU-T G.711 (11/1988).",
    ),
    ("G.711 Cor. 1", None, Reason.PART_OF_A_PART, ""),
    ("G.711 Amd. 7", WORK, Reason.NO_SUCH_PART, "No matching Amd. 7 of G.711 is known."),
    (
        *("ITU-R G.711", EDITION, Reason.OTHER_SECTOR),
        "The number belongs to another Sector: ITU-T G.711.",
    ),
    (
        *("G.711 (12/1988)", WORK, Reason.NO_SUCH_EDITION),
        "No edition of G.711 dated December 1988 is known.",
    ),
    ("G.711 V9", WORK, Reason.NO_SUCH_EDITION, "No version 9 of G.711 is known."),
    # What needs no text is said where none was taken, too.
    ("L.10", None, Reason.NO_SUCH_EDITION, "No version None of L.10 is known."),
]


@pytest.mark.parametrize(("text", "found", "reason", "words"), NOTES)
def test_each_reason_has_its_sentence(text, found, reason, words):
    choice = Choice(0, None, (), (reason,), read_asked(text)[0])
    assert note(choice, found) == words


def test_every_reason_is_tested_and_several_are_joined():
    assert {reason for _text, _found, reason, _words in NOTES} == set(Reason)
    choice = Choice(0, None, (), (Reason.OTHER_DATE, Reason.OTHER_NUMBER), read_asked("G.711")[0])
    assert note(choice, None) == "Number and version match; our record has another date."
    assert note(choice, WORK).startswith(
        "Number and version match; our record has another date. The"
    )
    assert note(replace(choice, reasons=()), WORK) == ""


def test_each_role_of_a_key_has_its_reason():
    assert REASONS_OF_ROLES == {
        IdentifierRole.FORMER: Reason.FORMER_NUMBER,
        IdentifierRole.ISO: Reason.ISO_TWIN,
        IdentifierRole.DRAFT: Reason.DRAFT_CODE,
        IdentifierRole.COMMON: Reason.COMMON_NAME,
    }


def test_a_choice_of_nothing_is_farther_than_any_other_and_never_changes():
    assert Choice().rank == 99
    assert Choice() == Choice(asked=read_asked("G.711")[0])
    assert Choice().is_empty and not Choice()
    with pytest.raises(AttributeError):
        Choice().rank = 1


@pytest.mark.parametrize(
    ("text", "found", "is_plain", "words"),
    [
        ("g711", WORK, True, "ITU-T G.711"),
        ("g711 11/88", EDITION, True, "ITU-T G.711 (11/1988)"),
        ("g711 12/88", WORK, False, "ITU-T G.711 (12/1988)"),
        ("g711 12/88", EDITION, False, "ITU-T G.711 (12/1988)"),
        ("itu-r g711", WORK, False, "ITU-R G.711"),
        ("ISO/IEC 13818-1", WORK, False, "ISO/IEC 13818-1"),
        ("g711 12/88", None, False, "G.711 (12/1988)"),
        ("g711", None, True, "G.711"),
    ],
)
def test_the_query_is_repeated_in_the_spelling_of_itu(text, found, is_plain, words):
    assert understood(read_asked(text)[0], found, is_plain) == words


def test_a_name_is_repeated_as_the_work_is_called():
    asked = read_asked("pulse code modulation")[-1]
    assert asked.is_name
    assert understood(asked, WORK, False) == "ITU-T G.711"
    assert understood(asked, EDITION, False) == understood(asked, None, True) == asked.text
