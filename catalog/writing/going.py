"""What depends on a row that goes: rows of other entries, and its records in the data set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db import models

from catalog.models import EntryRelation, RowChange, SourceRecord
from catalog.models.entry import Entry
from catalog.terms import RowAction
from catalog.writing.aggregates import CONTENT, MODELS, PARTS, RowKey, key_of, model_name
from catalog.writing.values import kept_links, to_json

# Under this name the history of a deleted row keeps its records.
RECORDS = "source_records"
TOLD_OF = ("publication", "edition", "component")


def linked_rows(entry: Entry) -> Iterator[models.Model]:
    """Yield the rows of other entries that lead to an entry: they go with it, or lose the link."""
    model = entry._meta.concrete_model
    own = set(PARTS.get(model, ()))
    for relation in model._meta.related_objects:
        other, column = relation.related_model, relation.field.name
        if column in getattr(other, "derived_links", ()):
            continue
        if other in CONTENT and (other, column) not in own:
            yield from other._base_manager.filter(**{column: entry.pk})


def relations_to(entries: Iterable[Entry]) -> models.QuerySet[EntryRelation]:
    """Return the relations in which others name these entries: they go with them."""
    keys = [entry.key for entry in entries]
    return EntryRelation.objects.filter(target_key__in=keys).order_by("subject_key", "pk")


def records_by_row(row: models.Model) -> dict[RowKey, list[int]]:
    """Return the records of the data set behind a row and behind what goes with it."""
    name = model_name(row)
    if name not in TOLD_OF:
        return {}
    linked = models.Q(**{name: row.pk})
    if name == "edition":
        linked |= models.Q(component__edition=row.pk)
    elif name == "publication":
        linked |= models.Q(edition__publication=row.pk) | models.Q(component__publication=row.pk)
    found: dict[RowKey, list[int]] = defaultdict(list)
    links = [f"{label}_id" for label in TOLD_OF]
    for pk, *keys in SourceRecord.objects.filter(linked).values_list("pk", *links):
        for label, key in zip(TOLD_OF, keys, strict=True):
            if key is not None:
                found[label, key].append(pk)
    return dict(found)


def tie_records(deletions: Collection[RowChange]) -> None:
    """Give rows that are restored their records again, so that imports write them again.

    A record may stand for several of the rows, so all are tied before any is let in.
    """
    kept_out = {
        deletion: SourceRecord.objects.filter(
            pk__in=deletion.values[RECORDS][0], kept_out_by=deletion.revision_id
        )
        for deletion in deletions
        if RECORDS in deletion.values
    }
    for deletion, records in kept_out.items():
        records.update(**{f"{deletion.model}_id": deletion.row_id})
    for records in kept_out.values():
        records.update(kept_out_by=None)


def lost_elsewhere(root: models.Model, deletion: RowChange) -> Iterator[RowChange]:
    """Yield what the deletion of an entry did to rows of other entries."""
    label, pk = key_of(root)
    changes = RowChange.objects.filter(revision=deletion.revision_id, model__in=MODELS)
    yield from changes.exclude(entry_model=label, entry_id=pk).order_by("pk")


def links_to_tie(row: models.Model, change: RowChange) -> Iterator[tuple[str, set[int]]]:
    """Yield the many-to-many columns that lost links, each with what it shall lead to."""
    if change.action != RowAction.CHANGED:
        return
    for column in kept_links(type(row)):
        if column.name in change.values:
            old, new = (set(value or ()) for value in change.values[column.name])
            if lost := old - new:
                now = set(getattr(row, column.name).values_list("pk", flat=True))
                yield column.name, now | lost


def values_to_put_back(row: models.Model, change: RowChange) -> dict[str, object]:
    """Return the old values of the columns that nobody changed since."""
    if change.action != RowAction.CHANGED:
        return {}
    columns = {column.name: column for column in row._meta.concrete_fields}
    return {
        name: old
        for name, (old, new) in change.values.items()
        if name in columns and to_json(columns[name], getattr(row, columns[name].attname)) == new
    }
