"""`manage.py rebuild_index`: work out anew what is derived from the entries."""

from django.core.management.base import BaseCommand, CommandError

from catalog.models import Publication
from catalog.search import index
from catalog.terms import Actor
from catalog.writing import topics
from catalog.writing.attachment import attach
from catalog.writing.job import whole_catalogue
from catalog.writing.locks import CatalogueBusy, only_job
from catalog.writing.record import Author
from catalog.writing.upkeep import refresh_standing


class Command(BaseCommand):
    """Derive statuses, sort keys and the search index; needed after plain `loaddata`.

    With `--if-stale` only where an update of the portal left entries without words or identifiers.
    """

    help = "Derive statuses, sort keys and the search index from the entries."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-stale",
            action="store_true",
            help="do nothing if the index is complete and up to date",
        )

    def handle(self, *, if_stale: bool, **options):
        """Refresh everything derived and report the counts."""
        if if_stale and not index.is_stale():
            return
        author = Author(Actor.UPKEEP, reason=self.help)
        try:
            with only_job(str(Actor.UPKEEP.label)), whole_catalogue(author) as job:
                changed = refresh_standing(Publication.objects.all())
                attach()
                topics.assign()
                rows = index.rebuild()
                # What lists and search find may be another, though no entry changed.
                job.is_needed = True
        except CatalogueBusy as error:
            raise CommandError(f"Nothing was rebuilt. {error}") from error
        self.stdout.write(f"{changed} works brought up to date, {rows} entries in the index.")
