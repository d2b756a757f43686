"""A page that several readers want at once is made once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpResponse

from catalog.stored_pages.page import StoredPage
from catalog.stored_pages.shelves import Shelves

# A page for every reader, or an answer for the one who asked.
Made = StoredPage | HttpResponse

# Seconds for which a reader waits for the page that somebody else is making.
PATIENCE = 5
# Seconds for the page that another process is making; it may have been killed.
PATIENCE_ELSEWHERE = 1.5
# Seconds between two looks at what another process is making.
PAUSE = 0.02


@dataclass
class Making:
    """A page in the making; `page` stays None if it turns out not to be storable."""

    done: threading.Event = field(default_factory=threading.Event)
    page: StoredPage | None = None


class Workshop:
    """Lets one thread make a page, in all processes that share a cache; the others wait for it."""

    def __init__(self, shelves: Shelves):
        self._shelves = shelves
        self._lock = threading.Lock()
        self._making: dict[str, Making] = {}

    def made(self, key: str, look: Callable[[], Made | None], make: Callable[[], Made]) -> Made:
        """Return a page that somebody is making, else what `make` returns.

        `make` returns a stored page, or an answer that is for this reader alone. `look` looks for
        the page where other processes put it.
        """
        making, is_mine = self._join(key)
        if not is_mine:
            making.done.wait(PATIENCE)
            return making.page or make()
        try:
            found = None if self._shelves.claim(key) else self._made_elsewhere(key, look)
            found = found or make()
            making.page = found if isinstance(found, StoredPage) else None
            return found
        finally:
            with self._lock:
                del self._making[key]
            making.done.set()
            self._shelves.give_up(key)

    def _join(self, key: str) -> tuple[Making, bool]:
        with self._lock:
            making = self._making.get(key)
            if making is not None:
                return making, False
            making = self._making[key] = Making()
            return making, True

    def _made_elsewhere(self, key: str, look: Callable[[], Made | None]) -> Made | None:
        end = time.monotonic() + PATIENCE_ELSEWHERE
        while time.monotonic() < end:
            time.sleep(PAUSE)
            if (page := look()) is not None:
                return page
            if self._shelves.claim(key):
                break
        return None
