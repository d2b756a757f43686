"""Topics and the Sustainable Development Goals."""

from __future__ import annotations

from django.contrib import admin

from catalog.admin.entries import EntryAdmin
from catalog.models import Goal, Topic


@admin.register(Topic)
class TopicAdmin(EntryAdmin):
    """What texts and activities are about."""

    list_display = ["name", "kind", "sector", "verification"]
    list_filter = ["kind", "sector", "verification"]
    list_select_related = ["sector"]
    search_fields = ["name", "aliases", "key"]
    autocomplete_fields = ["goals"]
    what = ("kind", "sector")
    links = ("goals",)


@admin.register(Goal)
class GoalAdmin(EntryAdmin):
    """The seventeen goals of the United Nations."""

    list_display = ["name", "number", "verification"]
    list_filter = ["verification"]
    search_fields = ["name", "aliases", "key"]
    what = ("number",)
