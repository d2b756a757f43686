"""The server that `make run` starts: slow clients hold up nobody, and what is sent arrives whole.

It runs in processes of its own, on a database of its own, as in production.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from itu_portal import server as limits
from tests.conftest import ROOT

# What they share is made once.
pytestmark = pytest.mark.xdist_group("server")
# Starts processes, and waits for slow clients.
runs_a_server = pytest.mark.slow

SLOW_CLIENTS = 200
START, PATIENCE = 90, 60  # seconds
# Generous: on a machine that does nothing else a page takes some hundredths of a second.
MOST_SECONDS = 1.0
HEAD = b"Host: 127.0.0.1\r\nUser-Agent: slow\r\n"


class Server:
    """The running server, and what is asked of it."""

    def __init__(self, folder: Path):
        """Choose a port; the database, the counts and the log lie in the folder."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = folder / "server.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
            "SECRET_KEY": "of a server that lives for some seconds and signs nothing of worth",
            "LIMITS_FILE": str(folder / "limits.sqlite3"),
            "LIMIT_EXPORTS": "off",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def fill(self) -> None:
        """Make the database with the curated content, and the static files."""
        for command in ("migrate --verbosity 0", "load_fixtures", "collectstatic --noinput"):
            subprocess.run(
                [sys.executable, "manage.py", *command.split()],
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                check=True,
            )

    def start(self) -> None:
        """Start as `make run` does, and wait for the first page."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    Path(sys.executable).with_name("gunicorn"),
                    "itu_portal.wsgi",
                    "--bind",
                    f"127.0.0.1:{self.port}",
                ],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                assert self.get("/")[0] == 200
                return
            time.sleep(0.1)
        pytest.fail(f"The server does not answer. Its log:\n{self.log.read_text()}")

    def stop(self) -> int:
        """Tell it to stop, and return its exit status."""
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Ask for a path over a connection of its own; return status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def seconds_of_pages(self) -> list[float]:
        """Return how long some pages take, one after the other."""
        taken = []
        for path in ["/about/", "/itu-t/g.711/", "/search/?q=fibre"] * 4:
            begin = time.monotonic()
            status, body = self.get(path)
            taken.append(time.monotonic() - begin)
            assert status == 200
            assert b"</html>" in body
        return taken


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """Serve the portal; it must not have failed in between."""
    running = Server(tmp_path_factory.mktemp("server"))
    running.fill()
    running.start()
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log.read_text()


@pytest.fixture
def quiet(server) -> float:
    """Return how long a page takes when nobody else asks, on this machine at this moment."""
    return median(server.seconds_of_pages())


@contextlib.contextmanager
def slow_clients(server: Server, sent: bytes, number: int = SLOW_CLIENTS) -> Iterator[None]:
    """Hold connections on which something was sent, and neither send more nor read."""
    with contextlib.ExitStack() as opened:
        for _client in range(number):
            client = opened.enter_context(server.connect())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            client.sendall(sent)
        yield


def is_unharmed(server: Server, quiet: float) -> bool:
    """Return whether pages come about as fast as before; a busy machine gets two more tries."""
    for _try in range(3):
        taken = server.seconds_of_pages()
        if median(taken) < max(MOST_SECONDS, 4 * quiet):
            return True
    return False


FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
# Whoever has not opened a page before is refused without a look at the form.
VISITOR = b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n"
BATCH = b"POST /go/batch/ HTTP/1.1\r\n" + HEAD + FORM
RESOLVE = b"POST /api/v1/resolve HTTP/1.1\r\n" + HEAD + b"Content-Type: application/json\r\n"
LONG = b"Content-Length: 999\r\n\r\n"
HALF_SENT = {
    "nothing": b"",
    "half a line": b"GET /itu-t/",
    "half the headers": b"GET / HTTP/1.1\r\n" + HEAD,
    "half a form": BATCH + LONG + b"lines=",
    "half a chunk": BATCH + b"Transfer-Encoding: chunked\r\n\r\nff\r\nlines=",
    "half a question": RESOLVE + LONG + b'{"q": [',
}


@runs_a_server
@pytest.mark.parametrize("sent", HALF_SENT.values(), ids=HALF_SENT)
def test_requests_that_are_sent_by_halves_hold_up_nobody(server, quiet, sent):
    with slow_clients(server, sent):
        assert is_unharmed(server, quiet)


@runs_a_server
def test_whoever_does_not_read_an_export_holds_up_nobody(server, quiet):
    asked = b"GET /publications/index.json HTTP/1.1\r\n" + HEAD + b"\r\n"
    # More than there are threads, each answer longer than the system keeps for a socket.
    with slow_clients(server, asked, 40):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not is_unharmed(server, quiet):
            pass
        assert is_unharmed(server, quiet)


@runs_a_server
@pytest.mark.parametrize(
    "path", ["/itu-t/g.711/", "/nowhere/", "/topics/index.csv", "/admin/login/", "/healthz"]
)
def test_head_sends_no_body_that_would_stand_before_the_next_answer(server, path):
    with server.connect() as connection:
        request = f"HEAD {path} HTTP/1.1\r\n".encode() + HEAD
        connection.sendall(request + b"Connection: close\r\n\r\n")
        answer = b""
        while part := connection.recv(65_536):
            answer += part
    head, end, rest = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 ")
    assert (end, rest) == (b"\r\n\r\n", b"")


@runs_a_server
def test_a_slow_reader_gets_the_whole_export(server):
    status, whole = server.get("/publications/index.json")
    assert (status, json.loads(whole)["count"] > 500) == (200, True)
    with server.connect() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.sendall(
            b"GET /publications/index.json HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n"
        )
        time.sleep(1)
        answer = b""
        while part := client.recv(65_536):
            answer += part
    head, _end, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert json.loads(without_chunks(head, body))["rows"] == json.loads(whole)["rows"]


def without_chunks(head: bytes, body: bytes) -> bytes:
    """Return the body of an answer, put together if it was sent in chunks."""
    if b"transfer-encoding: chunked" not in head.lower():
        return body
    whole = b""
    while True:
        size, _end, rest = body.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return whole
        whole, body = whole + rest[:length], rest[length + 2 :]


@runs_a_server
def test_an_export_is_compressed_for_whoever_takes_that(server):
    headers = {"Accept-Encoding": "gzip"}
    status, body = server.get("/publications/index.csv", **headers)
    assert status == 200
    assert gzip.decompress(body) == server.get("/publications/index.csv")[1]


@runs_a_server
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /?q=" + b"a" * 30_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"X: " + b"a" * 200_000 + b"\r\n\r\n", 431),
        (
            b"POST /report/ HTTP/1.1\r\n" + HEAD + FORM + VISITOR
            + b"Content-Length: 3000000\r\n\r\n" + b"message=" + b"a" * 2_999_992, 413,
        ),
        (b"POST /report/ HTTP/1.1\r\n" + HEAD + FORM + b"Content-Length: 99999999\r\n\r\n", 413),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"Content-Length: x\r\n\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
    ],
    ids=["address", "headers", "form", "more than is taken", "length", "nonsense"],
)  # fmt: skip
def test_what_is_too_long_is_refused_and_told(server, sent, status):
    with server.connect() as client, contextlib.suppress(ConnectionError):
        with contextlib.suppress(ConnectionError):
            client.sendall(sent)
        answer = client.recv(65_536)
        assert answer.startswith(b"HTTP/1."), answer
        assert int(answer.split()[1]) == status
    assert server.get("/about/")[0] == 200


def test_headers_of_proxies_reach_the_application():
    # Whether they are believed is the business of the settings; the server must not drop them.
    assert limits.LIMITS["clear_untrusted_proxy_headers"] is False


@runs_a_server
def test_an_answer_that_has_begun_is_finished_before_the_end(tmp_path):
    alone = Server(tmp_path)
    alone.fill()
    alone.start()
    connection = http.client.HTTPConnection("127.0.0.1", alone.port, timeout=PATIENCE)
    connection.request("GET", "/publications/index.json")
    answer = connection.getresponse()
    begun = answer.read(100)
    alone.process.send_signal(signal.SIGTERM)
    assert json.loads(begun + answer.read())["count"] > 500
    connection.close()
    assert alone.process.wait(PATIENCE) == 0
    with pytest.raises(OSError):
        alone.get("/")


@runs_a_server
def test_a_worker_that_dies_is_replaced(server):
    found = subprocess.run(
        ["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=True
    )
    workers = [int(pid) for pid in found.stdout.split()]
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    assert all(server.get("/about/")[0] == 200 for _page in range(10))


def test_no_worker_opens_fewer_files_than_before(monkeypatch):
    set_to: list[tuple] = []
    monkeypatch.setattr(limits.resource, "setrlimit", lambda _what, both: set_to.append(both))
    cases: list[tuple[tuple[int, int], list]] = [
        ((256, 10_000), [(4_096, 10_000)]),
        ((256, 1_024), [(1_024, 1_024)]),
        ((65_536, 65_536), []),
        ((limits.resource.RLIM_INFINITY, limits.resource.RLIM_INFINITY), []),
    ]
    for allowed, wanted in cases:
        set_to.clear()
        monkeypatch.setattr(limits.resource, "getrlimit", lambda _what, now=allowed: now)
        limits.allow_files(4_096)
        assert set_to == wanted
