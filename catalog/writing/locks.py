"""Who may write when: editors side by side, jobs on the whole catalogue one at a time and alone.

On PostgreSQL these are advisory locks, which the server releases when a connection dies. SQLite
has one writer at a time anyway; there a job holds a lock on a file beside the database, which the
system releases when the process dies.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from filelock import FileLock, Timeout

from catalog.models import CatalogueState

# Any two numbers that nothing else on the database server uses.
WRITING = 1_718_650_517
JOB = 1_718_650_518
EDITOR_WAIT = 4  # seconds
JOB_WAIT = 300  # seconds that a job waits for an editor, or a backup, to finish
_IN_MEMORY = threading.Lock()
_HELD: dict[str, FileLock] = {}
# Lock not available, deadlock, serialization failure: try again.
TRANSIENT = {"55P03", "40P01", "40001"}


class CatalogueBusy(Exception):
    """Somebody else is writing; nothing was changed. The message says in words who, since when."""


@contextmanager
def for_entries(wait: float = EDITOR_WAIT) -> Iterator[None]:
    """Hold a transaction in which a few entries are written, beside other editors.

    Raises CatalogueBusy, and changes nothing, if a job holds the catalogue for longer than
    `wait` seconds, or if an editor waits for another one in a circle.
    """
    with _written_within(wait, "pg_advisory_xact_lock_shared"):
        yield


@contextmanager
def for_whole_catalogue() -> Iterator[None]:
    """Hold a transaction in which nobody else writes; until it ends, readers see what was before.

    Raises CatalogueBusy if others do not stop writing for JOB_WAIT seconds.
    """
    with _written_within(JOB_WAIT, "pg_advisory_xact_lock"):
        yield


@contextmanager
def only_job(what: str) -> Iterator[None]:
    """Be the only job on the catalogue; `what` says in words what it is and by whom.

    Raises CatalogueBusy at once, saying what the other job is and since when it runs.
    """
    with job_lock():
        with _in_words():
            CatalogueState.objects.update_or_create(
                pk=1, defaults={"job": what[:250], "job_since": timezone.now()}
            )
        yield


@contextmanager
def job_lock() -> Iterator[None]:
    """Be the only job without a word in the database, which need not have tables or be readable.

    Raises CatalogueBusy at once if there is another job.
    """
    if not _take_job():
        raise CatalogueBusy(busy_words())
    try:
        yield
    finally:
        _let_job_go()


def busy_words() -> str:
    """Return a sentence on who works on the whole catalogue, and since when.

    The row still names the last job when it is over; only one that holds the lock is at work.
    """
    state = CatalogueState.objects.filter(pk=1).first()
    is_over = _take_job()
    if is_over:
        _let_job_go()
    if is_over or state is None or not state.job or state.job_since is None:
        return _("Somebody else is saving changes to the catalogue at the moment.")
    return _("%(job)s has been running since %(time)s.") % {
        "job": state.job,
        "time": date_format(state.job_since, "DATETIME_FORMAT"),
    }


def is_passing(error: BaseException) -> bool:
    """Whether a database error only says that somebody else is writing."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "pgcode", None)
    return state in TRANSIENT or "is locked" in str(error)


@contextmanager
def _written_within(seconds: float, lock: str) -> Iterator[None]:
    """Hold a transaction under one of PostgreSQL's locks, waiting at most so long for it."""
    with _in_words(), _patience(seconds), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{round(seconds * 1000)}ms'")
                cursor.execute(f"SELECT {lock}(%s)", [WRITING])
        yield


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if not is_passing(error):
            raise
        raise CatalogueBusy(busy_words()) from error


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """Within the block, wait this long for the write lock of SQLite."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
    try:
        yield
    finally:
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _take_job() -> bool:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [JOB])
            return cursor.fetchone()[0]
    if (file := _job_file()) is None:
        return _IN_MEMORY.acquire(blocking=False)
    try:
        file.acquire(timeout=0)
    except Timeout:
        return False
    # A lock that nothing refers to is released at once.
    _HELD[file.lock_file] = file
    return True


def _let_job_go() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [JOB])
    elif (file := _job_file()) is None:
        _IN_MEMORY.release()
    else:
        _HELD.pop(file.lock_file).release()


def _job_file() -> FileLock | None:
    """Return the lock beside the database file; None for a database in memory."""
    name = str(connection.settings_dict["NAME"])
    if name == ":memory:" or "mode=memory" in name:
        return None
    return FileLock(f"{name}.job", is_singleton=True)
