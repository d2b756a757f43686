"""Where stored pages lie: three caches, so that a flood of odd addresses pushes out none in use.

A page comes to the newcomers first and moves to the pages (addresses without parameters) or the
questions (with them) when it is asked for again. A cache that does not answer is left alone for
a moment, and every page is made anew meanwhile.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

from catalog.stored_pages.page import StoredPage

logger = logging.getLogger(__name__)

NEWCOMERS, PAGES, QUESTIONS = "newcomers", "pages", "questions"
# Seconds for which a cache that failed is not asked again.
OUTAGE = 5
# Seconds after which somebody else may make a page whose maker was not heard of again.
CLAIM = 10

T = TypeVar("T")


class Shelves:
    """The stored pages of all workers that share the caches; failures count as nothing found."""

    def __init__(self):
        self._silent_until = 0.0

    def get(self, key: str, *, has_query: bool) -> StoredPage | None:
        """Return a stored page; one that is asked for again is kept for longer."""
        return self._ask(lambda: self._found(key, QUESTIONS if has_query else PAGES), None)

    def put(self, key: str, page: StoredPage) -> None:
        """Store a page that was made."""
        self._ask(lambda: caches[NEWCOMERS].set(key, page), None)

    def claim(self, key: str) -> bool:
        """Return whether the caller is to make a page, and nobody else with this cache is."""
        return self._ask(lambda: caches[NEWCOMERS].add(f"{key}/made", 1, CLAIM), True)

    def give_up(self, key: str) -> None:
        """Let others make a page that was claimed."""
        self._ask(lambda: caches[NEWCOMERS].delete(f"{key}/made"), None)

    def _found(self, key: str, shelf: str) -> StoredPage | None:
        page = caches[shelf].get(key)
        if page is None and (page := caches[NEWCOMERS].get(key)) is not None:
            caches[shelf].set(key, page)
        return page

    def _ask(self, ask: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < self._silent_until:
            return otherwise
        try:
            return ask()
        except Exception as error:
            # Whatever a backend raises: without its cache the portal is slower, not broken.
            self._silent_until = time.monotonic() + OUTAGE
            logger.error("The cache of pages does not answer: %s", error)
            return otherwise
