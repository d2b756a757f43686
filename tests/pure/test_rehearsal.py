"""The rehearsal of failures can be started, and changes of nginx.conf only what it must.

What it measures takes minutes and a PostgreSQL, a Redis and an nginx of the system: it is run by
hand (deploy/README.md).
"""

from __future__ import annotations

import difflib
import importlib
import subprocess
import sys

import pytest

from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
PORTS = {"web1": 5001, "web2": 5002, "http": 5080, "https": 5443}


@pytest.fixture
def module(monkeypatch):
    """Return a module of the rehearsal by its name, as the script imports it."""
    monkeypatch.setattr(sys, "path", [str(DEPLOY), *sys.path])
    return lambda name: importlib.import_module(f"rehearsal.{name}")


def test_it_starts_and_says_what_it_does():
    command = [sys.executable, "deploy/rehearse.py", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "--catalogue FILE" in done.stdout


def test_of_nginx_only_addresses_certificates_and_places_change(module, tmp_path):
    ours = (DEPLOY / "nginx.conf").read_text()
    here = module("arrangement").nginx_here(ours, tmp_path, PORTS)
    gone = [line[2:].strip() for line in difflib.ndiff(ours.splitlines(), here.splitlines())
            if line.startswith("- ")]  # fmt: skip
    changed = ("pid", "server web", "server_name", "listen", "return 301", "ssl_")
    assert [line for line in gone if not line.startswith(changed)] == []
    assert "example" not in here
    assert "ssl" not in here
    for port in PORTS.values():
        assert f"127.0.0.1:{port}" in here


def test_an_nginx_conf_that_it_does_not_know_is_refused(module, tmp_path):
    arrangement = module("arrangement")
    with pytest.raises(arrangement.NotReady, match="web2"):
        text = (DEPLOY / "nginx.conf").read_text().replace("web2", "second")
        arrangement.nginx_here(text, tmp_path, PORTS)


def test_an_answer_belongs_to_the_outage_that_it_met(module):
    record = module("record")
    calm, outage, back = (
        record.Phase("calm", is_outage=False),
        record.Phase("outage"),
        record.Phase("back", is_outage=False),
    )
    all_of_them = record.Record(lambda: None)
    all_of_them.begin(calm)
    assert all_of_them.of(calm) is calm
    all_of_them.begin(outage)
    assert all_of_them.of(calm) is outage
    all_of_them.begin(back)
    assert all_of_them.of(outage) is outage


def test_errors_stale_pages_and_inner_workings_are_faults(module):
    record = module("record")
    phase = record.Phase("calm", waits=[1.0, 2.0])
    assert phase.faults() == []
    phase.errors["500 (pages)"] += 1
    phase.stale.append("nginx showed save 1 after save 2")
    phase.inner_workings.append("/: Traceback")
    assert len(phase.faults()) == 3
