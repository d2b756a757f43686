"""Rows that an earlier loading brought and the files no longer hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import models

from catalog.curation.files import FixtureFile
from catalog.curation.report import FileReport
from catalog.curation.values import FixtureValues, as_json_values, default_of, key_in_words
from catalog.models import (
    CommonName,
    EntryRelation,
    LoadedRow,
    MembershipRight,
    OthersName,
    PublicationName,
    SeriesRange,
    Source,
    SourceUse,
    Successor,
    TopicChoice,
    TopicRule,
)
from catalog.models.entry import Entry
from catalog.search.documents import SOURCES
from catalog.terms import Verification
from catalog.writing.job import Job
from catalog.writing.values import values_of

# What goes with its file. Entries, editions and components have addresses that others rely on, so
# only editors delete them.
GOES: tuple[type[models.Model], ...] = (
    CommonName,
    EntryRelation,
    MembershipRight,
    OthersName,
    PublicationName,
    SeriesRange,
    Source,
    SourceUse,
    Successor,
    TopicChoice,
    TopicRule,
)
Memory = Mapping[str, dict[str, LoadedRow]]


@dataclass(frozen=True)
class _Left:
    """A row that a file no longer has, with its natural key and what is remembered of it."""

    key: str
    row: models.Model
    remembered: LoadedRow


@dataclass
class Gone:
    """Deletes what files no longer have, as long as it is as they brought it.

    What an editor made or changed stays. `memory` has what was loaded, by model label and natural
    key in words. A file is looked through when it is loaded; rows go when all files are, the last
    file first, because rows of later ones name those of earlier ones.
    """

    job: Job
    memory: Memory
    left: list[tuple[FileReport, list[_Left]]] = field(default_factory=list)

    def look(
        self,
        file: FixtureFile,
        report: FileReport,
        said: Collection[tuple],
        present: Mapping[tuple, models.Model],
        before: Mapping[tuple, FixtureValues],
    ) -> None:
        """Find the rows of a file that are to go.

        `said` are the natural keys of the rows that the file has, `present` the rows of the
        database by natural key, `before` their values before the loading.
        """
        if file.model not in GOES:
            return
        memory, found = self.memory[file.label], []
        for key, row in present.items():
            words = key_in_words(key)
            remembered = memory.get(words)
            if key in said or remembered is None or getattr(row, "from_source", False):
                continue
            if _is_as_loaded(file, before[key], remembered.values):
                found.append(_Left(words, row, remembered))
            else:
                report.kept.append(f"{words}: no longer in the files")
        if found:
            self.left.append((report, found))

    def take_away(self) -> None:
        """Delete the rows; keep, and report, those that others rely on."""
        for report, found in reversed(self.left):
            model = type(found[0].row)
            kept = {*_that_are_named(model, found), *_that_alone_support(model, found)}
            report.kept += [f"{one.key}: still named by others" for one in found if one in kept]
            going = [one for one in found if one not in kept]
            for one in going:
                self.job.note_deletion(one.row, values_of(one.row))
                del self.memory[one.remembered.model][one.remembered.natural_key]
            self.job.delete(model, [one.row.pk for one in going])
            LoadedRow.objects.filter(pk__in=[one.remembered.pk for one in going]).delete()
            report.gone += len(going)


def _is_as_loaded(file: FixtureFile, now: FixtureValues, loaded: FixtureValues) -> bool:
    """Whether a row has the values that were loaded; a column newer than that, its default."""
    values = as_json_values(now)
    return all(
        values[column.name] == loaded.get(column.name, default_of(column)) for column in file.fields
    )


def _that_are_named(model: type[models.Model], found: list[_Left]) -> Iterator[_Left]:
    """Yield the rows that rows of the database name and may not lose."""
    pks = [one.row.pk for one in found]
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.one_to_many or relation.on_delete is not models.PROTECT:
            continue
        column = relation.field
        rows = relation.related_model._base_manager.filter(**{f"{column.name}__in": pks})
        used = set(rows.values_list(column.attname, flat=True))
        yield from (one for one in found if one.row.pk in used)


def _that_alone_support(model: type[models.Model], found: list[_Left]) -> Iterator[_Left]:
    """Yield the uses of sources without which an entry could no longer be called checked."""
    if model is not SourceUse:
        return
    keys = {one.row.entry_key for one in found}
    stay = SourceUse.objects.filter(entry_key__in=keys).exclude(
        pk__in=[one.row.pk for one in found]
    )
    bare = keys - stay.that_can_be_looked_up().entry_keys()
    checked = {key for source in SOURCES for key in _checked(source, bare)}
    yield from (
        one for one in found if one.row.entry_key in checked and one.row.source.can_be_looked_up
    )


def _checked(model: type[Entry], keys: Collection[str]) -> models.QuerySet:
    rows = model.objects.filter(key__in=keys, verification=Verification.CHECKED)
    return rows.order_by().values_list("key", flat=True)
