"""The list of corrections, and taking the source's value back."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog import corrections
from catalog.admin import upkeep
from catalog.admin.entries import EditorAdmin
from catalog.models import Correction, Publication


class ConflictFilter(admin.SimpleListFilter):
    """Corrections whose source says something else."""

    title = _("the source")
    parameter_name = "conflict"

    def lookups(self, request, model_admin):
        """Offer both cases."""
        return [("yes", _("In conflict with the source")), ("no", _("The source agrees now"))]

    def queryset(self, request, queryset):
        """Keep the corrections of one case."""
        conflicts = Correction.objects.in_conflict().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=conflicts)
        return queryset.exclude(pk__in=conflicts) if self.value() == "no" else queryset


class DescribedList(ChangeList):
    """A list whose rows carry their values in words."""

    def get_results(self, request):
        """Read the rows of the page and what their values mean."""
        super().get_results(request)
        self.result_list = corrections.describe(self.result_list)


@admin.register(Correction)
class CorrectionAdmin(EditorAdmin):
    """Corrections are made on the forms of texts and taken back here; nobody edits them."""

    list_display = [
        "thing",
        "field_label",
        "value_start",
        "source_start",
        "reason",
        "evidence",
        "by",
        "made",
    ]
    list_filter = [ConflictFilter, "field", "made"]
    list_select_related = ["publication", "edition", "component", "by"]
    search_fields = [
        "publication__identifier",
        "publication__name",
        "edition__identifier",
        "component__identifier",
        "reason",
        "evidence",
    ]
    fields = (
        "thing_link",
        "field_label",
        "value_label",
        "source_label",
        "reason",
        "evidence",
        "by",
        "made",
    )
    readonly_fields = ("thing_link", "field_label", "value_label", "source_label", "made")
    actions = ["take_back"]
    view_on_site = False

    @admin.display(description=_("publication, edition or component"))
    def thing(self, correction: Correction) -> str:
        """Return what was corrected."""
        return str(correction.thing)

    @admin.display(description=_("publication, edition or component"))
    def thing_link(self, correction: Correction) -> str:
        """Return what was corrected, with the way to its form."""
        thing = correction.thing
        address = reverse(f"admin:catalog_{Correction.column_of(thing)}_change", args=[thing.pk])
        return format_html('<a href="{}">{}</a>', address, thing)

    @admin.display(description=_("field"))
    def field_label(self, correction: Correction) -> str:
        """Return the field as forms call it."""
        return _described(correction).field_words

    @admin.display(description=_("corrected value"))
    def value_label(self, correction: Correction) -> str:
        """Return the value that stands in the catalogue."""
        return _described(correction).value_words

    @admin.display(description=_("value of the source"))
    def source_label(self, correction: Correction) -> str:
        """Return the value that the source has."""
        return _described(correction).source_words

    @admin.display(description=_("corrected value"))
    def value_start(self, correction: Correction) -> str:
        """Return the beginning of the value, for the list."""
        return Truncator(self.value_label(correction)).chars(120)

    @admin.display(description=_("value of the source"))
    def source_start(self, correction: Correction) -> str:
        """Return the beginning of the source's value, for the list."""
        return Truncator(self.source_label(correction)).chars(120)

    def get_changelist(self, request, **options):
        """Return the list whose rows carry their values in words."""
        return DescribedList

    def get_urls(self):
        """Add the page that takes a correction back."""
        view = self.admin_site.admin_view(self.take_back_view)
        name = "catalog_correction_take_back"
        return [path("<int:pk>/take-back/", view, name=name), *super().get_urls()]

    def get_actions(self, request):
        """Leave out plain deleting, which would leave the value without its reason."""
        return {
            name: action
            for name, action in super().get_actions(request).items()
            if name != "delete_selected"
        }

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a correction; it is taken back and not deleted."""
        extra = {**(extra_context or {}), "show_delete": False}
        return super().change_view(request, object_id, form_url, extra)

    def delete_view(self, request, object_id, extra_context=None):
        """Lead to the page that takes the correction back."""
        if not str(object_id).isdecimal():
            raise Http404
        return HttpResponseRedirect(reverse("admin:catalog_correction_take_back", args=[object_id]))

    def has_add_permission(self, request):
        """Corrections are made on the form of the text."""
        return False

    def has_change_permission(self, request, obj=None):
        """Corrections are made on the form of the text."""
        return False

    @admin.action(description=_("Take the source’s value back"), permissions=["delete"])
    def take_back(self, request, queryset):
        """Ask, then take the chosen corrections back."""
        return self._take_back(request, queryset)

    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then take one correction back."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        found = self.get_queryset(request).filter(pk=pk)
        if not found:
            raise Http404
        return self._take_back(request, found)

    def _take_back(self, request: HttpRequest, queryset) -> HttpResponse:
        chosen = corrections.describe(queryset.select_related(*self.list_select_related))
        if request.method == "POST" and request.POST.get("post"):
            done = take_back(request, chosen)
            words = ngettext(
                "%d value of the source taken back.", "%d values of the source taken back.", done
            )
            if done:
                self.message_user(request, words % done, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:catalog_correction_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take the source’s value back?"),
            "opts": self.opts,
            "media": self.media,
            "corrections": chosen,
            "action": request.POST.get("action", ""),
        }
        return TemplateResponse(request, "admin/catalog/correction/take_back.html", context)


def _described(correction: Correction) -> Correction:
    if not hasattr(correction, "field_words"):
        corrections.describe([correction])
    return correction


@transaction.atomic
def take_back(request: HttpRequest, chosen: Iterable[Correction]) -> int:
    """Take corrections back, bring lists and search up to date; return how many could be.

    What breaks a rule of the model stays as it is, and a message says why.
    """
    works: set[int] = set()
    done = 0
    for correction in chosen:
        try:
            thing = corrections.revert(Correction.objects.get(pk=correction.pk))
        except ValidationError as error:
            reasons = " ".join(error.messages)
            words = _("%(correction)s stays: %(reasons)s")
            messages.error(request, words % {"correction": correction, "reasons": reasons})
            continue
        works.add(thing.pk if isinstance(thing, Publication) else thing.publication_id)
        done += 1
    upkeep.works_changed(works)
    return done
