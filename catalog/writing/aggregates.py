"""Which rows belong to an entry: they are locked, compared, recorded and restored with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import models

from catalog.models import (
    CommonName,
    Component,
    Conference,
    Correction,
    Edition,
    EntryKey,
    EntryRelation,
    Initiative,
    Meeting,
    MembershipRight,
    MembershipType,
    OthersName,
    Publication,
    PublicationName,
    PublicationRelation,
    Right,
    Series,
    SeriesRange,
    SeriesSupplement,
    Source,
    SourceUse,
    Successor,
    TextFamily,
    Topic,
    TopicChoice,
    TopicRule,
)
from catalog.models.entry import Entry
from catalog.search.documents import ENTRY_MODELS, SOURCES
from catalog.writing.values import Values, kept_links, values_of

RowKey = tuple[str, int]  # name of the model, primary key
EntryState = dict[RowKey, Values]

# The rows of an entry, parents before children: the model, and the column that names the parent.
PARTS: dict[type[models.Model], tuple[tuple[type[models.Model], str], ...]] = {
    Publication: (
        (PublicationName, "publication"),
        (Edition, "publication"),
        (Component, "publication"),
        (PublicationRelation, "subject"),
        (SeriesSupplement, "supplement"),
        (Correction, "publication"),
        (Correction, "edition__publication"),
        (Correction, "component__publication"),
    ),
    Series: ((SeriesRange, "series"),),
    Conference: ((Meeting, "conference"),),
    Initiative: ((Meeting, "initiative"),),
    MembershipType: ((MembershipRight, "membership_type"),),
    Topic: ((TopicRule, "topic"), (TopicChoice, "topic")),
}
# The rows of entries of every kind: the model, and the column that holds the key of the entry.
KEYED_PARTS: dict[type[models.Model], str] = {
    EntryRelation: "subject_key",
    SourceUse: "entry_key",
}
# What belongs to no entry: each row stands for itself.
ALONE = (CommonName, OthersName, Right, Source, Successor, TextFamily)
CONTENT = frozenset(
    {
        *SOURCES,
        *ALONE,
        *KEYED_PARTS,
        *(model for rows in PARTS.values() for model, _column in rows),
    }
)
MODELS = {model._meta.model_name: model for model in CONTENT}
PARENT_COLUMNS = {
    Edition: "publication",
    Component: "publication",
    PublicationName: "publication",
    PublicationRelation: "subject",
    SeriesSupplement: "supplement",
    SeriesRange: "series",
    MembershipRight: "membership_type",
    Meeting: "parent",
    Correction: "thing",
    TopicRule: "topic",
    TopicChoice: "topic",
}


def model_name(row: models.Model) -> str:
    """Return the name by which history calls the model of a row; of a proxy that of its table."""
    return row._meta.concrete_model._meta.model_name


def key_of(row: models.Model) -> RowKey:
    """Return what identifies a row among all rows: model and primary key."""
    return (model_name(row), row.pk)


def root_of(row: models.Model) -> models.Model:
    """Return the entry to which a row belongs: of a component its work, of an entry itself."""
    model = row._meta.concrete_model
    if model in KEYED_PARTS:
        entry = entry_with_key(getattr(row, KEYED_PARTS[model]))
        return row if entry is None else root_of(entry)
    column = PARENT_COLUMNS.get(model)
    return row if column is None else root_of(getattr(row, column))


def entry_with_key(key: str) -> Entry | None:
    """Return the entry of any kind that answers to a key; None if there is none."""
    found = EntryKey.objects.filter(key=key).values_list("entry__kind", "entry__object_id")
    for kind, pk in found:
        return ENTRY_MODELS[kind]._base_manager.filter(pk=pk).first()
    return None


def rows_of(root: models.Model) -> Iterator[models.Model]:
    """Yield an entry and all rows that belong to it as the database has them, parents first.

    Yields nothing if the entry is gone.
    """
    model = root._meta.concrete_model
    entry = _with_links(model).filter(pk=root.pk).first() if root.pk else None
    if entry is None:
        return
    yield entry
    entries = [entry] if isinstance(entry, Entry) else []
    for part, column in PARTS.get(model, ()):
        for row in _with_links(part).filter(**{column: root.pk}).order_by("pk"):
            # Spares a query for each address.
            if "__" not in column and not isinstance(row, Meeting):
                setattr(row, column, entry)
            if isinstance(row, Entry):
                entries.append(row)
            yield row
    yield from keyed_rows(entries)


def keyed_rows(entries: Iterable[Entry]) -> Iterator[models.Model]:
    """Yield the relations and sources of entries."""
    keys = [entry.key for entry in entries]
    for part, column in KEYED_PARTS.items() if keys else ():
        yield from part._base_manager.filter(**{f"{column}__in": keys}).order_by("pk")


def entries_of(entry: Entry) -> list[Entry]:
    """Return an entry with the entries that go when it goes: the meetings of a conference."""
    found = [entry]
    for part, column in PARTS.get(entry._meta.concrete_model, ()):
        if issubclass(part, Entry):
            found += part._base_manager.filter(**{column: entry.pk})
    return found


def kinds_of_rows(root: models.Model) -> list[str]:
    """Return the names of the models of an entry and of what may belong to it, parents first."""
    model = root._meta.concrete_model
    parts = [part for part, _column in PARTS.get(model, ())]
    keyed = [*KEYED_PARTS] if issubclass(model, Entry) else []
    return [part._meta.model_name for part in (model, *parts, *keyed)]


def read_state(root: models.Model) -> EntryState:
    """Return the content of an entry and of all rows that belong to it; empty if it is gone."""
    return {key_of(row): values_of(row) for row in rows_of(root)}


def _with_links(model: type[models.Model]) -> models.QuerySet:
    rows = model._base_manager.prefetch_related(*(column.name for column in kept_links(model)))
    if model is Meeting:
        rows = rows.select_related("conference", "initiative")
    elif model is Correction:
        rows = rows.select_related("publication", "edition", "component")
    elif any(field.name == "sector" for field in model._meta.fields):
        rows = rows.select_related("sector")
    return rows


def label_of(row: models.Model) -> str:
    """Return what readers call a row, for history."""
    if isinstance(row, Correction):
        return f"{row.thing}: {row.thing._meta.get_field(row.field).verbose_name}"[:400]
    return str(row)[:400]
