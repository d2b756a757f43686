"""The entries that rows of files name by key: whether they are there, or were deleted here."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.curation.files import FixtureFile
from catalog.curation.targets import DeletedTarget
from catalog.models import EntryRelation, LoadedRow, SourceUse
from catalog.search.documents import SOURCES

# The columns that hold keys of entries, by model.
COLUMNS = {EntryRelation: ("subject_key", "target_key"), SourceUse: ("entry_key",)}


class EntryKeys:
    """The keys of all entries as they are when they are first asked for.

    `memory` has what an earlier loading remembers of each row, by model label and natural key.
    """

    def __init__(self, memory: Mapping[str, Mapping[str, LoadedRow]]):
        self.memory = memory
        self._first: set[str] = set()
        self._further: dict[str, str] = {}

    def check(self, file: FixtureFile, column: str, key: str) -> None:
        """Do nothing if the column of a file holds no keys, or holds that of an entry.

        Raises DeletedTarget if an editor deleted the entry, LookupError if there never was one
        or if this is not its first key.
        """
        if column not in COLUMNS.get(file.model, ()):
            return
        self._read()
        if key in self._first:
            return
        if key in self._further:
            first = self._further[key]
            raise LookupError(f"‘{key}’ is another key of ‘{first}’; write ‘{first}’")
        if any(key in self.memory[model._meta.label_lower] for model in SOURCES):
            raise DeletedTarget(f"{key} was deleted by an editor")
        raise LookupError(f"no entry has the key ‘{key}’")

    def _read(self) -> None:
        if self._first:
            return
        for model in SOURCES:
            for key, others in model._base_manager.order_by().values_list("key", "other_keys"):
                self._first.add(key)
                self._further.update(dict.fromkeys(others.split(), key))
