"""Long answers that were written once: whole lists as files, with checksums and byte ranges.

The first who asks has the file written, as it is and compressed, while others who want the same
wait for it. Files of older versions are deleted when a new one is written.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import logging
import shutil
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from whitenoise.middleware import WhiteNoiseFileResponse
from whitenoise.responders import SlicedFile

from catalog.stored_pages.page import MODIFIED, dated, has_it, not_modified, takes_gzip
from catalog.stored_pages.ranges import NoSuchPart, part_asked_for

logger = logging.getLogger(__name__)

# Seconds after which a file of an older version is deleted. Who is reading it reads on.
KEPT = 60
# Lists whose headers and checksums a process remembers.
REMEMBERED = 64
BLOCK = 64 * 1024
HEADERS, PACKED = ".headers", ".gz"
NOT_KEPT = {"Content-Encoding", "Vary", "ETag", MODIFIED}


class Form(NamedTuple):
    """A list as it is, or compressed: the file, its size, its mark and its digest."""

    place: Path
    size: int
    mark: str
    digest: str


class KeptList(NamedTuple):
    """A list in both forms, with the headers of its answer and when the catalogue changed."""

    plain: Form
    packed: Form
    headers: dict[str, str]
    modified: float


class StoredFiles:
    """The files of one folder, by the version of the catalogue and the key of an answer."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._known: dict[Path, KeptList] = {}

    def answer_to(self, request: HttpRequest, version: int, key: str) -> HttpResponse | None:
        """Return the list, a part of it, or 304; None if it was not written yet."""
        place = self._folder / f"{version}-{key}"
        kept = self._known.get(place) or self._opened(place, key)
        if kept is None:
            return None
        try:
            return _answer(request, kept)
        except FileNotFoundError:
            self._known.pop(place, None)
            return None

    def write(
        self, response: StreamingHttpResponse, version: int, key: str, modified: float
    ) -> bool:
        """Write an answer to its files; return whether that was possible, and log why not."""
        place = self._folder / f"{version}-{key}"
        headers = {name: value for name, value in response.items() if name not in NOT_KEPT}
        is_packed = response.get("Content-Encoding") == "gzip"
        self._delete_older(version)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(place, response.streaming_content, is_packed=is_packed)
            about = place.with_name(place.name + HEADERS)
            about.write_text(json.dumps({"headers": headers, "modified": modified}))
        except OSError as error:
            logger.error("Lists cannot be kept as files: %s", error)
            return False
        return True

    def _opened(self, place: Path, key: str) -> KeptList | None:
        try:
            # Written last: what has its headers has all that belongs to it.
            about = json.loads(place.with_name(place.name + HEADERS).read_text())
            packed = place.with_name(place.name + PACKED)
            forms = _form(place, f'"{key}"'), _form(packed, f'"{key}-gzip"')
        except (OSError, ValueError):
            return None
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[place] = KeptList(*forms, about["headers"], about["modified"])
        return self._known[place]

    def _delete_older(self, version: int) -> None:
        limit = time.time() - KEPT
        for file in self._folder.glob("*"):
            with suppress(OSError):
                if not file.name.startswith(f"{version}-") and file.stat().st_mtime < limit:
                    file.unlink()


def _answer(request: HttpRequest, kept: KeptList) -> HttpResponse:
    form = kept.packed if takes_gzip(request) else kept.plain
    headers = kept.headers | dated(kept.modified)
    headers |= {"ETag": form.mark, "Vary": "Accept-Encoding", "Accept-Ranges": "bytes"}
    headers["Repr-Digest"] = f"sha-256=:{form.digest}:"
    modified = headers.get(MODIFIED)
    if has_it(request, form.mark, modified):
        return not_modified(headers)
    if form is kept.packed:
        headers["Content-Encoding"] = "gzip"
    try:
        part = part_asked_for(request, form.size, form.mark, modified)
    except NoSuchPart:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{form.size}"})
    if request.method == "HEAD":
        return HttpResponse(headers=headers | {"Content-Length": str(form.size)})
    first, last = part or (0, form.size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{form.size}"
    opened = SlicedFile(form.place.open("rb"), first, last)
    response = WhiteNoiseFileResponse(opened, status=206 if part else 200, headers=headers)
    response.block_size = BLOCK
    return response


def _write(place: Path, parts: Iterable[bytes], *, is_packed: bool) -> None:
    """Write both forms of a list beside their places, then give them their names."""
    made, other = (_temporary(place.parent) for _form in range(2))
    try:
        for part in parts:
            made.write(part)
        made.seek(0)
        if is_packed:
            with gzip.open(made) as whole:
                shutil.copyfileobj(whole, other, BLOCK)
        else:
            with gzip.GzipFile(fileobj=other, mode="wb", compresslevel=6, mtime=0) as packed:
                shutil.copyfileobj(made, packed, BLOCK)
        plain, packed_form = (other, made) if is_packed else (made, other)
        for file, name in ((plain, place.name), (packed_form, place.name + PACKED)):
            file.flush()
            Path(file.name).replace(place.with_name(name))
    finally:
        for file in (made, other):
            file.close()
            Path(file.name).unlink(missing_ok=True)


def _temporary(folder: Path) -> BinaryIO:
    return tempfile.NamedTemporaryFile(dir=folder, prefix="unfinished-", delete=False)


def _form(place: Path, mark: str) -> Form:
    """Return what is to be known of a file; its SHA-256 in base64, as RFC 9530 writes it."""
    with place.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").digest()
    return Form(place, place.stat().st_size, mark, base64.b64encode(found).decode())
