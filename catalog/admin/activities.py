"""Initiatives, partners, conferences and their meetings."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin.entries import EntryAdmin
from catalog.admin.forms import KeyForm
from catalog.admin.formsets import EntryFormSet
from catalog.admin.rows import RowsInline
from catalog.models import Conference, Initiative, Meeting, Partner


class MeetingInline(RowsInline):
    """The meetings of a conference or summit; the full form of each is one link away."""

    model = Meeting
    form = KeyForm
    formset = EntryFormSet
    show_change_link = True
    fields = ("name", "key", "year", "city", "country", "starts", "ends", "status")
    sizes = {"name": 30, "key": 18, "city": 14, "country": 14}
    ordering = ["-year", "key"]

    def get_prepopulated_fields(self, request, obj=None):
        """Propose the key of a new row while its name is typed."""
        return {"key": ("name",)}


@admin.register(Initiative)
class InitiativeAdmin(EntryAdmin):
    """Programmes, summits, indices, platforms, funds and the like."""

    inlines = [MeetingInline]
    list_display = ["name", "kind", "sector", "since", "until", "verification"]
    list_filter = ["verification", "kind", "sector"]
    list_select_related = ["sector"]
    search_fields = ["name", "aliases", "wordings", "key"]
    autocomplete_fields = ["topics", "goals", "partners", "publications", "study_groups"]
    what = ("kind", "sector", "since", "until")
    links = ("topics", "goals", "partners", "publications", "study_groups")


@admin.register(Partner)
class PartnerAdmin(EntryAdmin):
    """Organizations and processes that ITU works with."""

    list_display = ["name", "kind", "since", "until", "verification"]
    list_filter = ["kind", "verification"]
    search_fields = ["name", "aliases", "key"]
    autocomplete_fields = ["topics", "goals"]
    what = ("kind", "since", "until")
    links = ("topics", "goals")


@admin.register(Conference)
class ConferenceAdmin(EntryAdmin):
    """Recurring conferences, assemblies, forums and days."""

    inlines = [MeetingInline]
    list_display = ["name", "abbreviation", "kind", "sector", "verification"]
    list_filter = ["kind", "sector", "verification"]
    list_select_related = ["sector"]
    search_fields = ["name", "abbreviation", "aliases", "key"]
    autocomplete_fields = ["topics", "goals"]
    what = ("abbreviation", "kind", "sector", "since", "until", "role", "frequency", "head_title")
    links = ("topics", "goals")


@admin.register(Meeting)
class MeetingAdmin(EntryAdmin):
    """Meetings; the form of a conference or summit shows only some of their fields."""

    list_display = ["name", "belongs_to", "year", "city", "country", "status", "verification"]
    list_filter = ["status", "verification", "conference"]
    list_select_related = ["conference", "initiative"]
    search_fields = ["name", "city", "country", "key", "conference__name", "initiative__name"]
    autocomplete_fields = ["conference", "initiative", "outcomes"]
    what = (
        "conference",
        "initiative",
        "year",
        "city",
        "country",
        "starts",
        "ends",
        "dates_text",
        "status",
    )
    links = ("outcomes",)

    @admin.display(description=_("conference or summit"))
    def belongs_to(self, meeting: Meeting) -> str:
        """Return the name of the conference or summit."""
        return meeting.parent.name
