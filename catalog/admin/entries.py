"""What the admin pages of all kinds of entries share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from catalog.admin.content import ContentAdmin
from catalog.admin.forms import EntryForm
from catalog.admin.relations import NamedByInline, RelationsInline
from catalog.admin.rows import RowsInline
from catalog.admin.sources import SourcesInline

__all__ = ["EntryAdmin", "RowsInline"]


class EntryAdmin(ContentAdmin):
    """The form of an entry, with its fields grouped by meaning.

    Subclasses name the fields of their own: `what` it is, further `words` and `links`.
    """

    form = EntryForm
    what: tuple = ()
    words: tuple = ()
    links: tuple = ()
    # Fields from which a key is proposed while somebody types.
    key_from: tuple = ("name",)

    def get_fieldsets(self, request, obj=None):
        return [
            (_("What it is"), {"fields": ("name", *self.what)}),
            (_("Facts and words"), {"fields": ("description", "facts", "aliases", *self.words)}),
            (
                _("How sure we are"),
                {
                    "fields": (
                        "verification",
                        "claim",
                        "wordings",
                        "correction",
                        "evidence",
                        "doubt",
                        "checked_on",
                    )
                },
            ),
            (
                _("Links and keys"),
                {"fields": (*self.links, "official_url", "key", "other_keys")},
            ),
        ]

    def get_readonly_fields(self, request, obj=None):
        """Fix the key of an entry that exists: /id/KEY/ is promised to work permanently."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "key"] if obj else fixed

    def get_prepopulated_fields(self, request, obj=None):
        return {"key": self.key_from} if self.key_from and obj is None else {}

    def get_inlines(self, request, obj):
        """Show sources and relations to other entries below the tables of the kind."""
        tables = super().get_inlines(request, obj)
        return [*tables, SourcesInline, RelationsInline, *([NamedByInline] if obj else [])]
