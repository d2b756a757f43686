"""The whole data set against the figures and the tables that describe it."""

from __future__ import annotations

import json
import random
import re
import zipfile

import pytest
import yaml

from catalog.dataset.archive import open_snapshot
from catalog.dataset.catalogue import build
from catalog.dataset.collect import collect
from catalog.dataset.figures import figures_of
from catalog.dataset.findings import findings_of, summary_of
from catalog.dataset.parsing import parse_record, relations_of
from catalog.dataset.repairs import DOUBTFUL_TITLES, TESTS
from catalog.dataset.source_record import read_record
from catalog.identifiers import RadioIdentifier, parse_identifier
from catalog.identifiers.folding import NUMBER_REPAIRS
from catalog.rules.title_shapes import shape_of
from catalog.terms import Kind, SectorCode, State
from tests.catalogue.conftest import NOTES, SAMPLE
from tests.conftest import CATALOGUE
from tests.found import some


def expected_figures() -> dict:
    """Return the figures that the notes on the data set give."""
    section = NOTES.read_text("utf-8").split("## 11 Figures a test can check")[1]
    return json.loads(re.search(r"```json\n(.*?)```", section, re.DOTALL).group(1))


def test_every_figure_of_the_notes_comes_out(whole):
    assert figures_of(whole) == expected_figures()


def test_no_file_is_refused(collection):
    assert collection.problems == []


def test_the_order_of_the_records_does_not_matter(collection, whole):
    shuffled = list(collection.records)
    random.Random(11).shuffle(shuffled)
    again = build(shuffled)
    assert [(w.sector, w.slug, w.identifier) for w in some(again.works)] == [
        (w.sector, w.slug, w.identifier) for w in whole.works
    ]
    assert figures_of(again) == figures_of(whole)


def test_addresses_are_distinct(whole):
    works = [(work.sector, work.slug) for work in whole.works]
    assert len(set(works)) == len(works)
    parts = [
        (work.sector, part.number, part.slug)
        for work in whole.works
        for part in (*work.editions, *work.components)
    ]
    assert len(set(parts)) == len(parts)


def test_three_pairs_of_corrigenda_carry_the_year_of_their_base(whole):
    dated = [
        (part.number, part.slug)
        for work in whole.works
        for part in work.components
        if re.search(r"/cor\d+-\d{4}$", part.slug)
    ]
    assert {number for number, _slug in dated} == {"x.519", "x.521", "x.525"}
    assert len(dated) == 6


def test_parsing_and_printing_are_inverse_for_every_identifier(collection):
    slips = set()
    for record in some(collection.records):
        printed = record.identifier.text
        kind = record.identifier.kind if isinstance(record.identifier, RadioIdentifier) else None
        assert parse_identifier(printed, kind) == record.identifier
        if record.is_standard and printed != record.source_identifier:
            slips.add(record.source_identifier)
    in_numbers = {text for text in slips if any(slip in text for slip in NUMBER_REPAIRS)}
    assert len(in_numbers) == 8  # rule 11.1
    assert {re.search(r"App\.[IVX]", text) is not None for text in slips - in_numbers} == {True}
    assert len(slips - in_numbers) == 4


# What a later edition is for a component is rule 3.5, not that of the table of the sample.
SETTLED_LATER = {"itu-t-x-509-2000-technical-cor-3-02-2003.yaml": "superseded"}


def rows_of_index() -> list[list[str]]:
    """Return the rows of the tables of the sample: file, identifier, work, role, state, note."""
    text = (SAMPLE / "INDEX.md").read_text("utf-8")
    lines = (line for line in text.splitlines() if line.startswith("| `itu-"))
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def test_every_record_of_the_sample_becomes_what_its_table_says(whole):
    became = {}
    for work in whole.works:
        for part in (*work.editions, *work.components):
            role = "edition" if part in work.editions else part.type.value
            became[part.record.file] = (work, role, part.state)
        for edition in work.editions:
            if edition.twin:
                became[edition.twin.file] = (work, "edition", edition.state)
    left_out = {row.record.file: row.role.value for row in whole.left_out}
    rows = rows_of_index()
    assert len(rows) == 165
    for file, _identifier, label, role, state, _note in some(rows):
        if role.startswith("left out"):
            kind = role.removeprefix("left out: ").split()[0]
            assert left_out[file].startswith(kind), file
        elif label:
            work, found_role, found_state = became[file]
            # The one text under two codes has the first of them as its label.
            assert work.label in (label, label.removesuffix("/SA.1745")), file
            expected = SETTLED_LATER.get(file, state)
            assert (found_role, found_state.value) == (role, expected), file


def test_the_sample_alone_gives_the_figures_of_its_table():
    figures = figures_of(build(collect(open_snapshot(SAMPLE)).records))
    assert figures["records"]["all"] == 165
    assert (figures["records"]["itu_t"], figures["records"]["itu_r"]) == (106, 59)
    assert figures["works"]["itu_t"] == {"other": 19, "recommendation": 38, "supplement": 8}
    assert figures["editions"]["itu_t"] == 68
    components = figures["components"]
    assert (components["itu_t_attached"], components["itu_t_on_work_only"]) == (12, 23)
    assert figures["works_with_edition_in_force"]["itu_t"] == 33
    assert figures["works"]["itu_r"] == {
        "handbook": 2,
        "question": 7,
        "recommendation": 17,
        "report": 3,
        "resolution": 2,
    }
    assert (figures["editions"]["itu_r"], components["itu_r"]) == (42, 1)
    assert figures["left_out_itu_r"] == {
        "draft": 8,
        "compilation": 5,
        "duplicate-report": 1,
        "test": 1,
    }
    assert figures["numbers"]["shared_labels"] == 2


def test_components_are_in_the_states_of_the_notes(whole):
    states: dict[State, int] = {}
    for work in whole.works:
        if work.sector is SectorCode.ITU_T:
            for part in work.components:
                states[part.state] = states.get(part.state, 0) + 1
    # as rule 3.5 has it
    assert states == {
        State.SUPERSEDED: 1585,
        State.IN_FORCE: 998,
        State.PRE_PUBLISHED: 6,
        State.WITHDRAWN: 12,
        State.NOT_IN_FORCE: 1,
    }


def test_the_report_counts_the_problems_of_the_notes(whole):
    found = {row["code"]: row["count"] for row in findings_of(whole)}
    # rules 11.4 and 12.4
    assert {code: found.get(code) for code in COUNTS} == COUNTS


def test_the_summary_is_that_of_the_notes(whole):
    # rule 12.4
    assert summary_of(whole) == {
        "left_out": expected_figures()["left_out_itu_r"],
        "identifiers_corrected": 8,
        "thin_records": 231,
        "components_without_edition": 10,
        "unmatched_relation_targets": 8,
        "works_with_two_editions_in_force": 1,
        "twins_joined": 34,
        "labels_shared": 55,
        "abstracts_cleaned": 94,
        "abstracts_blank": 1,
    }


COUNTS = {
    "thin": 231,
    "no-base": 10,
    "unknown-target": 8,
    "repaired-target": 587,
    "number-corrected": 8,
    "shared-label": 55,
    "former-number": 334,
    "twin": 68,
    "component-twice": 2,
    "state-against-link": 30,
    "two-in-force": 2,
    "no-title": 1592,
    "text-cleaned": 94,
    "abstract-blank": 1,
    "draft": 81,
    "compilation": 37,
    "duplicate-report": 3,
    "test": 1,
    "shared-code": 14,
    "code-against-link": 4,
    "no-group": 2,
    "lost-characters": 4,
    "doubtful-title": 2,
    "doctype": 237,
    "abstract-empty": 7126,
    "second-identifier": 1068,
    "blank-missing": 4,
    "file-name": 5,
    "id-repeats": 36,
    "posted-later": 1382,
}


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    """The bytes of every twentieth file, and of the whole sample."""
    with zipfile.ZipFile(CATALOGUE) as archive:
        names = [name for name in archive.namelist() if name.endswith(".yaml")]
        found = {name: archive.read(name) for name in names[::20]}
    return found | {path.name: path.read_bytes() for path in SAMPLE.glob("*.yaml")}


def test_the_short_way_and_pyyaml_give_the_same_records(contents):
    for name, data in some(contents.items()):
        mapping, relations = parse_record(data)
        # All is text in the data set but for `primary`, as PyYAML reads it.
        whole = yaml.load(data, Loader=yaml.CSafeLoader)
        expected = relations_of(whole)
        assert mapping == json.loads(json.dumps(whole, default=str)), name
        assert [row[:2] for row in relations] == [row[:2] for row in expected], name
        record = read_record(name, 0, mapping, relations)
        assert record == read_record(name, 0, mapping, expected), name


def test_no_kind_is_mixed_within_a_family(whole):
    for work in some(whole.works):
        if work.sector is SectorCode.ITU_T:
            supplements = {bool(e.record.identifier.supplement) for e in work.editions}
            assert supplements <= {work.kind is Kind.SUPPLEMENT}


def test_titles_are_doubted_by_their_shape_where_the_notes_name_them_and_nowhere_else(whole):
    found = {record.source_identifier for record in whole.records if shape_of(record.title)}
    assert found == DOUBTFUL_TITLES | TESTS
    assert len(whole.records) > 20_000
