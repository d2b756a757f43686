"""What the forms of publications, editions and components share: changes of imported fields.

On a row from the source such a change is a correction and needs its reason and source.
"""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.template.loader import render_to_string
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.admin.forms import EditorForm
from catalog.models import Correction
from catalog.models.validators import validate_plain_text
from catalog.writing import corrections
from catalog.writing.values import to_json

FIELDSET_HELP = _(
    "This entry comes from the public data set. If you change a field that the data set fills, "
    "say why and where you saw the right value. The field is then locked: no import changes it "
    "until the correction is reverted."
)


def sentence_field(label, help_text) -> forms.CharField:
    """Return a field for one sentence, as long as the column of a correction."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=Correction._meta.get_field("reason").max_length,
        validators=[validate_plain_text],
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
    )


class CorrectableForm(EditorForm):
    """A form that takes changes of imported fields only with a reason and a source."""

    correction_reason = sentence_field(
        _("Reason for the correction"), _("One sentence: what is wrong in the data set.")
    )
    correction_source = sentence_field(
        _("Source of the correction"),
        _("Where you saw the right value, and when: page or document, publisher, day."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.before = corrections.snapshot(self.instance)
        if self.before:
            for one in corrections.describe(Correction.objects.of(self.instance)):
                self._mark_locked(one)

    def _mark_locked(self, correction: Correction) -> None:
        if correction.field in self.fields:
            self.fields[correction.field].help_text = _(
                "Corrected, locked. The source says: %(value)s"
            ) % {"value": correction.source_words or _("nothing")}

    def clean(self):
        """Refuse changes of imported fields without reason and source, and name the fields."""
        cleaned = super().clean()
        fields = self._meta.model._meta
        changed = [
            str(fields.get_field(name).verbose_name)
            for name in self.before
            if self._is_changed(name)
        ] + self.further_changes()
        given = {
            name: self.cleaned_data.get(name) for name in ("correction_reason", "correction_source")
        }
        if changed:
            for name, text in given.items():
                if not text and name not in self.errors:
                    self.add_error(name, self._missing(changed))
        elif self.before and any(given.values()) and not self.errors:
            self.add_error(
                "correction_reason",
                _(
                    "You changed no field that the data set fills. Change such a "
                    "field, or clear this one."
                ),
            )
        return cleaned

    def further_changes(self) -> list[str]:
        """Return the labels of what the form corrects elsewhere; it needs a reason too."""
        return []

    def _missing(self, labels: list[str]) -> forms.ValidationError:
        return forms.ValidationError(
            ngettext(
                "You changed the field %(fields)s: say why, and where you saw the right value.",
                "You changed the fields %(fields)s: say why, and where you saw the right values.",
                len(labels),
            ),
            params={"fields": get_text_list([f"“{label}”" for label in labels], _("and"))},
        )

    def _is_changed(self, name: str) -> bool:
        """Return whether a field says something new; browsers’ line ends are nothing new."""
        if name not in self.fields or name not in self.cleaned_data:
            return False
        column = self._meta.model._meta.get_field(name)
        stored, value = self.before[name], to_json(column, self.cleaned_data[name])
        if isinstance(value, str) and isinstance(stored, str):
            value = value.replace("\r\n", "\n")
            if value.strip() == stored.replace("\r\n", "\n").strip():
                value = stored
            self.cleaned_data[name] = value
        return value != stored


class LockedFilter(admin.SimpleListFilter):
    """Rows with corrections."""

    title = _("corrections")
    parameter_name = "corrected"

    def lookups(self, request, model_admin):
        return [("yes", _("Corrected, locked"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            column = Correction.column_of(queryset.model)
            corrected = Correction.objects.exclude(**{column: None}).values(column)
            return queryset.filter(pk__in=corrected)
        return queryset


def locked_words(thing: models.Model) -> str:
    """Return which fields of a row are locked; it was read with its corrections."""
    names = [one.field for one in thing.corrections.all()]
    labels = [str(thing._meta.get_field(name).verbose_name) for name in sorted(names)]
    return f"{_('corrected, locked')}: {get_text_list(labels, _('and'))}" if labels else ""


class CorrectableAdmin(admin.ModelAdmin):
    """Pages of the desk for rows that may come from the source."""

    def get_queryset(self, request):
        """Read rows with their corrections, which list and form show."""
        return super().get_queryset(request).prefetch_related("corrections")

    def get_list_display(self, request):
        """Add the column of locked fields to every list."""
        return [*super().get_list_display(request), "locked"]

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), LockedFilter]

    def get_readonly_fields(self, request, obj=None):
        """Show the corrections that were made."""
        return [*super().get_readonly_fields(request, obj), "corrections_made"]

    def get_fieldsets(self, request, obj=None):
        """Ask for reason and source where the row comes from the source."""
        groups = list(super().get_fieldsets(request, obj))
        if obj and corrections.imported_fields(obj):
            fields = ("corrections_made", "correction_reason", "correction_source")
            groups.append((_("Correction"), {"fields": fields, "description": FIELDSET_HELP}))
        return groups

    @admin.display(description=_("locked fields"))
    def locked(self, thing: models.Model) -> str:
        return locked_words(thing)

    @admin.display(description=_("corrections made"))
    def corrections_made(self, thing: models.Model) -> str:
        """Return the corrections with their reasons, each with a link to revert it."""
        made = corrections.describe(Correction.objects.of(thing).select_related("by"))
        if not made:
            return str(_("None: all fields are as the source has them."))
        return render_to_string("admin/catalog/corrections_made.html", {"corrections": made})

    def save_related(self, request, form, formsets, change):
        """Save all rows first, so that the corrections noted are those that were saved."""
        super().save_related(request, form, formsets, change)
        if change and form.before:
            request.edit.author.reason = form.cleaned_data["correction_reason"]
            request.edit.author.evidence = form.cleaned_data["correction_source"]
            corrections.record(
                request.edit,
                form.instance,
                form.before,
                corrections.snapshot(form.instance),
                form.cleaned_data["correction_reason"],
                form.cleaned_data["correction_source"],
                request.user,
            )
