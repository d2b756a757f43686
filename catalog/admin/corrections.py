"""The list of corrections, and reverting to the source's value."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.admin.conflicts.meanwhile import number_in, reported
from catalog.admin.conflicts.too_late import deletion_of
from catalog.admin.content import ContentAdmin
from catalog.admin.deletion import SHOWN_CHANGES, written_since
from catalog.models import Correction
from catalog.writing import corrections
from catalog.writing.record import catalogue_version


class ConflictFilter(admin.SimpleListFilter):
    """Filters corrections by whether the source says something else by now."""

    title = _("the source")
    parameter_name = "conflict"

    def lookups(self, request, model_admin):
        return [("yes", _("In conflict with the source")), ("no", _("The source agrees now"))]

    def queryset(self, request, queryset):
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
class CorrectionAdmin(ContentAdmin):
    """Corrections are made on the forms of texts and reverted here; nobody edits them."""

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
        """Add the page that reverts a correction."""
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
        """Show a correction without a button to delete it: it is reverted instead."""
        extra = {**(extra_context or {}), "show_delete": False}
        return super().change_view(request, object_id, form_url, extra)

    def delete_view(self, request, object_id, extra_context=None):
        """Redirect to the page that reverts the correction."""
        if not str(object_id).isdecimal():
            raise Http404
        return HttpResponseRedirect(reverse("admin:catalog_correction_take_back", args=[object_id]))

    def has_add_permission(self, request):
        """Corrections are made on the form of the text."""
        return False

    def has_change_permission(self, request, obj=None):
        """Corrections are made on the form of the text."""
        return False

    @admin.action(description=_("Revert to the source’s value"), permissions=["delete"])
    def take_back(self, request, queryset):
        """Revert the chosen corrections after a confirmation page."""
        return self._take_back(request, queryset)

    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Revert one correction after a confirmation page."""
        if not self.has_delete_permission(request):
            raise PermissionDenied

        def answer() -> HttpResponse:
            found = self.get_queryset(request).filter(pk=number_in(str(pk)))
            if not found and (words := _taken_back_by(str(pk))):
                return self._taken_back_already(request, [words])
            if not found:
                raise Http404
            return self._take_back(request, found)

        return self.write(request, answer) if request.method == "POST" else answer()

    def _take_back(self, request: HttpRequest, queryset) -> HttpResponse:
        chosen = corrections.describe(queryset.select_related(*self.list_select_related))
        seen, meanwhile = catalogue_version(), []
        if request.method == "POST" and request.POST.get("post"):
            asked = {*map(str, request.POST.getlist(helpers.ACTION_CHECKBOX_NAME))}
            asked |= {str(correction.pk) for correction in chosen}
            for correction in chosen:
                request.edit.watch(correction)
            # Read again: somebody may have been first while this write waited for its turn.
            seen, chosen = catalogue_version(), corrections.describe(queryset.all())
            gone = asked - {str(correction.pk) for correction in chosen}
            meanwhile = [words for pk in sorted(gone) if (words := _taken_back_by(pk))]
            if not chosen:
                return self._taken_back_already(request, meanwhile)
            for correction in chosen:
                meanwhile += written_since(correction, request.POST)
            if not meanwhile:
                self._do_take_back(request, chosen)
                return HttpResponseRedirect(reverse("admin:catalog_correction_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revert to the source’s value?"),
            "opts": self.opts,
            "media": self.media,
            "corrections": chosen,
            "action": request.POST.get("action", ""),
            "seen": seen,
            "written_meanwhile": list(dict.fromkeys(meanwhile))[:SHOWN_CHANGES],
        }
        return TemplateResponse(request, "admin/catalog/correction/take_back.html", context)

    def _do_take_back(self, request: HttpRequest, chosen: list[Correction]) -> None:
        """Revert corrections within the write of the request, and say how many could be.

        What breaks a rule of the model stays as it is, and a message says why.
        """
        request.edit.author.reason = str(corrections.TAKEN_BACK)
        done = 0
        for correction in chosen:
            try:
                corrections.revert_in(request.edit, correction)
            except ValidationError as error:
                words = _("%(correction)s stays: %(reasons)s")
                params = {"correction": correction, "reasons": " ".join(error.messages)}
                self.message_user(request, words % params, messages.ERROR)
            else:
                done += 1
        if done:
            words = ngettext("%d correction reverted.", "%d corrections reverted.", done)
            self.message_user(request, words % done, messages.SUCCESS)

    def _taken_back_already(self, request: HttpRequest, reports: list[str]) -> HttpResponse:
        """Answer a request for corrections that somebody else has reverted already."""
        for words in reports[:SHOWN_CHANGES]:
            self.message_user(request, words, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:catalog_correction_changelist"))


def _taken_back_by(pk: str) -> str:
    """Return a sentence on who reverted a correction; empty if nobody did."""
    deletion = deletion_of(Correction, pk)
    if deletion is None:
        return ""
    words = _("%(correction)s: already reverted (%(reported)s).")
    return words % {"correction": deletion.label, "reported": reported(deletion)}


def _described(correction: Correction) -> Correction:
    if not hasattr(correction, "field_words"):
        corrections.describe([correction])
    return correction
