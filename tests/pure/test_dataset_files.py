"""From the file to the record: guards, parsers, fields. The records are invented."""

from __future__ import annotations

import random
import struct
import zipfile

import pytest
import yaml

from catalog.dataset import archive, parsing
from catalog.dataset.collect import collect
from catalog.dataset.parsing import RecordError, parse_record, split_relations
from catalog.dataset.record import read_record
from catalog.terms import Precision, RecordNote
from tests.snapshots import bytes_of, files_of, identifier_of, radio, standard, write_zip

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
    (b"title: [open", "no YAML"),
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


@pytest.mark.parametrize("parser", [parsing.load_dependable, parsing.load_fast])
@pytest.mark.parametrize("record", [GOOD, standard("X.9001", edition=None), radio("P.9001-1")])
def test_both_parsers_read_the_same(parser, record):
    assert parser(bytes_of(record).decode()) == yaml.safe_load(bytes_of(record))


INTERPRETED = [
    # what stands unquoted in the file, the text it means
    ("5.10", "5.10"),
    ("0x1F", "0x1F"),
    ("null", "null"),
    ("~", "~"),
    (".inf", ".inf"),
    ("2020-01-15", "2020-01-15"),
    ("yes and no", "yes and no"),
    ("!!str tagged", "tagged"),
]


@pytest.mark.parametrize("is_fast", [True, False])
@pytest.mark.parametrize(("written", "meant"), INTERPRETED)
def test_what_yaml_would_interpret_stays_text_with_every_parser(
    monkeypatch, is_fast, written, meant
):
    if is_fast:
        assert parsing.yaml12 is not None, "the faster parser is not installed"
    else:
        monkeypatch.setattr(parsing, "yaml12", None)
    mapping, _relations = parse_record(f"title: {written}\nother: text\n".encode())
    assert mapping == {"title": meant, "other": "text"}


def test_a_tag_that_would_run_code_is_refused():
    with pytest.raises(RecordError, match="no YAML"):
        parse_record(b"title: !!python/object/apply:os.system [ls]\n")


def test_the_order_of_a_zip_does_not_matter(tmp_path):
    records = [standard(f"G.{number}") for number in range(9001, 9030)]
    plain = archive.open_snapshot(write_zip(tmp_path / "a.zip", records))
    shuffled = archive.open_snapshot(write_zip(tmp_path / "b.zip", records, shuffle=7))
    assert plain.contents == shuffled.contents
    assert plain.checksum != shuffled.checksum
    assert plain.date.isoformat() == "2026-08-22"
    assert [r.source_identifier for r in collect(plain).records] == [
        r.source_identifier for r in collect(shuffled).records
    ]


def test_a_folder_and_a_zip_hold_the_same(tmp_path):
    records = [standard("G.9001"), radio("P.9001-1")]
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, data in files_of(records).items():
        (folder / name).write_bytes(data)
    (folder / "INDEX.md").write_text("no record")
    zipped = archive.open_snapshot(write_zip(tmp_path / "a.zip", records))
    assert archive.open_snapshot(folder).contents == zipped.contents
    assert len(collect(archive.open_snapshot(folder)).records) == 2


def test_files_of_a_snapshot_are_refused_one_by_one(tmp_path):
    top = "relaton-data-itu-main/data"
    others = {
        f"{top}/big.yaml": b"a" * (archive.MAX_FILE + 1),
        f"{top}/../../climbing.yaml": b"a: b",
        f"/{top}/absolute.yaml": b"a: b",
        f"{top}/second.yaml": bytes_of(standard("G.9001")),
        f"{top}/list.yaml": b"- a",
    }
    path = write_zip(tmp_path / "a.zip", [standard("G.9001"), radio("P.9001-1")], others=others)
    found = collect(archive.open_snapshot(path))
    assert {identifier_of(GOOD), "ITU-R P.9001-1"} == {r.source_identifier for r in found.records}
    reasons = {problem.file.rpartition("/")[2]: problem.reason for problem in found.problems}
    assert "bytes" in reasons.pop("big.yaml")
    assert "out of the archive" in reasons.pop("climbing.yaml")
    assert "out of the archive" in reasons.pop("absolute.yaml")
    assert "itu-t-g-9001-03-2020.yaml too" in reasons.pop("second.yaml")
    assert "no mapping" in reasons.pop("list.yaml")
    assert not reasons


def test_a_zip_that_lies_about_a_size_is_read_no_further(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("data/bomb.yaml", b"a" * 5_000_000)
        bomb.writestr("data/good.yaml", bytes_of(GOOD))
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.index(signature)
        data[start + place : start + place + 4] = struct.pack("<I", 100)
    path.write_bytes(data)
    found = collect(archive.open_snapshot(path))
    assert [record.source_identifier for record in found.records] == [identifier_of(GOOD)]
    assert [problem.file for problem in found.problems] == ["bomb.yaml"]


def encrypted(path):
    """Write a zip whose only file is marked as encrypted."""
    write_zip(path, [GOOD])
    data = bytearray(path.read_bytes())
    start = -1
    while (start := data.find(b"PK\x01\x02", start + 1)) >= 0:
        data[start + 8] |= 1
    path.write_bytes(data)


def bomb(path):
    """Write a zip whose files together are too large."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive_:
        for number in range(archive.MAX_TOTAL // archive.MAX_FILE + 2):
            info = zipfile.ZipInfo(f"data/{number}.yaml")
            info.compress_type = zipfile.ZIP_DEFLATED
            archive_.writestr(info, b"")
    data = bytearray(path.read_bytes())
    start = -1
    while (start := data.find(b"PK\x01\x02", start + 1)) >= 0:
        data[start + 24 : start + 28] = struct.pack("<I", archive.MAX_FILE)
    path.write_bytes(data)


NO_SNAPSHOTS = [
    # how the file is made, words of the reason
    (lambda path: path.write_bytes(b""), "no readable zip"),
    (lambda path: path.write_bytes(b"PK\x03\x04 truncated"), "no readable zip"),
    (lambda path: write_zip(path, [GOOD]).write_bytes(path.read_bytes()[:-40]), "no readable zip"),
    (lambda path: zipfile.ZipFile(path, "w").close(), "empty"),
    (lambda path: write_zip(path, []), "no records"),
    (lambda path: path.mkdir(), "no records"),
    (lambda path: None, "no such file"),
    (bomb, "allowed"),
]


@pytest.mark.parametrize(("make", "reason"), NO_SNAPSHOTS)
def test_what_is_no_snapshot_is_refused_whole(tmp_path, make, reason):
    path = tmp_path / "snapshot.zip"
    make(path)
    with pytest.raises(archive.SnapshotError, match=reason):
        archive.open_snapshot(path)


def test_encrypted_files_are_named(tmp_path):
    encrypted(tmp_path / "a.zip")
    found = collect(archive.open_snapshot(tmp_path / "a.zip"))
    assert not found.records
    assert [problem.reason for problem in found.problems] == ["is encrypted"]


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
