"""Processes that share the reading of files, and end when they are no longer wanted.

A worker that nobody waits for any more must not live on: not if this process ends, not if it is
killed, not if the work is given up half-way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any


class WorkersLost(Exception):
    """A worker ended before its work was done: killed, or out of memory."""


def shared(
    function: Callable[[Any], Any],
    tasks: Iterable[Any],
    *,
    processes: int,
    prepare: Callable[..., None],
    arguments: tuple = (),
) -> Iterator[Any]:
    """Yield the results of a function for tasks, in their order, from several processes.

    `prepare` is called in each process first. Raises what the function raises, and WorkersLost.
    Close the generator to give up: however this ends, the processes end too, also when this
    process is killed.
    """
    # Spawned and not forked: a fork would carry open connections to the database along.
    context = multiprocessing.get_context("spawn")
    # Nobody but this process holds the other end, so whatever becomes of it the line is cut.
    line, hold = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        processes, mp_context=context, initializer=_begin, initargs=(line, prepare, arguments)
    )
    try:
        with _interrupts_held_back():
            futures = [pool.submit(function, task) for task in tasks]
        for future in futures:
            yield future.result()
    except BrokenProcessPool as error:
        raise WorkersLost("a process that reads files ended before it was done") from error
    finally:
        hold.close()
        pool.shutdown(cancel_futures=True)
        line.close()


def _begin(line: Connection, prepare: Callable[..., None], arguments: tuple) -> None:
    threading.Thread(target=_end_with, args=[line], daemon=True).start()
    prepare(*arguments)


def _end_with(line: Connection) -> None:
    """Wait until the line to the process that started this one is cut, and end at once."""
    wait([line])
    os._exit(1)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C: the one that started them ends them.

    A terminal sends it to all of them at once, and each would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
