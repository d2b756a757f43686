"""The history of an entry at the desk, and the pages that put something of it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from catalog.admin.conflicts.meanwhile import number_in, seen_version
from catalog.admin.conflicts.too_late import deletion_of, form_address, history_address
from catalog.admin.deletion import may_publish, refused
from catalog.admin.restoring import (
    RestoreForm,
    WriteHistory,
    differences_to,
    is_restorable_column,
    kept_out_by,
    needs_publisher,
    shown,
)
from catalog.models import RowChange
from catalog.models.entry import Entry
from catalog.search.index import KeyTaken
from catalog.terms import RowAction
from catalog.timeline import in_words
from catalog.timeline.rows import changes_of
from catalog.writing import corrections
from catalog.writing.aggregates import MODELS, label_of, root_of
from catalog.writing.locks import CatalogueBusy
from catalog.writing.record import catalogue_version
from catalog.writing.restore import ChangedMeanwhile, restore, restore_value
from catalog.writing.values import value_of

ROWS = 20


class HistoryAdmin(admin.ModelAdmin):
    """Pages with the history of what they edit; it takes the place of Django's own."""

    def get_urls(self):
        """Add the pages that put something back."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = {
            "restore": ("<int:pk>/history/<int:number>/", self.restore_view),
            "value": ("<int:pk>/history/<int:change>/<slug:column>/", self.value_view),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"{name}_{page}")
            for page, (route, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """Show who changed what, when and why; also of an entry that was deleted."""
        row = self._row(request, unquote(object_id))
        root = row if row._state.adding else root_of(row)
        page = Paginator(WriteHistory(row), ROWS).get_page(request.GET.get("p"))
        is_first = page.number == 1 and not row._state.adding
        context = {
            "title": _("History: %(entry)s") % {"entry": self._label(row)},
            "page": page,
            "rows": list(shown(row, page.object_list, is_first=is_first)),
            "may_change": self.has_change_permission(request, row),
            "may_publish": may_publish(request),
            "is_left_to_publishers": not may_publish(request) and self._is_kept_out(row),
            "is_whole": root is row and isinstance(row, Entry),
            "whole": None if root is row else root,
            "whole_address": "" if root is row else history_address(root),
            **(extra_context or {}),
        }
        return self._page(request, "history", row, context)

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Ask, then put an entry with all its rows back to what it was at a version."""
        row = self._row(request, str(pk), to_change=True)
        if not isinstance(row, Entry) or (not row._state.adding and root_of(row) is not row):
            raise Http404
        changes = differences_to(row, number)
        if needs_publisher(changes) and not may_publish(request):
            return self._left_to_publishers(request, row)

        def write(form: RestoreForm, seen: int) -> None:
            reason, evidence = form.cleaned_data["reason"], form.cleaned_data["evidence"]
            restore(row, number, request.user, reason, evidence, seen=seen)

        return self._put_back(request, row, row, changes, write, needs_source=False)

    def value_view(self, request: HttpRequest, pk: int, change: int, column: str) -> HttpResponse:
        """Ask, then put one earlier value of a row back."""
        row = self._row(request, str(pk), to_change=True)
        found = changes_of(row).filter(pk=change, action=RowAction.CHANGED).first()
        thing = found and MODELS[found.model]._base_manager.filter(pk=found.row_id).first()
        if not thing or column not in found.values or not is_restorable_column(type(thing), column):
            raise Http404
        if not request.user.has_perm(f"catalog.change_{found.model}"):
            raise PermissionDenied
        pair = [value_of(thing, column), found.values[column][0]]
        planned = RowChange(
            model=found.model,
            row_id=thing.pk,
            label=label_of(thing),
            action=RowAction.CHANGED,
            values={} if pair[0] == pair[1] else {column: pair},
        )

        def write(form: RestoreForm, seen: int) -> None:
            reason, evidence = form.cleaned_data["reason"], form.cleaned_data["evidence"]
            restore_value(thing, column, found, request.user, reason, evidence, seen=seen)

        is_imported = column in corrections.imported_fields(thing)
        changes = [planned] if planned.values else []
        return self._put_back(request, row, thing, changes, write, needs_source=is_imported)

    def _put_back(
        self,
        request: HttpRequest,
        row: models.Model,
        thing: models.Model,
        changes: Sequence[RowChange],
        write: Callable[[RestoreForm, int], None],
        *,
        needs_source: bool,
    ) -> HttpResponse:
        """Show what would change and ask why; do it if the answer is given and nothing moved."""
        seen = catalogue_version()
        is_sent = request.method == "POST"
        form = RestoreForm(request.POST if is_sent else None, needs_source=needs_source)
        if is_sent and changes and form.is_valid():
            try:
                write(form, self._seen(request))
            except ChangedMeanwhile:
                form.add_error(
                    None,
                    _("Somebody has changed this entry in the meantime. Check it, then confirm."),
                )
            except ValidationError as error:
                form.add_error(None, error.messages)
            except (IntegrityError, KeyTaken):
                form.add_error(
                    None, _("Nothing was changed: another entry now has its key or its address.")
                )
            except CatalogueBusy as busy:
                form.add_error(None, _("Nothing was changed. %(busy)s") % {"busy": busy})
            else:
                self.log_change(request, row, _("Restored: %(reason)s") % form.cleaned_data)
                self.message_user(
                    request, _("“%(label)s” was restored.") % {"label": row}, messages.SUCCESS
                )
                return HttpResponseRedirect(form_address(row))
        context = {
            "title": _("Restore %(entry)s") % {"entry": self._label(row)},
            "seen": seen,
            "form": form,
            "things": in_words(changes),
        }
        return self._page(request, "restore", row, context)

    def _left_to_publishers(self, request: HttpRequest, row: models.Model) -> HttpResponse:
        """Say why an editor may not put this state back."""
        label = self._label(row)
        if row._state.adding:
            words = _("%(label)s comes from the data set: only publishers can restore it.")
        else:
            words = _(
                "This would delete texts of %(label)s that come from the data set, or restore "
                "some: only publishers can do that."
            )
        ways = [
            (_("History of %(label)s") % {"label": label}, history_address(row)),
            (_("Deleted entries"), reverse("admin:catalog_deletedentry_changelist")),
        ]
        return refused(self, request, words % {"label": label}, ways)

    def _is_kept_out(self, row: models.Model) -> bool:
        """Whether an entry that was deleted is brought back by publishers only."""
        deletion = deletion_of(self.model, str(row.pk)) if row._state.adding else None
        return deletion is not None and bool(kept_out_by([deletion.revision.number]))

    def _seen(self, request: HttpRequest) -> int:
        seen = seen_version(request.POST)
        if seen is None:
            raise ChangedMeanwhile
        return seen

    def _row(
        self, request: HttpRequest, object_id: str, *, to_change: bool = False
    ) -> models.Model:
        """Return a row, or the unsaved one of an entry that was deleted, if the user may see it."""
        row = self.get_object(request, object_id)
        if row is None:
            deletion = deletion_of(self.model, object_id)
            if deletion is None or (deletion.model, deletion.row_id) != (
                deletion.entry_model,
                deletion.entry_id,
            ):
                raise Http404
            row = self.model(pk=number_in(object_id))
        may = self.has_change_permission if to_change else self.has_view_or_change_permission
        if not may(request, None if row._state.adding else row):
            raise PermissionDenied
        return row

    def _label(self, row: models.Model) -> str:
        """Return what a row is called, or was called when it was deleted."""
        if not row._state.adding:
            return str(row)
        deletion = deletion_of(self.model, str(row.pk))
        return deletion.label if deletion else ""

    def _page(self, request: HttpRequest, name: str, row: models.Model, own: dict) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "label": self._label(row),
            "is_there": not row._state.adding,
            "media": self.media,
            **own,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/catalog/{name}.html", context)
