"""What the measurements rely on: the generator asks what it should, and draws never repeat."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from tests.benchmarks import addresses
from tests.conftest import ROOT
from tests.found import some


class Answers(BaseHTTPRequestHandler):
    """Answers with a length, in parts, or that nothing changed; notes what was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        if self.headers.get("If-None-Match") == '"known"':
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        if self.path.startswith("/parts"):
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\n3;x=y\r\n\r\n0\r\n0\r\n\r\n")
            return
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture
def server():
    """A server on a free port."""
    Answers.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as served:
        served.daemon_threads = True
        thread = threading.Thread(target=served.serve_forever, args=(0.05,))
        thread.start()
        yield served
        served.shutdown()
        thread.join()


def generate(server, *options: str) -> subprocess.CompletedProcess:
    """Run the generator."""
    port = f"--port={server.server_port}"
    command = [sys.executable, "tests/benchmarks/generator.py", port, "--seconds=20", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_each_address_of_a_file_is_asked_once(server, tmp_path):
    paths = [f"/{'parts' if number % 2 else 'whole'}/{number}" for number in range(50)]
    (tmp_path / "paths").write_text("\n".join(paths))
    done = generate(server, f"--paths={tmp_path / 'paths'}", "--start=10")
    seen = json.loads(done.stdout)
    assert (seen["answers"], seen["ran_out"]) == (40, True)
    assert sorted(Answers.asked) == sorted(paths[10:])


def test_an_answer_may_be_that_nothing_changed(server, tmp_path):
    (tmp_path / "paths").write_text("/a\n/b")
    question = [f"--paths={tmp_path / 'paths'}", '--header=If-None-Match: "known"']
    assert json.loads(generate(server, *question, "--status=304").stdout)["answers"] == 2
    refused = generate(server, *question)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "was answered with 304" in refused.stderr


def test_draws_are_the_same_each_time_and_never_repeat():
    chance = random.Random(1)
    works = [
        SimpleNamespace(
            name=f"Transport of {chance.choice(('light', 'sound', 'words'))} number{number % 7}",
            state=chance.choice(("in-force", "withdrawn", "")),
            kind=chance.choice(("recommendation", "report")),
            sector=SimpleNamespace(key=chance.choice(("itu-t", "itu-r"))),
            series=SimpleNamespace(key=f"series-{number % 9}") if number % 3 else None,
        )
        for number in range(60)
    ]
    for name, draw in (
        ("lists", addresses.three_facets),
        ("searches", addresses.search_with_facet),
    ):
        first, second = (addresses.unlike(works, name, draw) for _time in range(2))
        assert first == second
        queries = [urlencode(pairs) for pairs in first]
        assert len(queries) == len(set(queries)) > 20
        if name == "lists":
            assert all(len({facet for facet, _value in pairs}) == 3 for pairs in some(first))
