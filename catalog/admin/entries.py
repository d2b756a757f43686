"""What the admin pages of all kinds of entries share."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.admin.content import ContentAdmin
from catalog.admin.forms import EditorForm, EntryForm
from catalog.admin.formsets import RowsFormSet
from catalog.models.fields import lines
from catalog.protection.lookup_guards import GuardedFields


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


class RowsInline(GuardedFields, admin.TabularInline):
    """Rows that belong to an entry, in its own form: short boxes, no empty rows."""

    form = EditorForm
    formset = RowsFormSet
    extra = 0
    view_on_site = False
    # Width of the boxes of one-line texts, by field.
    sizes: dict[str, int] = {}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Give one-line texts a box of the width that they need."""
        if isinstance(db_field, models.CharField) and not db_field.choices:
            size = self.sizes.get(db_field.name, 20)
            kwargs["widget"] = AdminTextInputWidget(attrs={"size": size, "class": ""})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.ForeignKey) and field:
            # The buttons beside a choice would make the table wider than the page.
            for button in ("add", "change", "view", "delete"):
                setattr(field.widget, f"can_{button}_related", False)
        return field
