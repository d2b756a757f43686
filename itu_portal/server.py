"""A worker of gunicorn that no slow client can hold: waitress speaks to the clients.

Gunicorn keeps the processes: it binds the address, starts as many workers as wanted, replaces one
that died or hangs, and hands over when told to reload. In each process one loop of waitress reads
requests and sends answers for all connections at once, and its threads run the application. A
thread gets a request when the whole of it has come, and is free again when the answer is written
to a buffer, so a client that stops halfway or does not read holds a socket and nothing else. The
threads of gunicorn's own workers wait for their clients, and a few of those stop the site.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from gunicorn.workers.base import Worker
from waitress.server import create_server

MEBIBYTE = 2**20
# Clients that one process listens to at the same time; further ones wait in the system's queue.
CONNECTIONS = 1_000
# Of a client's connection a socket and two files, and what the application opens.
MOST_FILES = 4_096
# Seconds without progress of a request or answer after which its connection is closed.
PATIENCE = 60
# How long a thread may keep the others waiting. At Python's 5 ms a page that asks the database
# many times waits long beside a few exports.
SWITCH_SECONDS = 0.001

LIMITS: dict[str, Any] = {
    "connection_limit": CONNECTIONS,
    "channel_timeout": PATIENCE,
    "cleanup_interval": 10,
    # The application answers 414 to a long address, with a page; this is for what is far longer.
    "max_request_header_size": 64 * 1024,
    # A little more than the longest body that the API takes. The application refuses forms that
    # are too long, in words; what is longer than this never reaches it.
    "max_request_body_size": 16 * MEBIBYTE,
    # Longer ones are kept in a file.
    "inbuf_overflow": MEBIBYTE // 2,
    "outbuf_overflow": MEBIBYTE,
    # The application counts proxies itself (settings), so headers of theirs are passed on.
    "clear_untrusted_proxy_headers": False,
    "asyncore_use_poll": True,
    "expose_tracebacks": False,
    "log_socket_errors": False,
    "ident": None,
}


class BufferingWorker(Worker):
    """Runs the application in `threads` threads behind a loop that buffers for all clients."""

    def run(self) -> None:
        """Serve until told to stop, then finish what has begun, for as long as is allowed."""
        sys.setswitchinterval(SWITCH_SECONDS)
        allow_files(MOST_FILES)
        server = create_server(
            without_bodies_of_head(self.wsgi),
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            **LIMITS,
        )
        while self.alive and self.ppid == os.getppid():
            self._step(server)
        self._finish(server)

    def _step(self, server) -> None:
        """Tell the parent that all is well, and handle what comes within a second."""
        self.notify()
        server.asyncore.loop(timeout=1, use_poll=True, map=server._map, count=1)

    def _finish(self, server) -> None:
        """Take no new connections and send the answers of the requests that have come."""
        server.accepting = False
        deadline = time.monotonic() + self.cfg.graceful_timeout
        while is_busy(server) and time.monotonic() < deadline:
            self._step(server)
        server.task_dispatcher.shutdown(timeout=1)


def without_bodies_of_head(application: Callable) -> Callable:
    """Return the application with empty bodies for HEAD, which waitress would send as they come.

    An answer that does not say how long it is would be sent in chunks, of which the last is a body
    as well; so its length is counted.
    """

    def answer(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return application(environ, start_response)
        begun: list[Any] = []
        parts = application(environ, lambda *status_and_headers: begun.extend(status_and_headers))
        try:
            status, headers, *error = begun
            if not any(name.lower() == "content-length" for name, _value in headers):
                headers = [*headers, ("Content-Length", str(sum(map(len, parts))))]
            start_response(status, headers, *error)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return []

    return answer


def is_busy(server) -> bool:
    """Return whether a request is being answered, or an answer not sent yet."""
    channels = list(server.active_channels.values())
    return any(channel.requests or channel.total_outbufs_len for channel in channels)


def allow_files(number: int) -> None:
    """Let this process open this many files if the system allows; never lower the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
