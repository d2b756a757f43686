"""Editions and components on pages of their own, with every field they have."""

from __future__ import annotations

from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.admin import searching, upkeep
from catalog.admin.correcting import CorrectableAdmin, CorrectableForm
from catalog.admin.entries import EditorAdmin
from catalog.admin.forms import EditorForm
from catalog.dates import date_words
from catalog.models import Component, Edition
from catalog.models.dates import DatedText


class PartForm(EditorForm):
    """What the forms of editions and components share."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # Locked and not left out: the rule of one edition a month needs the work to be known.
        if self.instance.pk and "publication" in self.fields:
            self.fields["publication"].disabled = True
        if "approved" in self.fields:
            self.fields["approved"].help_text = _(
                "If only the month or the year is known, write its first day and say so beside it."
            )


class EditionForm(PartForm):
    """The form of an edition in the form of its work."""

    address_parts = {
        "slug": "edition",
        "number_slug": "publication",
        "second_number_slug": "publication",
    }


class ComponentForm(PartForm):
    """The form of a component in the form of its work."""

    address_parts = {"slug": "component", "number_slug": "publication"}


class EditionPageForm(CorrectableForm, EditionForm):
    """The form of an edition on its own page."""


class ComponentPageForm(CorrectableForm, ComponentForm):
    """The form of a component on its own page."""


class PartAdmin(CorrectableAdmin, EditorAdmin):
    """What the pages of editions and components share."""

    list_display = ["identifier", "publication", "approved_words", "state", "state_grounds"]
    list_filter = ["state", "publication__sector", "approved_precision"]
    list_select_related = ["publication"]
    # Searched by `catalog.admin.searching`; the column stands for Django, which asks for one.
    search_fields = ["identifier"]
    search_help_text = _("An identifier in any spelling (g711, G 711 amd 1), or words of a title.")
    fieldsets = None

    def get_search_results(self, request, queryset, search_term):
        """Return the rows with this identifier, however it is spelt, or with these words."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(searching.parts(queryset.model, search_term)), False

    @admin.display(description=_("approved"), ordering="approved")
    def approved_words(self, part: DatedText) -> str:
        """Return the date of approval, no more exact than it is known."""
        return date_words(part.approved, part.approved_precision, short=True)

    def save_related(self, request, form, formsets, change):
        """Save, then work out the standing of the work."""
        super().save_related(request, form, formsets, change)
        upkeep.works_changed([form.instance.publication_id])

    def delete_model(self, request, obj):
        """Delete, then work out the standing of the work."""
        super().delete_model(request, obj)
        upkeep.works_changed([obj.publication_id])

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        """Delete several, then work out the standing of their works."""
        works = set(queryset.values_list("publication", flat=True))
        super().delete_queryset(request, queryset)
        upkeep.works_changed(works)


DATES_AND_STATE = (
    _("Dates and state"),
    {
        "fields": (
            "approved",
            "approved_precision",
            "posted",
            "posted_precision",
            "state",
            "state_grounds",
            "position",
        )
    },
)
TEXT = (_("The text"), {"fields": ("title", "abstract", "link")})


@admin.register(Edition)
class EditionAdmin(PartAdmin):
    """Editions, one row for each date of approval or version."""

    form = EditionPageForm
    autocomplete_fields = ["publication"]
    fieldsets = (
        (
            _("What it is"),
            {
                "fields": (
                    "publication",
                    "identifier",
                    "slug",
                    "number_slug",
                    "version",
                    "second_identifier",
                    "second_number_slug",
                )
            },
        ),
        DATES_AND_STATE,
        TEXT,
    )


@admin.register(Component)
class ComponentAdmin(PartAdmin):
    """Amendments, corrigenda, annexes and other components."""

    form = ComponentPageForm
    list_display = ["identifier", "type", "publication", "edition", "approved_words", "state"]
    list_filter = ["type", "state", "publication__sector"]
    list_select_related = ["publication", "edition"]
    autocomplete_fields = ["publication", "edition"]
    fieldsets = (
        (
            _("What it is"),
            {"fields": ("publication", "edition", "type", "identifier", "slug", "number_slug")},
        ),
        DATES_AND_STATE,
        TEXT,
    )
