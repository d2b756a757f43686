"""What putting something back would change, and who may do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.admin.deletion import of_the_data_set
from catalog.models import Revision, RowChange, Sector, SourceRecord
from catalog.models.validators import validate_plain_text
from catalog.terms import RowAction
from catalog.timeline import FieldChange, ThingChange, TimelineRow, length_of, timeline_of
from catalog.writing.aggregates import MODELS, RowKey, key_of, label_of, read_state, rows_of
from catalog.writing.record import differences
from catalog.writing.restore import state_after

# What is promised permanently, and what would move the addresses of thousands of texts.
FIXED = {(None, "key"), (Sector, "code")}


# Parts of entries that are deleted on pages of their own.
PAGES = ("edition", "component", "meeting")


class RestoreForm(forms.Form):
    """Why something is put back, and where the right value was seen."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=Revision._meta.get_field("reason").max_length,
        validators=[validate_plain_text],
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        help_text=_("One sentence. It is public: it is shown in the history."),
    )
    evidence = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=Revision._meta.get_field("evidence").max_length,
        validators=[validate_plain_text],
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        help_text=_("Where you saw the right value: page or document, publisher, date."),
    )

    def __init__(self, *args, needs_source: bool = False, **options):
        super().__init__(*args, **options)
        self.fields["evidence"].required = needs_source


class WriteHistory:
    """The history of an entry, read page by page."""

    def __init__(self, entry: models.Model):
        self.entry = entry

    def __len__(self) -> int:
        return length_of(self.entry)

    def __getitem__(self, part: slice) -> list[TimelineRow]:
        limit = part.stop - part.start
        return timeline_of(self.entry, with_people=True, limit=limit, offset=part.start)


@dataclass(frozen=True)
class ShownThing:
    """One row in the history; beside each field the change that can be put back, or None."""

    thing: ThingChange
    fields: list[tuple[FieldChange, bool]]


@dataclass(frozen=True)
class ShownRow:
    """One write in the history, and whether the state that it left can be put back.

    `before` is the version before a deletion, None if the write deleted no text or entry;
    `is_kept_out` says that only publishers bring back what it deleted.
    """

    row: TimelineRow
    things: list[ShownThing]
    is_restorable: bool
    before: int | None = None
    is_kept_out: bool = False


def shown(
    entry: models.Model, rows: Sequence[TimelineRow], *, is_first: bool
) -> Iterator[ShownRow]:
    """Yield rows of a history with what can be put back from them.

    `is_first` says that the first of them is the newest of all: its state is the present one. One
    query for each model that occurs.
    """
    there = _still_there(rows)
    deletions = {row.number for row in rows if _deletes(entry, row)}
    kept_out = kept_out_by(deletions)
    for place, row in enumerate(rows):
        things = [
            ShownThing(
                thing,
                [(field, _can_put_back(thing, field, there)) for field in thing.fields],
            )
            for thing in row.things
        ]
        is_gone = any(t.key == key_of(entry) and t.action == RowAction.DELETED for t in row.things)
        is_now = is_first and place == 0
        before = row.number - 1 if row.number in deletions else None
        yield ShownRow(row, things, not is_gone and not is_now, before, row.number in kept_out)


def kept_out_by(numbers: Iterable[int]) -> set[int]:
    """Return those of these writes that deleted texts which imports leave out since then.

    Only publishers bring such texts back.
    """
    if not (numbers := set(numbers)):
        return set()
    records = SourceRecord.objects.filter(kept_out_by__number__in=numbers).order_by()
    return set(records.values_list("kept_out_by__number", flat=True))


def is_restorable_column(model: type[models.Model], name: str) -> bool:
    """Whether an earlier value of a column may be put back by itself."""
    if (None, name) in FIXED or (model, name) in FIXED:
        return False
    try:
        return model._meta.get_field(name).editable
    except FieldDoesNotExist:
        return False


def differences_to(root: models.Model, number: int) -> list[RowChange]:
    """Return as unsaved changes what putting an entry back to a version would do.

    Empty if it would do nothing, or if the entry was not there at that version.
    """
    wanted = state_after(root, number)
    labels = {key_of(row): label_of(row) for row in rows_of(root)}
    for change in RowChange.objects.of_entry(root):
        labels.setdefault((change.model, change.row_id), change.label)
    return [
        RowChange(
            model=found.key[0],
            row_id=found.key[1],
            label=labels.get(found.key, ""),
            action=found.action,
            values=found.values,
        )
        for found in (differences(read_state(root), wanted) if wanted else ())
    ]


def needs_publisher(changes: Sequence[RowChange]) -> bool:
    """Whether changes would delete texts of the data set, or bring some back that were deleted."""
    for name in ("publication", "edition", "component"):
        own = [change for change in changes if change.model == name]
        gone = [change.row_id for change in own if change.action == RowAction.DELETED]
        if of_the_data_set(MODELS[name]._base_manager.filter(pk__in=gone)):
            return True
        back = [change.row_id for change in own if change.action == RowAction.ADDED]
        deletions = RowChange.objects.filter(
            model=name, row_id__in=back, action=RowAction.DELETED
        ).order_by()
        if SourceRecord.objects.filter(kept_out_by__in=deletions.values("revision")).exists():
            return True
    return False


def _deletes(entry: models.Model, row: TimelineRow) -> bool:
    """Whether a write deleted the entry or a part of it that has a page of its own."""
    return any(
        thing.action == RowAction.DELETED and (thing.key == key_of(entry) or thing.model in PAGES)
        for thing in row.things
    )


def _can_put_back(thing: ThingChange, field: FieldChange, there: set[RowKey]) -> bool:
    is_there = thing.key in there and thing.action == RowAction.CHANGED
    return is_there and is_restorable_column(MODELS[thing.model], field.column)


def _still_there(rows: Sequence[TimelineRow]) -> set[RowKey]:
    wanted: dict[str, set[int]] = {}
    for thing in (thing for row in rows for thing in row.things):
        if thing.model != "correction":
            wanted.setdefault(thing.model, set()).add(thing.row_id)
    return {
        (name, pk)
        for name, pks in wanted.items()
        for pk in MODELS[name]._base_manager.filter(pk__in=pks).values_list("pk", flat=True)
    }
