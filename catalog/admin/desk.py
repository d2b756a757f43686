"""What readers report, and the list of all entries that serves the choosing of related ones."""

from __future__ import annotations

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.admin.entries import EditorAdmin
from catalog.models import ProblemReport, SearchEntry
from catalog.search.match import find


def is_own_page(page: str) -> bool:
    """Return whether what a reader sent as page is a path on this site, safe to link."""
    return page.startswith("/") and not page.startswith(("//", "/\\"))


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
            return format_html('<a href="{}">{}</a>', report.page, report.page)
        return report.page

    @admin.action(description=_("Mark the chosen reports as handled"), permissions=["change"])
    def mark_handled(self, request, queryset):
        """Mark reports as handled."""
        count = queryset.update(handled=True)
        words = ngettext("%d report marked.", "%d reports marked.", count) % count
        self.message_user(request, words, messages.SUCCESS)

    def view_on_site(self, obj: ProblemReport) -> str | None:
        """Return the page that the report is about."""
        return obj.page if is_own_page(obj.page) else None

    def has_add_permission(self, request):
        """Reports come from readers."""
        return False


@admin.register(SearchEntry)
class SearchEntryAdmin(admin.ModelAdmin):
    """Answers what is typed into ‘related entries’; nobody edits these rows by hand."""

    search_fields = ["identifier", "title", "exact_names", "key"]
    list_display = ["title", "kind", "verification"]

    def get_search_results(self, request, queryset, search_term):
        """Return what the search of the portal finds, best first."""
        return find(search_term, queryset), False

    def has_module_permission(self, request):
        """Keep the rows out of the start page."""
        return False

    def has_add_permission(self, request):
        """Rows are written by the index alone."""
        return False

    def has_change_permission(self, request, obj=None):
        """Rows are written by the index alone."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Rows are written by the index alone."""
        return False
