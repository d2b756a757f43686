"""Records of ITU-R that need a rule of their own: drafts, doubles, corrigenda, two codes."""

from __future__ import annotations

import pytest

from catalog.dataset.catalogue import Catalogue, build
from catalog.dataset.parsing import parse_record
from catalog.dataset.source_record import read_record
from catalog.terms import ComponentType, Kind, Precision, RecordNote, RecordRole, State
from tests.snapshots import files_of, radio, radio_link


def catalogue(*records: dict) -> Catalogue:
    """Return what these records make."""
    return build(
        [
            read_record(name, 1, *parse_record(data))
            for name, data in files_of(list(records)).items()
        ]
    )


def left_out(*records: dict) -> dict[str, tuple]:
    """Return role, reason and target of each record that is left out, by its identifier."""
    return {
        row.record.source_identifier: (
            row.role,
            row.reason,
            row.target.identifier if row.target else None,
        )
        for row in catalogue(*records).left_out
    }


def test_what_is_left_out_has_a_reason():
    draft = "the draft of a text, under the number of a study-group document"
    assert left_out(radio("M.5/BL/22"), radio("IV.IX"), radio("V.2500"), radio("BT.1893")) == {
        "ITU-R M.5/BL/22": (RecordRole.DRAFT, draft, None),
        "ITU-R IV.IX": (
            *(
                RecordRole.COMPILATION,
                "a volume, a list or a sales item, not a text of its own",
            ),
            None,
        ),
        "ITU-R V.2500": (RecordRole.TEST, "a test record", None),
        "ITU-R BT.1893": (RecordRole.DRAFT, draft, None),
    }


@pytest.mark.parametrize(
    ("number", "letter", "reason", "target"),
    [
        (
            *("BS.9387-1", "P", "the draft of ITU-R BS.9387-1, as its link says"),
            "ITU-R BS.9387-1",
        ),
        (
            *("BS.9387-2", "P"),
            "the draft of ITU-R BS.9387-2, as its link says, which is not in the data set",
            None,
        ),
        ("BS.9388", "P", "the draft of ITU-R BS.9388-0, as its link says", "ITU-R BS.9388-0"),
        (
            *("BS.9387-1", "I"),
            "the draft of a text, under the number of a study-group document",
            None,
        ),
    ],
)
def test_a_draft_is_that_of_the_text_its_link_names(number, letter, reason, target):
    link = radio_link(number, "200111", letter)
    found = left_out(radio("BS.9387-1"), radio("BS.9388-0"), radio("BS.6/BL/30", link=link))
    assert found == {"ITU-R BS.6/BL/30": (RecordRole.DRAFT, reason, target)}


def test_a_double_of_a_report_names_the_report():
    found = left_out(
        radio("M.2024-0", "technical-report"),
        radio("M2", "technical-report"),
        radio("SM2", "technical-report"),
    )
    assert found == {
        "ITU-R M2": (
            *(RecordRole.DUPLICATE_REPORT, "a second record of Report ITU-R M.2024-0"),
            "Report ITU-R M.2024-0",
        ),
        "ITU-R SM2": (RecordRole.DUPLICATE_REPORT, "a second record of a Report", None),
    }


def test_a_further_record_of_a_version_is_left_out_or_refused():
    found = left_out(radio("BT.9020", "technical-report"), radio("BT.9020-0", "technical-report"))
    assert found == {
        "ITU-R BT.9020-0": (
            *(RecordRole.DUPLICATE_REPORT, "a second record of Report ITU-R BT.9020-0"),
            "Report ITU-R BT.9020-0",
        )
    }
    other = catalogue(radio("BT.9020"), radio("BT.9020-0"))
    assert other.left_out == []
    assert [(r.source_identifier, e.identifier) for r, e in other.radio.surplus] == [
        ("ITU-R BT.9020-0", "ITU-R BT.9020-0")
    ]


def test_two_spellings_of_a_dual_code_are_one_edition():
    found = catalogue(radio("SA.1745/RS.1745"), radio("RS.1745/SA.1745"))
    (work,) = found.works
    (edition,) = work.editions
    assert (edition.record.source_identifier, edition.identifier) == (
        *("ITU-R RS.1745/SA.1745", "ITU-R RS.1745-0"),
    )
    assert (edition.twin_identifier, edition.twin_number) == ("ITU-R SA.1745-0", "sa.1745")
    assert found.radio.twins == [("ITU-R RS.1745/SA.1745", "ITU-R SA.1745/RS.1745")]
    assert all(RecordNote.TWIN in one.notes for one in (edition.record, edition.twin))
    assert found.radio.surplus == []


def corrigendum(*records: dict):
    """Return the work and the part that the corrigendum to SM.1448 makes."""
    (work,) = catalogue(
        radio("SM.1448", link=radio_link("SM.1448-0", "200210", "I"), title="A correction"),
        *records,
    ).works
    (part,) = work.components
    return work, part


def test_a_corrigendum_belongs_to_its_edition():
    base = radio("SM.1448-0", link=radio_link("SM.1448-0", "200005", "I"))
    work, part = corrigendum(base)
    assert work.editions[0].components == [part]
    assert (part.identifier, part.number) == ("ITU-R SM.1448-0 Cor. 1", "sm.1448")
    assert (part.slug, part.position, part.type) == ("2002-10/cor1", 1, ComponentType.CORRIGENDUM)
    assert (part.approved.isoformat(), part.approved_precision) == ("2002-10-01", Precision.MONTH)
    assert part.posted.isoformat() == "2010-05-01"
    assert part.state is State.IN_FORCE
    assert RecordNote.NO_BASE not in part.record.notes
    assert work.title == "Invented title of a radio text"


def test_a_corrigendum_goes_with_its_edition():
    _work, part = corrigendum(radio("SM.1448-0"), radio("SM.1448-1"))
    assert part.state is State.SUPERSEDED
    assert part.grounds == "ITU-R SM.1448-0 was replaced by ITU-R SM.1448-1"


def test_a_corrigendum_without_its_edition_belongs_to_the_work():
    work, part = corrigendum()
    assert (work.label, work.slug, work.series) == ("ITU-R SM.1448", "sm.1448", "SM")
    assert (work.kind, work.title, work.unattached) == (Kind.RECOMMENDATION, "A correction", [part])
    assert part.record.notes == {RecordNote.NO_BASE}
    assert part.state is State.IN_FORCE
    work, part = corrigendum(radio("SM.1448-1"))
    assert (work.unattached, len(work.editions)) == ([part], 1)


def test_versions_dates_and_groups_are_those_of_the_record():
    found = {
        work.slug: work
        for work in catalogue(
            radio("BR.602"),
            radio("P.9001-0", link=radio_link("P.9001-0", "199013", "I")),
            radio("P.9001-3", link=radio_link("P.9001-3", "199012", "W")),
            radio("9203/3:", "question"),
            radio("9111-2:", "question"),
        ).works
    }
    assert [edition.version for edition in found["br.602"].editions] == [2]
    first, second = found["p.9001"].editions
    # Month 13 is none.
    assert (first.approved, first.approved_precision) == (None, Precision.DAY)
    assert (second.approved.isoformat(), second.approved_precision) == (
        *("1990-12-01", Precision.MONTH),
    )
    assert [edition.position for edition in (first, second)] == [1, 4]
    assert (first.slug, first.number, first.identifier) == ("0", "p.9001", "ITU-R P.9001-0")
    assert found["p.9001"].series == "P"
    assert found["question/9203/sg3"].group == "ITU-R Study Group 3"
    assert found["question/9111/none"].group == ""
    notes = {slug: work.editions[0].record.notes for slug, work in found.items()}
    assert notes["question/9111/none"] == {RecordNote.NO_GROUP}
    assert notes["question/9203/sg3"] == set()


def test_oddities_of_a_record_are_noted():
    found = {
        work.slug: work.editions[0].record.notes
        for work in catalogue(
            radio("P.435-7"),
            radio("P.835-7"),
            radio("P.9001-0", title="Signal?to?noise ratio"),
            radio("P.9002-0", title="Why not?"),
        ).works
    }
    assert found == {
        "p.435": {RecordNote.CODE_AGAINST_LINK},
        "p.835": {RecordNote.DOUBTFUL_TITLE},
        "p.9001": {RecordNote.LOST_CHARACTERS},
        "p.9002": set(),
    }


def test_handbooks_are_told_apart_by_their_years():
    (work,) = catalogue(
        radio("43.HDB", "handbook", month="2013-05"),
        radio("043.HDB", "handbook", link="http://www.itu.int/pub/R-HDB-43-2002"),
    ).works
    assert [(e.identifier, e.slug, e.version) for e in work.editions] == [
        ("Handbook ITU-R 43 (2002)", "2002", None),
        ("Handbook ITU-R 43 (2013)", "2013", None),
    ]
    # The year of publication; the months of the records are those of posting.
    assert [(edition.approved.year, edition.approved_precision) for edition in work.editions] == [
        (2002, Precision.YEAR),
        (2013, Precision.YEAR),
    ]
    assert [edition.state for edition in work.editions] == [
        *(State.SUPERSEDED, State.PRESUMED_CURRENT),
    ]
