"""Topics with their rules and choices, and the Sustainable Development Goals."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.admin import searching
from catalog.admin.entries import EntryAdmin, RowsInline
from catalog.admin.forms import EditorForm
from catalog.models import Goal, Publication, Topic, TopicChoice, TopicRule


class RuleInline(RowsInline):
    """The rules of a topic, one below the other: a work needs to fit one."""

    model = TopicRule
    template = "admin/edit_inline/stacked.html"
    fields = (
        "position",
        "any_of",
        "all_of",
        "none_of",
        "series",
        "numbers",
        "groups",
        "kinds",
        "families",
    )


class ChoiceForm(EditorForm):
    """What was decided about one work, in the table of the topic."""

    def clean_reference(self) -> str:
        """Return the identifier of the work, however it was spelt; refuse what is not there."""
        typed = self.cleaned_data["reference"].strip()
        if self.instance.pk and typed == self.initial.get("reference"):
            return typed
        named = Publication.objects.filter(Q(identifier=typed) | Q(key=typed))
        found = named or Publication.objects.filter(pk__in=searching.works(typed))[:2]
        if len(found) != 1:
            raise ValidationError(
                _("“%(typed)s” is not one work of this catalogue. Write its identifier in full.")
                if found
                else _("No work of this catalogue has the identifier “%(typed)s”."),
                params={"typed": typed},
            )
        # The work that the row led to before may be another one.
        self.instance.work = found[0]
        return found[0].identifier or found[0].key


class ChoiceInline(RowsInline):
    """Works that stand under a topic, or not, whatever the rules say."""

    model = TopicChoice
    form = ChoiceForm
    fields = ("reference", "choice", "reason", "found")
    readonly_fields = ("found",)
    sizes = {"reference": 24, "reason": 40}

    def get_queryset(self, request):
        """Read the works with the choices."""
        return super().get_queryset(request).select_related("work__sector")

    @admin.display(description=_("work"))
    def found(self, choice: TopicChoice) -> str:
        """Return the work, or that it is not in this catalogue yet."""
        if choice.pk is None:
            return ""
        if choice.work is None:
            return _("not in this catalogue yet")
        return format_html(
            '<a href="{}">{}</a>', choice.work.get_absolute_url(), choice.work.shown_name
        )


@admin.register(Topic)
class TopicAdmin(EntryAdmin):
    """What texts and activities are about, and by which rules texts stand there."""

    inlines = [RuleInline, ChoiceInline]
    list_display = ["name", "kind", "sector", "verification"]
    list_filter = ["kind", "sector", "verification"]
    list_select_related = ["sector"]
    search_fields = ["name", "aliases", "key"]
    autocomplete_fields = ["goals"]
    what = ("kind", "sector")
    words = ("grounds",)
    links = ("goals",)


@admin.register(Goal)
class GoalAdmin(EntryAdmin):
    """The seventeen goals of the United Nations."""

    list_display = ["name", "number", "verification"]
    list_filter = ["verification"]
    search_fields = ["name", "aliases", "key"]
    what = ("number",)
