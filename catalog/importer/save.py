"""A plan to rows: everything within one job at the door, in an order in which nothing clashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import DatabaseError, models, transaction
from django.db.models import prefetch_related_objects

from catalog.importer.plan import Plan
from catalog.models import (
    Change,
    Component,
    Correction,
    CuratedValues,
    Edition,
    EntryKey,
    Publication,
    PublicationName,
    PublicationRelation,
    SeriesSupplement,
    SourceRecord,
    bulk,
)
from catalog.rules.imported_fields import IMPORTED_FIELDS
from catalog.search import index
from catalog.works import standing
from catalog.writing import attachment, topics
from catalog.writing.job import Job
from catalog.writing.values import kept_links, values_of

# Rows that others name come first.
ORDER = (
    Publication,
    Edition,
    Component,
    PublicationName,
    PublicationRelation,
    SeriesSupplement,
    SourceRecord,
)
ADDRESSED = (Publication, Edition, Component)
LINKED = (PublicationName, PublicationRelation, SeriesSupplement)
PARENTS = {
    model: tuple(model._meta.get_field(name) for name in names)
    for model, names in {
        Publication: ("current_edition",),
        Edition: ("publication",),
        Component: ("publication", "edition"),
        PublicationName: ("publication",),
        PublicationRelation: ("subject", "target"),
        SeriesSupplement: ("supplement", "series"),
        SourceRecord: ("publication", "edition", "component"),
    }.items()
}
# The column by which a new row belongs to a work that may have been there.
OF_WORK = {
    Edition: "publication",
    Component: "publication",
    PublicationName: "publication",
    PublicationRelation: "subject",
    SeriesSupplement: "supplement",
}
UPDATED_COLUMNS = {
    Publication: (
        *IMPORTED_FIELDS["Publication"],
        *Publication.derived_fields,
        "left_source",
    ),
    Edition: ("publication", *IMPORTED_FIELDS["Edition"], "left_source"),
    Component: ("publication", *IMPORTED_FIELDS["Component"], "left_source"),
    PublicationName: ("kind", "slug"),
    SourceRecord: (
        "file",
        "checksum",
        "role",
        "publication",
        "edition",
        "component",
        "notes",
        "reason",
        "left_source",
        "kept_out_by",
    ),
}


class RowsRefused(Exception):
    """The database refuses rows; `works` has the works that they belong to, each with a reason."""

    def __init__(self, works: list[tuple[Publication, str]]):
        self.works = works
        super().__init__("; ".join(f"{work}: {reason}" for work, reason in works))


class Saver:
    """One writing of a plan.

    A `searching` one halves what the database refuses until it knows the works at fault.
    """

    def __init__(self, plan: Plan, job: Job, *, searching: bool = False) -> None:
        self.plan = plan
        self.job = job
        self.searching = searching
        self.faults: dict[int, tuple[Publication, str]] = {}

    def run(self) -> None:
        """Write everything, lists and search included; the caller holds the transaction."""
        plan = self.plan
        self._make_keys_free()
        for model in (*ADDRESSED, *LINKED):
            rows = plan.new[model]
            for row, key in zip(rows, bulk.reserve_keys(model, len(rows)), strict=True):
                row.pk = key
        for model in ORDER:
            _name_parents([*plan.new[model], *plan.changed[model].values()])
        self._note()
        for model, rows in plan.deleted.items():
            self.job.delete(model, [row.pk for row in rows])
        self._clear_addresses()
        # What is there moves out of the way before something new takes its address.
        for model, columns in UPDATED_COLUMNS.items():
            self._write(
                list(plan.changed[model].values()),
                lambda rows, columns=columns: self.job.update(rows, columns),
            )
        for model in ORDER:
            self._write(plan.new[model], self.job.insert)
        self._write_own_values()
        self._drop_merged()
        for work, editions, components, names in plan.whole_works:
            standing.with_rows(work, editions, components, names)
        attachment.attach()
        topics.assign([work.pk for work in plan.touched.values()])
        self._write(list(plan.touched.values()), index.write)
        if self.faults:
            raise RowsRefused(list(self.faults.values()))

    def _write(self, rows: Sequence[Any], write: Callable[[Sequence[Any]], None]) -> None:
        if not rows:
            return
        if not self.searching:
            write(rows)
            return
        try:
            with transaction.atomic():
                write(rows)
        except (DatabaseError, ValueError, index.KeyTaken) as error:
            if len(rows) > 1:
                middle = len(rows) // 2
                self._write(rows[:middle], write)
                self._write(rows[middle:], write)
                return
            work = _work_of(rows[0])
            if work is None:
                raise
            reason = f"the database refuses it ({' '.join(str(error).split())})"
            self.faults.setdefault(id(work), (work, reason[:400]))

    def _note(self) -> None:
        """Note in the job what changes in what readers see of the entries that were there."""
        plan, job = self.plan, self.job
        for row, changed in plan.history.values():
            differing = {name: pair for name, pair in changed.items() if _differ(*pair)}
            if differing:
                job.note_change(row, differing)
        for lock in plan.learned:
            job.note_change(lock, {"source_value": (lock.said_before, lock.source_value)})
        for lock in plan.moved_corrections:
            column = Correction.column_of(lock.thing)
            job.note_change(lock, {column: (lock.moved_from, lock.thing)})
        new_works = {id(row) for row in plan.new[Publication]}
        for model, column in OF_WORK.items():
            for row in plan.new[model]:
                if id(getattr(row, column)) not in new_works:
                    job.note_addition(row)
                if model is PublicationRelation and id(row.target) not in new_works:
                    job.touch(row.target)
        for rows in plan.deleted.values():
            for row in rows:
                job.note_deletion(row, values_of(row))
        self._note_merged()
        for left in plan.left_addresses:
            job.note_address(left.row, left.path, label=left.label, title=left.title)

    def _note_merged(self) -> None:
        works = [row for row, _heir in self.plan.merged.values() if isinstance(row, Publication)]
        if works:
            prefetch_related_objects(works, *(column.name for column in kept_links(Publication)))
        for row, heir in self.plan.merged.values():
            self.job.note_deletion(row, values_of(row))
            self.job.note_merge(row, heir)

    def _make_keys_free(self) -> None:
        """Give each new work a key that no entry of any kind has."""
        works = self.plan.new[Publication]
        if not works:
            return
        taken = set(EntryKey.objects.values_list("key", flat=True))
        taken.update(Publication.objects.values_list("key", flat=True))
        for work in works:
            key, ordinal = work.key, 1
            while work.key in taken:
                ordinal += 1
                work.key = f"{key}-{ordinal}"
            taken.add(work.key)

    def _clear_addresses(self) -> None:
        """Let go of addresses and identifiers that change, so that rows may swap them."""
        rows = [*self.plan.readdressed.values(), *(row for row, _heir in self.plan.merged.values())]
        held = [(row, row.slug, row.identifier) for row in rows]
        for row in rows:
            row.slug, row.identifier = f"moving-{row.pk}", ""
        for model in ADDRESSED:
            self.job.update([r for r in rows if type(r) is model], ["slug", "identifier"])
        for row, slug, identifier in held:
            row.slug, row.identifier = slug, identifier

    def _write_own_values(self) -> None:
        """Keep what curated rows say by themselves, and what corrections learn."""
        self.job.update(self.plan.learned, ["source_value"])
        self.job.update(self.plan.moved_corrections, ["edition", "component"])
        self.job.insert(self.plan.new_own_values)
        self.job.delete(CuratedValues, [row.pk for row in self.plan.old_own_values])

    def _drop_merged(self) -> None:
        """Delete the rows of which the text lives on in another row."""
        works = [
            (row, heir) for row, heir in self.plan.merged.values() if isinstance(row, Publication)
        ]
        for row, heir in works:
            Change.objects.filter(publication=row.pk).update(publication=heir.pk)
            attachment.hand_on(row, heir)
        index.remove(*(row for row, _heir in works))
        for model in (Component, Edition, Publication):
            pks = [row.pk for row, _heir in self.plan.merged.values() if type(row) is model]
            self.job.delete(model, pks)


def _name_parents(rows: Iterable[Any]) -> None:
    """Give rows the keys of the rows they name, which were not known when they were linked."""
    for row in rows:
        for field in PARENTS[type(row)]:
            parent = field.get_cached_value(row, default=None)
            if parent is not None:
                # Setting the attribute would forget the parent itself.
                row.__dict__[field.attname] = parent.pk


def _differ(old: Any, new: Any) -> bool:
    """Whether two values of a column differ; a row stands for its key."""
    old, new = (value.pk if isinstance(value, models.Model) else value for value in (old, new))
    return old != new


def _work_of(row: Any) -> Publication | None:
    """Return the work to which a row belongs that was to be written."""
    if isinstance(row, Publication):
        return row
    return getattr(row, OF_WORK.get(type(row), "publication"), None)
