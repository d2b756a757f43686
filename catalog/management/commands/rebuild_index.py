"""`manage.py rebuild_index`: work out anew what is derived from the entries."""

from django.core.management.base import BaseCommand
from django.db import transaction

from catalog import standing
from catalog.models import Publication
from catalog.search import index


class Command(BaseCommand):
    """Work out states, sort keys and the search index; needed after plain `loaddata`.

    With `--if-stale` only where an update of the portal left entries without words or identifiers.
    """

    help = "Work out states, sort keys and the search index from the entries."

    def add_arguments(self, parser):
        """Declare the options."""
        parser.add_argument(
            "--if-stale", action="store_true", help="do nothing if the index is whole"
        )

    @transaction.atomic
    def handle(self, *, if_stale: bool, **options):
        """Refresh everything derived and report the counts."""
        if if_stale and not index.is_stale():
            return
        changed = standing.refresh(Publication.objects.all())
        rows = index.rebuild()
        self.stdout.write(f"{changed} works brought up to date, {rows} entries in the index.")
