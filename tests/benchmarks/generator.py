"""The load generator: asks one address for a while and prints what came back, as JSON.

Run in a process of its own (`generator.py PORT PATH SECONDS`). Four threads ask, each over one
keep-alive connection; a connection is given up after a few answers and opened anew, so that
none of the server's processes is left idle by chance. Only 127.0.0.1 is ever asked.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

HOST = "127.0.0.1"
CONNECTIONS = 4
ANSWERS_A_CONNECTION = 10
MOST_REQUESTS = 50_000
TIMEOUT = 60


class UnexpectedAnswer(Exception):
    """The server answered something that is not worth measuring."""


@dataclass
class Tally:
    """What one thread saw."""

    answers: int = 0
    size: int = 0


class Connection:
    """A keep-alive connection to the server that asks for one address."""

    def __init__(self, port: int, path: str):
        self.port = port
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept: text/html\r\n"
            "Accept-Encoding: gzip\r\nUser-Agent: benchmark\r\n\r\n"
        ).encode("ascii")
        self.socket: socket.socket | None = None
        self.left = 0

    def ask(self) -> int:
        """Ask once; return the size of the whole answer in bytes."""
        if self.socket is None or not self.left:
            self.close()
            self.socket = socket.create_connection((HOST, self.port), timeout=TIMEOUT)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.left = ANSWERS_A_CONNECTION
        self.left -= 1
        self.socket.sendall(self.request)
        answer = self._read_until(b"\r\n\r\n")
        head, _end, body = answer.partition(b"\r\n\r\n")
        length, closes = self._understand(head)
        missing = length - len(body)
        while missing > 0:
            part = self._read()
            missing -= len(part)
        if closes:
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

    def _read_until(self, end: bytes) -> bytes:
        answer = self._read()
        while end not in answer:
            answer += self._read()
        return answer

    def _understand(self, head: bytes) -> tuple[int, bool]:
        """Return the length of the body, and whether the server closes the connection after it."""
        first, *lines = head.decode("latin-1").split("\r\n")
        if first.split()[1] != "200":
            raise UnexpectedAnswer(f"the answer is not 200 but: {first}")
        headers = {}
        for line in lines:
            name, _colon, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        if "content-length" not in headers:
            raise UnexpectedAnswer("the answer does not say how long it is")
        return int(headers["content-length"]), headers.get("connection", "").lower() == "close"


def ask_until(port: int, path: str, end: float) -> Tally:
    """Ask until the clock shows `end`, or until there were requests enough."""
    tally, connection = Tally(), Connection(port, path)
    try:
        while time.perf_counter() < end and tally.answers < MOST_REQUESTS // CONNECTIONS:
            tally.size = connection.ask()
            tally.answers += 1
    finally:
        connection.close()
    return tally


def measure(port: int, path: str, seconds: float) -> dict[str, float]:
    """Ask over all connections at once; return answers, seconds and the size of one answer."""
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        begin = time.perf_counter()
        jobs = [
            threads.submit(ask_until, port, path, begin + seconds) for _thread in range(CONNECTIONS)
        ]
        tallies = [job.result() for job in jobs]
        took = time.perf_counter() - begin
    return {
        "answers": sum(tally.answers for tally in tallies),
        "seconds": took,
        "size": max(tally.size for tally in tallies),
    }


def main() -> None:
    """Measure what the command line names."""
    port, path, seconds = sys.argv[1:]
    try:
        print(json.dumps(measure(int(port), path, float(seconds))))
    except (OSError, UnexpectedAnswer) as error:
        sys.exit(f"{path}: {error}")


if __name__ == "__main__":
    main()
