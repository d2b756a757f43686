"""The fields of one row, as they were sent and as others changed them meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.admin.conflicts.column_values import (
    column_of,
    shown_at_first,
    side_by_side,
    words_of,
    words_typed,
)
from catalog.admin.conflicts.meanwhile import (
    KEEP,
    MINE,
    PENDING,
    THEIRS,
    Clash,
    Meanwhile,
    RowStory,
    Taken,
    last_change,
    reported,
    seen_version,
    stories_of,
)
from catalog.admin.conflicts.posted import is_same, put
from catalog.timeline.words import label_of_field
from catalog.writing.aggregates import RowKey, key_of
from catalog.writing.values import Value, value_of


@dataclass
class FieldMerging:
    """What was sent (`data`), from which version (None if it does not say), and what came of it."""

    data: QueryDict
    seen: int | None
    stories: dict[RowKey, RowStory]
    meanwhile: Meanwhile = field(default_factory=Meanwhile)

    @classmethod
    def of(cls, data: QueryDict, row: models.Model) -> FieldMerging:
        """Read what others did to the entry of a row since the form was made."""
        seen = seen_version(data)
        return cls(data, seen, {} if seen is None else stories_of(row, seen))

    def choice(self, name: str) -> str | None:
        """Return what the editor chose of two values; None if there was nothing to choose."""
        if f"{name}-{PENDING}" not in self.data:
            return None
        choice = self.data.get(f"{name}-{KEEP}", "")
        return choice if choice in (MINE, THEIRS) else ""

    def merge(self, form: forms.ModelForm, where: str) -> None:
        """Merge the fields of one row.

        `form` shows the row as it is now; its prefix is that of the form that was sent. `where`
        says which row of a table it is.
        """
        for name, box in form.fields.items():
            column = column_of(form, name)
            if column is None:
                continue
            html = form.add_prefix(name)
            sent = box.widget.value_from_datadict(self.data, {}, html)
            shown = shown_at_first(column, value_of(form.instance, name))
            if not is_same(box, shown, sent):
                self._merge_field(form, column, sent, shown, where)

    def take_all(self, form: forms.ModelForm) -> None:
        """Put the present values into all fields of a row."""
        for name, box in form.fields.items():
            if (column := column_of(form, name)) is not None:
                shown = shown_at_first(column, value_of(form.instance, name))
                put(self.data, form.add_prefix(name), box, shown)

    def _merge_field(self, form: forms.ModelForm, column, sent, shown, where: str) -> None:
        """Merge one field for which a value was sent that differs from the present one."""
        name, html = column.name, form.add_prefix(column.name)
        box, choice = form.fields[name], self.choice(html)
        story = self.stories.get(key_of(form.instance), RowStory())
        theirs = value_of(form.instance, name)
        is_moved = name in story.base and story.base[name] != theirs
        if choice == THEIRS:
            put(self.data, html, box, shown)
            return
        if choice == MINE and not is_moved:
            return
        if choice is None and self.seen is not None:
            if not is_moved:
                return
            if is_same(box, shown_at_first(column, story.base[name]), sent):
                put(self.data, html, box, shown)
                self._take(column, where, story, theirs)
                return
        mine = words_typed(column, box, sent)
        self._clash(html, column, where, form.instance, story, mine, is_open=choice == "")
        words = _("Others changed this: choose under “Changed while your form was open”.")
        self.meanwhile.refuse(words, form.prefix or "", name)

    def _take(self, column: models.Field, where: str, story: RowStory, theirs: Value) -> None:
        pair = words_of(column, story.base[column.name]), words_of(column, theirs)
        before, after = side_by_side(column, *pair)
        change = story.last[column.name]
        self.meanwhile.taken.append(
            Taken(where, label_of_field(column), reported(change), before, after)
        )

    def _clash(
        self,
        html: str,
        column: models.Field,
        where: str,
        row: models.Model,
        story: RowStory,
        mine: str,
        *,
        is_open: bool,
    ) -> None:
        name, now = column.name, words_of(column, value_of(row, column.name))
        change = story.last.get(name) or last_change(row, name)
        before = None
        if name in story.base or change is not None:
            base = story.base[name] if name in story.base else change.values[name][0]
            before, _now = side_by_side(column, words_of(column, base), now)
        theirs_side, mine_side = side_by_side(column, now, mine)
        self.meanwhile.clashes.append(
            Clash(
                name=html,
                where=where,
                label=label_of_field(column),
                reported=reported(change),
                before=before,
                theirs=theirs_side,
                mine=mine_side,
                theirs_choice=_("Use the value that is there now"),
                mine_choice=_("Keep the value in my form"),
                is_open=is_open,
            )
        )
