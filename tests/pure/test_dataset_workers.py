"""Processes that share work: in order, prepared once each, and gone when nobody wants them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from catalog.dataset.workers import WorkersLost, shared
from tests.conftest import ROOT
from tests.found import some
from tests.processes import PATIENCE, comes_true, is_living

PREPARED: list[str] = []


def prepare(word: str) -> None:
    """Note that a process was prepared."""
    PREPARED.append(word)


def told(task: int) -> tuple[int, int, list[str]]:
    """Return the task, the process, and how it was prepared."""
    return task, os.getpid(), PREPARED


def failing(task: int) -> int:
    """Fail at one of the tasks."""
    if task == 3:
        raise ValueError("three")
    return task


def dying(task: int) -> int:
    """End the whole process at one of the tasks."""
    if task == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def slow(task: int) -> int:
    """Take longer than anybody waits, but for the first task."""
    if task:
        time.sleep(PATIENCE * 10)
    return task


def share(function, tasks):
    """Return what two processes make of tasks."""
    return shared(function, tasks, processes=2, prepare=prepare, arguments=("word",))


def test_tasks_come_back_in_order_from_processes_that_are_prepared_once():
    found = list(share(told, range(30)))
    assert [task for task, _pid, _prepared in found] == list(range(30))
    assert all(prepared == ["word"] for _task, _pid, prepared in some(found))
    processes = {pid for _task, pid, _prepared in found}
    assert os.getpid() not in processes
    assert len(processes) <= 2
    assert multiprocessing.active_children() == []


def test_what_a_task_raises_is_raised_here():
    with pytest.raises(ValueError, match="three"):
        list(share(failing, range(10)))
    assert multiprocessing.active_children() == []


def test_a_process_that_is_lost_is_told_of():
    with pytest.raises(WorkersLost, match="ended before"):
        list(share(dying, range(10)))
    assert multiprocessing.active_children() == []


def test_work_that_is_given_up_ends_at_once():
    results = share(slow, range(4))
    assert next(results) == 0
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < PATIENCE
    assert multiprocessing.active_children() == []


SCRIPT = """
from tests.pure.test_dataset_workers import share, slow
if __name__ == "__main__":
    results = share(slow, range(4))
    next(results)
    import multiprocessing
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    next(results)
"""


@pytest.mark.slow
def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        stdout=subprocess.PIPE,
    )
    pids = [int(word) for word in process.stdout.readline().split()]
    assert len(pids) == 2
    assert all(map(is_living, pids))
    process.kill()
    process.wait()
    assert comes_true(lambda: not any(map(is_living, pids)))
