"""Editions and components on pages of their own, with every field they have."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin import searching
from catalog.admin.content import ContentAdmin
from catalog.admin.correctable import CorrectableAdmin, CorrectableForm
from catalog.admin.forms import EditorForm
from catalog.models import Component, Edition, Publication
from catalog.models.dates import DatedText
from catalog.wording.dates import date_words
from catalog.writing import corrections


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
    """The form of an edition on its own page; with its title that of the work can be corrected."""

    also_work = forms.BooleanField(label=_("Also correct the title of the work"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        work = self.instance.publication if self.instance.pk else None
        if work is not None and not _names_its_work(self.instance):
            del self.fields["also_work"]
        elif work is not None:
            self.fields["also_work"].help_text = _(
                "The work is called “%(name)s”. Tick this to give it the title above, with the "
                "same reason and source."
            ) % {"name": work.name}

    def further_changes(self) -> list[str]:
        """Return the title of the work, if it is corrected too."""
        if not self.cleaned_data.get("also_work"):
            return []
        title = self.cleaned_data.get("title", "")
        if not title and "title" not in self.errors:
            self.add_error("also_work", _("Write the title of the edition first."))
        return [] if title == self.instance.publication.name else [str(_("the title of the work"))]


class ComponentPageForm(CorrectableForm, ComponentForm):
    """The form of a component on its own page, where a correction gives its reason."""


class PartAdmin(CorrectableAdmin, ContentAdmin):
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


DATES_AND_STATE = (
    _("Dates and status"),
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

    def get_fieldsets(self, request, obj=None):
        """Offer to correct the title of the work where a correction asks for its reason."""
        groups = super().get_fieldsets(request, obj)
        for _heading, options in groups:
            if "correction_reason" in options["fields"] and obj and _names_its_work(obj):
                made, *others = options["fields"]
                options["fields"] = (made, "also_work", *others)
        return groups

    def save_related(self, request, form, formsets, change):
        """Save, and give the work the corrected title if that was asked for."""
        super().save_related(request, form, formsets, change)
        if change and form.before and form.cleaned_data.get("also_work"):
            work = Publication.objects.get(pk=form.instance.publication_id)
            title = form.instance.title
            if work.name == title:
                return
            if "name" in corrections.imported_fields(work):
                corrections.correct_in(request.edit, work, "name", title)
            else:
                work.name = title
                request.edit.save(work, update_fields=["name"])


def _names_its_work(edition: Edition) -> bool:
    """Whether the title of an edition may be that of its work: an older one may not."""
    work = edition.publication
    return work.current_edition_id in (None, edition.pk) or work.name == edition.title


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
