"""What was typed into a form whose row is no longer there: shown, so that it can be copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.forms.models import InlineForeignKeyField
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from catalog.admin.conflicts.column_values import column_of, shown_at_first, words_typed
from catalog.admin.conflicts.meanwhile import number_in, reported
from catalog.admin.conflicts.posted import PostedTable, is_same
from catalog.models import RowChange
from catalog.terms import RowAction
from catalog.timeline.words import label_of_field
from catalog.writing.aggregates import RowKey
from catalog.writing.values import Values

# Fields of a table that say which row it is and that it shall go.
NOT_TYPED = ("id", "DELETE")


@dataclass(frozen=True)
class Typed:
    """One value that was typed; `is_new` if the row did not have it when it was deleted."""

    where: str
    label: str
    words: str
    is_new: bool


def deletion_of(model: type[models.Model], object_id: str) -> RowChange | None:
    """Return the write that deleted a row; None if it is there, or never was."""
    changes = RowChange.objects.filter(
        model=model._meta.concrete_model._meta.model_name, row_id=number_in(object_id)
    )
    change = changes.select_related("revision__by").order_by("-revision__number", "-pk").first()
    return change if change and change.action == RowAction.DELETED else None


def form_address(row: models.Model) -> str:
    """Return the address of the form of a row, whatever list it stands in."""
    name = row._meta.concrete_model._meta.model_name
    return reverse(f"admin:catalog_{name}_change", args=[row.pk])


def history_address(row: models.Model, page: str = "history", *arguments: object) -> str:
    """Return the address of the history of a row, or of a page that puts something of it back."""
    name = row._meta.concrete_model._meta.model_name
    return reverse(f"admin:catalog_{name}_{page}", args=[row.pk, *arguments])


def what_was_typed(
    model_admin: ModelAdmin, request: HttpRequest, deletion: RowChange | None
) -> dict:
    """Return what the page says of a form whose row was deleted, if it was."""
    gone = _values_of(deletion)
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, None))
    form = model_admin.get_form(request, None, fields=fields)()
    key = (deletion.model, deletion.row_id) if deletion else None
    rows = list(_typed(form, request.POST, "", gone.get(key, {})))
    for formset, inline in model_admin.get_formsets_with_inlines(request, None):
        table = formset(instance=model_admin.model(), prefix=formset.get_default_prefix())
        sent = PostedTable.read(request.POST, table.prefix)
        for number, posted in enumerate([*sent.present, *sent.new] if sent else ()):
            row = table.empty_form
            row.prefix = f"{table.prefix}-{number}"
            key = (formset.model._meta.model_name, number_in(posted.get("id")))
            where = f"{inline.verbose_name} {number + 1}"
            rows += _typed(row, request.POST, where, gone.get(key, {}))
    return {
        "deletion": deletion,
        "reported": reported(deletion),
        "typed": [row for row in rows if row.is_new],
        "unchanged": [row for row in rows if not row.is_new],
    }


def _values_of(deletion: RowChange | None) -> dict[RowKey, Values]:
    """Return the last values of all rows that went with a deletion."""
    changes = RowChange.objects.filter(revision=deletion.revision_id) if deletion else ()
    return {
        (change.model, change.row_id): {name: pair[0] for name, pair in change.values.items()}
        for change in changes
        if change.action == RowAction.DELETED
    }


def _typed(form: forms.ModelForm, data: QueryDict, where: str, last: Values) -> Iterator[Typed]:
    for name, box in form.fields.items():
        if name in NOT_TYPED or isinstance(box, InlineForeignKeyField):
            continue
        sent = box.widget.value_from_datadict(data, {}, form.add_prefix(name))
        if sent in (None, "", [], False):
            continue
        column = column_of(form, name)
        if column is None:
            yield Typed(where, str(box.label or name), str(sent), True)
        else:
            is_known = name in last and is_same(box, shown_at_first(column, last[name]), sent)
            words = words_typed(column, box, sent)
            yield Typed(where, label_of_field(column), words, not is_known)
