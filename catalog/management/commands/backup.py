"""`manage.py backup FILE`: the whole database in one file, while the portal runs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalog.backups import run
from catalog.backups.envelope import BackupError


class Command(BaseCommand):
    """Write a backup; the file appears whole or not at all."""

    help = "Write the whole database to one file. The portal may go on running."

    def add_arguments(self, parser):
        """Take the file."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, file: Path, **options):
        """Back up and report what the file holds."""
        try:
            manifest = run.backup(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{file}: {run.NAMES[manifest.engine]}, version {manifest.version} of the catalogue, "
            f"{len(manifest.migrations)} migrations, {manifest.size:,} bytes of database."
        )
        self.stdout.write("It holds accounts and reports of readers. The secret is not in it.")
