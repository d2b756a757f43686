"""The rows of one table of a form: changed, added or deleted by others while it was open."""

from __future__ import annotations

from django import forms
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.admin.conflicts.column_values import column_of, shown_at_first
from catalog.admin.conflicts.meanwhile import (
    KEEP,
    PENDING,
    ROW,
    THEIRS,
    Clash,
    RowStory,
    in_brief,
    number_in,
    reported,
)
from catalog.admin.conflicts.merging_fields import FieldMerging
from catalog.admin.conflicts.posted import PostedRow, PostedTable, is_same
from catalog.models import RowChange
from catalog.terms import RowAction
from catalog.timeline import Excerpt
from catalog.timeline.words import label_of_field
from catalog.writing.aggregates import key_of, label_of
from catalog.writing.values import value_of

WHOLE_ROW = f"{ROW}-{PENDING}"


class TableMerging:
    """One table: `formset` shows it as it would be shown now."""

    def __init__(self, fields: FieldMerging, formset: BaseInlineFormSet, *, can_change: bool):
        self.fields, self.formset, self.can_change = fields, formset, can_change
        self.meanwhile, self.data = fields.meanwhile, fields.data
        self.model = formset.model
        self.present = {str(form.instance.pk): form for form in formset.initial_forms}

    def run(self) -> None:
        """Merge the table: rows that are gone first, since the others are renumbered."""
        table = PostedTable.read(self.data, self.formset.prefix)
        if table is None:
            return
        kept, lost = self._sorted(table.present)
        table.new = [*(row for row in table.new if not self._stays_deleted(row)), *lost]
        table.present = kept
        table.write(self.data)
        for number, posted in enumerate(kept):
            form = self.present.get(posted.get("id"))
            if form is not None and self.can_change:
                form.prefix = f"{self.formset.prefix}-{number}"
                self._merge_row(form)
        for number, posted in enumerate(table.new, len(kept)):
            if WHOLE_ROW in posted:
                is_open = not any(posted is row for row in lost)
                self._clash_of_lost(f"{self.formset.prefix}-{number}", posted, is_open=is_open)
        self._note_additions({row.get("id") for row in kept})

    def _sorted(self, rows: list[PostedRow]) -> tuple[list[PostedRow], list[PostedRow]]:
        """Return the rows that are still there, and those that are gone but were worked on."""
        kept, lost = [], []
        for posted in rows:
            change = None if posted.get("id") in self.present else self._deletion(posted)
            if change is None:
                kept.append(posted)
            elif posted.get("DELETE"):
                continue
            elif self.can_change and self._is_touched(posted):
                del posted.values["id"]
                posted.values[WHOLE_ROW] = [str(change.pk)]
                lost.append(posted)
            else:
                self._note(_("%(thing)s was deleted (%(reported)s)."), change)
        return kept, lost

    def _deletion(self, posted: PostedRow) -> RowChange | None:
        """Return what deleted a row that was sent; None if it never was there."""
        pk = number_in(posted.get("id"))
        changes = RowChange.objects.filter(model=self.model._meta.model_name, row_id=pk)
        change = changes.select_related("revision__by").order_by("-revision__number").first()
        return change if change and change.action == RowAction.DELETED else None

    def _is_touched(self, posted: PostedRow) -> bool:
        """Whether the editor changed a row that others deleted."""
        key = (self.model._meta.model_name, number_in(posted.get("id")))
        base = self.fields.stories.get(key, RowStory()).base
        form = self.formset.empty_form
        data = QueryDict(mutable=True)
        for name, values in posted.values.items():
            data.setlist(form.add_prefix(name), values)
        for name, box in form.fields.items():
            if (column := column_of(form, name)) is None:
                continue
            sent = box.widget.value_from_datadict(data, {}, form.add_prefix(name))
            if name not in base or not is_same(box, shown_at_first(column, base[name]), sent):
                return True
        return False

    def _stays_deleted(self, posted: PostedRow) -> bool:
        """Take the editor's word on a row that others deleted; whether it stays so."""
        choice = posted.get(f"{ROW}-{KEEP}") if WHOLE_ROW in posted else ""
        if choice:
            del posted.values[WHOLE_ROW]
        return choice == THEIRS

    def _merge_row(self, form: forms.ModelForm) -> None:
        """Merge one row that still exists, which the editor may want deleted."""
        row, html = form.instance, form.add_prefix("DELETE")
        where = f"{row._meta.verbose_name}: {label_of(row)}"
        box = form.fields.get("DELETE")
        if box is None or not box.widget.value_from_datadict(self.data, {}, html):
            self.fields.merge(form, where)
            return
        change = self._net_change(row)
        choice = self.fields.choice(form.add_prefix(ROW))
        if choice == THEIRS:
            del self.data[html]
        elif change.values or choice == "" or (choice is None and self.fields.seen is None):
            story = self.fields.stories.get(key_of(row), RowStory())
            self._clash(
                form.add_prefix(ROW),
                where,
                story.newest,
                theirs=in_brief(change) or _("as it is now"),
                mine=_("to be deleted"),
                choices=(_("Keep the row as it is now"), _("Delete the row all the same")),
                is_open=choice == "",
            )
        # What was typed into a row that goes is of no use; what stands there now may stay.
        self.fields.take_all(form)

    def _net_change(self, row: models.Model) -> RowChange:
        """Return as one change what others did to a row since the form was made."""
        base = self.fields.stories.get(key_of(row), RowStory()).base
        values = {name: [old, value_of(row, name)] for name, old in base.items()}
        return RowChange(
            model=key_of(row)[0],
            row_id=row.pk,
            label=label_of(row),
            action=RowAction.CHANGED,
            values={name: pair for name, pair in values.items() if pair[0] != pair[1]},
        )

    def _clash_of_lost(self, prefix: str, posted: PostedRow, *, is_open: bool) -> None:
        """Return the question about a row that others deleted and the editor worked on."""
        changes = RowChange.objects.filter(model=self.model._meta.model_name)
        change = changes.filter(pk=number_in(posted.get(WHOLE_ROW))).first()
        form = self.formset.empty_form
        typed = [
            f"{label_of_field(column)}: {posted.get(name)}"
            for name in form.fields
            if (column := column_of(form, name)) is not None and posted.get(name)
        ]
        self._clash(
            f"{prefix}-{ROW}",
            f"{self.model._meta.verbose_name}: {change.label if change else ''}",
            change,
            theirs=_("deleted"),
            mine="; ".join(typed),
            choices=(_("Leave it deleted"), _("Add it again, with the values in my form")),
            pending=posted.get(WHOLE_ROW),
            is_open=is_open,
        )

    def _clash(self, name, where, change, *, theirs, mine, choices, is_open, pending="1") -> None:
        self.meanwhile.clashes.append(
            Clash(
                name=name,
                where=where,
                label=_("The whole row"),
                reported=reported(change),
                before=None,
                theirs=Excerpt(differing=theirs),
                mine=Excerpt(differing=mine),
                theirs_choice=choices[0],
                mine_choice=choices[1],
                pending=pending,
                is_open=is_open,
                is_row=True,
            )
        )

    def _note_additions(self, posted: set[str]) -> None:
        for (model, pk), story in self.fields.stories.items():
            is_row = model == self.model._meta.model_name and str(pk) in self.present
            if is_row and story.is_new and str(pk) not in posted:
                self._note(_("%(thing)s was added (%(reported)s)."), story.newest)

    def _note(self, sentence: str, change: RowChange) -> None:
        thing = f"{self.model._meta.verbose_name}: {change.label}"
        self.meanwhile.notes.append(sentence % {"thing": thing, "reported": reported(change)})
