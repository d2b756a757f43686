"""`manage.py load_fixtures`: bring the curated content up to date with its files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.curation.load import FixtureError, load_fixtures
from catalog.models import Sector
from catalog.writing.locks import CatalogueBusy


class Command(BaseCommand):
    """Load the fixtures; a field that an editor changed is kept and named."""

    help = "Load the curated fixtures; never overwrites a field that an editor changed."

    def add_arguments(self, parser):
        """Take the directory, and whether a database with content is left alone."""
        parser.add_argument("directory", nargs="?", type=Path, default=settings.FIXTURE_DIRS[0])
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is content already"
        )

        parser.add_argument(
            "--only", nargs="+", default=(), metavar="FILE", help="these files only"
        )

    def handle(self, directory: Path, if_empty: bool, only=(), **options):
        """Load and report; exit with an error, and nothing loaded, if a row is faulty."""
        if if_empty and Sector.objects.exists():
            self.stdout.write("The database already has content; fixtures not loaded.")
            return
        try:
            reports = load_fixtures(directory, only)
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        except CatalogueBusy as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for name, report in reports.items():
            self.stdout.write(
                f"{name:26} {report.created:5} created {report.changed:5} changed "
                f"{report.unchanged:5} unchanged {report.gone:5} gone {len(report.kept):4} kept"
            )
            for kept in report.kept:
                self.stdout.write(f"    kept as the editor has it: {kept}")
