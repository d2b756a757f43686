"""Merge a form that was sent with what others wrote while it was open.

A field that others changed and the editor did not touch takes their value. A field that both
changed to different values is shown with both, and the editor decides. Nothing typed is lost,
and nothing of theirs is overwritten unasked. Imports are others too.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from catalog.admin.conflicts.meanwhile import PENDING, Meanwhile
from catalog.admin.conflicts.merging_fields import FieldMerging
from catalog.admin.conflicts.merging_tables import TableMerging


def merge(
    model_admin: ModelAdmin, request: HttpRequest, row: models.Model
) -> tuple[QueryDict, Meanwhile]:
    """Return what was sent, with values of others where the editor touched nothing, and the rest.

    `row` is as the database has it now. A form that does not say from which version it was made,
    or says what cannot be, is compared field by field with what is there now.
    """
    merging = FieldMerging.of(request.POST.copy(), row)
    is_pending = any(name.endswith(f"-{PENDING}") for name in merging.data)
    if merging.seen is None or merging.stories or is_pending:
        fields = flatten_fieldsets(model_admin.get_fieldsets(request, row))
        form = model_admin.get_form(request, row, change=True, fields=fields)
        merging.merge(form(instance=row), where="")
        for formset, can_change in _tables(model_admin, request, row):
            TableMerging(merging, formset, can_change=can_change).run()
    if merging.meanwhile.clashes:
        merging.meanwhile.refuse(
            _(
                "Nothing was saved yet: others changed this entry while your form was open. "
                "Choose which values to keep under “Changed while your form was open”, then save "
                "again."
            )
        )
    return merging.data, merging.meanwhile


def _tables(
    model_admin: ModelAdmin, request: HttpRequest, row: models.Model
) -> Iterator[tuple[BaseInlineFormSet, bool]]:
    """Yield the tables of a form as they would be shown now, and whether rows can be changed."""
    prefixes: dict[str, int] = {}
    for formset, inline in model_admin.get_formsets_with_inlines(request, row):
        # As Django names them: the second table of a kind gets a number.
        prefix = formset.get_default_prefix()
        prefixes[prefix] = prefixes.get(prefix, 0) + 1
        if prefixes[prefix] != 1:
            prefix = f"{prefix}-{prefixes[prefix]}"
        rows = inline.get_queryset(request)
        yield (
            formset(instance=row, prefix=prefix, queryset=rows),
            inline.has_change_permission(request, row),
        )
