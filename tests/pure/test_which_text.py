"""Which text a reading names: the rule about numbers that several works carry, case by case."""

from __future__ import annotations

from dataclasses import replace

from catalog.identifiers.typed_spellings import read_asked
from catalog.resolver.choice import (
    A_TIER,
    EXACT,
    OTHER_NUMBER,
    OTHER_SECTOR,
    WORK_ONLY,
    Choice,
    Reason,
)
from catalog.resolver.rows import IdentifierRow, Target
from catalog.resolver.which_text import choose

IN_FORCE, SUPERSEDED, WITHDRAWN, PRESUMED = (
    "in-force",
    "superseded",
    "withdrawn",
    "presumed-current",
)


def row(key: str, work: int, state: str, **values) -> IdentifierRow:
    """Return a row of the index; of a work unless an edition or component is given."""
    empty = IdentifierRow(
        key, "present", work, None, None, "itu-t", "recommendation", *[""], *[None] * 5, ""
    )
    return empty._replace(state=state, **values)


def edition(key: str, work: int, number: int, when: str, state: str, **values) -> IdentifierRow:
    """Return the row of an edition of a month such as 1988-11."""
    year, month = map(int, when.split("-"))
    return row(key, work, state, edition=number, year=year, month=month, **values)


def ask(text: str, *rows: IdentifierRow):
    """Return the choice for a text among rows."""
    return choose(read_asked(text), list(rows))


OLD = row("g.641", 1, WITHDRAWN)
NEW = row("g.641", 2, IN_FORCE)


def test_one_work_is_taken():
    assert ask("G.641", NEW).taken == Target(2)
    assert ask("G.641", NEW).reasons == ()


def test_of_two_works_the_only_one_in_force_is_taken_and_the_other_named():
    choice = ask("G.641", OLD, NEW)
    assert (choice.taken, choice.others) == (Target(2), (Target(1),))
    assert choice.reasons == (Reason.ONLY_ONE_IN_FORCE,)


def test_of_two_works_in_force_none_is_taken():
    radio = row("p.835", 2, IN_FORCE, sector="itu-r")
    choice = ask("P.835", row("p.835", 1, IN_FORCE), radio)
    assert choice.taken is None
    assert set(choice.others) == {Target(1), Target(2)}
    assert ask("ITU-R P.835", row("p.835", 1, IN_FORCE), radio).taken == Target(2)


def test_what_is_presumed_current_stands_against_what_is_in_force():
    report = row("bt.2020", 2, PRESUMED, sector="itu-r", kind="report")
    recommendation = row("bt.2020", 1, IN_FORCE, sector="itu-r")
    choice = ask("BT.2020", report, recommendation)
    assert (choice.taken, choice.others) == (None, (Target(1), Target(2)))
    assert ask("Report BT.2020", report, recommendation).taken == Target(2)
    assert ask("Rec. BT.2020", report, recommendation).taken == Target(1)


def test_two_works_of_which_none_is_in_force_are_candidates():
    assert ask("G.641", OLD, replace_state(NEW, SUPERSEDED)).taken is None


def replace_state(given: IdentifierRow, state: str) -> IdentifierRow:
    """Return a row in another state."""
    return given._replace(state=state)


def test_who_has_a_number_today_goes_before_who_had_it():
    former = row("l.10", 1, IN_FORCE, role="former")
    assert ask("L.10", former).reasons == (Reason.FORMER_NUMBER,)
    assert ask("L.10", former, row("l.10", 2, IN_FORCE)).taken == Target(2)
    # Neither the withdrawn holder of today nor the former one in force is taken without asking.
    assert ask("L.10", former, row("l.10", 2, WITHDRAWN)).taken is None


def test_a_date_tells_two_works_apart():
    rows = [OLD, NEW, edition("g.641", 1, 11, "1988-11", WITHDRAWN)]
    rows.append(edition("g.641", 2, 21, "2025-11", IN_FORCE))
    assert ask("G.641 (11/1988)", *rows).taken == Target(1, 11)
    assert ask("G.641 (2025)", *rows).taken == Target(2, 21)


def test_an_edition_that_is_not_there_leads_to_the_work_with_the_nearest():
    rows = [row("g.711", 1, IN_FORCE), edition("g.711", 1, 10, "1984-10", SUPERSEDED)]
    rows.append(edition("g.711", 1, 11, "1988-11", IN_FORCE))
    choice = ask("G.711 (12/1988)", *rows)
    assert (choice.taken, choice.reasons) == (Target(1), (Reason.NO_SUCH_EDITION,))
    assert choice.others == (Target(1, 11), Target(1, 10))


def test_two_editions_of_one_year_are_candidates():
    rows = [row("h.265", 1, IN_FORCE), edition("h.265", 1, 10, "2019-06", SUPERSEDED)]
    rows.append(edition("h.265", 1, 11, "2019-11", IN_FORCE))
    choice = ask("H.265 (2019)", *rows)
    assert (choice.taken, choice.others) == (None, (Target(1, 11), Target(1, 10)))


def component(part: str, number: int, when: str, state: str, base: int) -> IdentifierRow:
    """Return the row of a component of G.989.2."""
    year, month = map(int, when.split("-"))
    return row(
        "g.989.2", 1, state, component=number, part=part, year=year, month=month, base_year=base
    )


AMENDMENTS = [
    row("g.989.2", 1, IN_FORCE),
    component("amd1", 31, "2016-04", SUPERSEDED, 2014),
    component("amd1", 32, "2020-10", IN_FORCE, 2019),
    component("annb-cor1", 33, "2020-10", IN_FORCE, 2019),
]


def test_an_amendment_without_a_date_is_the_one_in_force():
    choice = ask("G.989.2 Amd. 1", *AMENDMENTS)
    assert (choice.taken, choice.others) == (Target(1, None, 32), (Target(1, None, 31),))
    assert choice.reasons == (Reason.ONLY_ONE_IN_FORCE,)


def test_base_year_and_date_tell_amendments_apart():
    assert ask("G.989.2 (2014) Amd. 1", *AMENDMENTS).taken == Target(1, None, 31)
    assert ask("G.989.2 Amd. 1 (04/2016)", *AMENDMENTS).taken == Target(1, None, 31)
    assert ask("G.989.2 Amd. 1 (2014)", *AMENDMENTS).taken == Target(1, None, 31)


def test_a_part_of_a_part_is_told_by_its_full_name():
    choice = ask("G.989.2 Cor. 1", *AMENDMENTS)
    assert (choice.taken, choice.reasons) == (Target(1, None, 33), (Reason.PART_OF_A_PART,))


def test_a_component_that_is_not_there_leads_to_the_work():
    choice = ask("G.989.2 Amd. 7", *AMENDMENTS)
    assert (choice.taken, choice.reasons) == (Target(1), (Reason.NO_SUCH_PART,))


def test_dotted_and_hyphened_numbers_of_two_sectors_are_candidates():
    rows = [row("f.746.5", 1, IN_FORCE), row("f.746", 2, IN_FORCE, sector="itu-r")]
    rows.append(row("f.746", 2, SUPERSEDED, sector="itu-r", edition=25, version=5))
    assert ask("F.746.5", *rows).taken == Target(1)
    assert ask("F.746-5", *rows).taken is None
    assert ask("ITU-R F.746-5", *rows).taken == Target(2, 25)


def test_the_wrong_sector_before_a_number_is_said():
    rows = [row("bt.470", 1, WITHDRAWN, sector="itu-r")]
    choice = ask("ITU-T BT.470", *rows)
    assert (choice.taken, choice.reasons) == (Target(1), (Reason.OTHER_SECTOR,))


def test_a_whole_number_goes_before_half_of_a_dual_one():
    rows = [row("f.85", 1, SUPERSEDED, role="former"), row("f.85", 2, SUPERSEDED, role="former")]
    rows.append(edition("f.85", 1, 11, "1988-11", SUPERSEDED))
    rows.append(edition("f.85", 2, 21, "1988-11", SUPERSEDED, role="half"))
    choice = ask("F.85 (11/1988)", *rows)
    assert (choice.taken, choice.others) == (Target(1, 11), (Target(2, 21),))
    assert choice.reasons == (Reason.WHOLE_NUMBER,)


LINK = "https://www.itu.int/rec/T-REC-G.711-198811-{}"


def test_a_link_leads_to_the_text_that_carries_it_whatever_its_number():
    rows = [row("y.1", 9, IN_FORCE)]
    rows.append(edition("link:t-rec-g.711-198811", 9, 91, "2001-02", IN_FORCE, role="link"))
    assert ask(LINK.format("W"), *rows).taken == Target(9, 91)


def test_a_link_that_two_works_carry_asks_which_one():
    held = edition("link:t-rec-g.711-198811", 9, 91, "1988-11", IN_FORCE, role="link")
    assert ask(LINK.format("I"), held, held._replace(publication=8, edition=81)).taken is None


def test_a_link_of_an_edition_that_its_amendment_carries_too_leads_to_the_edition():
    own = edition("g.711", 1, 11, "1988-11", IN_FORCE)
    link = "link:t-rec-g.711-198811"
    amendment = row(link, 1, IN_FORCE, role="link", component=31, part="amd1", edition_year=1988)
    rows = [row("g.711", 1, IN_FORCE), own, own._replace(key=link, role="link"), amendment]
    assert ask(LINK.format("I"), *rows).taken == Target(1, 11)
    # Not if the component belongs to another edition.
    rows[-1] = amendment._replace(edition_year=1972)
    assert ask(LINK.format("I"), *rows).taken is None


def test_a_part_of_the_month_is_told_where_no_edition_is_of_it():
    only = [AMENDMENTS[0], *AMENDMENTS[1:3]]
    choice = ask("G.989.2 (10/2020)", *only)
    assert (choice.taken, choice.reasons) == (Target(1, None, 32), (Reason.PART_OF_THE_MONTH,))
    assert choice.rank == 1
    own = edition("g.989.2", 1, 11, "2020-10", IN_FORCE)
    assert ask("G.989.2 (10/2020)", *only, own).taken == Target(1, 11)


def test_a_version_of_another_date_is_taken_with_a_word():
    rows = [row("bt.2020", 1, IN_FORCE, sector="itu-r")]
    rows.append(edition("bt.2020", 1, 12, "2015-10", IN_FORCE, sector="itu-r", version=2))
    rows.append(edition("bt.2020", 1, 11, "2014-06", SUPERSEDED, sector="itu-r", version=1))
    choice = ask("ITU-R BT.2020-2 (11/2015)", *rows)
    assert (choice.taken, choice.reasons) == (Target(1, 12), (Reason.OTHER_DATE,))
    assert ask("ITU-R BT.2020-2 (10/2015)", *rows).reasons == ()
    # At ITU-T a version of another date is another text.
    rows = [one._replace(sector="itu-t", key="h.264") for one in rows]
    choice = ask("H.264 V2 (11/2015)", *rows)
    assert (choice.taken, choice.reasons) == (Target(1), (Reason.NO_SUCH_EDITION,))


def test_an_edition_of_another_number_of_its_work_is_taken_with_a_word():
    rows = [row("i.441", 1, IN_FORCE, role="former"), row("q.921", 1, IN_FORCE)]
    rows.append(edition("q.921", 1, 11, "1993-03", IN_FORCE))
    choice = ask("I.441 (03/1993)", *rows)
    assert (choice.taken, choice.reasons) == (Target(1, 11), (Reason.OTHER_NUMBER,))


def test_of_several_works_without_such_an_edition_the_one_in_force_is_taken():
    choice = ask("G.641 (1999)", OLD, NEW)
    assert (choice.taken, choice.others) == (Target(2), (Target(1),))
    assert choice.reasons == (Reason.ONLY_ONE_IN_FORCE, Reason.NO_SUCH_EDITION)
    choice = ask("G.641 Amd. 1", OLD, NEW._replace(state=SUPERSEDED))
    assert (choice.taken, choice.reasons) == (None, (Reason.NO_SUCH_PART,))
    assert ask("G.641 (1999)").is_empty


def test_the_nearest_editions_come_first_and_are_five():
    months = ["1999-01", "1999-05", "2000-06", "2001-05", "2002-05", "2003-05", "2000-04"]
    rows = [row("g.711", 1, IN_FORCE)]
    rows += [
        edition("g.711", 1, number, when, SUPERSEDED, version=number)
        for number, when in enumerate(months, 11)
    ]
    rows.append(row("g.711", 1, IN_FORCE, component=31, part="amd1", year=2000, month=9))
    near = [target.edition for target in ask("G.711 (05/2000)", *rows).others]
    # Of two as near, the newer one goes first.
    assert near == [13, 17, 14, 12, 11]
    assert [target.edition for target in ask("G.711 V30", *rows).others] == [17, 16, 15, 14, 13]
    assert [target.edition for target in ask("G.711 V1", *rows).others] == [11, 12, 13, 14, 15]


def test_the_nearest_parts_are_those_of_the_same_kind():
    rows = [
        AMENDMENTS[0],
        component("cor1", 34, "2021-10", IN_FORCE, 2019),
        *AMENDMENTS[1:3],
        edition("g.989.2", 1, 11, "2019-02", IN_FORCE),
    ]
    parts = [target.component for target in ask("G.989.2 Amd. 7", *rows).others]
    assert parts == [32, 31, 34]
    parts = [target.component for target in ask("G.989.2 Cor. 7 (10/2016)", *rows).others]
    assert parts == [34, 31, 32]


def test_a_dual_number_names_the_works_that_carry_both_parts():
    rows = [row("g.709", 1, IN_FORCE), row("y.1331", 1, IN_FORCE), row("g.709", 2, IN_FORCE)]
    assert ask("G.709/Y.1331", *rows).taken == Target(1)
    assert ask("G.709/Y.9999", *rows).is_empty
    former = [rows[0], rows[1]._replace(role="former")]
    assert ask("G.709/Y.1331", *former).reasons == (Reason.FORMER_NUMBER,)


def test_a_text_with_a_number_of_its_own_is_taken_whole():
    part = row("e.164.sup3", 1, IN_FORCE, component=31, part="")
    assert ask("E.164 Suppl. 3", row("e.164", 1, IN_FORCE), part).taken == Target(1, None, 31)
    own = row("e.164.sup3", 2, IN_FORCE)
    assert ask("E.164 Suppl. 3", row("e.164", 1, IN_FORCE), own).taken == Target(2)


def test_the_ranks_of_choices():
    rows = [row("g.711", 1, IN_FORCE), edition("g.711", 1, 11, "1988-11", IN_FORCE)]
    assert ask("G.711", *rows).rank == ask("G.711 (11/1988)", *rows).rank == 0
    assert ask("ITU-R G.711", *rows).rank == OTHER_SECTOR
    assert ask("G.711 (11/1989)", *rows).rank == WORK_ONLY
    # Another Sector and another date at once are too far.
    assert ask("ITU-R G.711 (11/1989)", *rows).is_empty
    assert EXACT < A_TIER * 4 < OTHER_SECTOR < OTHER_NUMBER < WORK_ONLY < Choice().rank


def test_nothing_comes_of_nothing():
    assert choose([], []).is_empty
    assert ask("G.711").is_empty
    assert not choose([replace(read_asked("G.711")[0], numbers=())], [NEW])
