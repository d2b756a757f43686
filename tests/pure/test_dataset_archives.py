"""Archives that anybody may have made: how their files lie, what is refused, what it costs."""

from __future__ import annotations

import os
import random
import struct
import zipfile
from pathlib import Path

import pytest

from catalog.dataset import archive, collect, zips
from catalog.dataset.archive import Snapshot, SnapshotError, open_snapshot
from catalog.dataset.layout import Arrangement
from tests.found import some
from tests.snapshots import bytes_of, files_of, identifier_of, radio, standard, write_zip

T, R = standard("G.9001"), radio("P.9001-1")
NAMES = {identifier_of(T), identifier_of(R)}
TOP = "relaton-data-itu-main"


def zip_of(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip with these files at these places, and return its path."""
    with zipfile.ZipFile(path, "w", method) as target:
        for place, data in files.items():
            target.writestr(zipfile.ZipInfo(place, (2026, 8, 22, 14, 0, 0)), data, method)
    return path


def folder_of(path: Path, files: dict[str, bytes]) -> Path:
    """Write a folder with these files at these places, and return its path."""
    for place, data in files.items():
        (path / place).parent.mkdir(parents=True, exist_ok=True)
        (path / place).write_bytes(data)
    return path


def read(snapshot: Snapshot) -> set[str]:
    """Return the identifiers of the records of a snapshot."""
    return {record.source_identifier for record in collect.collect(snapshot).records}


LAYOUTS = [
    # folder of the ITU-T record, of the ITU-R record, how that is called, what is read from where
    (f"{TOP}/data/", f"{TOP}/data/", Arrangement.ONE_FOLDER, {"data": 2}),
    ("data/", "data/", Arrangement.ONE_FOLDER, {"data": 2}),
    (f"{TOP}/data/t/", f"{TOP}/data/r/", Arrangement.ONE_FOLDER, {"data": 2}),
    (f"{TOP}/data-t/", f"{TOP}/data-r/", Arrangement.TWO_FOLDERS, {"data-r": 1, "data-t": 1}),
    ("data-t/", "data-r/", Arrangement.TWO_FOLDERS, {"data-r": 1, "data-t": 1}),
    (f"{TOP}/data-t/", f"{TOP}/data-t/", Arrangement.TWO_FOLDERS, {"data-t": 2}),
    ("", "", Arrangement.FLAT, {"": 2}),
]


@pytest.mark.parametrize("make", [zip_of, folder_of])
@pytest.mark.parametrize(("of_t", "of_r", "arrangement", "folders"), LAYOUTS)
def test_the_known_layouts_are_recognized_and_named(
    tmp_path, make, of_t, of_r, arrangement, folders
):
    top = f"{TOP}/" if of_t.startswith(TOP) else ""
    files = {
        f"{of_t}one.yaml": bytes_of(T),
        f"{of_r}two.yaml": bytes_of(R),
        f"{top}README.adoc": b"words",
        f"{top}spec/a/b.rb": b"code",
        f"{top}spec/c.rb": b"code",
    }
    if arrangement is not Arrangement.FLAT:
        files |= {f"{top}index-v2.yaml": b"- no record", f"{top}.github/odd.yaml": b"no: record"}
    snapshot = open_snapshot(make(tmp_path / "snapshot", files))
    assert snapshot.layout.arrangement is arrangement
    assert snapshot.layout.words == arrangement.value
    assert snapshot.layout.read == folders
    assert {"README.adoc": 1, "spec/": 2}.items() <= snapshot.layout.not_read.items()
    assert snapshot.problems == []
    assert read(snapshot) == NAMES


def test_a_zipped_folder_of_records_is_read(tmp_path):
    snapshot = open_snapshot(zip_of(tmp_path / "a.zip", {"sample/one.yaml": bytes_of(T)}))
    assert (snapshot.layout.arrangement, snapshot.layout.read) == (Arrangement.FLAT, {"": 1})
    assert read(snapshot) == {identifier_of(T)}


def test_the_newer_layout_is_followed_where_both_are_there_and_the_other_is_named(tmp_path):
    files = {"data/one.yaml": bytes_of(T), "data-t/one.yaml": bytes_of(T), "data-r/x.yaml": b"x"}
    snapshot = open_snapshot(zip_of(tmp_path / "a.zip", files))
    assert snapshot.layout.read == {"data": 1}
    assert snapshot.layout.not_read == {"data-r/": 1, "data-t/": 1}
    assert read(snapshot) == {identifier_of(T)}


REFUSED = [
    # the places of records, words of the refusal
    ([f"{TOP}/records/one.yaml"],
     ["the records should lie", "data-r/ and data-t/", "records/ (1)"]),
    (["a/b/c/one.yaml", "a/b/d/two.yaml"], ["found: a/b/c/ (1), a/b/d/ (1)"]),
    (["a/one.yaml", "b/two.yaml"], ["found: a/ (1), b/ (1)"]),
    (["a/data/one.yaml", "b/data/two.yaml"], ["several data sets: a/data/, b/data/"]),
    (["README.adoc"], ["holds no records", "the records should lie"]),
    (["relaton.zip"], ["another archive, relaton.zip; unpack that first"]),
    (["__MACOSX/data/._one.yaml"], ["holds no records"]),
    (["/data/one.yaml"], ["1 of its files cannot be records", "out of the archive"]),
]  # fmt: skip


@pytest.mark.parametrize(("places", "words"), REFUSED)
def test_other_layouts_are_refused_in_words_that_say_what_was_expected(tmp_path, places, words):
    path = zip_of(tmp_path / "a.zip", {place: bytes_of(T) for place in places})
    with pytest.raises(SnapshotError) as refused:
        open_snapshot(path)
    for part in some(words):
        assert part in str(refused.value).lower() or part in str(refused.value)


def test_what_macos_adds_to_an_archive_is_no_record(tmp_path):
    files = {
        "data/one.yaml": bytes_of(T),
        "data/._one.yaml": b"\0\5",
        "__MACOSX/data/._a.yaml": b"",
    }
    snapshot = open_snapshot(zip_of(tmp_path / "a.zip", files))
    assert (read(snapshot), snapshot.problems) == ({identifier_of(T)}, [])


def test_backslashes_separate_folders_too(tmp_path):
    snapshot = open_snapshot(zip_of(tmp_path / "a.zip", {"top\\data\\one.yaml": bytes_of(T)}))
    assert snapshot.layout.arrangement is Arrangement.ONE_FOLDER
    assert [member.name for member in snapshot.members] == ["one.yaml"]
    assert read(snapshot) == {identifier_of(T)}


def test_of_two_files_at_one_place_the_first_is_read_and_the_second_is_named(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("data/one.yaml", bytes_of(T))
        with pytest.warns(UserWarning, match="Duplicate"):
            target.writestr("data/one.yaml", bytes_of(R))
    found = collect.collect(open_snapshot(path))
    assert [record.source_identifier for record in found.records] == [identifier_of(T)]
    assert [problem.reason for problem in found.problems] == [
        "the archive has a file of this name already"
    ]


def changed(path: Path, signature: bytes, name: str, place: int, value: bytes) -> None:
    """Overwrite bytes of the header of a file in a zip."""
    data = bytearray(path.read_bytes())
    start = -1
    while (start := data.find(signature, start + 1)) >= 0:
        length = {b"PK\x01\x02": 46, b"PK\x03\x04": 30}[signature]
        if data[start + length :].startswith(name.encode()):
            data[start + place : start + place + len(value)] = value
    path.write_bytes(data)


def test_files_that_lie_over_each_other_are_refused_but_for_the_first(tmp_path):
    names = [f"data/{number}.yaml" for number in range(5)]
    path = zip_of(tmp_path / "a.zip", {name: bytes_of(T) for name in names})
    for name in names:
        changed(path, b"PK\x01\x02", name, 42, struct.pack("<I", 0))
    found = collect.collect(open_snapshot(path))
    assert len(found.records) == 1
    assert [problem.reason for problem in found.problems] == [
        "overlaps another file in the archive"
    ] * 4


UNUSUAL = [
    # the method of packing, the content, words of the reason
    (zipfile.ZIP_BZIP2, bytes_of(T), "packed in a way"),
    (zipfile.ZIP_LZMA, bytes_of(T), "packed in a way"),
    (zipfile.ZIP_DEFLATED, b"a" * 900_000, "unpacks to more than 100 times"),
]


@pytest.mark.parametrize(("method", "data", "reason"), UNUSUAL)
def test_files_that_unfold_without_measure_are_refused(tmp_path, method, data, reason):
    path = zip_of(tmp_path / "a.zip", {"data/one.yaml": bytes_of(R)})
    with zipfile.ZipFile(path, "a") as target:
        target.writestr("data/two.yaml", data, method)
    found = collect.collect(open_snapshot(path))
    assert [record.source_identifier for record in found.records] == [identifier_of(R)]
    (problem,) = found.problems
    assert reason in problem.reason


def test_a_file_that_is_packed_in_an_unknown_way_or_lies_nowhere_costs_itself(tmp_path):
    names = [f"data/{number}.yaml" for number in range(3)]
    path = zip_of(tmp_path / "a.zip", {name: bytes_of(T) for name in names[1:]} | {names[0]: b"x"})
    changed(path, b"PK\x01\x02", names[1], 10, struct.pack("<H", 99))
    changed(path, b"PK\x01\x02", names[0], 42, struct.pack("<I", 2_000_000_000))
    found = collect.collect(open_snapshot(path))
    assert len(found.records) == 1
    assert {problem.file.rpartition("/")[2] for problem in found.problems} == {"0.yaml", "1.yaml"}


def test_a_name_that_cannot_be_kept_is_refused_and_shown_in_signs(tmp_path):
    files = {
        "data/o\u202ene.yaml": bytes_of(T),
        f"data/{'x' * 300}.yaml": b"",
        "data/b.yaml": b"a: b",
    }
    (first, second) = open_snapshot(zip_of(tmp_path / "a.zip", files)).problems
    assert first.file == "data/o\\u202ene.yaml"
    assert len(second.file) < 210
    assert "cannot be kept" in first.reason and "cannot be kept" in second.reason


TOO_LARGE = [
    # which bound is lowered to what, words of the refusal
    ("MAX_FILES", 2, "holds 3 files; 2 are allowed"),
    ("MAX_ARCHIVE", 100, "100 are allowed"),
    ("MAX_DIRECTORY", 100, "directory of the archive is too large"),
    ("MAX_TOTAL", 100, "100 are allowed"),
]


@pytest.mark.parametrize(("bound", "value", "reason"), TOO_LARGE)
def test_an_archive_that_is_too_large_is_refused_before_it_is_unpacked(
    tmp_path, monkeypatch, bound, value, reason
):
    path = write_zip(tmp_path / "a.zip", [T, R])
    monkeypatch.setattr(zips, bound, value)
    with pytest.raises(SnapshotError, match=reason):
        open_snapshot(path)


def test_a_folder_that_is_too_large_is_refused(tmp_path, monkeypatch):
    path = folder_of(tmp_path / "a", {f"data/{name}": d for name, d in files_of([T, R]).items()})
    monkeypatch.setattr(archive, "MAX_FILES", 2)
    with pytest.raises(SnapshotError, match="more than 2 files"):
        open_snapshot(path)
    monkeypatch.setattr(archive, "MAX_FILES", 200)
    monkeypatch.setattr(zips, "MAX_TOTAL", 100)
    with pytest.raises(SnapshotError, match="100 are allowed"):
        open_snapshot(path)


def test_the_directory_of_an_archive_is_read_once_to_list_and_once_to_read(tmp_path, monkeypatch):
    records = [standard(f"G.{number}") for number in range(9000, 9100)]
    path = write_zip(tmp_path / "a.zip", records)
    opened = []

    class Counted(zipfile.ZipFile):
        def __init__(self, *args, **how):
            opened.append(1)
            super().__init__(*args, **how)

    monkeypatch.setattr(zips.zipfile, "ZipFile", Counted)
    monkeypatch.setattr(collect, "BATCH", 5)
    assert len(read(open_snapshot(path))) == 100
    assert len(opened) == 2


def test_an_archive_that_is_replaced_while_it_is_read_is_refused(tmp_path):
    path = write_zip(tmp_path / "a.zip", [T, R])
    snapshot = open_snapshot(path)
    write_zip(path, [R, standard("G.9001", title="Another title")])
    with pytest.raises(SnapshotError, match="was replaced"):
        collect.collect(snapshot)
    path.unlink()
    with pytest.raises(SnapshotError, match="not read to the end"):
        collect.collect(snapshot)


DISTURBANCES = [
    # what becomes of an archive that was listed, words of the refusal
    (Path.unlink, "not read to the end"),
    (lambda path: path.write_bytes(b"PK"), "not read to the end"),
    (lambda path: write_zip(path, [R, standard("G.9001", title="Another")]), "was replaced"),
]


@pytest.mark.parametrize(("disturb", "words"), DISTURBANCES)
def test_processes_that_read_a_disturbed_archive_say_so_in_words(
    tmp_path, monkeypatch, capfd, disturb, words
):
    monkeypatch.setattr(collect, "ALONE", 1)
    monkeypatch.setattr(collect.os, "cpu_count", lambda: 2)
    path = write_zip(tmp_path / "a.zip", [T, R])
    snapshot = open_snapshot(path)
    disturb(path)
    with pytest.raises(SnapshotError, match=words):
        collect.collect(snapshot)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_to_an_archive_it_is_read_or_refused(tmp_path, seed):
    chance = random.Random(seed)
    records = [standard(f"G.{number}") for number in range(9000, 9004)]
    whole = write_zip(tmp_path / "a.zip", records).read_bytes()
    path = tmp_path / "b.zip"
    directory = whole.index(b"PK\x01\x02")
    outcomes = set()
    for _attempt in range(120):
        data = bytearray(whole)
        for _damage in range(chance.randint(1, 3)):
            start = directory if chance.random() < 0.7 else 0
            place = chance.randrange(start, len(data))
            if chance.random() < 0.7:
                data[place] = chance.randrange(256)
            else:
                del data[place : place + chance.randint(1, 30)]
        path.write_bytes(data)
        try:
            found = collect.collect(open_snapshot(path))
        except SnapshotError as refused:
            assert str(refused)
            outcomes.add("refused")
        else:
            assert len(found.records) + len(found.problems) <= len(records)
            outcomes.add(len(found.records))
    assert len(outcomes) > 1


def test_a_folder_is_read_file_by_file_and_a_link_out_of_it_is_not_followed(tmp_path):
    outside = tmp_path / "secret.yaml"
    outside.write_bytes(bytes_of(R))
    path = folder_of(
        tmp_path / "a", {"data/one.yaml": bytes_of(T), "data/big.yaml": b"a" * 1_000_001}
    )
    (path / "data" / "link.yaml").symlink_to(outside)
    (path / "data" / "inner.yaml").symlink_to(path / "data" / "one.yaml")
    (path / "data" / "dangling.yaml").symlink_to(path / "nothing")
    os.mkfifo(path / "data" / "pipe.yaml")
    found = collect.collect(open_snapshot(path))
    assert [record.source_identifier for record in found.records] == [identifier_of(T)]
    reasons = {problem.file: problem.reason for problem in found.problems}
    assert "bytes" in reasons.pop("data/big.yaml")
    assert "leads out of the folder" in reasons.pop("data/link.yaml")
    assert "is that of inner.yaml too" in reasons.pop("one.yaml")
    assert not reasons


def test_a_folder_with_a_name_that_is_no_text_is_read(tmp_path):
    path = folder_of(tmp_path / "a", {"data/one.yaml": bytes_of(T)})
    try:
        (Path(os.fsdecode(os.fsencode(path / "data") + b"/\xff.yaml"))).write_bytes(b"a: b")
    except OSError:
        pytest.skip("this file system takes texts only")
    snapshot = open_snapshot(path)
    assert read(snapshot) == {identifier_of(T)}
    assert [problem.file for problem in snapshot.problems] == ["data/\\udcff.yaml"]


def test_an_archive_whose_name_cannot_be_kept_is_refused_by_it(tmp_path):
    with pytest.raises(SnapshotError, match=r"a\\tb\.zip: rename it"):
        open_snapshot(write_zip(tmp_path / "a\tb.zip", [T]))


def test_what_cannot_be_looked_at_is_refused_in_words(tmp_path):
    with pytest.raises(SnapshotError, match=r"cannot be read|no such file"):
        open_snapshot(tmp_path / ("x" * 300))
    with pytest.raises(SnapshotError, match=r"cannot be read|no such file"):
        open_snapshot(write_zip(tmp_path / "a.zip", [T]) / "below")
