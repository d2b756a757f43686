"""Sources on pages of their own, and the table of those of an entry in its form."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.admin.content import ContentAdmin
from catalog.admin.forms import EditorForm
from catalog.admin.formsets import kept_forms
from catalog.admin.keyed_rows import KeyedFormSet, KeyedInline
from catalog.admin.source_gaps import form_of, gaps_page
from catalog.models import SearchEntry, Source, SourceUse
from catalog.models.sources import NEEDS_SOURCE
from catalog.rules.checked import can_be_looked_up, without_source
from catalog.writing import sourcing

SHOWN_USES = 100


class SourcesFormSet(KeyedFormSet):
    """The sources of an entry; one that is called checked keeps one that can be looked up."""

    def clean(self) -> None:
        """Refuse to call an entry checked that names no such source."""
        super().clean()
        key, mark = self.instance.key, self.instance.verification
        sources = (getattr(form.instance, "source", None) for form in self._with_source())
        supported = [key for source in sources if source.can_be_looked_up]
        if mark and without_source({key: mark}, supported):
            raise ValidationError(NEEDS_SOURCE)

    def _with_source(self) -> list:
        return [form for form in kept_forms(self) if form.instance.source_id]


class SourcesInline(KeyedInline):
    """The sources of an entry, each with what it supports and the statement where it stands."""

    model = SourceUse
    formset = SourcesFormSet
    prefix = "sources"
    fields = ("source", "supports", "statement", "position")
    autocomplete_fields = ("source",)
    sizes = {"supports": 30, "statement": 30}

    def get_queryset(self, request):
        """Read the sources with the rows, whose labels hold them."""
        return super().get_queryset(request).select_related("source")


class SourceForm(EditorForm):
    """The form of a source; what rests on it alone stays honest."""

    def clean(self) -> dict:
        """Refuse to take away what makes the source one that others can look up."""
        cleaned = super().clean()
        values = (cleaned.get(name) or "" for name in ("url", "how", "dated"))
        stays = can_be_looked_up(*values)
        if self.instance.pk and not stays and (keys := sourcing.that_lose(self.instance)):
            words = _(
                "Entries that are called checked rest on this source alone (%(keys)s). Keep the "
                "address, or the kind ‘Printed text’ with its date, or change their verification "
                "status first."
            )
            self.add_error("url", ValidationError(words, params={"keys": ", ".join(keys[:10])}))
        return cleaned


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    """What was looked at, and which entries rest on it."""

    form = SourceForm
    list_display = ["title", "publisher", "dated", "how", "is_official", "number_of_uses"]
    list_filter = ["how", "is_official"]
    search_fields = ["title", "publisher", "url", "key"]
    search_help_text = _("Words of the title, the publisher, an address or a key.")
    fields = (
        *("title", "publisher", "url", "dated", "how", "is_official", "seen", "note", "key"),
        "entries",
    )
    view_on_site = False
    change_list_template = "admin/catalog/source/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Count the entries that rest on each source."""
        return super().get_queryset(request).annotate(uses_counted=Count("uses"))

    def get_urls(self) -> list:
        """Add the page of what is missing."""
        own = path("gaps/", self.admin_site.admin_view(self.gaps), name="catalog_source_gaps")
        return [own, *super().get_urls()]

    def gaps(self, request: HttpRequest) -> HttpResponse:
        """Show what rests on general knowledge, what has no source, and which notes are loose."""
        return gaps_page(self, request)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"key": ("title",)}

    def get_readonly_fields(self, request, obj=None):
        """Fix the key of a source that exists: the fixtures find it by its key."""
        return ["entries", "key"] if obj else ["entries"]

    @admin.display(description=_("entries"), ordering="uses_counted")
    def number_of_uses(self, source: Source) -> int:
        """Return how many entries rest on a source."""
        return source.uses_counted

    @admin.display(description=_("entries that rest on it"))
    def entries(self, source: Source) -> SafeString | str:
        """Return the entries that rest on a source, each with what it supports."""
        uses = list(SourceUse.objects.filter(source=source.pk).order_by("entry_key")[:SHOWN_USES])
        rows = {
            row.key: row for row in SearchEntry.objects.filter(key__in=[u.entry_key for u in uses])
        }
        lines = [
            (form_of(rows[use.entry_key]), rows[use.entry_key].label, use.supports)
            for use in uses
            if use.entry_key in rows
        ]
        if not lines:
            return _("none")
        listed = format_html_join("", '<li><a href="{}">{}</a> {}</li>', lines)
        return format_html("<ul>{}</ul>", listed)
