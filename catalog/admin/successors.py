"""What took the place of texts that are no longer in force: one row for each successor."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from catalog.admin.content import ContentAdmin
from catalog.admin.forms import EditorForm
from catalog.models import Publication, Successor
from catalog.models.references import WORK_COLUMNS


class WaitingFilter(admin.SimpleListFilter):
    """Filters successions by whether both texts are in this catalogue."""

    title = _("the two texts")
    parameter_name = "waiting"

    def lookups(self, request, model_admin):
        return [("yes", _("One is not in this catalogue")), ("no", _("Both are in this catalogue"))]

    def queryset(self, request, queryset):
        waiting = Successor.objects.waiting().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=waiting)
        return queryset.exclude(pk__in=waiting) if self.value() == "no" else queryset


class SuccessorForm(EditorForm):
    """A succession; a reference that an editor changes no longer leads to its former work."""

    def clean(self) -> dict:
        cleaned = super().clean()
        for reference, work in WORK_COLUMNS.items():
            if reference in self.changed_data:
                setattr(self.instance, work, None)
        return cleaned


@admin.register(Successor)
class SuccessorAdmin(ContentAdmin):
    """Successions, by the text that is no longer in force."""

    form = SuccessorForm
    list_display = [
        "reference",
        "verb",
        "successor_reference",
        "since",
        "certainty",
        "source",
        "is_here",
    ]
    list_filter = ["verb", "certainty", WaitingFilter, "work__sector", "work__state"]
    list_select_related = ["source", "successor"]
    search_fields = ["reference", "successor_reference", "note"]
    raw_id_fields = ("source",)
    # A succession has no page of its own; those of the two texts show it.
    view_on_site = False
    fieldsets = (
        (
            _("What took the place of what"),
            {"fields": ("reference", "verb", "successor_reference", "since", "position")},
        ),
        (_("How sure we are"), {"fields": ("certainty", "source", "note")}),
    )

    @admin.display(description=_("successor in this catalogue"), boolean=True)
    def is_here(self, row: Successor) -> bool:
        """Return whether the successor has a page."""
        return row.successor_id is not None


class SuccessionLinks:
    """Shows on the form of a work what took its place, and whose place it took."""

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """Show the successions beside the fields of a work that exists."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "successions_shown"] if obj else fixed

    def get_fieldsets(self, request: HttpRequest, obj=None):
        """Put the successions with the links of a work that exists."""
        groups = super().get_fieldsets(request, obj)
        if obj is None:
            return groups
        return [*groups, (_("Successors"), {"fields": ("successions_shown",)})]

    @admin.display(description=_("successors and predecessors"))
    def successions_shown(self, work: Publication) -> str:
        """Return links to the forms of the successions, and to a new one."""
        rows = Successor.objects.filter(Q(work=work) | Q(successor=work))
        links = [
            (reverse("admin:catalog_successor_change", args=[row.pk]), str(row)) for row in rows
        ]
        new = f"{reverse('admin:catalog_successor_add')}?reference={work.identifier or work.key}"
        links.append((new, _("Add a successor")))
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', links)
        )
