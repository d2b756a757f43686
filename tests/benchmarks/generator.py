"""The load generator: asks a server for a while and prints what came back, as JSON.

Run in a process of its own. It asks either one address over and over (`--path`) or the addresses
of a file in their order, each once (`--paths`, from the line `--start` on); it stops early where
the file ends. Four threads ask, each over one keep-alive connection; a connection is given up
after a few answers and opened anew, so that none of the server's processes is left idle by chance.
Where a server has several ports, the connections are shared out among them. Only 127.0.0.1 is
ever asked.
"""

from __future__ import annotations

import argparse
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

HOST = "127.0.0.1"
CONNECTIONS = 4
ANSWERS_A_CONNECTION = 10
MOST_REQUESTS = 50_000
TIMEOUT = 60
OK = 200
NOT_MODIFIED = 304
SENT_ALWAYS = ("Accept: text/html,*/*;q=0.8", "Accept-Encoding: gzip", "User-Agent: benchmark")


class UnexpectedAnswer(Exception):
    """The server answered something that is not worth measuring."""


@dataclass
class Tally:
    """What one thread saw."""

    answers: int = 0
    size: int = 0
    ran_out: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked: to which ports, with which headers, and which answers are right."""

    ports: Sequence[int]
    headers: Sequence[str] = ()
    statuses: Sequence[int] = (OK,)


class Addresses:
    """Hands out addresses to all threads, none of them twice unless there is one only."""

    def __init__(self, paths: Iterator[str]):
        self.lock = threading.Lock()
        self.paths = paths

    def next(self) -> str | None:
        """Return the next one; None at the end."""
        with self.lock:
            return next(self.paths, None)


class Connection:
    """A keep-alive connection to a port of the server."""

    def __init__(self, port: int, question: Question):
        self.port = port
        self.statuses = question.statuses
        lines = [f"Host: {HOST}:{port}", *SENT_ALWAYS, *question.headers]
        self.after_path = " HTTP/1.1\r\n" + "\r\n".join(lines) + "\r\n\r\n"
        self.socket: socket.socket | None = None
        self.left = 0

    def ask(self, path: str) -> int:
        """Ask once; return the size of the whole answer in bytes."""
        if self.socket is None or not self.left:
            self.close()
            self.socket = socket.create_connection((HOST, self.port), timeout=TIMEOUT)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.left = ANSWERS_A_CONNECTION
        self.left -= 1
        self.socket.sendall(f"GET {path}{self.after_path}".encode("ascii"))
        answer = self._read_until(b"\r\n\r\n")
        head, _end, body = answer.partition(b"\r\n\r\n")
        status, headers = understand(head)
        if status not in self.statuses:
            raise UnexpectedAnswer(f"{path} was answered with {status}")
        if status == NOT_MODIFIED:
            length = 0
        elif headers.get("transfer-encoding", "").lower() == "chunked":
            length = self._read_chunks(body)
        elif "content-length" in headers:
            length = int(headers["content-length"])
            self._read_rest(length - len(body))
        else:
            raise UnexpectedAnswer(f"the answer to {path} does not say how long it is")
        if headers.get("connection", "").lower() == "close":
            self.left = 0
        return len(head) + 4 + length

    def close(self) -> None:
        """Give the connection up."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _read(self) -> bytes:
        part = self.socket.recv(65_536)
        if not part:
            raise UnexpectedAnswer("the server closed the connection in the middle of an answer")
        return part

    def _read_until(self, end: bytes, begun: bytes = b"") -> bytes:
        answer = begun
        while end not in answer:
            answer += self._read()
        return answer

    def _read_rest(self, missing: int) -> None:
        while missing > 0:
            missing -= len(self._read())

    def _read_chunks(self, held: bytes) -> int:
        """Read an answer that is sent in parts, each after a line with its length."""
        total = 0
        while True:
            held = self._read_until(b"\r\n", held)
            line, _end, held = held.partition(b"\r\n")
            size = int(line.partition(b";")[0], 16)
            total += len(line) + 2 + size + 2
            parts, have = [held], len(held)
            while have < size + 2:
                parts.append(self._read())
                have += len(parts[-1])
            held = b"".join(parts)[size + 2 :]
            if not size:
                return total


def understand(head: bytes) -> tuple[int, dict[str, str]]:
    """Return the status and the headers, their names in small letters."""
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines:
        name, _colon, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return int(first.split()[1]), headers


def ask_until(connection: Connection, addresses: Addresses, end: float) -> Tally:
    """Ask until the clock shows `end`, until there were requests enough, or no address is left."""
    tally = Tally()
    try:
        while time.perf_counter() < end and tally.answers < MOST_REQUESTS // CONNECTIONS:
            path = addresses.next()
            if path is None:
                tally.ran_out = True
                break
            tally.size = max(tally.size, connection.ask(path))
            tally.answers += 1
    finally:
        connection.close()
    return tally


def measure(question: Question, addresses: Addresses, seconds: float) -> dict[str, float]:
    """Ask over all connections at once; return answers, seconds and the size of the longest."""
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        begin = time.perf_counter()
        jobs = [
            threads.submit(
                ask_until,
                Connection(question.ports[number % len(question.ports)], question),
                addresses,
                begin + seconds,
            )
            for number in range(CONNECTIONS)
        ]
        tallies = [job.result() for job in jobs]
        took = time.perf_counter() - begin
    return {
        "answers": sum(tally.answers for tally in tallies),
        "seconds": took,
        "size": max(tally.size for tally in tallies),
        "ran_out": any(tally.ran_out for tally in tallies),
    }


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, action="append", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--path", help="one address, asked over and over")
    what.add_argument("--paths", type=Path, help="a file of addresses, each asked once")
    parser.add_argument("--start", type=int, default=0, help="line of the file to begin with")
    parser.add_argument("--header", action="append", default=[], help="a further header")
    parser.add_argument("--status", type=int, action="append", help="a right answer (200)")
    options = parser.parse_args()
    if options.path is not None:
        paths = repeat(options.path)
    else:
        paths = iter(options.paths.read_text("ascii").splitlines()[options.start :])
    question = Question(options.port, options.header, options.status or [OK])
    try:
        print(json.dumps(measure(question, Addresses(paths), options.seconds)))
    except (OSError, UnexpectedAnswer) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
