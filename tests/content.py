"""All that imports write, in a form in which two catalogues are compared row by row.

Left out are primary keys, keys of works, dates and versions of rows, and what left the source.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from catalog.models import (
    Component,
    CuratedValues,
    Edition,
    Publication,
    PublicationName,
    PublicationRelation,
    SeriesSupplement,
    SourceRecord,
)
from catalog.writing.values import to_json
from tests.found import some

Content = dict[tuple, dict[str, Any]]
NOT_COMPARED = {"id", "key", "added", "changed", "row_version", "left_source", "kept_out_by"}
MODELS = (
    Publication,
    Edition,
    Component,
    PublicationName,
    PublicationRelation,
    SeriesSupplement,
    SourceRecord,
    CuratedValues,
)


class Reader:
    """Reads the content once, links to works and parts as what tells these apart."""

    def __init__(self) -> None:
        self.works = {row.pk: row for row in Publication.objects.select_related("sector")}
        self.parts = {
            model: {row.pk: row for row in model.objects.all()} for model in (Edition, Component)
        }

    def name_of(self, model: type[models.Model], pk: int | None) -> Any:
        """Return what stands for a row in other rows."""
        if pk is None:
            return None
        if model is Publication:
            work = self.works[pk]
            return f"{work.sector.code}/{work.slug}"
        if model in self.parts:
            part = self.parts[model][pk]
            return (
                self.name_of(Publication, part.publication_id),
                part.number_slug,
                part.slug,
                part.identifier,
            )
        return pk

    def values_of(self, row: models.Model) -> dict[str, Any]:
        """Return the values of a row by column."""
        found = {}
        for column in row._meta.concrete_fields:
            if column.name in NOT_COMPARED:
                continue
            value = getattr(row, column.attname)
            if column.is_relation and column.related_model in (Publication, Edition, Component):
                found[column.name] = self.name_of(column.related_model, value)
            else:
                found[column.name] = to_json(column, value)
        return found

    def identity_of(self, row: models.Model) -> tuple:
        """Return what tells a row apart from every other one."""
        model = type(row)
        name = model._meta.model_name
        if model in (Publication, Edition, Component):
            return (name, self.name_of(model, row.pk))
        if model is SourceRecord:
            return (name, row.identifier)
        if model is PublicationName:
            return (name, self.name_of(Publication, row.publication_id), row.name)
        if model is PublicationRelation:
            ends = (row.subject_id, row.target_id)
            return (name, row.kind, *(self.name_of(Publication, end) for end in ends))
        if model is SeriesSupplement:
            return (name, self.name_of(Publication, row.supplement_id), row.series_id)
        target = {"publication": Publication, "edition": Edition, "component": Component}[row.model]
        return (name, row.model, self.name_of(target, row.row_id))

    def rows(self) -> Iterable[models.Model]:
        """Yield every row of which the source tells now, and every curated one."""
        yield from (row for row in self.works.values() if row.left_source is None)
        for rows in self.parts.values():
            yield from (row for row in rows.values() if row.left_source is None)
        yield from PublicationName.objects.all()
        yield from PublicationRelation.objects.all()
        yield from SeriesSupplement.objects.all()
        yield from SourceRecord.objects.filter(left_source=None)
        yield from CuratedValues.objects.all()


def content() -> Content:
    """Return the content of the catalogue: the values of each row by what tells it apart."""
    reader = Reader()
    found: Content = {}
    for row in some(reader.rows()):
        values = reader.values_of(row)
        if isinstance(row, CuratedValues):
            del values["row_id"]
        identity = reader.identity_of(row)
        assert identity not in found, identity
        found[identity] = values
    return found


def differences(one: Content, other: Content) -> list[str]:
    """Return in words what differs between two catalogues; nothing if nothing does."""
    told = [f"missing: {identity}" for identity in other.keys() - one.keys()]
    told += [f"too much: {identity}" for identity in one.keys() - other.keys()]
    for identity in one.keys() & other.keys():
        for name, value in one[identity].items():
            if value != other[identity][name]:
                told.append(f"{identity}: {name} is {value!r}, not {other[identity][name]!r}")
    return sorted(told)
