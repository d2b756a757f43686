"""Lead what names works by identifier to its works, as soon as they are in the catalogue.

Called inside the transaction that writes. A reference that found its work stays with it, also
where the work is renumbered.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F

from catalog.models import CommonName, Publication, Successor, Topic, TopicChoice
from catalog.models.references import WORK_COLUMNS

REFERRING = (CommonName, Successor, TopicChoice)
# Entries with which a work, or a reference to one, may come.
MAY_ARRIVE = (Publication, Topic, *REFERRING)


def attach() -> int:
    """Lead each reference that waits to its work, where that is there; return their number."""
    attached = 0
    for model in REFERRING:
        for reference, work in WORK_COLUMNS.items():
            if hasattr(model, reference):
                rows = model.objects.arrived(reference, work)
                attached += rows.update(**{work: F("found")})
    return attached


def follow(row: models.Model) -> None:
    """Let go of the work of a row that is about to name another one; `attach` finds it."""
    if not isinstance(row, REFERRING) or row.pk is None:
        return
    columns = [name for name in WORK_COLUMNS if hasattr(row, name)]
    for stored in type(row)._base_manager.filter(pk=row.pk).values(*columns):
        for reference, work in WORK_COLUMNS.items():
            if reference in stored and stored[reference] != getattr(row, reference):
                setattr(row, work, None)
                type(row)._base_manager.filter(pk=row.pk).update(**{work: None})


def hand_on(work: Publication, heir: Publication) -> None:
    """Lead what names a work to the one that stands for its text from now on."""
    for model in REFERRING:
        for column in WORK_COLUMNS.values():
            if hasattr(model, column):
                model.objects.filter(**{column: work.pk}).update(**{column: heir.pk})


def missing_of(row: models.Model) -> tuple[str, ...]:
    """Return the references of a row whose works are not in this catalogue."""
    pairs = [(name, work) for name, work in WORK_COLUMNS.items() if hasattr(row, name)]
    return tuple(
        getattr(row, name)
        for name, work in pairs
        if getattr(row, name) and getattr(row, f"{work}_id") is None
    )


def waiting() -> dict[str, int]:
    """Return the number of rows that wait for a work, by the name of their model."""
    return {
        str(model._meta.verbose_name_plural): model.objects.waiting().count() for model in REFERRING
    }
