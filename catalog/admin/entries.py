"""What the admin pages of all kinds of entries share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from catalog.admin.content import ContentAdmin
from catalog.admin.forms import EntryForm
from catalog.admin.sources import SourcesInline
from catalog.models.fields import lines


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
                {"fields": (*self.links, "official_url", "related_keys", "key", "other_keys")},
            ),
        ]

    def get_readonly_fields(self, request, obj=None):
        """Fix the key of an entry that exists: /id/KEY/ is promised to work permanently."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "key"] if obj else fixed

    def get_prepopulated_fields(self, request, obj=None):
        return {"key": self.key_from} if self.key_from and obj is None else {}

    def save_related(self, request, form, formsets, change):
        """Save the rows of the entry; where others name a key that it gave up, write its own."""
        super().save_related(request, form, formsets, change)
        entry = form.instance
        if change and "other_keys" in form.changed_data:
            gone = set(lines(form.initial.get("other_keys", ""))) - set(entry.other_key_list)
            request.edit.replace_keys(gone, by=entry.key)

    def get_inlines(self, request, obj):
        """Show the sources of the entry below the tables of the kind."""
        return [*super().get_inlines(request, obj), SourcesInline]
