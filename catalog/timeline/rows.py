"""The history of an entry as rows, one for each write, the newest first."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.models import Component, Correction, Edition, Revision, RowChange
from catalog.terms import Actor, RowAction
from catalog.timeline.words import ThingChange, in_words
from catalog.writing.aggregates import key_of, label_of


@dataclass(frozen=True)
class TimelineRow:
    """One write to an entry: when, by whom, why, and what it did to which rows.

    `number` is the version of the catalogue that it made; 0 where the entry came in before
    history was kept row by row. `reason` and `evidence` may be empty.
    """

    number: int
    when: datetime.datetime
    actor: str
    reason: str
    evidence: str
    things: tuple[ThingChange, ...]


def timeline_of(
    entry: models.Model, *, with_people: bool, limit: int, offset: int = 0
) -> list[TimelineRow]:
    """Return the history of an entry, or of one edition or component, the newest write first.

    `with_people` gives the names of editors; without it they are “an editor”. At most `limit`
    rows after the first `offset`. The last row says since when the entry is here. The number of
    queries does not grow with the number of rows.
    """
    changes = changes_of(entry)
    revisions = list(_revisions(changes, with_people)[offset : offset + limit])
    by_revision: dict[int, list[ThingChange]] = defaultdict(list)
    found = list(changes.filter(revision__in=[revision.pk for revision in revisions]))
    reported = {thing.change: thing for thing in in_words(found, for_readers=not with_people)}
    for change in found:
        if change.pk in reported:
            by_revision[change.revision_id].append(reported[change.pk])
    rows = [
        TimelineRow(
            number=revision.number,
            when=revision.made,
            actor=actor_words(revision, with_people=with_people),
            reason=revision.reason,
            evidence=revision.evidence,
            things=tuple(by_revision[revision.pk]),
        )
        for revision in revisions
    ]
    if len(rows) < limit and (beginning := _beginning(entry, changes, with_people)):
        rows.append(beginning)
    return rows


def length_of(entry: models.Model) -> int:
    """Return how many rows the whole history of an entry has."""
    changes = changes_of(entry)
    return _revisions(changes, False).count() + bool(_has_beginning(entry, changes))


def changes_of(entry: models.Model) -> QuerySet[RowChange]:
    """Return what happened to the rows of an entry; of an edition or component to it alone."""
    if not isinstance(entry, Edition | Component):
        return RowChange.objects.of_entry(entry)
    model, pk = key_of(entry)
    # A correction may be gone by now; when it was made or taken back, its row was recorded whole.
    recorded = RowChange.objects.filter(
        Q(**{f"values__{model}__1": pk}) | Q(**{f"values__{model}__0": pk}),
        entry_model="publication",
        entry_id=entry.publication_id,
        model="correction",
    )
    present = Correction.objects.of(entry).order_by()
    own = Q(model=model, row_id=pk) | Q(
        Q(row_id__in=recorded.order_by().values("row_id")) | Q(row_id__in=present.values("pk")),
        model="correction",
    )
    return RowChange.objects.filter(own).order_by("-revision__number", "pk")


def actor_words(revision: Revision, *, with_people: bool) -> str:
    """Return who or what wrote: an import with its snapshot, an editor."""
    if revision.actor == Actor.EDITOR:
        if with_people and revision.by is not None:
            return revision.by.get_username()
        return _("An editor")
    words = str(revision.get_actor_display())
    if revision.run is not None:
        day = date_format(revision.run.snapshot_date, "j F Y")
        return _("%(actor)s, snapshot of %(day)s") % {"actor": words, "day": day}
    return words


def _revisions(changes: QuerySet[RowChange], with_people: bool) -> QuerySet[Revision]:
    linked = ("run", "by") if with_people else ("run",)
    found = Revision.objects.filter(pk__in=changes.order_by().values("revision"))
    return found.select_related(*linked).defer("run__report").order_by("-number")


def _has_beginning(entry: models.Model, changes: QuerySet[RowChange]) -> bool:
    model, pk = key_of(entry)
    added = changes.filter(model=model, row_id=pk, action=RowAction.ADDED)
    is_dated = not entry._state.adding and getattr(entry, "added", None) is not None
    return is_dated and not added.exists()


def _beginning(
    entry: models.Model, changes: QuerySet[RowChange], with_people: bool
) -> TimelineRow | None:
    """Return the row that says since when an entry is here, if no write of its own says so."""
    if not _has_beginning(entry, changes):
        return None
    linked = ("run", "by") if with_people else ("run",)
    # A job gives all that it adds, and its revision, one moment.
    job = Revision.objects.select_related(*linked).filter(made=entry.added).first()
    thing = ThingChange(
        change=None,
        model=key_of(entry)[0],
        row_id=entry.pk,
        kind=str(entry._meta.concrete_model._meta.verbose_name),
        label=label_of(entry),
        action=RowAction.ADDED.value,
    )
    actor = actor_words(job, with_people=with_people) if job else ""
    return TimelineRow(0, entry.added, actor, "", "", (thing,))
