"""Membership types and what each of them may do."""

from __future__ import annotations

from django.contrib import admin

from catalog.admin.content import ContentAdmin
from catalog.admin.entries import EntryAdmin
from catalog.admin.forms import EditorForm, EntryForm
from catalog.admin.rows import RowsInline
from catalog.models import MembershipRight, MembershipType, Right


class MembershipTypeForm(EntryForm):
    address_parts = {"slug": "key"}


class RightInline(RowsInline):
    """The rights and duties of a membership type: its column in the comparison."""

    model = MembershipRight
    form = EditorForm
    fields = ("right", "answer", "words")
    autocomplete_fields = ["right"]
    sizes = {"words": 60}
    ordering = ["right__position"]

    def get_queryset(self, request):
        """Read the names of type and right with the rows, whose labels hold them."""
        return super().get_queryset(request).select_related("membership_type", "right")


@admin.register(MembershipType)
class MembershipTypeAdmin(EntryAdmin):
    """Membership types, each with its rights in one table."""

    form = MembershipTypeForm
    inlines = [RightInline]
    list_display = ["name", "position", "same_rights_as", "verification"]
    list_filter = ["verification"]
    list_select_related = ["same_rights_as"]
    search_fields = ["name", "aliases", "key"]
    autocomplete_fields = ["same_rights_as"]
    what = ("slug", "position", "same_rights_as")
    words = ("who_may_join", "approved_by", "how_to_join", "fee", "numbers", "often_wrong")


@admin.register(Right)
class RightAdmin(ContentAdmin):
    """The rows of the comparison."""

    form = EditorForm
    list_display = ["name", "group", "position"]
    list_filter = ["group"]
    search_fields = ["name", "key"]
    fields = ("name", "key", "group", "position")
    # A right is a row of the comparison and has no page of its own.
    view_on_site = False

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"key": ("name",)}

    def get_readonly_fields(self, request, obj=None):
        """Fix the key of a row that exists; the fixtures find it by its key."""
        return ["key"] if obj else []
