"""Whether the primary is gone, and what readers get meanwhile: the catalogue of the replica.

A primary that refuses is asked for every page, for that takes less than a millisecond; so the
first page after it is back is of its version again. One that is silent would hold up every page:
it is left alone, and a thread of its own asks it until it answers.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connections

from catalog.databases.patience import Patience
from catalog.databases.places import PRIMARY, REPLICA, has_replica, moment_at, without_primary
from catalog.models import CatalogueState
from catalog.models.history import Moment
from catalog.protection.storage import is_gone

logger = logging.getLogger(__name__)

# Seconds to wait for the version of the catalogue, which is one row.
PATIENCE = 2
# Seconds for which nobody minds waiting, and between two questions to one that is silent.
SHORT, PAUSE = 0.25, 0.5
ERRORS = (DatabaseError, InterfaceError)

_patience = Patience(PATIENCE)


class Silence:
    """Remembers that the primary is silent, until a thread of its own got an answer."""

    def __init__(self, ask: Callable[[], object], pause: float = PAUSE):
        self.is_known = False
        self._ask, self._pause = ask, pause
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Remember it; nothing happens if it is known."""
        with self._lock:
            if not self.is_known:
                self.is_known = True
                threading.Thread(target=self._watch, name="silence", daemon=True).start()

    def _watch(self) -> None:
        while self.is_known:
            time.sleep(self._pause)
            try:
                self._ask()
                self.is_known = False
            except Exception as error:
                # Whatever it is: if this thread ended, nobody would ask any more.
                logger.info("The primary is still silent (%s).", type(error).__name__)
            finally:
                connections.close_all()


def moment_of_primary() -> Moment:
    """Return the version at the primary; raise what it raises, after PATIENCE at the most."""
    try:
        return moment_at(PRIMARY, _patience)
    finally:
        _patience.end()


silence = Silence(moment_of_primary)


@contextmanager
def moment_for_readers() -> Iterator[Moment | None]:
    """Yield the version that readers see; None if it cannot be read.

    It is that of the primary. While that is gone, it is that of the replica, and the block reads
    from there.
    """
    if not has_replica():
        yield _moment_or_none()
        return
    moment, is_primary_gone = _asked_in_time()
    if not is_primary_gone:
        yield moment
        return
    try:
        moment = moment_at(REPLICA, _patience)
    except ERRORS:
        connections[REPLICA].close()
    finally:
        _patience.end()
    if moment is None:
        yield None
        return
    with without_primary():
        yield moment


def is_primary_gone() -> bool:
    """Ask the primary, for a request that can use no other database."""
    return _asked_in_time()[1]


def _moment_or_none() -> Moment | None:
    try:
        return CatalogueState.objects.moment()
    except ERRORS:
        return None


def _asked_in_time() -> tuple[Moment | None, bool]:
    """Return the version at the primary, None if it does not say, and whether it is gone."""
    if silence.is_known:
        return None, True
    for _connection in range(2):
        begin = time.monotonic()
        try:
            return moment_of_primary(), False
        except ERRORS as error:
            if not is_gone(error):
                return None, False
            note_gone(error, time.monotonic() - begin)
        if silence.is_known:
            break
        # A connection that was cut says nothing of the server: asked again on a new one.
    return None, True


def note_gone(error: Exception, seconds: float = 0.0) -> None:
    """Take note that the primary is gone, which it took so many seconds to find out."""
    connections[PRIMARY].close()
    if seconds > SHORT:
        silence.begin()
        logger.warning("The primary is silent (%s).", type(error).__name__)
