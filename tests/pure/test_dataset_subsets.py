"""Whatever records a snapshot lacks, every text that is left has a valid address of its own.

The records are invented; their shapes are those that lose their number with one record or
another.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.dataset import catalogue as building
from catalog.dataset.catalogue import Catalogue, build
from catalog.dataset.checking import faults_of
from catalog.dataset.findings import findings_of
from catalog.dataset.parsing import parse_record
from catalog.dataset.source_record import Record, read_record
from catalog.dataset.works import Work
from catalog.terms import Kind, RecordRole
from tests.conftest import examples
from tests.found import some
from tests.snapshots import bytes_of, file_name, identifier_of, radio, radio_link, standard


def family(*numbers_and_days: tuple[str, str, str], **extra: object) -> list[dict]:
    """Return records that name each other; each is number, edition number and day."""
    names = [f"{number} ({day[5:7]}/{day[:4]})" for number, _edition, day in numbers_and_days]
    return [
        standard(number, edition=edition, day=day, family=(*names[:place], *names[place + 1 :]),
                 **extra)
        for place, (number, edition, day) in enumerate(numbers_and_days)
    ]  # fmt: skip


SHAPES = {
    "a dual number": family(
        ("G.9709.4/Y.9331.4", "1", "2018-05-01"),
        ("G.9709.4/Y.9331.4", "2", "2020-03-15"),
        ("G.9709.4/Y.9331.4 (2020) Cor. 1", "2.1", "2021-06-01"),
    ),
    "a triple number": family(
        ("H.9013/O.9071/V.9055", "1", "1984-10-19"),
        ("H.9013/O.9071/V.9055 (1984) Amd. 1", "1.1", "1988-11-25"),
    ),
    "a number with a blank": family(
        ("D.9600 R", "1", "2000-10-06"), ("D.9600 R (2000) Amd. 1", "1.1", "2003-06-01")
    ),
    "a number with a word": family(
        ("V.9025 ter", "1", "1996-08-01"), ("V.9025 ter Annex A", "1.1", "1996-08-02")
    ),
    "a text that was renumbered": family(
        ("L.9010", "1", "1988-11-25"),
        ("L.9010 (1988) Amd. 1", "1.1", "1990-01-01"),
        ("L.9100/L.9010", "2", "2015-08-01"),
        ("L.9100/L.9010 (2015) Cor. 1", "2.1", "2016-02-01"),
    ),
    "a supplement of a series": family(
        ("G Suppl. 939", "1", "2003-10-01"),
        ("G Suppl. 939", "2", "2006-02-01"),
        ("G Suppl. 939 (2006) Err. 1", "2.1", "2006-08-01"),
    ),
    "a supplement of a range": family(
        ("E-900 series Suppl. 3", "1", "1988-11-25"),
        ("E-900 series Suppl. 3 (1988) Cor. 1", "1.1", "1990-02-01"),
    ),
    "a supplement of a Recommendation": family(
        ("E.9164", "3", "1997-05-01"),
        ("E.9164 Suppl. 3", "3.1", "2004-05-01"),
        ("E.9164 Suppl. 3 (2004) Amd. 1", "3.2", "2009-11-01"),
    ),
    "a supplement with the number of a Recommendation": family(
        ("M.9050 Suppl. 1", "1", "2004-07-01"),
        ("M.9050 Suppl. 1 (2004) Amd. 1", "1.1", "2005-08-01"),
    ),
    "a thin supplement": [
        standard("X Suppl. 926", edition=None, day="2016-04-01"),
        standard("X Suppl. 926 (2016) Cor. 1", edition=None, day="2018-03-01"),
    ],
    "the code of a handbook": [
        standard("SEC-ABC (2020) Amd. 1", edition="1.1", day="2021-01-01"),
        standard("MES-9 (1992) Amd. 1", edition="1.1", day="1999-01-01"),
    ],
    "one number, three texts": [
        *family(("G.9641", "1", "1976-10-08"), ("G.9641 (1976) Amd. 1", "1.1", "1977-01-01")),
        *family(("G.9641", "1", "1988-11-25"), ("G.9641 (1988) Amd. 1", "1.1", "1988-12-01")),
        *family(("G.9641", "1", "1988-10-25"), ("G.9641 (1988) Amd. 2", "1.1", "1988-12-02")),
    ],
    "twins": family(("C.9002", "1", "1996-10-01"), ("F.9019", "1", "1996-10-01")),
    "corrigenda of one month": family(
        ("X.9519", "4", "2001-08-01"),
        ("X.9519", "5", "2005-08-01"),
        ("X.9519 (2001) Cor. 1", "4.1", "2008-05-01"),
        ("X.9519 (2005) Cor. 1", "5.1", "2008-05-01"),
        ("X.9519 (2005) Technical Cor. 1", "5.2", "2008-05-03"),
        ("X.9519 App. I", "5.3", "2008-05-04"),
        ("X.9519 App.I", "5.4", "2008-05-05"),
    ),
    "two codes": [
        radio("RS.1745/SA.1745"), radio("SA.1745/RS.1745"), radio("SA.1745-1"), radio("RS.1745-1"),
    ],
    "a corrigendum of ITU-R": [
        radio("SM.1448"), radio("SM.1448-0"), radio("SM.1448-1"),
    ],
    "Questions, Resolutions and Handbooks": [
        radio("9203-7/3:", "question"), radio("SG03.9203-8", "question"),
        radio("9209-7:", "question"),
        radio("R.91", "resolution"), radio("R.91-1", "resolution"),
        radio("94.HDB", "handbook", month="2013-01"), radio("94", "handbook", month="2020-01"),
    ],
    "a draft and its text": [
        radio("BS.9387-1", link=radio_link("BS.9387-1", "200111", "I")),
        radio("BS.6/BL/30", link=radio_link("BS.9387-1", "200111", "P")),
    ],
    "one code, two kinds": [
        radio("BT.9020-0", "technical-report"), radio("BT.9020-1", "technical-report"),
        radio("BT.9020-2"),
    ],
}  # fmt: skip
# What the data set has not, and another archive may have: two records of one text, two texts
# of one month and number.
CLASHES = {
    "one version under two spellings": [
        radio("BT.9021-1", "technical-report"),
        radio("BT-9021-1", "technical-report"),
        radio("M.9021-1"),
        radio("M-9021-1"),
        radio("M.9021-0-1"),
    ],
    "two versions of one month": [
        *family(
            ("H.9264 (V15)", "15", "2024-08-13"),
            ("H.9264 (V16)", "16", "2024-08-20"),
            ("H.9264 (V15) (2024) Amd. 1", "15.1", "2025-01-01"),
        ),
    ],
    "one text twice": family(
        ("H.9265 (V1)", "1", "2024-08-13"), ("H.9265 v.1", "1", "2024-08-13"),
        ("H.9265", "1", "2024-08-13"),
    ),
    "a handbook twice": [
        radio("95.HDB", "handbook", month="2013-01"), radio("95", "handbook", month="2013-02"),
    ],
    "no number that an address could carry": [
        standard("G"), standard("FOO series"), standard("IMPL-FOO", edition=None),
        radio("5-1"), radio("9203-7/3:"), radio("BT.1-1", "handbook"),
    ],
    "no title": [standard("G.9003", title=None), radio("P.9003-1", title=" ")],
    "glued and spaced letters": [standard("I.9256.2a"), standard("I.9256.2 A")],
}  # fmt: skip


def read(record: dict) -> Record:
    """Return the reduced record of a file."""
    return read_record(file_name(identifier_of(record)), 1, *parse_record(bytes_of(record)))


USUAL = [read(record) for records in SHAPES.values() for record in records]
CLASHING = [read(record) for records in CLASHES.values() for record in records]


def gist(found: Catalogue) -> list:
    """Return what a catalogue says, as plain values that can be compared."""
    works = [
        (
            work.sector, work.kind, work.label, work.slug, work.identifier, work.title, work.names,
            [(p.identifier, p.number, p.slug, p.state, p.position, p.record.source_identifier)
             for p in (*work.editions, *work.components)],
        )
        for work in found.works
    ]  # fmt: skip
    left_out = [(row.record.source_identifier, row.role, row.reason) for row in found.left_out]
    refused = [
        (row.label, [record.source_identifier for record in row.records], row.reason)
        for row in found.refused
    ]
    return [works, sorted(left_out), sorted(refused)]


def assert_sound(records: list[Record], found: Catalogue) -> None:
    """Check that every text has an address, and that no record is lost or there twice."""
    assert faults_of(found.works) == []
    placed = [record.source_identifier for work in found.works for record in work.records]
    placed += [row.record.source_identifier for row in found.left_out]
    placed += [record.source_identifier for row in found.refused for record in row.records]
    assert sorted(placed) == sorted(record.source_identifier for record in records)
    assert [row for row in found.refused if not row.reason] == []


def works_of(records: list[dict]) -> dict[str, Work]:
    """Return the works that these records make, by address."""
    return {work.slug: work for work in build([read(record) for record in records]).works}


def test_all_shapes_together_are_sound_and_nothing_is_refused():
    found = build(USUAL)
    assert_sound(USUAL, found)
    assert found.refused == []


@pytest.mark.parametrize("name", SHAPES)
def test_every_subset_of_a_shape_is_sound(name):
    records = [read(record) for record in SHAPES[name]]
    for mask in range(1, 2 ** len(records)):
        kept = [record for place, record in enumerate(records) if mask >> place & 1]
        found = build(kept)
        assert_sound(kept, found)
        assert found.refused == [], [record.source_identifier for record in kept]


@given(st.sets(st.integers(0, len(USUAL) - 1)), st.randoms(use_true_random=False))
@settings(max_examples=examples(60), deadline=None)
def test_any_records_in_any_order_give_one_sound_catalogue(places, chance):
    kept = [USUAL[place] for place in sorted(places)]
    found = build(kept)
    assert_sound(kept, found)
    assert found.refused == []
    chance.shuffle(kept)
    assert gist(build(kept)) == gist(found)


@given(st.sets(st.integers(0, len(CLASHING) - 1)), st.randoms(use_true_random=False))
@settings(max_examples=examples(60), deadline=None)
def test_records_that_clash_cost_themselves_whatever_their_order(places, chance):
    kept = [CLASHING[place] for place in sorted(places)] + USUAL[:10]
    found = build(kept)
    assert_sound(kept, found)
    chance.shuffle(kept)
    assert gist(build(kept)) == gist(found)


PARTS_ONLY = [
    # the shape, the address that its components alone give the work, its label, theirs
    ("a dual number", "g.9709.4", "ITU-T G.9709.4/Y.9331.4", {"g.9709.4/2021-06/cor1"}),
    ("a triple number", "h.9013", "ITU-T H.9013/O.9071/V.9055", {"h.9013/1988-11/amd1"}),
    ("a number with a blank", "d.9600r", "ITU-T D.9600 R", {"d.9600r/2003-06/amd1"}),
    ("a number with a word", "v.9025ter", "ITU-T V.9025 ter", {"v.9025ter/1996-08/anna"}),
    (
        "a text that was renumbered",
        "l.9100",
        "ITU-T L.9100/L.9010",
        {"l.9010/1990-01/amd1", "l.9100/2016-02/cor1"},
    ),
    ("a supplement of a series", "g.sup939", "ITU-T G Suppl. 939", {"g.sup939/2006-08/err1"}),
    (
        "a supplement of a range",
        "e-900.sup3",
        "ITU-T E-900 series Suppl. 3",
        {"e-900.sup3/1990-02/cor1"},
    ),
    (
        "a supplement of a Recommendation",
        "e.9164",
        "ITU-T E.9164",
        {"e.9164/2004-05/sup3", "e.9164/2009-11/sup3-amd1"},
    ),
    (
        "a supplement with the number of a Recommendation",
        "m.9050.sup1",
        "ITU-T M.9050 Suppl. 1",
        {"m.9050.sup1/2005-08/amd1"},
    ),
    ("a thin supplement", "x.sup926", "ITU-T X Suppl. 926", {"x.sup926/2018-03/cor1"}),
]


@pytest.mark.parametrize(("name", "slug", "label", "addresses"), PARTS_ONLY)
def test_components_alone_stand_at_the_address_that_they_have_with_their_text(
    name, slug, label, addresses
):
    whole = works_of(SHAPES[name])
    parts = {part.record.source_identifier for work in whole.values() for part in work.components}
    (work,) = works_of([r for r in SHAPES[name] if identifier_of(r) in parts]).values()
    assert (work.kind, work.slug, work.label) == (Kind.OTHER, slug, label)
    assert {f"{part.number}/{part.slug}" for part in work.unattached} == addresses
    assert addresses == {
        f"{part.number}/{part.slug}" for work in whole.values() for part in work.components
    }


def test_the_halves_of_the_number_lead_to_a_work_of_which_only_a_component_is_there():
    (work,) = works_of(SHAPES["a dual number"][2:]).values()
    assert {name.name: name.slug for name in work.names} == {
        "G.9709.4": "",
        "Y.9331.4": "y.9331.4",
    }


def test_texts_of_one_number_and_year_are_told_apart_by_the_month():
    found = works_of([standard("G.9641", day=f"1988-{month}-25") for month in (10, 11, 12)])
    assert {slug: work.identifier for slug, work in found.items()} == {
        "g.9641": "ITU-T G.9641",
        "g.9641-1988": "ITU-T G.9641 (1988)",
        "g.9641-1988-10": "ITU-T G.9641 (1988-10)",
    }
    assert found["g.9641"].newest_date.month == 12


def test_a_second_record_of_a_report_is_left_out_as_such():
    found = build([read(record) for record in CLASHES["one version under two spellings"][:2]])
    (row,) = found.left_out
    assert (row.role, row.target.identifier) == (
        RecordRole.DUPLICATE_REPORT,
        "Report ITU-R BT.9021-1",
    )


def test_of_two_versions_of_one_month_the_newer_one_stays_and_the_other_is_named():
    found = build([read(record) for record in CLASHES["two versions of one month"]])
    (work,) = found.works
    assert [edition.identifier for edition in work.editions] == ["ITU-T H.9264 (V16) (08/2024)"]
    assert [part.identifier for part in work.unattached] == [
        "ITU-T H.9264 (V15) (2024) Amd. 1 (01/2025)"
    ]
    (refused,) = found.refused
    assert refused.label == "ITU-T H.9264"
    assert [record.source_identifier for record in refused.records] == [
        "ITU-T H.9264 (V15) (08/2024)"
    ]
    assert "another text has the address h.9264/2024-08" in refused.reason
    (finding,) = [row for row in findings_of(found) if row["code"] == "refused"]
    assert finding["examples"] == [f"ITU-T H.9264 (V15) (08/2024): {refused.reason}"]


def test_what_no_address_can_carry_is_refused_with_its_reason():
    found = build([read(record) for record in CLASHES["no number that an address could carry"]])
    assert found.works == []
    assert len(found.refused) == 6
    assert all("address" in row.reason for row in some(found.refused))


def test_a_text_without_title_is_called_by_its_number():
    found = build([read(record) for record in CLASHES["no title"]])
    assert [work.title for work in found.works] == [
        "ITU-R P.9003 (the record has no title)",
        "ITU-T G.9003 (the record has no title)",
    ]


def test_works_still_at_fault_after_some_rounds_are_taken_out_whole(monkeypatch):
    monkeypatch.setattr(building, "ROUNDS", 0)
    records = USUAL + CLASHING
    found = build(records)
    assert_sound(records, found)
    assert any(len(row.records) > 1 for row in found.refused)


def test_building_leaves_the_records_as_they_are():
    notes = [set(record.notes) for record in USUAL]
    shuffled = random.Random(3).sample(USUAL, len(USUAL))
    build(shuffled[:20])
    assert [record.notes for record in USUAL] == notes
