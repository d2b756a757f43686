"""The entries that were deleted, each with the way to bring it back."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.admin.deletion import may_publish
from catalog.admin.imports import ReadOnlyAdmin
from catalog.admin.restoring import kept_out_by
from catalog.models import DeletedEntry
from catalog.models.entry import Entry
from catalog.timeline.rows import actor_words
from catalog.timeline.words import moment_words
from catalog.writing.aggregates import MODELS


class MarkedList(ChangeList):
    """A list whose rows know whether the user may bring them back."""

    def get_results(self, request):
        """Read the rows of the page and mark them."""
        super().get_results(request)
        self.result_list = _marked(request, self.result_list)


def _marked(request: HttpRequest, deletions: Iterable[DeletedEntry]) -> list[DeletedEntry]:
    """Return deletions that know whether they are left to publishers."""
    deletions = list(deletions)
    numbers = [deletion.revision.number for deletion in deletions]
    kept_out = set() if may_publish(request) else kept_out_by(numbers)
    for deletion in deletions:
        deletion.is_left_to_publishers = deletion.revision.number in kept_out
    return deletions


@admin.register(DeletedEntry)
class DeletedEntryAdmin(ReadOnlyAdmin):
    """What was deleted, by whom and why; the history of each holds all that it said."""

    list_display = ["label", "kind", "when", "by", "reason", "ways"]
    list_select_related = ["revision__by", "revision__run"]
    search_fields = ["label", "revision__reason"]
    fields = ("label", "kind", "when", "by", "reason", "ways")
    readonly_fields = ("label", "kind", "when", "by", "reason", "ways")

    def get_queryset(self, request):
        """Leave the values, which may be long, to the page that brings an entry back."""
        return super().get_queryset(request).filter(model__in=MODELS).defer("values")

    def get_changelist(self, request, **options):
        """Return the list whose rows know whether the user may bring them back."""
        return MarkedList

    def get_object(self, request, object_id, from_field=None):
        """Return a deletion that knows whether the user may bring the entry back."""
        deletion = super().get_object(request, object_id, from_field)
        return _marked(request, [deletion])[0] if deletion else None

    @admin.display(description=_("kind"))
    def kind(self, deletion: DeletedEntry) -> str:
        return str(MODELS[deletion.model]._meta.verbose_name)

    @admin.display(description=_("deleted"), ordering="revision__made")
    def when(self, deletion: DeletedEntry) -> str:
        return moment_words(deletion.revision.made)

    @admin.display(description=_("by"))
    def by(self, deletion: DeletedEntry) -> str:
        return actor_words(deletion.revision, with_people=True)

    @admin.display(description=_("reason"))
    def reason(self, deletion: DeletedEntry) -> str:
        return deletion.revision.reason

    @admin.display(description=_("actions"))
    def ways(self, deletion: DeletedEntry) -> str:
        """Return the ways to its history and to bringing it back."""
        name = f"admin:catalog_{deletion.model}"
        before = deletion.revision.number - 1
        history = format_html(
            '<a href="{}">{}</a>',
            reverse(f"{name}_history", args=[deletion.row_id]),
            _("History of %(entry)s") % {"entry": deletion.label},
        )
        if not issubclass(MODELS[deletion.model], Entry):
            return history
        if deletion.is_left_to_publishers:
            words = _("It comes from the data set: only publishers can restore it.")
            return format_html("{} · {}", history, words)
        return format_html(
            '{} · <a href="{}">{}</a>',
            history,
            reverse(f"{name}_restore", args=[deletion.row_id, before]),
            _("Restore %(entry)s") % {"entry": deletion.label},
        )
