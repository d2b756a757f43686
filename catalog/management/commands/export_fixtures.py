"""`manage.py export_fixtures`: write what editors did back to the files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from catalog.curation.export import export_fixtures


class Command(BaseCommand):
    """Export the curated content; `git diff` then shows what editors changed."""

    help = "Write the curated content to the fixture files."

    def add_arguments(self, parser):
        """Take the directory to write to."""
        parser.add_argument("directory", nargs="?", type=Path, default=settings.FIXTURE_DIRS[0])

    def handle(self, directory: Path, **options):
        """Write the files and report the number of rows."""
        for name, rows in export_fixtures(directory).items():
            self.stdout.write(f"{name:26} {rows:5} rows")
