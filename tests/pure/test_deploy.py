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
    started = some(re.findall(r"/srv/itu-portal/(deploy/\S+)|manage\.py (\w+)", text))
    for place, command in started:
        if place:
            assert (ROOT / place).is_file()
        elif command != "clearsessions":
            assert (ROOT / "catalog" / "management" / "commands" / f"{command}.py").is_file()
    for line in ("User=itu", "ProtectSystem=strict", "NoNewPrivileges=true"):
        assert line in text.splitlines()


def test_each_job_of_systemd_has_its_timer():
    timers = {path.stem for path in (DEPLOY / "systemd").glob("*.timer")}
    assert timers == {path.stem for path in UNITS} - {"itu-portal"}


def test_the_portal_runs_without_rights_and_writes_to_a_volume_alone():
    ours = {name: one for name, one in COMPOSE["services"].items() if one["image"] == "itu-portal"}
    assert {"web1", "web2", "setup", "jobs"} == set(ours)
    for one in some(ours.values()):
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
    volumes = [volume for one in ours.values() for volume in one.get("volumes", [])]
    assert all(volume.endswith(":/data") for volume in some(volumes))
    assert "\nUSER 10001:10001\n" in (DEPLOY / "Containerfile").read_text()


def test_every_container_is_one_that_the_proxy_knows_and_that_keeps_no_secret():
    upstream = re.findall(r"server (\w+):8000", (DEPLOY / "nginx.conf").read_text())
    assert upstream == COMPOSE["services"]["proxy"]["depends_on"]
    assert "volatile-ttl" in COMPOSE["services"]["cache"]["command"]
    ignored = (ROOT / ".containerignore").read_text().splitlines()
    assert {"var", ".git", "deploy/portal.env", "deploy/secrets"} <= set(ignored)
