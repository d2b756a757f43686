"""An import that is stopped or killed: nothing is changed, nobody reads on, and words say so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalogue.test_killed_import import COMMAND, address_of_copy
from tests.conftest import CATALOGUE, ROOT
from tests.processes import PATIENCE, comes_true, living_of_group

pytestmark = pytest.mark.django_db
COUNT = (
    "from catalog.models import *; print([m.objects.count() for m in "
    "(Publication, Edition, Component, SourceRecord, ImportRun, SearchEntry)])"
)


@pytest.fixture(scope="module")
def part(tmp_path_factory) -> Path:
    """A snapshot large enough to be read by several processes and written for a while."""
    path = tmp_path_factory.mktemp("part") / "part.zip"
    with zipfile.ZipFile(CATALOGUE) as whole, zipfile.ZipFile(path, "w") as smaller:
        names = [name for name in whole.namelist() if name.endswith(".yaml")]
        for name in names[::6]:
            smaller.writestr(name, whole.read(name))
    return path


@pytest.fixture
def environment(tmp_path, django_db_setup, django_db_blocker) -> Iterator[dict[str, str]]:
    """The environment of a command that writes to a database with the curated content."""
    with django_db_blocker.unblock():
        yield {
            **os.environ,
            "DATABASE_URL": address_of_copy(tmp_path),
            "PYTHONUNBUFFERED": "1",
        }


class Running:
    """An import in a group of processes of its own, read up to a line of its output."""

    def __init__(self, path: Path, environment: dict[str, str], *, until: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, str(path)],
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        for line in self.process.stdout:
            if until in line:
                return
        pytest.fail(f"no line with {until!r}: {self.process.stderr.read()}")

    def end(self) -> tuple[int, str]:
        """Wait for the command, and return its status and all that it said since."""
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out + err

    def readers(self) -> list[int]:
        """Return the processes that read files for the import."""
        found = living_of_group(self.process.pid)
        return [pid for pid, command in found.items() if "spawn_main" in command]

    def leaves_nothing(self) -> bool:
        """Return whether all processes of the group end, after a while."""
        return comes_true(lambda: not living_of_group(self.process.pid))


def counts(environment: dict[str, str]) -> str:
    """Return what the database holds, as another process sees it."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", COUNT]
    return subprocess.run(
        command, cwd=ROOT, env=environment, text=True, capture_output=True, check=True
    ).stdout


READING, WRITING = "records read", "Writing"
STOPS = [
    # the signal, whether the whole group hears it, where the import is, how it may end
    (signal.SIGINT, False, READING, {130}),
    (signal.SIGINT, True, READING, {130}),
    (signal.SIGTERM, False, READING, {143}),
    (signal.SIGTERM, True, READING, {143, 1}),
    (signal.SIGINT, True, WRITING, {130}),
    (signal.SIGTERM, False, WRITING, {143}),
]


@pytest.mark.parametrize(("number", "to_all", "until", "statuses"), STOPS)
def test_an_import_that_is_stopped_says_that_nothing_was_changed(
    part, environment, number, to_all, until, statuses
):
    before = counts(environment)
    running = Running(part, environment, until=until)
    if until == WRITING:
        time.sleep(0.3)
    (os.killpg if to_all else os.kill)(running.process.pid, number)
    status, said = running.end()
    assert running.leaves_nothing()
    assert status in statuses
    assert "Traceback" not in said
    assert ("Nothing was changed" if status > 1 else "Nothing was imported") in said
    assert counts(environment) == before


def test_a_second_signal_does_not_disturb_the_first(part, environment):
    running = Running(part, environment, until=READING)
    for _times in range(3):
        os.killpg(running.process.pid, signal.SIGINT)
        time.sleep(0.05)
    status, said = running.end()
    assert status == 130
    assert running.leaves_nothing()
    assert "Traceback" not in said


def test_an_import_that_is_killed_leaves_no_process_behind(part, environment):
    before = counts(environment)
    running = Running(part, environment, until=READING)
    assert len(running.readers()) == 2
    running.process.kill()
    status, _said = running.end()
    assert status == -signal.SIGKILL
    assert running.leaves_nothing()
    assert counts(environment) == before


def test_a_reader_that_is_killed_ends_the_import_in_words(part, environment):
    running = Running(part, environment, until=READING)
    os.kill(running.readers()[0], signal.SIGKILL)
    status, said = running.end()
    assert status == 1
    assert running.leaves_nothing()
    assert "Traceback" not in said
    assert "Nothing was imported" in said
    assert "ended before it was done" in said


def test_a_terminal_that_is_gone_does_not_stop_the_import(part, environment):
    command = subprocess.Popen(
        [*COMMAND, str(part), "--dry-run"],
        cwd=ROOT,
        env=environment | {"PYTHONIOENCODING": "ascii"},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    command.stdout.readline()
    command.stdout.close()
    said = command.stderr.read()
    assert command.wait(PATIENCE) == 0
    assert "Traceback" not in said
    assert "Error" not in said
