"""An end to waiting for a database that keeps its connections and answers nothing.

A server that is stuck still takes what is sent, so no timeout of the system or of libpq ends the
wait: they are for servers that are gone. Here the connection is shut instead, and whoever waits
gets an error as if the server had closed it.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import suppress


class Patience:
    """Shuts connections on which their threads have waited for too long; one for each thread."""

    def __init__(self, seconds: float):
        self.seconds = seconds
        self._lock = threading.Lock()
        self._waiting: dict[int, tuple[float, socket.socket]] = {}
        self._watch: threading.Thread | None = None

    def begin(self, descriptor: int) -> None:
        """Shut this connection unless the calling thread says `end` in time."""
        # Of our own: the number of one that was closed may be that of another file by then.
        connection = socket.socket(fileno=os.dup(descriptor))
        self.end()
        with self._lock:
            self._waiting[threading.get_ident()] = time.monotonic() + self.seconds, connection
            # Started where it is needed: no thread outlives the fork of a process.
            if self._watch is None or not self._watch.is_alive():
                self._watch = threading.Thread(target=self._look, name="patience", daemon=True)
                self._watch.start()

    def end(self) -> None:
        """Leave the connection alone from now on; nothing happens if there is none."""
        with self._lock:
            _deadline, connection = self._waiting.pop(threading.get_ident(), (0.0, None))
        if connection is not None:
            connection.close()

    def _look(self) -> None:
        while True:
            time.sleep(self.seconds / 10)
            now = time.monotonic()
            with self._lock:
                for deadline, connection in self._waiting.values():
                    if deadline < now:
                        with suppress(OSError):
                            connection.shutdown(socket.SHUT_RDWR)
