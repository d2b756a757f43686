"""Records of ITU-T: families, twins, components and their states, each rule by itself."""

from __future__ import annotations

import pytest

from catalog.dataset.catalogue import Catalogue, build
from catalog.dataset.parsing import parse_record
from catalog.dataset.source_record import Record, read_record
from catalog.dataset.standards import Families, group_standards, is_edition
from catalog.terms import ComponentType, Kind, Precision, RecordNote, State
from tests.found import some
from tests.snapshots import bytes_of, files_of, standard

OLD, WITHDRAWN = "listed as in force, as is a newer edition, which is followed", "Withdrawal"


def catalogue(*records: dict) -> Catalogue:
    """Return what these records make."""
    return build(
        [
            read_record(name, 1, *parse_record(data))
            for name, data in files_of(list(records)).items()
        ]
    )


def work_of(*records: dict):
    """Return the one work that these records make."""
    (work,) = catalogue(*records).works
    return work


def record_of(data: dict) -> Record:
    """Return the record that a file of the data set makes."""
    return read_record("any.yaml", 1, *parse_record(bytes_of(data)))


def test_names_that_are_joined_have_one_group_whatever_the_order():
    pairs = [("d", "c"), ("b", "a"), ("c", "b"), ("f", "e")]
    for order in (pairs, pairs[::-1]):
        families = Families()
        for pair in order:
            families.join(*pair)
        assert {name: families.find(name) for name in "abcdefg"} == {
            **dict.fromkeys("abcd", "a"),
            **dict.fromkeys("ef", "e"),
            "g": "g",
        }
        # Each name leads straight to the name of its group once it was looked up.
        assert set(families.parent.values()) == set("aeg")


@pytest.mark.parametrize(
    ("number", "edition", "is_one"),
    [
        ("G.9001", "1", True),
        ("G.9001", None, True),
        ("G.9001 Amd. 1", "1.1", False),
        ("G.9001 Amd. 1", None, False),
        ("G Suppl. 901", "2", True),
        ("G Suppl. 901", None, True),
        ("D.9050 Suppl. 1", "3.1", False),
    ],
)
def test_what_has_no_component_in_its_number_is_an_edition(number, edition, is_one):
    assert is_edition(record_of(standard(number, edition=edition))) is is_one


def test_relations_are_followed_though_their_targets_are_misspelt():
    found = group_standards(
        [
            record_of(standard("G.9001", day="2001-02-01", family=("G 9002 (02/2002)",))),
            record_of(standard("G.9002", day="2002-02-01", family=("G.9003 (03/2003)",))),
            record_of(standard("G.9004", day="2004-02-01", family=("G.9003 (03/2003)",))),
        ]
    )
    assert (len(found.works), found.families_by_relation, found.repaired_targets) == (1, 1, 1)
    assert found.unmatched_targets == {
        "G.9003 (03/2003)": ["ITU-T G.9002 (02/2002)", "ITU-T G.9004 (02/2004)"]
    }


def test_a_thin_record_joins_the_family_of_its_number():
    full = standard("G.9001", edition="1", day="2001-02-01", group="Group of old")
    found = catalogue(full, standard("G.9001", edition=None, day="2026-02-01"))
    (work,) = found.works
    assert [edition.date.year for edition in work.editions] == [2001, 2026]
    assert [edition.position for edition in work.editions] == [1, 2]
    assert (work.group, found.standards.families_by_relation) == ("Group of old", 2)


def test_an_edition_has_the_number_of_its_record():
    found = work_of(
        standard("G.9001", edition="2", day="2001-02-01", status=WITHDRAWN, letter="S",
                 family=("G.9001 (V5) (02/2005)",), group="Group of old"),
        standard("G.9001 (V5)", edition="5", day="2005-02-01", family=("G.9001 (02/2001)",),
                 group="Group of today", complements=("G Suppl. 39 (02/2001)",)),
    )  # fmt: skip
    assert [edition.position for edition in found.editions] == [2, 5]
    assert [edition.version for edition in found.editions] == [None, 5]
    assert found.editions[0].approved_precision is Precision.DAY
    assert found.editions[0].slug == "2001-02"
    assert (found.label, found.slug, found.series) == ("ITU-T G.9001", "g.9001", "G")
    assert (found.group, found.complements) == ("Group of today", ("G Suppl. 39 (02/2001)",))


@pytest.mark.parametrize(
    ("one", "other", "leading"),
    [
        # In force goes before a link, a link before the name.
        ({"letter": None}, {"status": WITHDRAWN, "letter": "S"}, "C.9002"),
        ({"status": WITHDRAWN, "letter": "S"}, {"letter": None}, "F.9019"),
        ({"letter": None}, {}, "F.9019"),
        ({}, {}, "C.9002"),
    ],
)
def test_of_twins_one_leads(one, other, leading):
    found = catalogue(
        standard("C.9002", day="1996-10-01", family=("F.9019 (10/1996)",), **one),
        standard("F.9019", day="1996-10-01", family=("C.9002 (10/1996)",), **other),
    )
    (edition,) = found.works[0].editions
    assert edition.record.identifier.number == leading
    assert edition.twin.identifier.number != leading
    assert all(RecordNote.TWIN in record.notes for record in (edition.record, edition.twin))
    assert found.standards.surplus == []


def test_a_component_without_a_number_goes_to_the_edition_of_its_year():
    work = work_of(
        standard("G.9001", edition="1", day="2001-02-01", status=WITHDRAWN, letter="S",
                 family=("G.9001 (06/2001)", "G.9001 (02/2005)")),
        standard("G.9001", edition="2", day="2001-06-01", status=WITHDRAWN, letter="S"),
        standard("G.9001", edition="3", day="2005-02-01", family=("G.9001 (02/2001)",)),
        standard("G.9001 (2001) Amd. 1", edition=None, day="2001-03-01", letter="S"),
        standard("G.9001 (2001) Amd. 2", edition=None, day="2002-03-01", letter="S"),
        standard("G.9001 (2005) Amd. 3", edition=None, day="2005-01-01", letter=None),
        standard("G.9001 (2004) Amd. 4", edition=None, day="2006-01-01", letter=None),
        standard("G.9001 Amd. 5", edition=None, day="2006-02-01", letter=None),
        standard("G.9001 Amd. 6", edition="9.1", day="2006-03-01", letter=None,
                 family=("G.9001 (02/2005)",)),
    )  # fmt: skip
    names = [[part.slug for part in edition.components] for edition in some(work.editions)]
    assert names == [["2001-03/amd1"], ["2002-03/amd2"], ["2005-01/amd3"]]
    assert [part.slug for part in work.unattached] == [
        *("2006-01/amd4", "2006-02/amd5", "2006-03/amd6"),
    ]
    assert all(RecordNote.NO_BASE in part.record.notes for part in some(work.unattached))
    assert [part.position for part in work.components] == [1, 2, 3, 4, 5, 6]
    assert [part.state for part in work.unattached] == [
        *(State.NOT_IN_FORCE, State.NOT_IN_FORCE, State.IN_FORCE),
    ]


def test_a_component_went_with_its_edition():
    inferred = "worked out from the later edition"
    work = work_of(
        standard("G.9001", edition="1", day="2001-02-01", status=WITHDRAWN, letter=None,
                 family=("G.9001 (02/2005)",)),
        standard("G.9001", edition="2", day="2005-02-01"),
        *(
            standard(f"G.9001 ({year}) Amd. {ordinal}", edition=edition, day=day,
                     status=WITHDRAWN, letter=letter, family=("G.9001 (02/2005)",))
            for year, ordinal, edition, day, letter in (
                (2001, 1, "1.1", "2003-03-01", None),
                (2005, 1, "2.1", "2006-03-01", None),
                (2005, 2, "2.2", "2007-03-01", "I"),
            )
        ),
    )  # fmt: skip
    assert work.editions[0].grounds.endswith(inferred)
    first, second, third = work.components
    assert (first.state, first.grounds.endswith(inferred)) == (State.SUPERSEDED, True)
    assert second.state is State.NOT_IN_FORCE
    notes = [part.record.notes for part in (first, second, third)]
    assert notes == [{RecordNote.STATE_INFERRED}, set(), {RecordNote.STATE_AGAINST_LINK}]
    assert work.editions[0].record.notes == {RecordNote.STATE_INFERRED}


def test_of_three_editions_in_force_the_newest_is_followed():
    found = catalogue(
        *(
            standard("G.9001", edition=str(n), day=f"200{n}-02-01", family=("G.9001 (02/2003)",))
            for n in (1, 2, 3)
        )
    )
    (work,) = found.works
    assert [edition.state for edition in work.editions] == [
        *(State.SUPERSEDED, State.SUPERSEDED, State.IN_FORCE),
    ]
    assert [edition.grounds for edition in work.editions] == [OLD, OLD, "ITU lists it as in force"]
    assert found.standards.two_in_force == ["ITU-T G.9001"]
    assert all(RecordNote.TWO_IN_FORCE in edition.record.notes for edition in some(work.editions))


@pytest.mark.parametrize(
    ("number", "family", "slug"),
    [
        # What its relations name decides whose component it is; else the number does.
        ("G Suppl. 901 (2006) Err. 1", (), "g.sup901"),
        ("E.9164 Suppl. 3 (2004) Amd. 1", ("E.9164 (02/2001)",), "e.9164"),
        ("E.9164 Suppl. 3 (2004) Amd. 1", ("E.9164 Suppl. 3 (05/2004)",), "e.9164.sup3"),
        ("E.9164 Suppl. 3 (2004) Amd. 1", ("E.9164 (2001) Amd. 1 (02/2002)",), "e.9164"),
        ("E.9164 Suppl. 3 (2004) Amd. 1", (), "e.9164"),
    ],
)
def test_a_component_of_a_supplement_that_is_missing(number, family, slug):
    work = work_of(standard(number, edition="2.1", day="2006-08-01", family=family))
    assert (work.kind, work.slug, work.editions) == (Kind.OTHER, slug, [])
    assert work.title


def test_a_work_without_an_edition_is_called_as_its_relations_call_it():
    missing = "ITU-T MES-9 (its text is not in the data set)"
    titles = [
        (("MES-9 (02/1992)",), "Title of another text"),
        (("MES-9 (1992) Cor. 1 (02/1993)", "MES-9 (02/1992)"), "Title of another text"),
        ((), missing),
        (("MES-9 (1992) Amd. 2 (02/1993)",), missing),
        (("MES-9 (1992) Cor. 1 (02/1993)",), missing),
        (("MES-9 (1992) Err. 1 (02/1993)",), missing),
    ]
    for family, title in titles:
        work = work_of(standard("MES-9 (1992) Amd. 1", edition="1.1", family=family))
        assert (work.title, work.label, work.slug) == (title, "ITU-T MES-9", "mes-9")
    assert work_of(standard("G.9001", title=None)).title == "ITU-T G.9001 (the record has no title)"


def test_components_of_one_address_are_told_apart():
    work = work_of(
        standard("G.9001", edition="1", day="2001-02-01"),
        *(
            standard(f"G.9001 (2001) {part}", edition=edition, day="2008-05-01",
                     family=("G.9001 (02/2001)",))
            for part, edition in (("Cor. 1", "1.1"), ("Technical Cor. 1", "1.1"), ("Amd. 1", "1.2"))
        ),
    )  # fmt: skip
    assert sorted(part.slug for part in work.components) == [
        *("2008-05/amd1", "2008-05/cor1-2001", "2008-05/cor1-2001-2"),
    ]
    notes = {part.record.identifier.text: part.record.notes for part in work.components}
    assert notes == {
        "ITU-T G.9001 (2001) Amd. 1 (05/2008)": set(),
        "ITU-T G.9001 (2001) Cor. 1 (05/2008)": {RecordNote.COMPONENT_TWICE},
        "ITU-T G.9001 (2001) Technical Cor. 1 (05/2008)": {RecordNote.COMPONENT_TWICE},
    }
    assert {part.type for part in work.components} == {
        *(ComponentType.AMENDMENT, ComponentType.CORRIGENDUM),
    }
    assert {part.number for part in work.components} == {"g.9001"}


def test_a_supplement_that_is_a_component_has_the_number_of_its_work():
    work = work_of(
        standard("D.9050", edition="3", day="2011-04-01", family=("D.9050 Suppl. 1 (04/2011)",)),
        standard("D.9050 Suppl. 1", edition="3.1", day="2011-04-01"),
    )
    (part,) = work.components
    assert (part.number, part.slug, part.type) == (
        *("d.9050", "2011-04/sup1", ComponentType.SUPPLEMENT),
    )
    assert (part.approved.isoformat(), part.approved_precision) == ("2011-04-01", Precision.DAY)
