"""Entries that a file lacks because another entry of it has taken them in, with their key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import models
from django.urls import reverse

from catalog.curation.change_notes import ChangeNotes
from catalog.curation.files import FixtureFile
from catalog.curation.rows import FixtureRow
from catalog.curation.targets import Targets
from catalog.curation.values import key_in_words
from catalog.models import EntryRelation, LoadedRow, SourceUse, Topic, TopicChoice
from catalog.models.entry import Entry
from catalog.models.fields import lines
from catalog.search import index
from catalog.writing.aggregates import CONTENT
from catalog.writing.job import Job
from catalog.writing.values import kept_links, values_of


@dataclass
class TakingIn:
    """Moves what leads to an entry that goes over to the one that has its key from now on.

    Only entries go that an earlier loading brought: what editors made is theirs.
    """

    job: Job
    notes: ChangeNotes
    targets: Targets

    def run(
        self, file: FixtureFile, rows: Sequence[FixtureRow], present: dict[tuple, Entry]
    ) -> None:
        """Take the entries in that the rows of a file name among their other keys."""
        if not issubclass(file.model, Entry):
            return
        kept = {row.fields.get("key") for row in rows}
        for row in rows:
            heir = present.get((row.fields.get("key"),))
            for key in lines(str(row.fields.get("other_keys") or "")):
                gone = present.get((key,))
                known = self.targets.memory[file.label].get(key)
                if heir is not None and gone is not None and known and key not in kept:
                    self._take_in(gone, heir)
                    del present[(key,)]

    def _take_in(self, gone: Entry, heir: Entry) -> None:
        for row, column in _that_lead_to(gone):
            self.notes.before(row, moves=False)
            others = [other for other in getattr(row, column).all() if other.pk != gone.pk]
            self.job.link(row, column, [*others, heir])
        self._change_memory(gone, heir)
        self._move_rows(gone, heir)
        self.job.note_deletion(gone, values_of(gone))
        self.job.note_merge(gone, heir)
        # The key itself leads to the heir already.
        paths = {gone.get_absolute_url()} - {reverse("by-key", kwargs={"key": gone.key})}
        for path in paths:
            self.job.note_address(heir, path, label=str(gone), title=gone.shown_name)
        index.remove(gone)
        self.job.delete(type(gone), [gone.pk])

    def _move_rows(self, gone: Entry, heir: Entry) -> None:
        """Give the heir what editors wrote about the other one; files bring what they say anew."""
        for model, column, old, new in (
            (TopicChoice, "topic", gone, heir),
            (SourceUse, "entry_key", gone.key, heir.key),
            (EntryRelation, "subject_key", gone.key, heir.key),
            (EntryRelation, "target_key", gone.key, heir.key),
        ):
            if column == "topic" and not isinstance(gone, Topic):
                continue
            rows = list(model.objects.filter(**{column: old}))
            has = {row.natural_key() for row in model.objects.filter(**{column: new})}
            memory = self.targets.memory[model._meta.label_lower]
            for row in rows:
                is_of_files = key_in_words(row.natural_key()) in memory
                setattr(row, column, new)
                if is_of_files or row.natural_key() in has or _leads_to_itself(row):
                    self.job.delete(model, [row.pk])
                else:
                    self.job.save(row, update_fields=[column])

    def _change_memory(self, gone: Entry, heir: Entry) -> None:
        """Let what files said about the one that goes count as said about the heir."""
        changed = []
        for rows in self.targets.memory.values():
            for row in rows.values():
                for name, value in row.values.items():
                    if isinstance(value, list) and [gone.key] in value:
                        keys = [[heir.key] if key == [gone.key] else key for key in value]
                        row.values[name] = sorted(
                            key for n, key in enumerate(keys) if key not in keys[:n]
                        )
                        changed.append(row)
        LoadedRow.objects.bulk_update(changed, ["values"], batch_size=200)


def _leads_to_itself(row: models.Model) -> bool:
    return isinstance(row, EntryRelation) and row.subject_key == row.target_key


def _that_lead_to(entry: Entry) -> Iterator[tuple[models.Model, str]]:
    """Yield the rows of content that lead to an entry in a many-to-many column, with its name."""
    for model in CONTENT:
        for column in kept_links(model):
            if column.related_model is type(entry):
                for row in model._base_manager.filter(**{column.name: entry.pk}):
                    yield row, column.name
