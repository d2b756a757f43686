"""The recipes of deploy/ name what is there, and agree with each other."""

from __future__ import annotations

import re
import subprocess

import pytest
import yaml

from tests.conftest import ROOT
from tests.found import some

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
UNITS = some(sorted((DEPLOY / "systemd").glob("*.service")), at_least=3)
SCRIPTS = some(sorted(DEPLOY.glob("*.sh")), at_least=5)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_read_and_started(script):
    shell = script.read_text().splitlines()[0].rsplit("/", 1)[1].split()[-1]
    assert subprocess.run([shell, "-n", script], check=False).returncode == 0
    assert script.stat().st_mode & 0o111


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_what_is_there_with_few_rights(unit):
    text = unit.read_text()
    places = set(re.findall(r"/srv/itu-portal/(deploy/\S+)", text))
    assert {place for place in places if not (ROOT / place).is_file()} == set()
    commands = set(re.findall(r"manage\.py (\w+)", text)) - {"clearsessions"}
    own = {path.stem for path in (ROOT / "catalog" / "management" / "commands").glob("*.py")}
    assert commands <= own
    assert places or commands or "gunicorn" in text or "clearsessions" in text
    for line in ("User=itu", "ProtectSystem=strict", "NoNewPrivileges=true"):
        assert line in text.splitlines()


def test_each_job_of_systemd_has_its_timer():
    timers = {path.stem for path in (DEPLOY / "systemd").glob("*.timer")}
    assert timers == {path.stem for path in UNITS} - {"itu-portal"}


def test_the_portal_runs_without_rights_and_writes_to_a_volume_alone():
    ours = {name: one for name, one in COMPOSE["services"].items() if one["image"] == "itu-portal"}
    assert {"web1", "web2", "setup", "jobs"} == set(ours)
    volumes = []
    for one in some(ours.values(), at_least=4):
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
        volumes += one.get("volumes", [])
    assert {volume.rpartition(":")[2] for volume in volumes} == {"/data"}
    assert "\nUSER 10001:10001\n" in (DEPLOY / "Containerfile").read_text()


def test_every_container_is_one_that_the_proxy_knows_and_that_keeps_no_secret():
    lines = re.findall(r"server (\w+):8000 ([^;]+);", (DEPLOY / "nginx.conf").read_text())
    for is_second_line in (False, True):
        upstream = [name for name, words in lines if ("backup" in words) == is_second_line]
        assert upstream == COMPOSE["services"]["proxy"]["depends_on"]
    assert "volatile-ttl" in COMPOSE["services"]["cache"]["command"]
    ignored = (ROOT / ".containerignore").read_text().splitlines()
    assert {"var", ".git", "deploy/portal.env", "deploy/secrets"} <= set(ignored)
