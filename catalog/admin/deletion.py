"""Deleting at the desk: with a reason, nothing unseen, and texts of the data set by publishers.

A text of the data set is deleted only by its name typed in; its address says what it was and why
it went. What anybody changed since the page was shown is shown before it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.admin.conflicts.meanwhile import in_brief, reported, seen_version
from catalog.admin.conflicts.too_late import deletion_of, form_address, history_address
from catalog.admin.protected import ProtectedRows
from catalog.admin.relations import that_name, ties_of
from catalog.models import (
    Component,
    Edition,
    EntryKey,
    KnownIdentifier,
    Publication,
    Revision,
    RowChange,
    SearchEntry,
    SearchText,
    SourceRecord,
    TopicOfWork,
)
from catalog.models.entry import Entry
from catalog.models.validators import validate_plain_text
from catalog.terms import RowAction
from catalog.timeline.rows import changes_of
from catalog.writing.aggregates import root_of
from catalog.writing.record import catalogue_version

PUBLISH = "catalog.delete_from_source"
# Made from the rest, and made anew with it: nobody misses them.
DERIVED = (KnownIdentifier, SearchEntry, EntryKey, SearchText, TopicOfWork)
SHOWN_CHANGES = 20
NAMED_TEXTS = 5


class DeletionForm(forms.Form):
    """The reason of a deletion; of a text of the data set also its name, typed in."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        error_messages={"required": gettext_lazy("Say in one sentence why you are deleting it.")},
        max_length=Revision._meta.get_field("reason").max_length,
        validators=[validate_plain_text],
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "One sentence. It is public: it is shown at the address of the deleted entry."
        ),
    )

    def __init__(self, *args, name: str = "", **options):
        super().__init__(*args, **options)
        self.name = name
        if name:
            self.fields["name"] = forms.CharField(
                label=_("Type ‘%(name)s’ to confirm") % {"name": name},
                widget=AdminTextInputWidget(attrs={"autocomplete": "off"}),
            )

    def clean_name(self) -> str:
        """Refuse any other name; blanks do not matter."""
        typed = self.cleaned_data["name"]
        if typed.split() != self.name.split():
            raise forms.ValidationError(
                _("This is not the name. Type ‘%(name)s’."), params={"name": self.name}
            )
        return typed


def of_the_data_set(rows: Iterable[models.Model]) -> list[models.Model]:
    """Return those of these rows that come from the data set, themselves or with a part.

    They are of one model. One query, whatever their number.
    """
    rows = list(rows)
    model = rows[0]._meta.concrete_model if rows else None
    if model not in (Publication, Edition, Component):
        return []
    name, pks = model._meta.model_name, [row.pk for row in rows]
    records = SourceRecord.objects.order_by()
    found = set(records.filter(**{f"{name}__in": pks}).values_list(name, flat=True))
    if model is Edition:
        parts = records.filter(component__edition__in=pks)
        found.update(parts.values_list("component__edition", flat=True))
    return [row for row in rows if row.from_source or row.pk in found]


def may_publish(request: HttpRequest) -> bool:
    """Whether the user may delete texts that come from the data set."""
    return request.user.has_perm(PUBLISH)


def publishers_words(row: models.Model) -> str:
    """Return a sentence saying that only publishers delete a row; empty if editors may, too."""
    return _only_publishers([row]) if of_the_data_set([row]) else ""


def _only_publishers(rows: Sequence[models.Model]) -> str:
    """Return the sentence that says so of rows that are of the data set or have such a part."""
    named = get_text_list([_named(row) for row in rows[:NAMED_TEXTS]], _("and"))
    words = ngettext(
        "%(named)s comes from the data set: only a publisher can delete it, on its own page.",
        "%(number)d of the chosen texts come from the data set (%(named)s): only a publisher can "
        "delete them, each on its own page.",
        len(rows),
    )
    return words % {"named": named, "number": len(rows)}


def _named(row: models.Model) -> str:
    """Return what comes from the data set: the row, or only a component of it."""
    name = row._meta.concrete_model._meta.model_name
    if row.from_source or SourceRecord.objects.filter(**{name: row.pk}).exists():
        return str(row)
    return _("A component of %(label)s") % {"label": row}


def refused(
    model_admin: admin.ModelAdmin, request: HttpRequest, words: str, ways: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Answer 403 in words, with ways (label, address) back into the desk."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Only publishers can do this"),
        "opts": model_admin.opts,
        "words": words,
        "ways": ways,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/catalog/refused.html", context, status=403)


def written_since(row: models.Model, data: QueryDict) -> list[str]:
    """Return in sentences what others wrote to a row, and to what goes with it, meanwhile.

    `data` is what the page sent; if it does not say when it was made, a sentence says so.
    """
    seen = seen_version(data)
    if seen is None:
        return [
            _("The page was incomplete or out of date. Check what is to be deleted, then confirm.")
        ]
    changes = changes_of(row)
    if isinstance(row, Edition):
        parts = Component.objects.filter(edition=row).order_by().values("pk")
        changes |= RowChange.objects.filter(model="component", row_id__in=parts)
    newest = changes.filter(revision__number__gt=seen).select_related("revision__by")
    return [_sentence(change) for change in newest[:SHOWN_CHANGES]]


def _sentence(change: RowChange) -> str:
    words = _(RowAction(change.action).label)
    if change.action == RowAction.CHANGED:
        words = in_brief(change) or words
    return f"{change.label}: {words} ({reported(change)})"


class DeletingAdmin(ProtectedRows, admin.ModelAdmin):
    """Pages that delete; `write` is that of `ContentAdmin`."""

    def has_delete_permission(self, request, obj=None):
        """Let only publishers delete texts of the data set."""
        allowed = super().has_delete_permission(request, obj)
        if not allowed or obj is None or may_publish(request):
            return allowed
        return not of_the_data_set([obj])

    def left_to_publishers(self, request: HttpRequest, row: models.Model | None) -> str:
        """Return why an editor may not delete a row; the empty text if that is not the reason."""
        may = row is not None and super().has_delete_permission(request, row)
        return publishers_words(row) if may and not may_publish(request) else ""

    def delete_view(self, request, object_id, extra_context=None):
        """Ask for the reason, then delete within one write what the editor saw."""
        request.seen = catalogue_version()
        row = self.get_object(request, unquote(object_id))
        if words := self.left_to_publishers(request, row):
            ways = [
                (_("Form of %(label)s") % {"label": row}, form_address(row)),
                (_("History of %(label)s") % {"label": row}, history_address(row)),
            ]
            return refused(self, request, words, ways)
        if request.method != "POST":
            context = {**(extra_context or {}), **self._question(request, row)}
            return super().delete_view(request, object_id, context)
        posted = request.POST

        def answer() -> HttpResponse:
            request.POST = posted
            row = self.watched(request, object_id)
            if row is None:
                return self._gone_already(request, object_id)
            request.seen = catalogue_version()
            context = {**(extra_context or {}), **self._question(request, row, posted)}
            form = context["deletion_form"]
            if form.is_valid() and not context["written_meanwhile"]:
                request.edit.author.reason = form.cleaned_data["reason"]
            else:
                # Without values Django shows the page and deletes nothing.
                request.POST = QueryDict()
            return super(DeletingAdmin, self).delete_view(request, object_id, context)

        return self.write(request, answer)

    def get_deleted_objects(self, objs, request):
        """Return what will be deleted, without rows that only say how others are found."""
        listed, counts, lacking, protected = super().get_deleted_objects(objs, request)
        metas = [model._meta for model in _derived()]
        derived = {meta.verbose_name_plural for meta in metas}
        kept = {name: count for name, count in counts.items() if name not in derived}
        openings = tuple(f"{capfirst(meta.verbose_name)}: " for meta in metas)
        going = [*_without_derived(listed, openings), *ties_of(objs)]
        return going, kept, lacking, protected

    def get_actions(self, request):
        """Ask for a reason before several rows are deleted, too."""
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            _function, name, words = actions["delete_selected"]
            actions["delete_selected"] = (delete_several, name, words)
        return actions

    def delete_model(self, request, obj):
        request.edit.delete(obj)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            request.edit.delete(row)

    def _question(
        self, request: HttpRequest, row: models.Model | None, data: QueryDict | None = None
    ) -> dict:
        """Return what the page asks, and what others wrote since it was shown."""
        is_of_source = row is not None and bool(of_the_data_set([row]))
        root = root_of(row) if row else None
        return {
            "seen": request.seen,
            "is_of_the_data_set": is_of_source,
            "keep_address": form_address(row) if row else "",
            "comes_back": isinstance(row, Entry) and root is row,
            "part_of": None if root is row else root,
            "whole_history": history_address(root) if root else "",
            "named_by": that_name([row]) if row else [],
            "deletion_form": DeletionForm(data, name=str(row) if is_of_source else ""),
            "written_meanwhile": written_since(row, data) if row and data is not None else [],
        }

    def _gone_already(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer a request to delete a row that somebody else has deleted already."""
        deletion = deletion_of(self.model, unquote(object_id))
        if deletion is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        words = _("“%(label)s” has already been deleted (%(reported)s).")
        words_of_it = {"label": deletion.label, "reported": reported(deletion)}
        self.message_user(request, words % words_of_it, messages.WARNING)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return HttpResponseRedirect(reverse(name))


def _derived() -> Iterator[type[models.Model]]:
    """Yield the models of rows that are made from others, tables of plain links included."""
    yield from DERIVED
    for model in apps.get_app_config("catalog").get_models(include_auto_created=True):
        if model._meta.auto_created:
            yield model


def _without_derived(listed: list, openings: tuple[str, ...]) -> list:
    """Return Django's nested list of what goes, each row behind the name of its kind, without
    the derived rows, which begin with one of these openings, and what belongs to them."""
    kept, is_left_out = [], False
    for item in listed:
        if isinstance(item, list):
            if not is_left_out and (rest := _without_derived(item, openings)):
                kept.append(rest)
            continue
        is_left_out = str(item).startswith(openings)
        if not is_left_out:
            kept.append(item)
    return kept


def delete_several(
    model_admin: DeletingAdmin, request: HttpRequest, queryset: models.QuerySet
) -> HttpResponse | None:
    """Delete the chosen rows, as the action of Django does, after the same questions."""
    rows = list(queryset)
    if refused := of_the_data_set(rows):
        _refuse(model_admin, request, refused)
        return None
    form, meanwhile = DeletionForm(), []
    if request.POST.get("post"):
        for row in rows:
            request.edit.watch(row)
        # Read again: somebody may have been first while this write waited for its turn.
        queryset = queryset.all()
        rows = list(queryset)
        form = DeletionForm(request.POST)
        chosen = set(request.POST.getlist(helpers.ACTION_CHECKBOX_NAME))
        meanwhile = _meanwhile(rows, len(chosen), request.POST)
        if form.is_valid() and not meanwhile:
            request.edit.author.reason = form.cleaned_data["reason"]
            return delete_selected(model_admin, request, queryset)
    # Without values Django asks, and deletes nothing.
    request.POST = QueryDict()
    response = delete_selected(model_admin, request, queryset)
    response.context_data |= {
        "seen": catalogue_version(),
        "deletion_form": form,
        "written_meanwhile": meanwhile,
    }
    return response


def _refuse(model_admin: DeletingAdmin, request: HttpRequest, rows: Sequence[models.Model]) -> None:
    words = f"{_('Nothing was deleted.')} {_only_publishers(rows)}"
    model_admin.message_user(request, words, messages.ERROR)


def _meanwhile(rows: list[models.Model], chosen: int, data: QueryDict) -> list[str]:
    found = []
    if len(rows) < chosen:
        number = chosen - len(rows)
        words = ngettext(
            "%d of the chosen rows is no longer there.",
            "%d of the chosen rows are no longer there.",
            number,
        )
        found.append(words % number)
    for row in rows:
        found += written_since(row, data)
    return list(dict.fromkeys(found))[:SHOWN_CHANGES]
