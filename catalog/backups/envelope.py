"""The file of a backup: a zip archive with `manifest.json` and the database itself.

What stands in the archive is what the tools of the database read, so that it can be taken out and
used without this program.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FORMAT = 1
MANIFEST = "manifest.json"
PAYLOADS = {"sqlite": "portal.sqlite3", "postgresql": "portal.dump"}
CHUNK = 2**20
MOST_MANIFEST = 2**20


class BackupError(Exception):
    """A backup cannot be made or used; the message says why, in one sentence for people."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; nothing of it is secret."""

    engine: str
    # Each as app.name; which tables and columns there are.
    migrations: tuple[str, ...]
    # The version of the catalogue, 0 if there was none.
    version: int
    # When it was made, as 2026-11-29T12:00:00+00:00, and by which version of the portal.
    made: str
    portal: str
    size: int = 0
    sha256: str = ""
    format: int = FORMAT


def write(file: Path, manifest: Manifest, payload: Path) -> Manifest:
    """Put a database and its description into a file, which appears whole or not at all.

    Returns the description with size and digest. Raises OSError if it cannot be written.
    """
    manifest = dataclasses.replace(
        manifest, size=payload.stat().st_size, sha256=_digest_of(payload)
    )
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.unfinished")
    # It holds the digests of passwords: for nobody else, from its first byte.
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as target:
            # Dumps of PostgreSQL are compressed already; the least effort costs them little.
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.writestr(MANIFEST, json.dumps(dataclasses.asdict(manifest), indent=1))
                archive.write(payload, PAYLOADS[manifest.engine])
            target.flush()
            os.fsync(target.fileno())
        os.replace(unfinished, file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return manifest


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says of itself; raise BackupError if it is none or damaged."""
    with _told_if_damaged(file), zipfile.ZipFile(file) as archive:
        if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise ValueError
        found = json.loads(archive.read(MANIFEST))
        if found["format"] != FORMAT:
            raise BackupError(f"{file} has a form that this version of the portal does not know.")
        manifest = Manifest(**found | {"migrations": tuple(found["migrations"])})
        if manifest.engine not in PAYLOADS or not isinstance(manifest.version, int):
            raise ValueError
        return manifest


def take_out(file: Path, manifest: Manifest, payload: Path) -> None:
    """Write the database of a backup to a place of its own.

    Raises BackupError, and leaves nothing there, if a byte of it is not as it was.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with (
            _told_if_damaged(file),
            zipfile.ZipFile(file) as archive,
            archive.open(PAYLOADS[manifest.engine]) as source,
            open(os.open(payload, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target,
        ):
            # Never more than it promised, whatever a damaged archive unfolds to.
            while size <= manifest.size and (part := source.read(CHUNK)):
                size += len(part)
                digest.update(part)
                target.write(part)
            if (size, digest.hexdigest()) != (manifest.size, manifest.sha256):
                raise ValueError
    except BackupError:
        payload.unlink(missing_ok=True)
        raise


@contextmanager
def _told_if_damaged(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise BackupError(f"There is no file {file}.") from None
    except (IsADirectoryError, PermissionError) as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BackupError(f"{file} is damaged, or no backup of the portal.") from error
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise BackupError(f"{file} is damaged, or no backup of the portal.") from error


def _digest_of(payload: Path) -> str:
    with payload.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
