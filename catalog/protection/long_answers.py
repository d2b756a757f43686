"""Requests that keep a processor busy for long leave room for the others.

In each process a few of them are answered at a time and a few more wait for their turn; so of the
threads of the process some are always free for pages.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings


class Busy(Exception):
    """There are too many such requests at the moment; `wait` is when to ask again, in seconds."""

    wait = 5


class _Turnstile:
    """Lets a few through at a time; a few more wait, and the rest is turned away."""

    def __init__(self):
        self._changed = threading.Condition()
        self._inside = self._waiting = 0

    def enter(self) -> None:
        """Take a place, waiting for one if need be; raise Busy if it would take too long."""
        with self._changed:
            if self._inside >= settings.HEAVY_AT_ONCE:
                if self._waiting >= settings.HEAVY_WAITING:
                    raise Busy
                self._waiting += 1
                try:
                    is_free = self._changed.wait_for(
                        lambda: self._inside < settings.HEAVY_AT_ONCE,
                        timeout=settings.HEAVY_PATIENCE,
                    )
                finally:
                    self._waiting -= 1
                if not is_free:
                    raise Busy
            self._inside += 1

    def leave(self) -> None:
        """Give the place back."""
        with self._changed:
            self._inside -= 1
            self._changed.notify()


_turnstile = _Turnstile()


@contextmanager
def turn() -> Iterator[None]:
    """Hold a place while the block runs; raise Busy if none is free."""
    entered = _turnstile
    entered.enter()
    try:
        yield
    finally:
        entered.leave()


class Parts:
    """The parts of a long answer, which hold a place until the last one is made.

    To be closed if they are not all taken; the answers of Django do so. Raises Busy at once, when
    it is made, if no place is free.
    """

    def __init__(self, parts: Iterable[str]):
        self._turnstile = _turnstile
        self._turnstile.enter()
        self._has_place = True
        self._parts = iter(parts)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            return next(self._parts)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the place back; once."""
        if self._has_place:
            self._has_place = False
            self._turnstile.leave()

    def __del__(self):
        if getattr(self, "_has_place", False):
            self.close()
