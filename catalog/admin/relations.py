"""Relations between entries: those that an entry names, and those in which others name it."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalog.admin.forms import EditorForm
from catalog.admin.keyed_rows import KeyedInline
from catalog.models import EntryRelation, SearchEntry, Source
from catalog.models.entry import Entry
from catalog.protection.lookup_guards import ChooseByKey
from catalog.search.documents import ENTRY_MODELS
from catalog.terms import EntryKind
from catalog.writing.aggregates import entries_of
from catalog.writing.going import relations_to


class OtherEntryField(forms.ModelChoiceField):
    """An entry of any kind, found by typing and kept by its key."""

    default_error_messages = {
        "invalid_choice": _("There is no entry ‘%(value)s’; choose one from the list."),
    }

    def __init__(self):
        column = EntryRelation._meta.get_field("target_key")
        super().__init__(
            SearchEntry.objects.all(),
            to_field_name="key",
            label=str(column.verbose_name).capitalize(),
            widget=ChooseByKey(EntryRelation._meta.get_field("target"), admin.site),
        )

    def clean(self, value: str | None) -> str:
        """Return the key of the entry."""
        if value and not ChooseByKey.is_key(value):
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": str(value)[:100]},
            )
        return super().clean(value).key


class EntryRelationForm(EditorForm):
    """One relation in the form of the entry that names the other."""

    target_key = OtherEntryField()

    class Meta:
        model = EntryRelation
        fields = ("verb", "target_key", "note", "source", "position")

    def clean_target_key(self) -> str:
        """Return the key of the other entry; Django does not ask the database’s rule here."""
        key = self.cleaned_data["target_key"]
        if key == self.instance.subject_key:
            raise ValidationError(_("An entry cannot be related to itself."))
        return key


class RelationsInline(KeyedInline):
    """The relations that an entry names: read entry, relation, other entry."""

    model = EntryRelation
    form = EntryRelationForm
    key_column = "subject_key"
    prefix = "entry_relations"
    fields = ("verb", "target_key", "note", "source", "position")
    sizes = {"note": 30}
    verbose_name = _("relation to another entry")
    verbose_name_plural = _("relations to other entries; the other page shows them too")

    def get_fields(self, request, obj=None):
        """Leave sources out where the desk has no page of them: they are too many to list."""
        fields = super().get_fields(request, obj)
        return [name for name in fields if name != "source" or self._finds_sources]

    def get_autocomplete_fields(self, request):
        """Find sources by typing."""
        return ("source",) if self._finds_sources else ()

    @property
    def _finds_sources(self) -> bool:
        return self.admin_site.is_registered(Source)


class NamedByInline(KeyedInline):
    """The relations in which others name this entry: shown here, changed in their forms."""

    model = EntryRelation
    key_column = "target_key"
    prefix = "named_by"
    fields = ("reverse_verb", "named_by", "note")
    readonly_fields = ("reverse_verb", "named_by", "note")
    max_num = 0
    verbose_name = _("relation from another entry")
    verbose_name_plural = _("relations from other entries; change them in the form of the other")

    def get_queryset(self, request):
        """Read the relations with the entries that name this one."""
        return super().get_queryset(request).select_related("subject")

    def has_change_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return True

    @admin.display(description=_("relation"))
    def reverse_verb(self, relation: EntryRelation) -> str:
        """Return the verb as it reads from this side."""
        return str(relation.reverse_label)

    @admin.display(description=_("other entry"))
    def named_by(self, relation: EntryRelation) -> str:
        """Return the link to the form of the entry that names this one."""
        entry = relation.subject
        return format_html('<a href="{}">{}</a>', form_of(entry), entry)


def form_of(entry: SearchEntry) -> str:
    """Return the address of the form of an entry."""
    model = ENTRY_MODELS[EntryKind(entry.kind)]
    return reverse(f"admin:catalog_{model._meta.model_name}_change", args=[entry.object_id])


def that_name(rows: Iterable[models.Model]) -> list[EntryRelation]:
    """Return the relations in which entries that stay name some that go, with both ends."""
    going = [entry for row in rows if isinstance(row, Entry) for entry in entries_of(row)]
    if not going:
        return []
    relations = relations_to(going).exclude(subject_key__in=[entry.key for entry in going])
    return list(relations.select_related("subject", "target"))


def ties_of(rows: Iterable[models.Model]) -> list[str]:
    """Return in words the relations that go with rows, whoever names whom."""
    keys = [entry.key for row in rows if isinstance(row, Entry) for entry in entries_of(row)]
    relations = EntryRelation.objects.of_any(keys) if keys else ()
    kind = capfirst(EntryRelation._meta.verbose_name)
    return [
        f"{kind}: {relation.subject} – {relation.get_verb_display()} – {relation.target}"
        for relation in relations
    ]
