"""Titles that are none are known by their shape; what only looks odd is left alone."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
import yaml

from catalog.rules.title_shapes import LONGEST, SHAPES, shape_of
from tests.found import some

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EXAMPLES = [(example, shape) for shape in SHAPES for example in shape.examples]

# Real titles of the data set and of the catalogue that come near one of the shapes.
REAL = [
    "",
    "General",
    "Test calls",
    "Test signals",
    "Glossary",
    "oneM2M base ontology",
    "eXtensible Access Control Markup Language (XACML 2.0)",
    "e-Health and world-wide telemedicines - Generic telecommunication protocol",
    "4:2:2 Profile",
    "2600 Hz line signalling",
    "Annex C – T.30 frames for G4 facsimile",
    "Use of ASN.1 1997",
    "Correction of stream_type value",
    "New level for 1080@50p/60p",
    "Draft regulations for the subscribers' telegraph service",
    "Part 10: hData observation upload",
    "Updated teledensities and indicative target settlement rates (1 January 2003)",
    "Erratum 1",
]


@pytest.mark.parametrize(("title", "shape"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_each_shape_finds_its_examples(title, shape):
    assert shape_of(title) is shape
    assert shape_of(f"  {title} ") is shape


@pytest.mark.parametrize("title", REAL)
def test_what_may_be_a_title_is_left_alone(title):
    assert shape_of(title) is None


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("file 3", "It seems to be the name of a part of a data file."),
        ("vol. 2 / page 7", "It seems to be the name of a part of a data file."),
        ("MAY 1988", "It is a bare date or number."),
        ("02 Sept 2021", "It is a bare date or number."),
        ("1988. 11. 25", "It is a bare date or number."),
        ("No title.", "It is only a placeholder for a title."),
        ("tba", "It is only a placeholder for a title."),
        ("xxx", "It is only a placeholder for a title."),
        ("document12", "It is only a placeholder for a title."),
        ("R-REC-P.835", "It is the name of a file."),
        ("a.html", "It is the name of a file."),
        ("of the", "It seems to be a fragment of another text."),
    ],
)
def test_the_words_say_what_the_title_seems_to_be(title, words):
    assert shape_of(title).words == words


def test_a_title_is_doubted_up_to_the_length_of_the_longest_false_one():
    assert LONGEST == 60
    assert shape_of("a" * LONGEST) is shape_of("annex")
    assert shape_of("a" * (LONGEST + 1)) is None
    assert shape_of(f" {'a' * LONGEST} ") is shape_of("annex")
    assert shape_of("5") is shape_of("17")
    assert shape_of(" ") is None


def test_no_long_text_is_ever_doubted_and_none_costs_much():
    assert shape_of("Month 01 - " * 1_000 + "Month 01") is None
    assert shape_of("a" * 100_000) is None


@pytest.mark.slow
def test_of_the_curated_titles_only_those_are_doubted_that_are_marked():
    found = []
    for name in ("publications", "editions", "components"):
        column = "name" if name == "publications" else "title"
        files = some(sorted(FIXTURES.glob(f"{name}-*.yaml")))
        for row in chain.from_iterable(yaml.load(file.read_text(), LOADER) for file in files):
            fields = row["fields"]
            if shape_of(str(fields.get(column, ""))):
                found.append((fields["identifier"], column in fields.get("doubted_fields", "")))
    assert found == [("ITU-R P.835", True), ("ITU-R P.835-7", True)]


def test_every_shape_says_in_a_sentence_why():
    for shape in SHAPES:
        assert re.fullmatch(r"It .+\.", shape.words)
