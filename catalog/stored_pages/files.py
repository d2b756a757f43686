"""Long answers that were written once: whole lists as files, with checksums and byte ranges.

The first who asks gets the answer while it is made, and a copy goes into a folder: as it is and
compressed. The next ones get the file, or a part of it. Files of older versions are deleted when
a new one is written.
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
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from whitenoise.middleware import WhiteNoiseFileResponse
from whitenoise.responders import StaticFile

logger = logging.getLogger(__name__)

# Seconds after which a file of an older version is deleted; somebody may still be reading it.
KEPT = 3_600
# Files whose headers and checksums a process remembers.
REMEMBERED = 64
BLOCK = 64 * 1024
HEADERS, PACKED = ".headers", ".gz"


class Copy(Protocol):
    """Where the parts of an answer go beside the client; `finish` when all of them came."""

    def write(self, part: bytes) -> None:
        """Take over a part."""

    def finish(self) -> None:
        """Keep what was written."""

    def drop(self) -> None:
        """Forget what was written, unless it was finished."""


def copied(parts: Iterable[bytes], copy: Copy) -> Iterator[bytes]:
    """Yield the parts of an answer and write them to a copy, which is kept if all were taken."""
    try:
        for part in parts:
            copy.write(part)
            yield part
        copy.finish()
    finally:
        copy.drop()


class FileCopy:
    """A copy in a file that gets its name when it is whole."""

    def __init__(self, place: Path, headers: dict[str, str], *, is_packed: bool):
        """Open a file beside `place`; raise OSError if the folder takes none."""
        self._place, self._headers, self._is_packed = place, headers, is_packed
        place.parent.mkdir(parents=True, exist_ok=True)
        self._made = self._temporary()

    def write(self, part: bytes) -> None:
        """Append a part."""
        self._made.write(part)

    def finish(self) -> None:
        """Write the other form beside it, and the headers; then give all their names."""
        self._made.seek(0)
        other = self._temporary()
        try:
            if self._is_packed:
                with gzip.open(self._made) as whole:
                    shutil.copyfileobj(whole, other, BLOCK)
            else:
                with gzip.GzipFile(fileobj=other, mode="wb", compresslevel=6, mtime=0) as packed:
                    shutil.copyfileobj(self._made, packed, BLOCK)
            plain, packed_file = (other, self._made) if self._is_packed else (self._made, other)
            plain.flush(), packed_file.flush()
            headers = self._place.with_name(self._place.name + HEADERS)
            headers.write_text(json.dumps(self._headers))
            Path(packed_file.name).replace(self._place.with_name(self._place.name + PACKED))
            # Last: a file that has its name has all that belongs to it.
            Path(plain.name).replace(self._place)
        finally:
            _discard(other)

    def drop(self) -> None:
        """Delete what has not got its name."""
        _discard(self._made)

    def _temporary(self) -> BinaryIO:
        return tempfile.NamedTemporaryFile(
            dir=self._place.parent, prefix="unfinished-", delete=False
        )


class StoredFiles:
    """The files of one folder, by the version of the catalogue and the key of an answer."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._known: dict[Path, StaticFile] = {}

    def answer_to(self, request: HttpRequest, version: int, key: str) -> FileResponse | None:
        """Return the file, a part of it, or 304; None if it was not written yet."""
        place = self._folder / f"{version}-{key}"
        known = self._known.get(place) or self._opened(place)
        if known is None:
            return None
        try:
            found = known.get_response(request.method, request.META)
        except FileNotFoundError:
            self._known.pop(place, None)
            return None
        response = WhiteNoiseFileResponse(found.file or (), status=int(found.status))
        response.block_size = BLOCK
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response

    def copy_of(self, response: StreamingHttpResponse, version: int, key: str) -> Copy | None:
        """Return where an answer is to be copied; None, with a line in the log, if nowhere."""
        headers = {n: v for n, v in response.items() if n not in ("Content-Encoding", "Vary")}
        headers["ETag"] = f'"{key}"'
        headers["Accept-Ranges"] = "bytes"
        is_packed = response.get("Content-Encoding") == "gzip"
        self._delete_older(version)
        try:
            copy = FileCopy(self._folder / f"{version}-{key}", headers, is_packed=is_packed)
        except OSError as error:
            logger.error("Lists cannot be kept as files: %s", error)
            return None
        return copy

    def _opened(self, place: Path) -> StaticFile | None:
        try:
            headers = json.loads(place.with_name(place.name + HEADERS).read_text())
            packed = place.with_name(place.name + PACKED)
            found = StaticFile(str(place), list(headers.items()), {"gzip": str(packed)})
            for _pattern, path, own in found.alternatives:
                own.append(("Repr-Digest", f"sha-256=:{_digest(Path(path))}:"))
        except (OSError, ValueError):
            return None
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[place] = found
        return found

    def _delete_older(self, version: int) -> None:
        limit = time.time() - KEPT
        for file in self._folder.glob("*"):
            with suppress(OSError):
                if not file.name.startswith(f"{version}-") and file.stat().st_mtime < limit:
                    file.unlink()


def _digest(file: Path) -> str:
    """Return the SHA-256 of a file in base64, as RFC 9530 writes it."""
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").digest()
    return base64.b64encode(found).decode()


def _discard(file: BinaryIO) -> None:
    file.close()
    Path(file.name).unlink(missing_ok=True)
