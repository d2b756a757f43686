"""Rules that span several rows of a form: ranges, components with their editions, keys."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.db.models import UniqueConstraint
from django.forms.formsets import TOTAL_FORM_COUNT
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from catalog.models import Edition

MOST_NEW_ROWS = 20
# In a table to which nothing is added: rows that went since the page was made.
MEANWHILE_GONE = 5


def kept_forms(formset: BaseInlineFormSet) -> Iterator[forms.ModelForm]:
    """Yield the forms of the rows that will be there after saving."""
    for form in formset.forms:
        if formset.can_delete and formset._should_delete_form(form):
            continue
        if form.instance.pk or form.has_changed():
            yield form


class RowsFormSet(BaseInlineFormSet):
    """A table of rows; what must not stand twice is refused in the row and field that repeats it.

    Django checks this too, but says so above the table only, in words of the database. It also
    makes as many rows as the page says there are, up to 2,000, which takes most of a minute.
    """

    def total_form_count(self) -> int:
        """Return the number of rows: of those that were sent, not many more than there can be."""
        total = super().total_form_count()
        return min(total, self._most_rows()) if self.is_bound else total

    def full_clean(self) -> None:
        """Check the rows; refuse more new ones than one page takes."""
        super().full_clean()
        if not self.is_bound or not self.max_num or not self.management_form.is_valid():
            return
        sent = self.management_form.cleaned_data[TOTAL_FORM_COUNT]
        if self._most_rows() < sent <= self.absolute_max:
            self._non_form_errors.append(
                _("At most %(most)d rows can be added at once. Save in several steps.")
                % {"most": MOST_NEW_ROWS}
            )

    def _most_rows(self) -> int:
        new = MOST_NEW_ROWS if self.max_num else MEANWHILE_GONE
        return len(self.get_queryset()) + new

    def validate_unique(self) -> None:
        """Refuse a row that repeats what another row says."""
        for columns, words in self._unique_columns():
            stored = {self._stored(form, columns): form.instance.pk for form in self.initial_forms}
            seen: set[tuple] = set()
            held = self._held_elsewhere(columns)
            for form in kept_forms(self):
                value = self._value(form, columns)
                if form.errors or None in value:
                    continue
                pk = form.instance.pk
                if value in seen or (not pk and value in held):
                    form.add_error(columns[-1], words)
                elif pk and stored.get(value, pk) != pk:
                    form.add_error(
                        columns[-1],
                        _(
                            "Another row still has this value. Change that row and save, "
                            "then change this one."
                        ),
                    )
                seen.add(value)

    def _held_elsewhere(self, columns: list[str]) -> set[tuple]:
        """Return what rows of the parent hold that this table does not show: others added them."""
        if self.instance.pk is None:
            return set()
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
        shown = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        names = [self.model._meta.get_field(name).attname for name in columns]
        return set(rows.exclude(pk__in=shown).values_list(*names))

    def _unique_columns(self) -> Iterator[tuple[list[str], str]]:
        """Yield the columns that no two rows share, the link to the parent left out."""
        meta = self.model._meta
        for field in meta.concrete_fields:
            if field.unique and not field.primary_key and field.name in self.form.base_fields:
                yield [field.name], _("Another row has this value.")
        for constraint in meta.constraints:
            if (
                not isinstance(constraint, UniqueConstraint)
                or self.fk.name not in constraint.fields
            ):
                continue
            words = constraint.violation_error_message
            if words == constraint.default_violation_error_message:
                words = _("Another row has this value.")
            yield [name for name in constraint.fields if name != self.fk.name], words

    def _stored(self, form: forms.ModelForm, columns: list[str]) -> tuple:
        """Return what a row has in the database; a column that the table lacks cannot differ."""
        now = self._value(form, columns)
        return tuple(
            form.initial.get(name, value) for name, value in zip(columns, now, strict=True)
        )

    def _value(self, form: forms.ModelForm, columns: list[str]) -> tuple:
        fields = map(self.model._meta.get_field, columns)
        return tuple(getattr(form.instance, field.attname) for field in fields)


class RangeFormSet(RowsFormSet):
    """The number ranges of a series; two of the same level never share a number."""

    def clean(self) -> None:
        """Refuse ranges that overlap, and name the other one."""
        super().clean()
        accepted: list = []
        for form in kept_forms(self):
            if form.errors:
                continue
            area = form.instance
            for other in accepted:
                if (
                    area.level == other.level
                    and area.first <= other.last
                    and other.first <= area.last
                ):
                    form.add_error("first", self._overlap(other))
                    break
            accepted.append(area)

    def _overlap(self, other) -> forms.ValidationError:
        return forms.ValidationError(
            _(
                "The range overlaps %(first)s to %(last)s, ‘%(title)s’, which has the same level. "
                "Ranges of one level must not share a number."
            ),
            params={"first": other.first, "last": other.last, "title": other.title},
        )


class ComponentFormSet(RowsFormSet):
    """The components of a work; each says which edition of this work it changes.

    `editions` is the formset of the editions in the same form, set by the admin of works.
    """

    editions: BaseInlineFormSet | None = None

    def add_fields(self, form, index) -> None:
        """Offer the editions of this work, read once for all rows."""
        super().add_fields(form, index)
        field = form.fields.get("edition")
        if field is None:
            return
        work = self.instance.pk
        editions = Edition.objects.filter(publication=work) if work else Edition.objects.none()
        field.queryset = editions
        if not hasattr(self, "edition_choices"):
            newest_first = editions.newest_first() if work else []
            self.edition_choices = [
                ("", field.empty_label),
                *((edition.pk, str(edition)) for edition in newest_first),
            ]
        field.choices = self.edition_choices

    def clean(self) -> None:
        """Refuse components whose edition will be gone once the editions are saved."""
        super().clean()
        if self.editions is None:
            return
        kept = list(kept_forms(self.editions))
        gone = {form.instance.pk for form in self.editions.initial_forms if form not in kept} - {
            None
        }
        for form in kept_forms(self):
            component = form.instance
            if component.edition_id in gone:
                form.add_error(
                    "edition",
                    _("This edition is to be deleted. Choose another one, or delete the row."),
                )
            elif not component.edition_id and "edition" not in form.errors and kept:
                form.add_error("edition", self._no_edition())

    def _no_edition(self) -> forms.ValidationError:
        if self.instance.pk and self.instance.editions.exists():
            return forms.ValidationError(_("Say which edition the component changes."))
        return forms.ValidationError(
            _(
                "A component changes an edition, and the first edition is only being added in "
                "this form. Save the editions first, then add the component and choose its edition."
            )
        )


class EntryFormSet(RowsFormSet):
    """Entries in the form of the entry that they belong to, such as meetings."""

    def clean(self) -> None:
        """Refuse a key that the parent is being given in the same form."""
        super().clean()
        parent = self.instance
        own = {parent.key, *parent.other_key_list}
        for form in kept_forms(self):
            if form.cleaned_data.get("key") in own and not form.instance.pk:
                form.add_error(
                    "key",
                    forms.ValidationError(
                        _("The key ‘%(key)s’ is taken: it leads to %(holder)s. Choose another."),
                        params={"key": form.cleaned_data["key"], "holder": parent},
                    ),
                )
