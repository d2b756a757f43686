"""Tables of rows in the form of the entry that they belong to."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models

from catalog.admin.forms import EditorForm
from catalog.admin.formsets import RowsFormSet
from catalog.protection.lookup_guards import GuardedFields


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
