"""What readers report, and the list of all entries that serves the choosing of others."""

from __future__ import annotations

from django.contrib import admin, messages
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.addresses import is_own_page
from catalog.admin.content import EditorAdmin
from catalog.admin.read_only import ReadOnly
from catalog.models import ProblemReport, SearchEntry
from catalog.search.match import find


@admin.register(ProblemReport)
class ProblemReportAdmin(EditorAdmin):
    """Reports of readers; an editor reads them and marks them as handled."""

    list_display = ["created", "page", "start", "contact", "handled"]
    list_filter = ["handled", "created"]
    search_fields = ["page", "message", "contact"]
    fields = ("created", "page_link", "message", "contact", "handled")
    readonly_fields = ("created", "page_link", "message", "contact")
    actions = ["mark_handled"]

    @admin.display(description=_("what is wrong"))
    def start(self, report: ProblemReport) -> str:
        """Return the beginning of the message."""
        return Truncator(report.message).chars(100)

    @admin.display(description=_("page"))
    def page_link(self, report: ProblemReport) -> str:
        """Return the page as a link if it is one of ours."""
        if is_own_page(report.page):
            return format_html('<a href="{}">{}</a>', iri_to_uri(report.page), report.page)
        return report.page

    @admin.action(description=_("Mark the chosen reports as handled"), permissions=["change"])
    def mark_handled(self, request, queryset):
        count = queryset.update(handled=True)
        words = ngettext("%d report marked.", "%d reports marked.", count) % count
        self.message_user(request, words, messages.SUCCESS)

    def view_on_site(self, obj: ProblemReport) -> str | None:
        """Return the page that the report is about."""
        return iri_to_uri(obj.page) if is_own_page(obj.page) else None

    def has_add_permission(self, request):
        """Forbid adding: reports come from readers."""
        return False


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnly, admin.ModelAdmin):
    """Answers what is typed into a relation to another entry; nobody edits these rows by hand."""

    search_fields = ["identifier", "title", "exact_names", "key"]
    list_display = ["title", "kind", "verification"]

    def get_search_results(self, request, queryset, search_term):
        """Return what the search of the portal finds, best first."""
        return find(search_term, queryset), False

    def to_field_allowed(self, request, to_field):
        """Let relations keep entries by their keys."""
        return to_field == "key" or super().to_field_allowed(request, to_field)

    def has_module_permission(self, request):
        """Hide these rows from the start page: they only serve the choice of entries."""
        return False
