"""Jobs on the whole catalogue that run while an editor works, each in a thread of its own."""

from __future__ import annotations

import threading

from catalog.terms import Actor
from catalog.writing.job import whole_catalogue
from catalog.writing.locks import only_job
from catalog.writing.record import Author


class Job:
    """A job on the whole catalogue in another thread, which holds it until it is told to end."""

    def __init__(self, world, *, actor=Actor.IMPORT, write=lambda job: None):
        self.begun, self.end = threading.Event(), threading.Event()
        self.failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, args=(world, actor, write), daemon=True)

    def _run(self, world, actor, write):
        try:
            with (
                world.connected(),
                only_job("Import of the data set by Ann"),
                whole_catalogue(Author(actor)) as job,
            ):
                write(job)
                self.begun.set()
                assert self.end.wait(120)
        except BaseException as error:
            self.failed.append(error)
            self.begun.set()

    def __enter__(self):
        self._thread.start()
        assert self.begun.wait(60) and not self.failed, self.failed
        return self

    def __exit__(self, *_error):
        self.end.set()
        self._thread.join(60)
        assert not self._thread.is_alive() and not self.failed, self.failed


def retitled(edition, title):
    """Return what an import does that brings another title."""

    def write(job):
        job.note_change(edition, {"title": (edition.title, title)})
        edition.title = title
        job.update([edition], ["title"])

    return write


def after(seconds, event):
    """Set an event later, from another thread."""
    timer = threading.Timer(seconds, event.set)
    timer.daemon = True
    timer.start()
