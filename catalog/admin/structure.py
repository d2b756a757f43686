"""Sectors, series with their ranges, groups and bodies."""

from __future__ import annotations

from django.contrib import admin

from catalog.admin.entries import EntryAdmin
from catalog.admin.forms import EditorForm, EntryForm
from catalog.admin.formsets import RangeFormSet
from catalog.admin.rows import RowsInline
from catalog.models import Body, Sector, Series, SeriesRange, StudyGroup


@admin.register(Sector)
class SectorAdmin(EntryAdmin):
    """The three Sectors and the Union as a whole."""

    list_display = ["name", "short_name", "position", "verification"]
    search_fields = ["name", "short_name", "aliases", "key"]
    autocomplete_fields = ["goals"]
    what = ("code", "short_name", "position")
    links = ("goals",)

    def get_readonly_fields(self, request, obj=None):
        """Fix the code of a Sector that exists: it begins the addresses of all its texts."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "code"] if obj else fixed


class SeriesForm(EntryForm):
    address_parts = {"letters": "series"}

    def clean_letters(self) -> str:
        """Return the letters in capitals, as in identifiers."""
        return self.cleaned_data["letters"].upper()


class RangeInline(RowsInline):
    """The number ranges of a series."""

    model = SeriesRange
    form = EditorForm
    formset = RangeFormSet
    fields = ("level", "first", "last", "title")
    sizes = {"title": 70}

    def get_queryset(self, request):
        """Read the letters of the series with the ranges, whose labels hold them."""
        return super().get_queryset(request).select_related("series")


@admin.register(Series)
class SeriesAdmin(EntryAdmin):
    """Lettered series with their number ranges."""

    form = SeriesForm
    inlines = [RangeInline]
    list_display = ["name", "sector", "letters", "title", "verification"]
    list_filter = ["sector", "verification"]
    list_select_related = ["sector"]
    search_fields = ["name", "letters", "title", "aliases", "key", "sector__short_name"]
    autocomplete_fields = ["study_groups"]
    what = ("sector", "letters", "title")
    words = ("ranges_evidence",)
    links = ("study_groups",)


class StudyGroupForm(EntryForm):
    address_parts = {"code": "group"}


@admin.register(StudyGroup)
class StudyGroupAdmin(EntryAdmin):
    """Study groups, advisory groups and committees."""

    form = StudyGroupForm
    list_display = ["name", "title", "sector", "kind", "started", "ended", "verification"]
    list_filter = ["sector", "kind", "verification"]
    list_select_related = ["sector"]
    search_fields = ["name", "title", "code", "aliases", "key"]
    autocomplete_fields = ["successors", "topics"]
    what = ("sector", "code", "kind", "title", "started", "ended", "position")
    words = ("succession",)
    links = ("successors", "topics")


@admin.register(Body)
class BodyAdmin(EntryAdmin):
    """Bureaux, boards, the Council and other standing bodies."""

    list_display = ["name", "abbreviation", "kind", "sector", "verification"]
    list_filter = ["sector", "kind", "verification"]
    list_select_related = ["sector"]
    search_fields = ["name", "abbreviation", "aliases", "key"]
    autocomplete_fields = ["topics"]
    what = ("sector", "kind", "abbreviation", "role", "frequency", "head_title")
    links = ("topics",)
