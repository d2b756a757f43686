"""A copy of the content in which threads write for real, each through a connection of its own.

Tests elsewhere work in a transaction that is rolled back; what two writers do to each other shows
only where both commit. The copy is thrown away, so the content that all tests share stays whole.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

from tests.found import some

PATIENCE = 120  # seconds that a thread may take on a busy machine


class World:
    """The copy; `settings` are those of its connections."""

    def __init__(self, settings: dict, wrapper: type):
        self._settings, self._wrapper = settings, wrapper

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Let this thread read and write the copy."""
        usual = connections["default"]
        connections["default"] = self._wrapper(self._settings, "default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = usual

    def together(self, *jobs: Callable[[], Any]) -> list[Any]:
        """Run jobs at the same time, each in a thread; return what they returned, in order.

        An exception in one of them is raised here.
        """
        barrier = threading.Barrier(len(jobs))
        told: list[Any] = [None] * len(jobs)
        failed: list[BaseException] = []

        def run(place: int, job: Callable[[], Any]) -> None:
            try:
                with self.connected():
                    barrier.wait(PATIENCE)
                    told[place] = job()
            except BaseException as error:
                failed.append(error)

        threads = [
            threading.Thread(target=run, args=(place, job), daemon=True)
            for place, job in enumerate(jobs)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in some(threads)), "a thread waits for ever"
        if failed:
            raise failed[0]
        return told


@contextmanager
def copied(folder: Path) -> Iterator[World]:
    """Copy the database of the tests and give the copy; call without an open transaction."""
    usual = connections["default"]
    settings = dict(usual.settings_dict)
    if usual.vendor == "sqlite":
        path = folder / "world.sqlite3"
        usual.ensure_connection()
        path.write_bytes(usual.connection.serialize())
        yield World({**settings, "NAME": str(path)}, type(usual))
        return
    name = f"{settings['NAME']}_world"
    source, copy = map(usual.ops.quote_name, (settings["NAME"], name))
    # Nobody else may be connected to a database that is copied.
    usual.close()
    with usual._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {copy}")
        cursor.execute(f"CREATE DATABASE {copy} TEMPLATE {source}")
    try:
        yield World({**settings, "NAME": name}, type(usual))
    finally:
        with usual._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
