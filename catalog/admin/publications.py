"""Works of every kind, with their names, editions and components in one form."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin.entries import EntryAdmin, RowsInline
from catalog.admin.forms import EditorForm, EntryForm
from catalog.admin.formsets import ComponentFormSet
from catalog.admin.parts import ComponentForm, EditionForm
from catalog.models import (
    Component,
    Edition,
    Handbook,
    Publication,
    PublicationFamily,
    PublicationName,
    Question,
    Recommendation,
    Regulation,
    Report,
    Resolution,
    Supplement,
)
from catalog.terms import Kind


class FamilyForm(EntryForm):
    """The form of a kind of publication."""

    address_parts = {"slug": "family"}


@admin.register(PublicationFamily)
class PublicationFamilyAdmin(EntryAdmin):
    """The kinds of publications of each Sector."""

    form = FamilyForm
    list_display = ["name", "sector", "slug", "states_published", "verification"]
    list_filter = ["sector", "states_published", "verification"]
    list_select_related = ["sector"]
    search_fields = ["name", "slug", "aliases", "key", "sector__short_name"]
    what = ("sector", "slug", "position", "states_published")


class NameForm(EditorForm):
    """A row of another name."""

    address_parts = {"slug": "publication"}


class NameInline(RowsInline):
    """Former numbers, second numbers, twins at ISO/IEC."""

    model = PublicationName
    form = NameForm
    fields = ("kind", "name", "slug")
    sizes = {"name": 40}


class EditionInline(RowsInline):
    """The editions of a work; the full form of each is one link away."""

    model = Edition
    form = EditionForm
    show_change_link = True
    fields = (
        "identifier",
        "slug",
        "version",
        "approved",
        "approved_precision",
        "state",
        "state_grounds",
        "position",
    )
    sizes = {"identifier": 24, "slug": 7, "state_grounds": 16}


class ComponentInline(RowsInline):
    """The amendments, corrigenda and other components of a work."""

    model = Component
    form = ComponentForm
    formset = ComponentFormSet
    show_change_link = True
    fields = (
        "type",
        "identifier",
        "slug",
        "edition",
        "approved",
        "approved_precision",
        "state",
        "state_grounds",
        "position",
    )
    sizes = {"identifier": 24, "slug": 11, "state_grounds": 10}


class PublicationForm(EntryForm):
    """The form of a work."""

    address_parts = {"slug": "publication"}


@admin.register(Publication)
class PublicationAdmin(EntryAdmin):
    """Works of all kinds."""

    form = PublicationForm
    inlines = [NameInline, EditionInline, ComponentInline]
    list_display = ["label", "name", "kind", "sector", "state", "year", "verification"]
    list_filter = ["sector", "kind", "state", "verification", "series"]
    list_select_related = ["sector"]
    search_fields = ["identifier", "name", "aliases", "key", "slug", "names__name"]
    autocomplete_fields = ["family", "series", "study_group", "topics", "goals"]
    what = ("identifier", "kind", "sector", "family", "slug", "series", "study_group")
    words = ("purpose", "used_in", "keywords")
    links = ("topics", "goals")
    # Keys of works keep the dots of their numbers (itu-t-g.711), which proposals would drop.
    key_from = ()

    @admin.display(description=_("publication"), ordering="sort_key")
    def label(self, work: Publication) -> str:
        """Return the identifier, else the title."""
        return work.label

    def _create_formsets(self, request, obj, change):
        # The only place at which Django has the tables of a form side by side.
        formsets, inlines = super()._create_formsets(request, obj, change)
        by_model = {formset.model: formset for formset in formsets}
        if components := by_model.get(Component):
            components.editions = by_model.get(Edition)
        return formsets, inlines


class KindAdmin(PublicationAdmin):
    """Works of the kinds of one proxy; no other kind can be chosen there."""

    list_filter = ["sector", "state", "verification", "series"]

    def get_list_display(self, request):
        """Leave the kind out where all works of the list have the same."""
        columns = super().get_list_display(request)
        return columns if len(self.model.kinds) > 1 else [c for c in columns if c != "kind"]

    def get_list_filter(self, request):
        """Offer the kind as a filter where there are several."""
        filters = super().get_list_filter(request)
        return ["kind", *filters] if len(self.model.kinds) > 1 else filters

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Limit the kind to those of the list, the usual one chosen."""
        if db_field.name == "kind":
            kinds: tuple[Kind, ...] = self.model.kinds
            kwargs["choices"] = [(kind.value, _(kind.label)) for kind in kinds]
            kwargs["initial"] = kinds[0].value
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Recommendation, Supplement, Question, Resolution)
class SingleKindAdmin(KindAdmin):
    """Works of one kind."""


@admin.register(Report, Handbook, Regulation)
class SeveralKindsAdmin(KindAdmin):
    """Works of a few kinds that belong together."""
