"""Ask each process of an instance, without nginx; Linux alone tells which one answers.

Whoever is awake takes a connection, and an instance with little to do would leave all of them to
the same process. So many connections are opened at once, before anything is asked.
"""

from __future__ import annotations

import os
import socket
import time
from contextlib import ExitStack, suppress

from .processes import HOST, PROC

AT_ONCE = 12  # connections of a round
ROUNDS = 4
TAKEN = 0.03  # seconds until the processes have taken what was opened
TIMEOUT = 30


def ask_each(port: int, pids: list[int], path: str) -> dict[int, tuple[int, bytes]]:
    """Return status and answer of each process that was met; raise OSError if nobody listens."""
    answers: dict[int, tuple[int, bytes]] = {}
    for _round in range(ROUNDS):
        if len(answers) == len(pids):
            break
        with ExitStack() as opened:
            connections = [
                opened.enter_context(socket.create_connection((HOST, port), timeout=TIMEOUT))
                for _connection in range(AT_ONCE)
            ]
            time.sleep(TAKEN)
            sockets = sockets_of(pids)
            inodes = inodes_of(port)
            for connection in connections:
                pid = sockets.get(inodes.get(connection.getsockname()[1], ""))
                if pid is not None and pid not in answers:
                    answers[pid] = ask(connection, path)
    return answers


def ask(connection: socket.socket, path: str) -> tuple[int, bytes]:
    """Ask over an open connection; return the status and all that came."""
    host = "{}:{}".format(*connection.getpeername())
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    answer = b""
    while part := connection.recv(65_536):
        answer += part
    words = answer.split(maxsplit=2)
    return (int(words[1]) if len(words) > 1 else 0), answer


def inodes_of(port: int) -> dict[int, str]:
    """Return the server's ends of the connections to a port, by the port of the client."""
    found = {}
    for line in (PROC / "net" / "tcp").read_text().splitlines()[1:]:
        fields = line.split()
        own, other = (int(end.rpartition(":")[2], 16) for end in fields[1:3])
        if own == port:
            found[other] = f"socket:[{fields[9]}]"
    return found


def sockets_of(pids: list[int]) -> dict[str, int]:
    """Return which process holds which socket."""
    found = {}
    for pid in pids:
        with suppress(OSError):
            for descriptor in (PROC / str(pid) / "fd").iterdir():
                with suppress(OSError):
                    found[os.readlink(descriptor)] = pid
    return found
