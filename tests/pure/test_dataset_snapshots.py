"""Snapshots of the data set as a whole: which are read, and what in them is refused."""

from __future__ import annotations

import struct
import zipfile

import pytest

from catalog.dataset import archive
from catalog.dataset.collect import collect
from tests.found import some
from tests.snapshots import bytes_of, files_of, identifier_of, radio, standard, write_zip

GOOD = standard("G.9001")


def test_the_order_of_a_zip_does_not_matter(tmp_path):
    records = [standard(f"G.{number}") for number in range(9001, 9030)]
    plain = archive.open_snapshot(write_zip(tmp_path / "a.zip", records))
    shuffled = archive.open_snapshot(write_zip(tmp_path / "b.zip", records, shuffle=7))
    assert plain.contents == shuffled.contents
    assert plain.checksum != shuffled.checksum
    assert plain.date.isoformat() == "2026-08-22"
    assert [r.source_identifier for r in some(collect(plain).records)] == [
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
    (lambda path: path.write_bytes(b""), "not a readable zip"),
    (lambda path: path.write_bytes(b"PK\x03\x04 truncated"), "not a readable zip"),
    (
        lambda path: write_zip(path, [GOOD]).write_bytes(path.read_bytes()[:-40]),
        "not a readable zip",
    ),
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
