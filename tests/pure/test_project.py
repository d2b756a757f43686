"""What tools cannot see: pinned packages that follow their source, the version in two places."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from itu_portal import __version__
from tests.found import some

ROOT = Path(__file__).resolve().parents[2]
# A package may be pinned twice, for different versions of Python.
Pins = dict[str, set[str]]


def direct(name: str) -> Pins:
    """Return the packages that an .in file asks for, with their versions."""
    lines = (ROOT / name).read_text().splitlines()
    pins = [line.split("==") for line in lines if not line.startswith(("-r ", "-c "))]
    return {normal(package): {version} for package, version in pins}


def compiled(name: str) -> Pins:
    """Return the packages that a .txt file installs, with their versions; each has a hash."""
    pins: Pins = {}
    for entry in some(re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())[1:]):
        package, version = re.match(r"([a-z0-9-]+)==([^ ;]+)", entry).groups()
        assert "--hash=sha256:" in entry, f"{package} has no hash in {name}"
        pins.setdefault(package, set()).add(version)
    return pins


def normal(package: str) -> str:
    """Return the name by which package indexes compare."""
    return re.sub(r"[-_.]+", "-", package).lower()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_pinned_versions_follow_what_is_asked_for(name):
    wanted, pinned = direct(f"{name}.in"), compiled(f"{name}.txt")
    assert wanted, f"{name}.in asks for nothing"
    assert wanted == {package: pinned.get(package) for package in wanted}, "run `make pins`"


def test_developers_run_the_versions_that_the_portal_runs():
    portal, developers = compiled("requirements.txt"), compiled("requirements-dev.txt")
    assert portal == {package: developers.get(package) for package in portal}, "run `make pins`"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pinned_versions_name_no_package_index(name):
    text = (ROOT / name).read_text()
    assert not re.findall(r"https?://|file://|--(?:extra-)?index-url|--find-links", text)


def test_the_newest_version_in_the_changelog_is_that_of_the_code():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(__version__)} - \d{{4}}-\d\d-\d\d", headings[1])


@pytest.mark.parametrize("name", ["run", "load", "generator"])
def test_the_benchmarks_start(name):
    """They are run as a file, from the root of the project, as `make bench` and `make load` do."""
    command = [sys.executable, f"tests/benchmarks/{name}.py", "--help"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
