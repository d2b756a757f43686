"""What the command says to the person at the terminal: words, whatever it is given."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from catalog.management.commands import import_catalogue
from catalog.models import ImportRun
from tests.pure.test_dataset_archives import zip_of
from tests.snapshots import bytes_of, radio, standard, write_zip

pytestmark = pytest.mark.django_db

T, R = standard("G.9001"), radio("P.9001-1")
BOMB = b"a: &a [x, x]\n" + b"".join(
    b"%c: &%c [*%c, *%c]\n" % (c, c, c - 1, c - 1) for c in b"bcdefgh"
)


def said(path: Path, *options: str) -> str:
    """Import something, and return what the command said."""
    out = io.StringIO()
    call_command("import_catalogue", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


def unreadable(path: Path) -> Path:
    """Return a path below a file."""
    path.write_bytes(b"")
    return path / "below"


BAD = [
    # what is handed in, words of the refusal
    (lambda path: path / "nowhere", "no such file"),
    (lambda path: path / ("x" * 300), "cannot be read"),
    (lambda path: unreadable(path / "file"), "no such file"),
    (lambda path: Path("/dev/null"), "no such file"),
    (lambda path: path, "no records"),
    (lambda path: zip_of(path / "a.zip", {"top/records/a.yaml": b"a: b"}), "data-r/ and data-t/"),
    (lambda path: zip_of(path / "a.zip", {"data/a.yaml": BOMB}), "uses YAML aliases"),
    (lambda path: zip_of(path / "a.zip", {"data/a.yaml": b"title: [a"}), "none of its files"),
    (lambda path: zip_of(path / "a.zip", {"b.zip": b"PK"}), "another archive"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "words"), BAD)
def test_what_cannot_be_imported_is_refused_in_words(tmp_path, make, words):
    with pytest.raises(CommandError, match="Nothing was imported") as refused:
        said(make(tmp_path))
    assert words in str(refused.value)
    assert not ImportRun.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_archive_is_imported_or_refused_in_words(tmp_path, seed):
    chance = random.Random(seed)
    path = write_zip(tmp_path / "a.zip", [T, R])
    data = bytearray(path.read_bytes())
    for _damage in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        try:
            assert "records are not texts" in said(path, "--dry-run")
        except CommandError as refused:
            assert "Nothing was imported" in str(refused)


def test_the_layout_is_named_with_what_was_read_and_what_was_not(tmp_path):
    files = {"top/data-t/a.yaml": bytes_of(T), "top/data-r/b.yaml": bytes_of(R), "top/README": b""}
    words = said(zip_of(tmp_path / "a.zip", files))
    assert "Layout of the snapshot: two folders, data-r/ and data-t/" in words
    assert "Read: data-r (1), data-t (1). Not read: README (1)." in words


OPTIONS = [
    (["--date", "yesterday"], "not a date such as 2026-08-22"),
    (["--by", "nobody"], "no user 'nobody'"),
    (["--report", "/nowhere/report.json"], "no folder in which to write"),
]


@pytest.mark.parametrize(("options", "words"), OPTIONS)
def test_options_that_mean_nothing_are_refused_before_anything_is_read(tmp_path, options, words):
    with pytest.raises(CommandError, match=words):
        said(write_zip(tmp_path / "a.zip", [T]), *options)
    assert not ImportRun.objects.exists()


def test_what_the_database_refuses_is_told_in_words(tmp_path, monkeypatch):
    def refused(*_args, **_options):
        raise OperationalError("database is locked\nat line 1")

    monkeypatch.setattr(import_catalogue, "import_snapshot", refused)
    with pytest.raises(CommandError, match="The database refused it: database is locked"):
        said(write_zip(tmp_path / "a.zip", [T]))


def test_damaged_files_are_named_and_the_rest_is_imported(tmp_path):
    path = write_zip(tmp_path / "a.zip", [T], others={
        "relaton-data-itu-main/data/bomb.yaml": BOMB,
        "relaton-data-itu-main/data/twice.yaml": bytes_of(R) + b"id: again\n",
        "relaton-data-itu-main/data/type.yaml": bytes_of(R | {"date": [{"at": ["2010-05"]}]}),
    })  # fmt: skip
    words = said(path)
    assert "bomb.yaml uses YAML aliases, which the data set does not" in words
    assert "twice.yaml holds 'id' twice" in words
    assert "type.yaml ‘date.at’ is a list, and should be a text" in words
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == 5
    assert "Warnings: 3" in words
    assert ImportRun.objects.get().counts["records_accepted"] == 1
