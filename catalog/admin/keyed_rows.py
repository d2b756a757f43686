"""Tables of rows that name their entry by its key, in the form of an entry of any kind."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.forms.models import BaseModelFormSet, modelformset_factory
from django.http import HttpRequest

from catalog.admin.formsets import RowsFormSet
from catalog.admin.rows import RowsInline


class KeyedFormSet(RowsFormSet):
    """Rows whose column `fk` holds the key of the entry in whose form they stand.

    Django ties rows of a table to their parent by foreign keys alone; this does what its class
    for them does, with a key.
    """

    fk: models.CharField
    prefix_of_table = ""

    def __init__(self, data=None, files=None, instance=None, prefix=None, queryset=None, **options):
        options.pop("save_as_new", None)
        self.instance, self.save_as_new = instance, False
        rows = self.model._default_manager.all() if queryset is None else queryset
        key = self.instance.key if self.instance.pk else None
        self.unique_fields = {self.fk.name}
        BaseModelFormSet.__init__(
            self,
            data,
            files,
            prefix=prefix,
            queryset=rows.none() if key is None else rows.filter(**{self.fk.name: key}),
            **options,
        )

    @classmethod
    def get_default_prefix(cls) -> str:
        """Return what the names of the boxes begin with."""
        return cls.prefix_of_table

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Add the key of the entry, which nobody types."""
        BaseModelFormSet.add_fields(self, form, index)
        form.fields[self.fk.name] = forms.CharField(
            initial=self.instance.key, disabled=True, required=False, widget=forms.HiddenInput
        )

    def _construct_form(self, i, **options):
        form = BaseModelFormSet._construct_form(self, i, **options)
        setattr(form.instance, self.fk.name, self.instance.key)
        return form

    def save_new(self, form: forms.ModelForm, commit: bool = True):
        """Return the row of a form that was added."""
        setattr(form.instance, self.fk.name, self.instance.key)
        return BaseModelFormSet.save_new(self, form, commit=commit)

    def _held_elsewhere(self, columns: list[str]) -> set[tuple]:
        if self.instance.pk is None:
            return set()
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance.key})
        shown = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        return set(rows.exclude(pk__in=shown).values_list(*columns))


class KeyedChecks(InlineModelAdminChecks):
    """The checks of Django without those of the foreign key, which is not there."""

    def _check_exclude_of_parent_model(self, obj, parent_model) -> list:
        return []

    def _check_relation(self, obj, parent_model) -> list:
        return []


class KeyedInline(RowsInline):
    """A table of such rows; `key_column` holds the key of the entry, `prefix` names its boxes."""

    formset = KeyedFormSet
    checks_class = KeyedChecks
    key_column = "entry_key"
    prefix = ""

    def get_formset(self, request: HttpRequest, obj=None, **options) -> type[KeyedFormSet]:
        """Return the table; who may not change or add rows changes and adds none."""
        fields = options.pop("fields", None)
        fields = fields or flatten_fieldsets(self.get_fieldsets(request, obj))
        can_change = self.has_change_permission(request, obj)
        can_add = self.has_add_permission(request, obj)

        class PermittedForm(self.form):
            def has_changed(self) -> bool:
                """Whether there is something to save."""
                is_permitted = can_add if self.instance._state.adding else can_change
                return is_permitted and super().has_changed()

        settings = {
            "form": PermittedForm,
            "formset": self.formset,
            "formfield_callback": partial(self.formfield_for_dbfield, request=request),
            "fields": fields,
            "exclude": [*(self.exclude or ()), *self.get_readonly_fields(request, obj)],
            "extra": self.get_extra(request, obj),
            "min_num": self.get_min_num(request, obj),
            "max_num": self.get_max_num(request, obj),
            "can_delete": self.can_delete and self.has_delete_permission(request, obj),
            **options,
        }
        table = modelformset_factory(self.model, **settings)
        table.fk = self.model._meta.get_field(self.key_column)
        table.prefix_of_table = self.prefix
        return table
