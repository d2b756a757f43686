"""Whole lists are written once and then served as files, with checksums and byte ranges."""

from __future__ import annotations

import base64
import gzip
import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.found import some
from tests.pages.works import move_version

pytestmark = pytest.mark.django_db

WHOLE = "/publications/index.csv"
FILTERED = "/publications/index.csv?sector=itu-r"


def body(response) -> bytes:
    """Return all that an answer sends."""
    return response.getvalue() if response.streaming else response.content


def take_one_part(response) -> None:
    """Read the beginning of an answer and hang up."""
    next(iter(response.streaming_content))
    # What the test client puts around the parts ends the request, but not the connection.
    response._iterator.close()


def files() -> list[Path]:
    """Return the files that are kept."""
    folder = Path(settings.STORED_FILES)
    return sorted(folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("address", [WHOLE, "/publications/index.json", "/topics/index.json"])
@pytest.mark.parametrize("coding", ["gzip", ""])
def test_the_second_reader_gets_the_file_that_the_first_one_wrote(client, address, coding):
    asked = {"accept-encoding": coding}
    first = client.get(address, headers=asked)
    made = body(first)
    with CaptureQueriesContext(connection) as captured:
        again = client.get(address, headers=asked)
    assert (again.status_code, len(captured)) == (200, 1)
    kept = body(again)
    unpack = gzip.decompress if coding else bytes
    assert unpack(kept) == unpack(made)
    assert again["Content-Length"] == str(len(kept))
    for name in ("Content-Type", "Content-Encoding", "Content-Disposition", "Cache-Control"):
        assert again.get(name) == first.get(name), name
    assert "Content-Security-Policy" in again


@pytest.mark.parametrize("order", [("gzip", ""), ("", "gzip")], ids=["packed-first", "plain-first"])
def test_both_forms_come_from_one_writing(client, order):
    bodies = {}
    for coding in some(order, at_least=2):
        response = client.get(WHOLE, headers={"accept-encoding": coding})
        bodies[coding] = body(response)
    assert gzip.decompress(bodies["gzip"]) == bodies[""]
    assert bodies[""].startswith("\ufeffidentifier,".encode())


def test_the_checksum_is_that_of_what_is_sent(client):
    body(client.get(WHOLE))
    for coding in some(("", "gzip")):
        response = client.get(WHOLE, headers={"accept-encoding": coding})
        digest = base64.b64encode(hashlib.sha256(body(response)).digest()).decode()
        assert response["Repr-Digest"] == f"sha-256=:{digest}:"


def test_a_part_of_the_file_can_be_asked_for(client):
    whole = body(client.get(WHOLE))
    part = client.get(WHOLE, headers={"range": "bytes=100-199"})
    assert (part.status_code, body(part)) == (206, whole[100:200])
    assert part["Content-Range"] == f"bytes 100-199/{len(whole)}"
    rest = client.get(WHOLE, headers={"range": "bytes=-10"})
    assert body(rest) == whole[-10:]
    beyond = client.get(WHOLE, headers={"range": f"bytes={len(whole) + 5}-"})
    assert beyond.status_code == 416
    odd = client.get(WHOLE, headers={"range": "bytes=x-y"})
    assert (odd.status_code, body(odd)) == (200, whole)


def test_who_has_the_file_gets_304(client):
    body(client.get(WHOLE))
    mark = client.get(WHOLE)["ETag"]
    again = client.get(WHOLE, headers={"if-none-match": mark})
    assert (again.status_code, body(again)) == (304, b"")


def test_head_sends_no_body(client):
    body(client.get(WHOLE))
    head = client.head(WHOLE)
    assert (head.status_code, body(head)) == (200, b"")
    assert int(head["Content-Length"]) > 1_000


def test_a_writing_that_fails_leaves_nothing_and_the_reader_still_gets_the_list(
    client, monkeypatch
):
    whole = body(client.get(WHOLE))
    for file in some(files()):
        file.unlink()

    def no_room(*_args, **_options):
        raise OSError("no room")

    monkeypatch.setattr("catalog.stored_pages.files.shutil.copyfileobj", no_room)
    client.handler.load_middleware()
    assert body(client.get(WHOLE)) == whole
    assert files() == []


def test_many_who_want_the_same_list_have_it_written_once(client, monkeypatch):
    from catalog.stored_pages.files import StoredFiles

    written = []
    write = StoredFiles.write

    def counted(self, *args):
        written.append(args)
        return write(self, *args)

    monkeypatch.setattr(StoredFiles, "write", counted)
    first = body(client.get(WHOLE))
    for address in some([WHOLE, f"{WHOLE}?page=2", f"{WHOLE}?q=&page=x"]):
        assert body(client.get(address)) == first
    assert len(written) == 1


RANGES = {
    "bytes=100-199": slice(100, 200),
    "bytes=0-0": slice(0, 1),
    "bytes=-10": slice(-10, None),
    "bytes=5-": slice(5, None),
    " bytes=7-9 ": slice(7, 10),
}
NO_RANGES = ["bytes=9-7", "bytes=x-y", "bytes=-", "bytes=--3", "bytes=+0-3", "bytes=1_0-2_0"]
NO_RANGES += ["bytes=0-1,5-6", "lines=1-2", "bytes 0-1", "", "bytes=0x1-0x2"]


@pytest.mark.parametrize("asked", RANGES)
def test_a_part_is_just_the_bytes_that_are_asked_for(client, asked):
    whole = body(client.get(WHOLE))
    part = client.get(WHOLE, headers={"range": asked})
    assert (part.status_code, body(part)) == (206, whole[RANGES[asked]])
    assert part["Content-Length"] == str(len(whole[RANGES[asked]]))


def test_the_last_byte_is_a_part_and_what_is_behind_it_is_none(client):
    whole = body(client.get(WHOLE))
    last = client.get(WHOLE, headers={"range": f"bytes={len(whole) - 1}-"})
    assert (last.status_code, body(last)) == (206, whole[-1:])
    for beyond in some([f"bytes={len(whole)}-", "bytes=-0", f"bytes={len(whole) + 5}-9999999999"]):
        response = client.get(WHOLE, headers={"range": beyond})
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{len(whole)}"


@pytest.mark.parametrize("asked", NO_RANGES)
def test_what_is_no_range_gets_the_whole_list(client, asked):
    whole = body(client.get(WHOLE))
    response = client.get(WHOLE, headers={"range": asked})
    assert (response.status_code, body(response)) == (200, whole)


def test_a_part_of_another_list_than_the_client_has_is_never_sent(client):
    whole = body(client.get(WHOLE))
    mark = client.get(WHOLE)["ETag"]
    packed = client.get(WHOLE, headers={"accept-encoding": "gzip"})["ETag"]
    assert packed != mark
    asked = {"range": "bytes=10-19"}
    assert client.get(WHOLE, headers={**asked, "if-range": mark}).status_code == 206
    for other in some([packed, '"x"', f"W/{mark}", "Mon, 01 Jan 2001 00:00:00 GMT", "rubbish"]):
        response = client.get(WHOLE, headers={**asked, "if-range": other})
        assert (response.status_code, body(response)) == (200, whole)
    move_version()
    assert client.get(WHOLE, headers={**asked, "if-range": mark}).status_code == 200


@pytest.mark.parametrize("coding", ["gzip;q=0", "gzip;q=0, *", "identity", "br"])
def test_a_client_that_refuses_compression_gets_the_list_as_it_is(client, coding):
    whole = body(client.get(WHOLE))
    response = client.get(WHOLE, headers={"accept-encoding": coding})
    assert "Content-Encoding" not in response
    assert body(response) == whole


@pytest.mark.parametrize("given", ["{}", "W/{}", '"x", {}', "*"])
def test_every_form_of_a_mark_is_understood(client, given):
    body(client.get(WHOLE))
    mark = client.get(WHOLE)["ETag"]
    response = client.get(WHOLE, headers={"if-none-match": given.format(mark)})
    assert (response.status_code, response["ETag"]) == (304, mark)


def test_a_new_version_is_written_anew_and_old_files_go(client, monkeypatch):
    body(client.get(WHOLE))
    old = files()
    assert len(old) == 3
    move_version()
    monkeypatch.setattr("catalog.stored_pages.files.KEPT", -1)
    body(client.get(WHOLE))
    assert len(files()) == 3
    assert not set(old) & set(files())


def test_a_folder_that_takes_no_files_only_makes_it_slower(client, monkeypatch, tmp_path, caplog):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr(settings, "STORED_FILES", str(blocked))
    client.handler.load_middleware()
    first, second = body(client.get(WHOLE)), body(client.get(WHOLE))
    assert first == second
    assert "cannot be kept" in caplog.text


def test_a_filtered_list_is_kept_in_memory_and_writes_no_file(client):
    made = body(client.get(FILTERED))
    with CaptureQueriesContext(connection) as captured:
        again = client.get(FILTERED)
    assert (body(again), len(captured)) == (made, 1)
    assert files() == []
    tag = again["ETag"]
    assert client.get(FILTERED, headers={"if-none-match": tag}).status_code == 304


def test_a_filtered_list_that_was_not_taken_to_its_end_is_not_kept(client):
    take_one_part(client.get(FILTERED))
    with CaptureQueriesContext(connection) as captured:
        body(client.get(FILTERED))
    assert len(captured) > 1
