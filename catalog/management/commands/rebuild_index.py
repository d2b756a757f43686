"""`manage.py rebuild_index`: work out anew what is derived from the entries."""

from django.core.management.base import BaseCommand
from django.db import transaction

from catalog import standing
from catalog.models import Publication
from catalog.search import index


class Command(BaseCommand):
    """Work out states, sort keys and the search index; needed after plain `loaddata`."""

    help = "Work out states, sort keys and the search index from the entries."

    def add_arguments(self, parser):
        """Take --if-incomplete."""
        parser.add_argument(
            "--if-incomplete",
            action="store_true",
            help="do nothing if all entries are in the index, as after an upgrade they may not be",
        )

    @transaction.atomic
    def handle(self, *, if_incomplete: bool = False, **options):
        """Refresh everything derived and report the counts."""
        if if_incomplete and index.is_complete():
            return
        changed = standing.refresh(Publication.objects.all())
        rows = index.rebuild()
        self.stdout.write(f"{changed} works brought up to date, {rows} entries in the index.")
