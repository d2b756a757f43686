"""Counts for Prometheus: for whoever knows the token, by names of routes, for all processes."""

from __future__ import annotations

import os
import re
import signal
import subprocess

import pytest
from prometheus_client.parser import text_string_to_metric_families

from catalog.operations.observing import ObservingMiddleware
from tests.found import some
from tests.pages.test_server import Server, runs_a_server
from tests.processes import comes_true

TOKEN = "a-token-for-the-tests"
SEND = {"authorization": f"Bearer {TOKEN}"}


def counts_of(text: str) -> dict[tuple[str, ...], float]:
    """Return each sample: its name and its labels' values, in the order of their names."""
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def counted(settings, client):
    """A client of a portal that counts."""
    settings.METRICS_TOKEN = TOKEN
    return client


@pytest.mark.django_db
def test_without_a_token_there_is_no_such_address(client):
    answer = client.get("/metrics", headers=SEND)
    assert answer.status_code == 404
    assert b"itu_http" not in answer.content


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", TOKEN, "Bearer ü"])
def test_a_wrong_token_gets_nothing(counted, sent):
    answer = counted.get("/metrics", headers={"authorization": sent})
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_requests_are_counted_by_names_and_never_by_paths(counted):
    def asked():
        return counts_of(counted.get("/metrics", headers=SEND).content.decode())

    before = asked()
    for path in ("/itu-t/g.711/", "/itu-t/h.264/", "/no-such-page/", "/wp-login.php"):
        counted.get(path)
    counted.generic("BREW", "/about/")
    after = asked()
    name = "itu_http_requests_total"
    more = {key: value - before.get(key, 0) for key, value in after.items() if key[0] == name}
    # Labels in the order of their names: method, route, status.
    assert more[name, "GET", "publication", "200"] == 2
    assert more[name, "GET", "none", "404"] == 2
    assert sum(value for key, value in more.items() if key[1] == "OTHER") == 1
    assert after["itu_http_request_duration_seconds_bucket", "+Inf", "publication"] >= 2
    assert after["itu_http_requests_in_flight",] == 0
    assert not re.search(r"g\.71|wp-login|/", " ".join(label for key in after for label in key[1:]))


@pytest.mark.django_db
def test_a_request_that_fails_is_no_longer_in_flight(counted, rf):
    def fails(_request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ObservingMiddleware(fails)(rf.get("/"))
    text = counted.get("/metrics", headers=SEND).content.decode()
    assert counts_of(text)["itu_http_requests_in_flight",] == 0


@runs_a_server
@pytest.mark.xdist_group("server")
def test_all_processes_count_together_and_a_dead_one_is_not_lost(tmp_path):
    folder = tmp_path / "metrics"
    folder.mkdir()
    (folder / "counter_1.db").write_bytes(b"of the last start")
    server = Server(tmp_path)
    server.environment |= {
        "METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(folder),
        "LOG_FORMAT": "json",
    }
    server.fill()
    server.start()

    def counts() -> dict[tuple[str, ...], float]:
        status, body = server.get("/metrics", Authorization=f"Bearer {TOKEN}")
        assert status == 200
        return counts_of(body.decode())

    def about() -> float:
        return counts().get(("itu_http_requests_total", "GET", "about", "200"), 0)

    try:
        assert not (folder / "counter_1.db").exists()
        assert server.get("/metrics")[0] == 401
        for _page in range(20):
            assert server.get("/about/")[0] == 200
        assert about() == 20
        assert counts()["itu_catalogue_version",] >= 1
        found = subprocess.run(
            ["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=True
        )
        workers = found.stdout.split()
        assert len(workers) == 2
        gauge = folder / f"gauge_livesum_{workers[0]}.db"
        assert gauge.exists()
        os.kill(int(workers[0]), signal.SIGKILL)
        assert comes_true(lambda: not gauge.exists())
        assert about() == 20
        assert counts()["itu_http_requests_in_flight",] == 0
    finally:
        assert server.stop() == 0
    lines = server.log.read_text().splitlines()
    assert all(line.startswith("{") for line in some(lines)), lines
    assert sum('"route": "about"' in line for line in lines) == 20
