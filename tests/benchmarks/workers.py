"""What the processes of a server take, as Linux tells in /proc: time, memory, connections.

On other systems there are no such files: nothing is known then, and the tables say so.
"""

from __future__ import annotations

import os
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
HOST = "127.0.0.1"
PATIENCE = 20  # seconds until all workers must have started
TRIES = 50  # rounds of connections that are opened to meet each worker
AT_ONCE = 4  # connections in a round


@dataclass(frozen=True)
class Memory:
    """The memory of a process in MiB: now, and the most that it ever had."""

    now: float
    peak: float


def is_known() -> bool:
    """Return whether this system tells about processes."""
    return (PROC / "self" / "status").exists()


def workers_of(parent: int, number: int) -> list[int]:
    """Return the processes that a process started, when there are so many of them."""
    end = time.monotonic() + PATIENCE
    found: list[int] = []
    while time.monotonic() < end and len(found) < number:
        time.sleep(0.1)
        found = _children(parent)
    return found


def _children(parent: int) -> list[int]:
    found = []
    for place in PROC.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            if int(_stat(place)[1]) == parent:
                found.append(int(place.name))
    return sorted(found)


def _stat(place: Path) -> list[str]:
    # The name of the command stands in brackets and may hold anything.
    return (place / "stat").read_text().rpartition(")")[2].split()


def cpu_seconds(pids: list[int]) -> float:
    """Return the processor time that the processes have taken since they started."""
    ticks = 0
    for pid in pids:
        fields = _stat(PROC / str(pid))
        ticks += int(fields[11]) + int(fields[12])  # in the program and in the system
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> Memory:
    """Return the memory of a process that lives in its own pages and those it shares."""
    sizes = {}
    for line in (PROC / str(pid) / "status").read_text().splitlines():
        name, _colon, value = line.partition(":")
        if name in ("VmRSS", "VmHWM"):
            sizes[name] = int(value.split()[0]) / 1024
    return Memory(sizes["VmRSS"], sizes["VmHWM"])


def ask_each(port: int, pids: list[int], path: str) -> dict[int, bytes]:
    """Return what each worker answers to a path, with its head.

    Who takes a connection is left to the system: connections are opened, some at a time because an
    idle server would give one after the other to the same worker, until each worker had one.
    """
    answers: dict[int, bytes] = {}
    for _try in range(TRIES):
        if len(answers) == len(pids):
            break
        with ThreadPoolExecutor(AT_ONCE) as threads:
            jobs = [threads.submit(_ask, port, pids, path) for _connection in range(AT_ONCE)]
            answers |= dict(job.result() for job in jobs)
        answers.pop(None, None)
    return answers


def _ask(port: int, pids: list[int], path: str) -> tuple[int | None, bytes]:
    """Return who answers, and what."""
    with socket.create_connection((HOST, port), timeout=60) as connection:
        own = connection.getsockname()[1]
        # Not asked to close it: a worker that answers at once would have let go of it by then.
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n\r\n".encode())
        answer = connection.recv(65_536)
        pid = _holder(port, own, pids)
        head, _end, body = answer.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *([0-9]+)", head, re.IGNORECASE)
        while length and len(body) < int(length[1]) and (part := connection.recv(65_536)):
            body += part
    return pid, head + body


def _holder(port: int, other_port: int, pids: list[int]) -> int | None:
    """Return which process holds the server's end of a connection; None if that is not seen."""
    inode = ""
    for line in (PROC / "net" / "tcp").read_text().splitlines()[1:]:
        fields = line.split()
        ports = [int(end.rpartition(":")[2], 16) for end in fields[1:3]]
        if ports == [port, other_port]:
            inode = fields[9]
    for pid in pids:
        with suppress(OSError):
            for descriptor in (PROC / str(pid) / "fd").iterdir():
                with suppress(OSError):
                    if inode and os.readlink(descriptor) == f"socket:[{inode}]":
                        return pid
    return None
