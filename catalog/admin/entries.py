"""What the admin pages of all kinds of entries share."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
)
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from catalog.admin import upkeep
from catalog.admin.forms import EntryForm
from catalog.admin.formsets import RowsFormSet
from catalog.models.entry import Entry
from catalog.models.fields import LinesField, PlainTextField, WebLinkField, lines

LONG_LINE = 200


class EditorAdmin(admin.ModelAdmin):
    """A page of the editors' desk: boxes as large as their texts, a link to the public page."""

    list_per_page = 50
    # One counting of a long table is enough, that of the rows found.
    show_full_result_count = False
    formfield_overrides = {
        LinesField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
        PlainTextField: {"widget": AdminTextareaWidget(attrs={"rows": 5})},
        WebLinkField: {"widget": AdminURLFieldWidget},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Give long one-line texts a long box."""
        is_long = (db_field.max_length or 0) >= LONG_LINE
        if type(db_field) is models.CharField and is_long and not db_field.choices:
            kwargs["widget"] = AdminTextInputWidget(attrs={"class": "vLargeTextField"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.ForeignKey | models.ManyToManyField) and field:
            # A Sector or series is not deleted in passing, from the form of one of its works.
            field.widget.can_delete_related = False
        return field

    def view_on_site(self, obj: models.Model) -> str:
        """Return the address of the public page.

        It is asked of the saved row: while a form with mistakes is shown again, `obj` carries
        the mistakes, and a wrong number has no address.
        """
        return self.model._base_manager.get(pk=obj.pk).get_absolute_url()


class EntryAdmin(EditorAdmin):
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
        """Return the four groups of fields."""
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
        """Fix the key of an entry that exists: /id/KEY/ is promised to work for ever."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "key"] if obj else fixed

    def get_prepopulated_fields(self, request, obj=None):
        """Propose a key for a new entry."""
        return {"key": self.key_from} if self.key_from and obj is None else {}

    def save_formset(self, request, form, formset, change):
        """Save the rows of a table; entries that are deleted there leave the index first."""
        for deleted in formset.deleted_forms:
            if isinstance(deleted.instance, Entry) and deleted.instance.pk:
                upkeep.leaving(deleted.instance)
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        """Save what hangs on the entry, then bring lists and search up to date."""
        super().save_related(request, form, formsets, change)
        entry = form.instance
        if change and "other_keys" in form.changed_data:
            gone = set(lines(form.initial.get("other_keys", ""))) - set(entry.other_key_list)
            upkeep.replace_keys(gone, by=entry.key)
        upkeep.saved(entry, form.changed_data)

    def delete_model(self, request, obj):
        """Delete an entry and take it out of the index."""
        upkeep.leaving(obj)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        """Delete several entries and take them out of the index."""
        for entry in queryset:
            upkeep.leaving(entry)
        super().delete_queryset(request, queryset)


class RowsInline(admin.TabularInline):
    """Rows that belong to an entry, in its own form: short boxes, no empty rows."""

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
