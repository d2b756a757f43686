"""`manage.py restore FILE`: put a backup in the place of the database."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalog.backups import run
from catalog.backups.envelope import BackupError
from catalog.writing.locks import CatalogueBusy


class Command(BaseCommand):
    """Restore a backup, whole or not at all."""

    help = "Replace the database by a backup. If anything fails, nothing is changed."
    # The database to be replaced may be damaged, or empty.
    requires_system_checks = []

    def add_arguments(self, parser):
        """Take the file, and whether to go on without a question."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--yes", action="store_true", help="overwrite what is there without asking"
        )

    def handle(self, file: Path, yes: bool, **options):
        """Check the file, ask, restore and report; exit with an error if nothing was restored."""
        try:
            manifest = run.check(file)
            if not yes and run.has_content():
                self.ask(manifest)
            version, _before = run.restore(file)
        except (BackupError, CatalogueBusy) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored the backup of {manifest.made}. The catalogue is now at version {version}, "
            "so no page that a cache keeps is shown again."
        )
        self.stdout.write("If the code is newer than the backup, run `manage.py migrate`.")

    def ask(self, manifest) -> None:
        """Raise CommandError unless a person at a terminal says yes."""
        if not sys.stdin.isatty():
            raise CommandError("The database has content. To overwrite it, add --yes.")
        self.stdout.write(
            f"The backup of {manifest.made} will replace everything in the database, accounts "
            "included."
        )
        if input("Type yes to go on: ").strip().lower() != "yes":
            raise CommandError("Nothing was restored.")
