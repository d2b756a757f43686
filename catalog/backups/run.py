"""Make a backup of the database in use, and put one in its place."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils import timezone

from catalog.backups import envelope, known_migrations, postgresql, sqlite
from catalog.backups.envelope import BackupError, Manifest
from catalog.writing.locks import job_lock
from itu_portal import __version__

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def backup(file: Path) -> Manifest:
    """Write the database in use to a file; return what it holds.

    Raises BackupError if that is not possible. A file that is there is replaced at the end.
    """
    file = file.absolute()
    try:
        with _folder_beside(file) as folder:
            payload = folder / "payload"
            engine = sqlite if connection.vendor == "sqlite" else postgresql
            migrations, version = engine.dump(payload)
            made = timezone.now().isoformat(timespec="seconds")
            manifest = Manifest(connection.vendor, migrations, version, made, __version__)
            return envelope.write(file, manifest, payload)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from error
    except DatabaseError as error:
        raise BackupError("The database cannot be read; no backup was made.") from error


def check(file: Path) -> Manifest:
    """Return what a backup holds; raise BackupError if it cannot be restored here."""
    manifest = envelope.read_manifest(file)
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"{file} is a backup of {NAMES[manifest.engine]}, and the portal uses "
            f"{NAMES[connection.vendor]}."
        )
    if newer := known_migrations.unknown(manifest.migrations):
        raise BackupError(
            f"{file} was made by a newer version of the portal (it has {newer[-1]}). Install that "
            "version first."
        )
    return manifest


def restore(file: Path) -> tuple[int, int | None]:
    """Put a backup in the place of the database in use, whole or not at all.

    Returns the version of the catalogue now, which is one that no cache has seen, and the one
    before, None if there was none to be read. Raises BackupError if nothing was changed, and
    CatalogueBusy if an import or a loading is at work.
    """
    manifest = check(file)
    try:
        with job_lock():
            if connection.vendor == "sqlite":
                return _into_sqlite(file, manifest)
            with tempfile.TemporaryDirectory(prefix="itu-backup-") as folder:
                payload = Path(folder) / "payload"
                envelope.take_out(file, manifest, payload)
                return postgresql.restore(payload, Path(folder))
    except OSError as error:
        raise BackupError(f"Nothing was restored: {error.strerror}.") from error


def has_content() -> bool:
    """Whether there is something that a restore would overwrite; what cannot be read counts."""
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError:
        return True


def _into_sqlite(file: Path, manifest: Manifest) -> tuple[int, int | None]:
    place = Path(str(connection.settings_dict["NAME"]))
    if not place.is_absolute():  # itu_portal.sqlite_file: an address that says mode=ro
        raise BackupError("The database is read-only; nothing was restored.")
    with _folder_beside(place) as folder:
        payload = folder / "payload"
        envelope.take_out(file, manifest, payload)
        connection.close()
        return sqlite.restore(payload, place, manifest.migrations)


@contextmanager
def _folder_beside(place: Path) -> Iterator[Path]:
    """Yield a folder for nobody else, on the disk of a file, so that renaming is one step."""
    with tempfile.TemporaryDirectory(prefix=".itu-backup-", dir=place.parent) as folder:
        yield Path(folder)
