"""Which rows belong to an entry: they are locked, compared, recorded and restored with it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models

from catalog.models import (
    Component,
    Conference,
    Correction,
    Edition,
    Initiative,
    Meeting,
    MembershipRight,
    MembershipType,
    Publication,
    PublicationName,
    PublicationRelation,
    Right,
    Series,
    SeriesRange,
    SeriesSupplement,
)
from catalog.search.documents import SOURCES
from catalog.writing.values import Values, values_of

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
}
CONTENT = frozenset(
    {*SOURCES, Right, *(model for rows in PARTS.values() for model, _column in rows)}
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
}


def model_name(row: models.Model) -> str:
    """Return the name by which history calls the model of a row; of a proxy that of its table."""
    return row._meta.concrete_model._meta.model_name


def key_of(row: models.Model) -> RowKey:
    """Return what identifies a row among all rows: model and primary key."""
    return (model_name(row), row.pk)


def root_of(row: models.Model) -> models.Model:
    """Return the entry to which a row belongs: of a component its work, of an entry itself."""
    column = PARENT_COLUMNS.get(row._meta.concrete_model)
    if column is None:
        return row
    return root_of(getattr(row, column))


def rows_of(root: models.Model) -> Iterator[models.Model]:
    """Yield an entry and all rows that belong to it as the database has them, parents first.

    Yields nothing if the entry is gone.
    """
    model = root._meta.concrete_model
    entry = _with_links(model).filter(pk=root.pk).first() if root.pk else None
    if entry is None:
        return
    yield entry
    for part, column in PARTS.get(model, ()):
        for row in _with_links(part).filter(**{column: root.pk}).order_by("pk"):
            # Spares a query for each address.
            if "__" not in column and not isinstance(row, Meeting):
                setattr(row, column, entry)
            yield row


def read_state(root: models.Model) -> EntryState:
    """Return the content of an entry and of all rows that belong to it; empty if it is gone."""
    return {key_of(row): values_of(row) for row in rows_of(root)}


def _with_links(model: type[models.Model]) -> models.QuerySet:
    rows = model._base_manager.prefetch_related(*(f.name for f in model._meta.many_to_many))
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
