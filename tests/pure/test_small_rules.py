"""Small rules in plain Python: words, citations, dates, address parts."""

from __future__ import annotations

import datetime
import re

import pytest

from catalog import terms
from catalog.addresses import canonical_path
from catalog.citations import Reference, cite
from catalog.converters import CONVERTERS
from catalog.search.match import exact_forms
from catalog.wording.dates import date_machine, date_words
from tests.found import some

VOCABULARIES = [
    value
    for value in vars(terms).values()
    if isinstance(value, type)
    and issubclass(value, terms.Vocabulary)
    and value is not terms.Vocabulary
]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_words_and_labels_of_a_vocabulary_are_distinct(vocabulary):
    labels = [member.label for member in vocabulary]
    assert labels
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[a-z0-9-]+", member.value) for member in some(vocabulary))


def test_the_state_words_are_those_of_the_page_design():
    assert [state.label for state in terms.State] == [
        "In force",
        "In force, pre-published",
        "Superseded",
        "Withdrawn",
        "Not in force (reason unknown)",
        "Presumed current",
    ]


def test_a_dated_citation_names_the_year_and_an_undated_one_does_not():
    dated = Reference("ITU-T G.711 (11/1988)", "Pulse code modulation", "https://x/1988-11/", 1988)
    undated = Reference("ITU-T G.711", "Pulse code modulation", "https://x/")
    assert cite(dated) == (
        "ITU-T G.711 (11/1988), Pulse code modulation. "
        "International Telecommunication Union, 1988. https://x/1988-11/"
    )
    assert "1988" not in cite(undated)


def test_a_year_of_posting_is_not_cited_as_that_of_publication():
    posted = Reference("Report ITU-R M.1 (2022)", "Title", "https://x/", 2022, True)
    assert "International Telecommunication Union, posted 2022. https://x/" in cite(posted)


def test_a_text_without_identifier_is_cited_by_its_title_once():
    assert cite(Reference("", "Radio Regulations", "https://x/")).startswith("Radio Regulations. ")
    assert cite(Reference("RR (2024)", "RR", "https://x/")).startswith("RR (2024). ")


DAY = datetime.date(1988, 11, 25)


@pytest.mark.parametrize(
    ("precision", "words", "short", "machine"),
    [
        ("day", "25 November 1988", "25 Nov 1988", "1988-11-25"),
        ("month", "November 1988", "Nov 1988", "1988-11"),
        ("year", "1988", "1988", "1988"),
    ],
)
def test_dates_are_no_more_exact_than_known(precision, words, short, machine):
    assert date_words(DAY, precision) == words
    assert date_words(DAY, precision, short=True) == short
    assert date_machine(DAY, precision) == machine


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/ITU-T/G.711/", "/itu-t/g.711/"),
        ("/itu-t//g.711", "/itu-t/g.711/"),
        ("/itu-t/g. 711/", "/itu-t/g.711/"),
        ("/publications/index.CSV", "/publications/index.csv"),
    ],
)
def test_other_spellings_of_an_address_have_one_canonical_form(path, canonical):
    assert canonical_path(path) == canonical


@pytest.mark.parametrize(
    "text", ["Rec. ITU-T G.711", "Recommendation ITU-T G.711", "CCITT Rec. G.711"]
)
def test_leading_words_do_not_hide_a_number(text):
    assert any(form.endswith("g711") for form in exact_forms(text))


SECOND_SEGMENTS = {
    "group": ["sg15", "tsag", "ccv", "ssg"],
    "family": ["recommendations", "conference-documents"],
    "series": ["g", "bt", "sng"],
    "publication": [
        "g.711",
        "v.25ter",
        "g.sup39",
        "g.641-1988",
        "report/bt.2020",
        "question/203/sg3",
        "question/111/none",
        "handbook/43",
        "resolution/1",
        "pub/radio-regulations",
        "emc-6.1",
        "e-800.sup9",
        "q.120-q.139",
        "sec-qkd",
    ],
}


@pytest.mark.parametrize(
    ("name", "segment"), [(name, part) for name, parts in SECOND_SEGMENTS.items() for part in parts]
)
def test_a_second_segment_is_taken_by_its_own_reader_first(name, segment):
    order = ["group", "family", "series", "publication"]
    takers = [other for other in order if re.fullmatch(CONVERTERS[other].regex, segment)]
    assert takers[0] == name
