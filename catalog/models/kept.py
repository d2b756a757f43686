"""What a process reads once and keeps until the version of the catalogue moves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import connections

from catalog.models.history import CatalogueState

T = TypeVar("T")


class Kept(Generic[T]):
    """The newest of each thing, made by one thread while others that want it wait."""

    _all: list[Kept] = []

    def __init__(self):
        self._lock = threading.Lock()
        self._things: dict[Hashable, tuple[Hashable, T]] = {}
        self._all.append(self)

    def get(self, name: Hashable, using: str, make: Callable[[T | None], T]) -> T:
        """Return the thing of this name as the version of the database `using` has it.

        `make` is called with that of an earlier version of the same database, or None.
        """
        moment = CatalogueState.objects.using(using).moment()
        state = (connections[using].settings_dict["NAME"], moment.version, moment.mark)
        kept = self._things.get(name)
        if kept is not None and kept[0] == state:
            return kept[1]
        with self._lock:
            kept = self._things.get(name)
            if kept is None or kept[0] != state:
                # Of the same database only: keys of another one mean other rows.
                before = kept[1] if kept is not None and kept[0][0] == state[0] else None
                kept = self._things[name] = (state, make(before))
        return kept[1]

    def forget(self) -> None:
        """Let everything be made anew."""
        self._things.clear()

    @classmethod
    def forget_all(cls) -> None:
        """Let everything that is kept anywhere be made anew; for whoever takes writes back."""
        for kept in cls._all:
            kept.forget()
