"""From the file to the record: guards, parsers, fields. The records are invented."""

from __future__ import annotations

import json
import random
import re
import tracemalloc

import pytest
import yaml

from catalog.dataset import plain_yaml
from catalog.dataset.parsing import RecordError, parse_record, split_relations
from catalog.dataset.plain_yaml import MAX_DEPTH, load
from catalog.dataset.source_record import read_record
from catalog.terms import Precision, RecordNote
from tests.snapshots import bytes_of, radio, standard

GOOD = standard(
    "G.9001",
    edition="3",
    family=("G.9001 (05/2018)", "G 9001 (05/1984)"),
    complements=("G Suppl. 900 (01/2019)",),
    abstract="First line.\r\nSecond\x1eline \x07",
    iso="ISO/IEC 99001-1",
)


def read(record: dict):
    """Return the reduced record that a file gives."""
    return read_record("file.yaml", 1, *parse_record(bytes_of(record)))


def test_a_record_is_reduced_to_what_is_used():
    record = read(GOOD)
    assert record.source_identifier == "ITU-T G.9001 (03/2020)"
    assert (record.date.isoformat(), record.precision) == ("2020-03-15", Precision.DAY)
    assert (record.edition, record.in_force, record.iso) == ((3,), True, "ISO/IEC 99001-1")
    assert record.group == "ITU-T Study Group 15"
    assert record.abstract == "First line.\nSecond-line"
    assert record.family == ("G.9001 (05/2018)", "G 9001 (05/1984)")
    assert record.complements == ("G Suppl. 900 (01/2019)",)
    assert record.notes == {RecordNote.TEXT_CLEANED}


def test_a_thin_record_and_a_month_are_read():
    thin = read(standard("X.9001", edition=None))
    assert thin.is_thin
    assert thin.notes == {RecordNote.THIN}
    month = read(radio("P.9001-1", month="2021-03"))
    assert (month.date.isoformat(), month.precision) == ("2021-03-01", Precision.MONTH)


TITLES = [
    "Plain words",
    "Words - with a dash (and brackets), a comma",
    "It's quoted",
    'With "double" quotes',
    " leading blank",
    "colon: in it",
    "hash # in it",
    "ends with colon:",
    "A very long title that the writer has to fold because it does not fit into one line of the "
    "file, which then goes on in the next one - and the next",
    "- dash first",
    "naïve – façade",
    "tab\tinside",
    "123",
    "yes",
    "null",
    "{braces}",
    "[brackets]",
    "*star",
    "&and",
    "%percent",
    "@at",
    "back\\slash",
]


@pytest.mark.parametrize("title", TITLES)
def test_the_short_way_through_relations_finds_what_the_parser_finds(title):
    record = standard("G.9001", family=("G.9001 (05/2018)",), complements=("G Suppl. 1 (01/2019)",))
    for row in record["relation"]:
        row["bibitem"]["title"][0]["content"] = title
    text = bytes_of(record).decode()
    rest, relations = split_relations(text)
    whole = yaml.safe_load(text)
    expected = [
        (row["type"], row["bibitem"]["docidentifier"][0]["content"]) for row in whole["relation"]
    ]
    if relations is not None:
        assert [(kind, target) for kind, target, _title in relations] == expected
        assert yaml.safe_load(rest) == {k: v for k, v in whole.items() if k != "relation"}
        assert [yaml.safe_load(found) for *_, found in relations] == [title, title]
    _mapping, relations = parse_record(text.encode())
    assert [(kind, target) for kind, target, _title in relations] == expected


@pytest.mark.parametrize("damage", ["'open", '"open', "a: b: c", "\x07", "[open"])
def test_damage_inside_a_relation_is_not_overlooked(damage):
    text = (
        bytes_of(GOOD).decode().replace("content: Title of another text", f"content: {damage}", 1)
    )
    with pytest.raises(RecordError):
        parse_record(text.encode())


def without(record: dict, key: str) -> dict:
    return {name: value for name, value in record.items() if name != key}


def with_identifiers(*texts: str) -> dict:
    rows = [{"content": text, "type": "ITU", "primary": True} for text in texts]
    return standard("G.9001") | {"docidentifier": rows}


def dated(day: object) -> dict:
    return radio("P.9001-1") | {"date": [{"type": "published", "at": day}]}


DAMAGED = [
    # content of the file, words of the reason
    (b"title: [open", "is not YAML"),
    (b"- a\n- list\n", "no mapping"),
    (b"just words", "no mapping"),
    (b"", "no mapping"),
    (bytes_of(GOOD) + b"---\nsecond: document\n", "more than one"),
    (b"a: b\0c\n", "NUL"),
    (b"title: \xff\xfe\n", "UTF-8"),
    (b'title: "raw \x1e control"\n', "control character"),
    (bytes_of(without(GOOD, "docidentifier")), "no identifier"),
    (bytes_of(with_identifiers()), "no identifier"),
    (bytes_of(with_identifiers("ITU-T G.1 (03/2020)", "ITU-T G.2 (03/2020)")), "several"),
    (bytes_of(with_identifiers("ISO 9001")), "prefix"),
    (bytes_of(with_identifiers("ITU-D 5")), "prefix"),
    (bytes_of(with_identifiers("ITU-T Nonsense (03/2020)")), "no ITU-T number"),
    (bytes_of(with_identifiers("ITU-T G.9001 (04/2020)")), "date"),
    (bytes_of(without(GOOD, "date")), "no date"),
    (bytes_of(dated("2021-02-30")), "impossible date"),
    (bytes_of(dated("2021-13")), "impossible date"),
    (bytes_of(dated("soon")), "date"),
    (bytes_of(dated("1492-01")), "impossible date"),
    (bytes_of(standard("G.9001", edition="five")), "edition number"),
    (bytes_of(standard("G.9001", title="x" * 401)), "title"),
    (bytes_of(GOOD | {"relation": ["odd"]}), "relations"),
]


@pytest.mark.parametrize(("data", "reason"), DAMAGED)
def test_a_damaged_file_is_refused_with_its_reason(data, reason):
    with pytest.raises(RecordError, match=reason):
        read_record("file.yaml", 1, *parse_record(data))


@pytest.mark.parametrize("record", [GOOD, standard("X.9001", edition=None), radio("P.9001-1")])
def test_a_file_is_read_as_pyyaml_reads_it(record):
    assert load(bytes_of(record).decode()) == yaml.safe_load(bytes_of(record))


INTERPRETED = [
    # what stands unquoted in the file, the text it means
    ("5.10", "5.10"),
    ("0x1F", "0x1F"),
    ("null", "null"),
    ("~", "~"),
    (".inf", ".inf"),
    ("2020-01-15", "2020-01-15"),
    ("yes and no", "yes and no"),
    ("yes", "yes"),
    ("Off", "Off"),
    ("!!str tagged", "tagged"),
]


@pytest.mark.parametrize(("written", "meant"), INTERPRETED)
def test_what_yaml_would_interpret_stays_text(written, meant):
    mapping, _relations = parse_record(f"title: {written}\nother: text\n".encode())
    assert mapping == {"title": meant, "other": "text"}


def test_a_tag_that_would_run_code_is_refused():
    with pytest.raises(RecordError, match="is not plain YAML"):
        parse_record(b"title: !!python/object/apply:os.system [ls]\n")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{letter}: &{letter} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, letter in zip("abcdefgh", "bcdefghi", strict=True)
)
NOT_PLAIN = [
    # what a file holds beside mappings, lists and texts; words of the reason
    (BOMB, "uses YAML aliases, which the data set does not"),
    (BOMB + "title:\n- content: *i\n", "uses YAML aliases, which the data set does not"),
    ("title: &anchor text\n", "uses YAML aliases"),
    ('{"title":&anchor text}\n', "uses YAML aliases"),
    ("title: *nowhere\n", "uses YAML aliases"),
    ("base: &base {a: b}\ntitle:\n  <<: *base\n", "uses YAML aliases"),
    ("title:\n  <<: {a: b}\n", "merge keys"),
    ("title: a\ntitle: b\n", "holds 'title' twice"),
    ("title:\n- content: a\n  content: b\n", "holds 'content' twice"),
    ("title: {content: a, content: b}\n", "holds 'content' twice"),
    ("? [a, list]\n: value\n", "a key that is not text"),
    ("? {a: mapping}\n: value\n", "a key that is not text"),
    ("title: !!int 5\n", "tag '!!int'"),
    ("title: !!binary aGk=\n", "tag '!!binary'"),
    ("title: !!null ''\n", "tag '!!null'"),
    ("title: !!set {a}\n", "tag '!!set'"),
    ("title: ! text\n", "tag '!'"),
    ("title: !own text\n", "tag '!own'"),
    ("!!map\ntitle: text\n", "tag '!!map'"),
    ("a: " + "[" * 50 + "]" * 50 + "\n", "levels deep"),
    ("a: " + "[" * 100_000, "is not YAML"),
    ("a: " + "{a: " * 100_000, "levels deep"),
    ("- " * 100_000 + "x\n", "levels deep"),
    ("".join(" " * depth + "a:\n" for depth in range(MAX_DEPTH + 1)) , "levels deep"),
    ("? " * 100_000 + "x\n", "a key that is not text"),
]  # fmt: skip


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader])
@pytest.mark.parametrize("record", [GOOD, standard("X.9001", edition=None), radio("P.9001-1")])
def test_both_parsers_of_pyyaml_give_the_same(monkeypatch, loader, record):
    monkeypatch.setattr(plain_yaml, "LOADER", loader)
    text = bytes_of(record).decode()
    assert load(text) == yaml.safe_load(text)
    for odd in (BOMB, "title: &a x\n", "a: !!int 5\n", "a: b\na: c\n", "a: \x07\n"):
        with pytest.raises(RecordError):
            load(odd)


@pytest.mark.parametrize(("text", "reason"), NOT_PLAIN)
def test_what_the_data_set_does_not_use_of_yaml_is_refused(text, reason):
    with pytest.raises(RecordError, match=re.escape(reason)):
        parse_record(text.encode())


def test_a_bomb_is_refused_before_anything_is_unfolded():
    tracemalloc.start()
    with pytest.raises(RecordError, match="aliases"):
        parse_record((BOMB * 40).encode())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def replaced(record: dict, value: object, *path: str | int) -> dict:
    """Return a record with another value at a place."""
    copy = json.loads(json.dumps(record))
    inside = copy
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return copy


FIELDS = [
    # where a text should stand, the name by which the reason calls it
    (("docidentifier", 0, "content"), "content"),
    (("docidentifier", 0, "type"), "type"),
    (("ext", "doctype", "content"), "ext.doctype.content"),
    (("date", 0, "at"), "date.at"),
    (("title", 0, "content"), "title.content"),
    (("source", 0, "content"), "source.content"),
    (("status", "stage", "content"), "status.stage.content"),
    (("edition", "content"), "edition.content"),
    (("abstract", 0, "content"), "abstract.content"),
    (("contributor", 1, "organization", "subdivision", 0, "name", 0, "content"),
     "organization.subdivision.name.content"),
    (("relation", 0, "type"), "type"),
    (("relation", 0, "bibitem", "docidentifier", 0, "content"), "bibitem.docidentifier.content"),
    (("relation", 0, "bibitem", "title", 0, "content"), "bibitem.title.content"),
]  # fmt: skip


@pytest.mark.parametrize("value", [{"a": "mapping"}, ["a", "list"], True, [], {}])
@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_a_value_of_another_type_is_refused_by_the_name_of_its_field(path, name, value):
    with pytest.raises(RecordError, match=f"‘{re.escape(name)}’ is .* should be a text"):
        read(replaced(GOOD, value, *path))


CONTAINERS = ["docidentifier", "ext", "date", "title", "source", "status", "edition", "abstract",
              "contributor", "relation"]  # fmt: skip


@pytest.mark.parametrize("value", ["a text", True, {"a": "mapping"}, ["a", "list"]])
@pytest.mark.parametrize("name", CONTAINERS)
def test_a_field_of_another_shape_is_refused_or_holds_nothing(name, value):
    if type(value) is type(GOOD[name]) and type(value) is dict:
        read_or_refused(replaced(GOOD, value, name), "has no|not an identifier|no identifier")
    else:
        with pytest.raises(RecordError, match=r"should be|another shape"):
            read(replaced(GOOD, value, name))


def read_or_refused(record: dict, reason: str) -> None:
    """Read a record that may lack something; what is refused is refused for the reason."""
    try:
        assert read(record).identifier.text
    except RecordError as refused:
        assert re.search(reason, str(refused))


TOO_LONG = [
    (replaced(GOOD, "x" * 401, "title", 0, "content"), "title has 401"),
    (replaced(GOOD, "https://www.itu.int/" + "x" * 500, "source", 0, "content"), "source has 520"),
    (replaced(GOOD, "x" * 50_001, "abstract", 0, "content"), "abstract has 50,001"),
    (replaced(GOOD, "ISO " + "9" * 130, "docidentifier", 1, "content"), "ISO identifier has 134"),
    (replaced(GOOD, "x" * 201, *FIELDS[9][0]), "group has 201"),
    (replaced(GOOD, GOOD["relation"] * 1_000, "relation"), "3,000 relations"),
    (replaced(GOOD, "G" * 101, *FIELDS[11][0]), "not an identifier"),
    (replaced(GOOD, "G.1\0", *FIELDS[11][0]), "not an identifier"),
    (with_identifiers("ITU-T G." + "9" * 100 + " (03/2020)"), "too long"),
    (with_identifiers("ITU-T G.٩٠٠١ (03/2020)"), "characters that no identifier has"),
    (with_identifiers("ITU-T G.9001\x07 (03/2020)"), "characters that no identifier has"),
]


@pytest.mark.parametrize(("record", "reason"), TOO_LONG)
@pytest.mark.slow
def test_what_no_column_can_hold_is_refused(record, reason):
    with pytest.raises(RecordError, match=reason):
        read(record)


EARLIER = [
    # how snapshots from before 22 August 2026 spell an identifier, how it is spelt since
    ("ITU-T G 9231 (10/1976)", "ITU-T G.9231 (10/1976)"),
    ("ITU-T H.9222.0 v10 (04/2025)", "ITU-T H.9222.0 (V10) (04/2025)"),
    ("ITU-T H.9764 V2 (11/2019)", "ITU-T H.9764 (V2) (11/2019)"),
    ("ITU-T H.9248.1 v3 (2005) Amd. 1 (05/2008)", "ITU-T H.9248.1 (V3) (2005) Amd. 1 (05/2008)"),
    ("ITU-T E Suppl.9 (10/1976)", "ITU-T E Suppl. 9 (10/1976)"),
    ("ITU-T D.9271  (10/2016)", "ITU-T D.9271 (10/2016)"),
]


@pytest.mark.parametrize(("before", "since"), EARLIER)
def test_the_earlier_spelling_of_an_identifier_is_read_as_the_present_one(before, since):
    month, year = before[-8:-1].split("/")
    record = standard("ANY", day=f"{year}-{month}-01")
    record = read(replaced(record, before, "docidentifier", 0, "content"))
    assert record.source_identifier == record.identifier.text == since


SCRAPS = (
    b"null",
    b"[]",
    b"{}",
    b"-",
    b"''",
    b'"\\u0000"',
    b'"\\ud800"',
    b"99999999999",
    b"&a b",
    b"*a",
)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_to_a_file_it_is_read_or_refused(seed):
    chance = random.Random(seed)
    files = [
        bytes_of(record) for record in (GOOD, radio("P.9001-1"), standard("X.1", edition=None))
    ]
    for _attempt in range(60):
        data = bytearray(chance.choice(files))
        for _damage in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            if chance.random() < 0.4:
                data[place] = chance.randrange(256)
            elif chance.random() < 0.5:
                del data[place : place + chance.randint(1, 40)]
            else:
                data[place : data.find(b"\n", place)] = chance.choice(SCRAPS)
            data = data or bytearray(b"\n")
        try:
            record = read_record("file.yaml", 1, *parse_record(bytes(data)))
        except RecordError as refused:
            assert str(refused)
        else:
            assert record.identifier.text
