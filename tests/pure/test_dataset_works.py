"""From records to works: families, twins, components, states, names. The records are invented."""

from __future__ import annotations

import random

import pytest

from catalog.dataset.catalogue import Catalogue, build
from catalog.dataset.parsing import parse_record
from catalog.dataset.source_record import read_record
from catalog.dataset.works import Work
from catalog.terms import ComponentType, Kind, NameKind, RecordNote, RecordRole, State
from tests.found import some
from tests.snapshots import files_of, radio, radio_link, standard


def catalogue(*records: dict) -> Catalogue:
    """Return what these records make."""
    return build(
        [
            read_record(name, 1, *parse_record(data))
            for name, data in files_of(list(records)).items()
        ]
    )


def works(*records: dict) -> dict[str, Work]:
    """Return the works that these records make, by address."""
    return {work.slug: work for work in catalogue(*records).works}


OLD, NEW = ("L.9010 (11/1988)", "L.9100 (01/2024)")
RENUMBERED = (
    standard("L.9010", edition="1", day="1988-11-25", status="Withdrawal", letter="S",
             family=(NEW,)),
    standard("L.9100/L.9010", edition="2", day="2015-08-01", status="Withdrawal", letter=None,
             family=(NEW, OLD)),
    standard("L.9100", edition="3", day="2024-01-13", family=(OLD,), title="Present title"),
)  # fmt: skip


def test_a_text_that_was_renumbered_is_one_work():
    (work,) = works(*RENUMBERED).values()
    assert (work.identifier, work.slug, work.title) == ("ITU-T L.9100", "l.9100", "Present title")
    assert [edition.number for edition in work.editions] == ["l.9010", "l.9100", "l.9100"]
    assert [edition.state for edition in work.editions] == [
        State.SUPERSEDED,
        State.SUPERSEDED,
        State.IN_FORCE,
    ]
    assert "worked out" in work.editions[1].grounds
    names = {name.name: (name.kind, name.slug) for name in work.names}
    assert names == {
        "L.9010": (NameKind.FORMER, "l.9010"),
        "L.9100/L.9010": (NameKind.FORMER, ""),
    }


def test_two_texts_with_one_number_are_two_works():
    found = works(
        standard("G.9641", edition="1", day="1976-10-08", status="Withdrawal", letter="S",
                 family=("G.9641 (11/1988)",)),
        standard("G.9641", edition="2", day="1988-11-25", status="Withdrawal", letter="W",
                 family=("G.9641 (10/1976)",)),
        standard("G.9641", edition="1", day="2025-11-13"),
    )  # fmt: skip
    assert sorted(found) == ["g.9641", "g.9641-1988"]
    older = found["g.9641-1988"]
    assert older.identifier == "ITU-T G.9641 (1988)"
    assert [edition.number for edition in older.editions] == ["g.9641", "g.9641"]
    assert older.standing.state is State.WITHDRAWN


def test_the_present_holder_of_a_number_is_the_one_in_force_not_the_newest():
    found = works(
        standard("E.9172", edition="1", day="1990-05-01"),
        standard("E.9172", edition="1", day="1999-05-01", status="Withdrawal", letter="W"),
    )
    assert found["e.9172"].editions[0].date.year == 1990
    assert "e.9172-1999" in found


def test_twins_are_one_edition_with_two_identifiers():
    found = catalogue(
        standard("C.9002", day="1996-10-01", letter=None, family=("F.9019 (10/1996)",)),
        standard("F.9019", day="1996-10-01", family=("C.9002 (10/1996)",)),
    )
    (work,) = found.works
    (edition,) = work.editions
    assert edition.identifier == "ITU-T F.9019 (10/1996)"
    assert (edition.twin_identifier, edition.twin_number) == ("ITU-T C.9002 (10/1996)", "c.9002")
    assert [(name.kind, name.slug) for name in work.names] == [(NameKind.TWIN, "c.9002")]
    assert len(found.standards.twins) == 1


def test_thin_records_are_grouped_by_number_and_the_newer_of_two_is_in_force():
    found = catalogue(
        standard("X.9280", edition=None, day="2024-03-01", letter="I"),
        standard("X.9280", edition=None, day="2026-06-01", letter="P"),
        standard("X.9280 (2024) Cor. 1", edition=None, day="2025-01-01", letter="I"),
    )
    (work,) = found.works
    assert [edition.state for edition in work.editions] == [State.SUPERSEDED, State.PRE_PUBLISHED]
    assert [part.type for part in work.editions[0].components] == [ComponentType.CORRIGENDUM]
    assert found.standards.two_in_force == ["ITU-T X.9280"]
    assert all(RecordNote.TWO_IN_FORCE in e.record.notes for e in some(work.editions))


def test_components_hang_on_the_edition_that_their_number_names():
    family = ("Z.9100 (11/1999)", "Z.9100 (12/2011)")
    (work,) = works(
        standard("Z.9100", edition="9", day="1999-11-19", status="Withdrawal", letter="S",
                 family=family[1:]),
        standard("Z.9100", edition="10", day="2011-12-29", family=family[:1]),
        standard("Z.9100 Annex F1", edition="10.10", day="2000-11-24", family=family),
        standard("Z.9100 Annex F1 (2000) Err. 1", edition="10.0", day="2001-11-24", family=family),
    ).values()  # fmt: skip
    assert [len(edition.components) for edition in work.editions] == [0, 2]
    assert [(part.slug, part.type) for part in work.editions[1].components] == [
        ("2000-11/annf1", ComponentType.ANNEX),
        ("2001-11/annf1-err1", ComponentType.ERRATUM),
    ]


def test_a_supplement_of_one_recommendation_is_a_component_others_are_works():
    found = works(
        standard("D.9050", edition="3", day="2011-04-01", family=("D.9050 Suppl. 1 (04/2011)",)),
        standard("D.9050 Suppl. 1", edition="3.1", day="2011-04-01", family=("D.9050 (04/2011)",)),
        standard("G Suppl. 939", edition="2", day="2020-10-01"),
    )
    assert [part.slug for part in found["d.9050"].components] == ["2011-04/sup1"]
    assert found["g.sup939"].kind is Kind.SUPPLEMENT


def test_a_component_without_its_base_keeps_a_work():
    (work,) = works(standard("MES-9 (1992) Amd. 1", edition="1.1", day="1999-01-01")).values()
    assert (work.kind, work.identifier, work.editions) == (Kind.OTHER, "ITU-T MES-9", [])
    assert [part.record.notes for part in work.unattached] == [{RecordNote.NO_BASE}]


def test_two_corrigenda_of_one_month_and_name_carry_the_year_of_their_base():
    family = ("X.9519 (08/2001)", "X.9519 (08/2005)")
    (work,) = works(
        standard("X.9519", edition="4", day="2001-08-01", status="Withdrawal", letter="S",
                 family=family[1:]),
        standard("X.9519", edition="5", day="2005-08-01", family=family[:1]),
        standard("X.9519 (2001) Cor. 1", edition="4.1", day="2008-05-01", family=family),
        standard("X.9519 (2005) Cor. 1", edition="5.1", day="2008-05-01", family=family),
    ).values()  # fmt: skip
    slugs = [part.slug for part in work.components]
    assert slugs == ["2008-05/cor1-2001", "2008-05/cor1-2005"]


STATES = [
    # status, letter, is there a later edition, state
    ("Published", "I", False, State.IN_FORCE),
    ("Published", None, False, State.IN_FORCE),
    ("Published", "P", False, State.PRE_PUBLISHED),
    ("Withdrawal", "S", False, State.SUPERSEDED),
    ("Withdrawal", "T", False, State.SUPERSEDED),
    ("Withdrawal", "I", True, State.SUPERSEDED),
    ("Withdrawal", "W", True, State.WITHDRAWN),
    ("Withdrawal", None, True, State.SUPERSEDED),
    ("Withdrawal", None, False, State.NOT_IN_FORCE),
]


@pytest.mark.parametrize(("status", "letter", "has_later", "state"), STATES)
def test_the_state_of_an_edition_follows_status_then_letter(status, letter, has_later, state):
    records = [standard("G.9001", edition="1", status=status, letter=letter,
                        family=("G.9001 (07/2022)",) if has_later else ())]  # fmt: skip
    if has_later:
        records.append(standard("G.9001", edition="2", day="2022-07-01"))
    (work,) = works(*records).values()
    assert work.editions[0].state is state
    assert work.editions[0].grounds


def test_versions_of_a_radio_recommendation_follow_letter_and_number():
    (work,) = works(
        radio("P.9001-0", month="2024-01", link=radio_link("P.9001-0", "199001", "I")),
        radio("P.9001-1", month="2009-05", link=radio_link("P.9001-1", "200904", "S")),
        radio("P.9001-2", month="2021-03", link=radio_link("P.9001-2", "201712", "I")),
    ).values()
    assert [edition.state for edition in work.editions] == [
        State.SUPERSEDED,
        State.SUPERSEDED,
        State.IN_FORCE,
    ]
    newest = work.editions[-1]
    assert (newest.approved.isoformat(), newest.posted.isoformat()) == ("2017-12-01", "2021-03-01")


def test_other_radio_texts_are_presumed_current_at_their_highest_version():
    found = works(
        radio("9203-7/3:", "question"),
        radio("SG03.9203-8", "question"),
        radio("9203-1/7:", "question"),
        radio("R.91", "resolution"),
        radio("R.91-1", "resolution"),
        radio("BT.9020-0", "technical-report"),
        radio("BT.9020-2", link=radio_link("BT.9020-2", "201510", "I")),
        radio("09.HDB", "handbook", month="2017-09", link="http://www.itu.int/pub/R-HDB-09-2002"),
    )
    assert {slug: [e.slug for e in work.editions] for slug, work in found.items()} == {
        "question/9203/sg3": ["7", "8"],
        "question/9203/sg7": ["1"],
        "resolution/91": ["0", "1"],
        "report/bt.9020": ["0"],
        "bt.9020": ["2"],
        "handbook/9": ["2002"],
    }
    assert found["question/9203/sg3"].standing.state is State.PRESUMED_CURRENT
    assert found["question/9203/sg3"].group == "ITU-R Study Group 3"
    assert found["bt.9020"].standing.state is State.IN_FORCE


def test_drafts_and_volumes_are_left_out_and_a_draft_names_its_text():
    found = catalogue(
        radio("BS.9387-1", link=radio_link("BS.9387-1", "200111", "I")),
        radio("BS.6/BL/30", link=radio_link("BS.9387-1", "200111", "P")),
        radio("M.5/BL/22"),
        radio("IV.IX"),
        radio("V.2500", title="Test"),
    )
    roles = {row.record.source_identifier: row.role for row in found.left_out}
    assert roles == {
        "ITU-R BS.6/BL/30": RecordRole.DRAFT,
        "ITU-R M.5/BL/22": RecordRole.DRAFT,
        "ITU-R IV.IX": RecordRole.COMPILATION,
        "ITU-R V.2500": RecordRole.TEST,
    }
    (work,) = found.works
    assert [(name.kind, name.name) for name in work.names] == [(NameKind.DRAFT, "BS.6/BL/30")]


def test_a_number_that_only_the_link_knows_is_searched_too():
    found = works(radio("P.435-7", link=radio_link("PI.435-7", "199203", "W")))
    assert [(name.kind, name.name) for name in found["p.435"].names] == [(NameKind.OTHER, "PI.435")]


def test_supplements_common_to_a_series_are_told_apart_from_the_rest():
    shared, own = "G Suppl. 901 (01/2019)", "G Suppl. 902 (01/2019)"
    found = catalogue(
        standard("G Suppl. 901", day="2019-01-01"),
        standard("G Suppl. 902", day="2019-01-01"),
        standard("G.9001", complements=(shared, own)),
        standard("G.9002", complements=(shared,)),
    )
    series = [(work.slug, letter) for work, letter in found.relations.supplement_to_series]
    assert series == [("g.sup901", "G")]
    works_ = [(one.slug, other.slug) for one, other in found.relations.supplement_to_work]
    assert works_ == [("g.sup902", "g.9001")]


def test_one_text_under_two_letters_is_related():
    found = catalogue(
        radio("SA.9160-0"), radio("RS.9160-1"), radio("RS.9160-0", "technical-report")
    )
    pairs = [(one.slug, other.slug) for one, other in found.relations.also_published_as]
    assert pairs == [("rs.9160", "sa.9160")]


def test_the_order_of_records_does_not_matter():
    records = [*RENUMBERED, standard("G.9001"), radio("P.9001-0"), radio("P.9001-1")]
    expected = [(w.slug, w.identifier, len(w.editions)) for w in catalogue(*records).works]
    for seed in range(5):
        random.Random(seed).shuffle(records)
        found = catalogue(*records).works
        assert [(w.slug, w.identifier, len(w.editions)) for w in found] == expected
