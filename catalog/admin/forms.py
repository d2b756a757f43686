"""The forms of the editors' desk: every refusal stands at its field and says what is allowed."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from catalog.admin.addresses import check_address_part
from catalog.models import EntryKey
from catalog.models.entry import Entry
from catalog.models.fields import lines
from catalog.rules.visible_characters import without_leftovers


class EditorForm(forms.ModelForm):
    """A form that shows each refusal at the field that caused it, where there is one.

    `address_parts` names the fields that become part of an address, and which part. `refusals`
    holds, by field, why the form cannot be saved just now; see `catalog.admin.conflicts.meanwhile`.
    """

    address_parts: dict[str, str] = {}
    refusals: dict[str, str] = {}

    def add_error(self, field, error):
        """Note an error; what the model refuses as a whole goes to the field that caused it."""
        if field is None and hasattr(error, "error_dict"):
            error = ValidationError(self._placed(error.error_dict))
        super().add_error(field, error)

    def _placed(self, errors: dict[str, list[ValidationError]]) -> dict:
        placed: dict[str, list[ValidationError]] = {}
        for name, problems in errors.items():
            for problem in problems:
                place = self._place(problem) if name == NON_FIELD_ERRORS else name
                # A rule may speak of a field that this form leaves out.
                place = place if place in self.fields else NON_FIELD_ERRORS
                placed.setdefault(place, []).append(problem)
        return placed

    def _place(self, problem: ValidationError) -> str:
        """Return the last field of the constraint that speaks in these words."""
        if unique := (problem.params or {}).get("unique_check"):
            return unique[-1]
        for constraint in self._meta.model._meta.constraints:
            if str(constraint.get_violation_error_message()) == str(problem.message):
                return _columns(constraint)[-1]
        return NON_FIELD_ERRORS

    def clean(self):
        """Drop what copying leaves in texts; refuse what no address can carry.

        Both before the model's own checks see it.
        """
        cleaned = super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = without_leftovers(value)
        for name, kind in self.address_parts.items():
            if value := self.cleaned_data.get(name):
                try:
                    check_address_part(value, kind)
                except ValidationError as error:
                    self.add_error(name, error)
        for name, words in self.refusals.items():
            self.add_error(name if name in self.fields else None, words)
        return cleaned


def _columns(constraint) -> list[str]:
    if isinstance(constraint, UniqueConstraint):
        return list(constraint.fields)
    if isinstance(constraint, CheckConstraint):
        return list(_columns_of(constraint.condition)) or [NON_FIELD_ERRORS]
    return [NON_FIELD_ERRORS]


def _columns_of(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _columns_of(child)
        else:
            yield child[0].partition("__")[0]


class KeyForm(EditorForm):
    """A form for anything with a key: no two entries of any kind share one."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # In tables beside another form the key cannot be shown as plain text, so it is locked.
        if self.instance.pk and "key" in self.fields:
            self.fields["key"].disabled = True

    def clean_key(self) -> str:
        """Return the key if it is free."""
        key = self.cleaned_data["key"]
        self._refuse_taken([key])
        return key

    def clean_other_keys(self) -> str:
        """Return the further keys, each once, if they are well formed and free."""
        own = self.cleaned_data.get("key") or self.instance.key
        Entry._meta.get_field("other_keys").run_validators(self.cleaned_data["other_keys"])
        keys = list(dict.fromkeys(lines(self.cleaned_data["other_keys"])))
        if own in keys:
            raise ValidationError(
                _("‘%(key)s’ is the key of this entry; list only additional ones."),
                params={"key": own},
            )
        self._refuse_taken(keys)
        return "\n".join(keys)

    def _refuse_taken(self, keys: list[str]) -> None:
        held = EntryKey.objects.filter(key__in=keys).select_related("entry")
        for row in held.exclude(
            entry__kind=self.instance.entry_kind, entry__object_id=self.instance.pk or 0
        ):
            raise ValidationError(
                _("The key ‘%(key)s’ is taken: it leads to %(holder)s. Choose another one."),
                params={"key": row.key, "holder": row.entry},
            )


class EntryForm(KeyForm):
    """The form of an entry: keys are checked."""
