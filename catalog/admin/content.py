"""Pages of the desk that change content: one write, checked against what the editor saw."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
)
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from catalog.admin.conflicts.meanwhile import Meanwhile, number_in
from catalog.admin.conflicts.merging import merge
from catalog.admin.conflicts.too_late import deletion_of, form_address, what_was_typed
from catalog.admin.deletion import DeletingAdmin
from catalog.admin.history_pages import HistoryAdmin
from catalog.models.fields import LinesField, PlainTextField, WebLinkField
from catalog.search.index import KeyTaken
from catalog.writing.edit import editing
from catalog.writing.locks import CatalogueBusy
from catalog.writing.record import catalogue_version

LONG_LINE = 200
# A second try sees what the first one ran into, and says it at the field.
TRIES = 2


class EditorAdmin(admin.ModelAdmin):
    """A page of the editors' desk: boxes as large as their texts, a link to the public page."""

    list_per_page = 50
    # One counting of a long table is enough, that of the rows found.
    show_full_result_count = False
    formfield_overrides = {
        LinesField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
        PlainTextField: {"widget": AdminTextareaWidget(attrs={"rows": 5})},
        WebLinkField: {"widget": AdminURLFieldWidget},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Give long one-line texts a long box."""
        is_long = (db_field.max_length or 0) >= LONG_LINE
        if type(db_field) is models.CharField and is_long and not db_field.choices:
            kwargs["widget"] = AdminTextInputWidget(attrs={"class": "vLargeTextField"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.ForeignKey | models.ManyToManyField) and field:
            # A Sector or series is not deleted in passing, from the form of one of its works.
            field.widget.can_delete_related = False
        return field

    def view_on_site(self, obj: models.Model) -> str:
        """Return the address of the public page.

        It is asked of the saved row: while a form with mistakes is shown again, `obj` carries
        the mistakes, and a wrong number has no address.
        """
        return self.model._base_manager.get(pk=obj.pk).get_absolute_url()


class ContentAdmin(DeletingAdmin, HistoryAdmin, EditorAdmin):
    """A page of the desk that changes content: all of it goes through one write.

    The write is `request.edit` while a form, a deletion or an action is answered. What others
    wrote since the page was shown is `request.meanwhile`; nothing is saved over it unasked.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show a form, or save it; what cannot be saved now is shown again as it was typed."""
        # Read before the rows: what is written in between is taken for later, and compared.
        request.seen = catalogue_version()
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        posted = request.POST

        def answer() -> HttpResponse:
            request.POST = posted
            row = self.watched(request, object_id)
            if object_id is not None and row is None:
                return self._too_late(request, object_id)
            request.meanwhile = self._merged(request, row)
            return super(ContentAdmin, self).changeform_view(
                request, object_id, form_url, extra_context
            )

        try:
            response = self.write(request, answer)
        except CatalogueBusy as busy:
            return self._shown_again(request, posted, object_id, form_url, extra_context, busy)
        if response.status_code == 302 and getattr(request, "meanwhile", None):
            for words in request.meanwhile.sentences:
                self.message_user(request, words, messages.INFO)
        return response

    def changelist_view(self, request, extra_context=None):
        """Keep one write open while an action runs."""
        request.seen = catalogue_version()
        if request.method != "POST":
            return super().changelist_view(request, extra_context)

        def answer() -> HttpResponse:
            return super(ContentAdmin, self).changelist_view(request, extra_context)

        return self.write(request, answer)

    def write(self, request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
        """Answer a request within one write, `request.edit`; return the answer.

        Messages to the user go out when the write is done. Raises CatalogueBusy, and changes
        nothing, if somebody else is writing or has just written what rules this write out.
        """
        for _try in range(TRIES):
            request.waiting_words = []
            try:
                with editing(request.user) as request.edit:
                    response = answer()
            except (IntegrityError, KeyTaken) as error:
                refusal = error
                continue
            except ValidationError as refused:
                # What the form could not see: somebody else took a source away meanwhile.
                raise CatalogueBusy(" ".join(refused.messages)) from refused
            finally:
                waiting, request.waiting_words = request.waiting_words, None
            for arguments, options in waiting:
                super().message_user(request, *arguments, **options)
            return response
        raise CatalogueBusy(
            _("Somebody else has just saved something that conflicts with this.")
        ) from refusal

    def message_user(self, request, *arguments, **options):
        """Tell the user something; within a write, as soon as it is done."""
        if getattr(request, "waiting_words", None) is None:
            super().message_user(request, *arguments, **options)
        else:
            request.waiting_words.append((arguments, options))

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Return the form, which refuses what cannot be saved over what others wrote."""
        form = super().get_form(request, obj, change=change, **kwargs)
        meanwhile = getattr(request, "meanwhile", None)
        if meanwhile is None or not meanwhile.refusals.get(""):
            return form
        return type(form)(form.__name__, (form,), {"refusals": meanwhile.refusals[""]})

    def _create_formsets(self, request, obj, change):
        # The only place where Django has all tables of a form together.
        formsets, inlines = super()._create_formsets(request, obj, change)
        if meanwhile := getattr(request, "meanwhile", None):
            for form in (form for formset in formsets for form in formset.forms):
                form.refusals = meanwhile.refusals.get(form.prefix, {})
        return formsets, inlines

    def render_change_form(self, request, context, **options):
        """Show the form with the version that it is made from, and what others wrote meanwhile."""
        context["seen"] = request.seen
        context["left_to_publishers"] = self.left_to_publishers(request, options.get("obj"))
        context["meanwhile"] = meanwhile = getattr(request, "meanwhile", None)
        if meanwhile and meanwhile.clashes:
            # The template says what is to be done, in the place of Django's general sentence.
            context["errors"] = []
        return super().render_change_form(request, context, **options)

    def save_model(self, request, obj, form, change):
        request.edit.save(obj)

    def save_formset(self, request, form, formset, change):
        request.edit.save_formset(formset)

    def watched(self, request: HttpRequest, object_id: str | None) -> models.Model | None:
        """Return a row, with its entry locked before anything of it is read."""
        row = object_id and self.get_object(request, unquote(object_id))
        if row:
            request.edit.watch(row)
            row = self.get_object(request, unquote(object_id))
        return row or None

    def _merged(self, request: HttpRequest, row: models.Model | None) -> Meanwhile | None:
        """Merge what was sent with what others wrote meanwhile; None for a new row."""
        if row is None or not self.has_change_permission(request, row):
            return None
        request.seen, request.meanwhile = catalogue_version(), None
        request.POST, meanwhile = merge(self, request, row)
        return meanwhile

    def _shown_again(
        self, request, posted, object_id, form_url, extra_context, busy: CatalogueBusy
    ) -> HttpResponse:
        """Show a form with all that was typed and why it could not be saved just now."""
        request.POST = posted
        row = object_id and self.get_object(request, unquote(object_id))
        if object_id is not None and row is None:
            return self._too_late(request, object_id)
        request.meanwhile = self._merged(request, row) or Meanwhile()
        request.meanwhile.refuse(
            _("Nothing has been saved yet. %(busy)s Wait a moment, then save again.")
            % {"busy": busy}
        )
        # Within a transaction, as Django opens one here, SQLite would wait for the other writer.
        return self._changeform_view(request, object_id, form_url, extra_context)

    def _too_late(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer a form whose row is gone, or of another kind now: with what was typed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        deletion = deletion_of(self.model, unquote(object_id))
        pk = number_in(unquote(object_id))
        moved = self.model._meta.concrete_model._base_manager.filter(pk=pk).first()
        if deletion is None and moved is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Nothing was saved"),
            "opts": self.opts,
            "elsewhere": moved and form_address(moved),
            **what_was_typed(self, request, deletion),
        }
        return TemplateResponse(request, "admin/catalog/too_late.html", context, status=409)
