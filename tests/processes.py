"""Which processes are there, on systems with /proc and without."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds, on however slow a machine
PROC = Path("/proc")


def is_living(pid: int) -> bool:
    """Return whether a process runs; one that has ended and is not yet cleared away does not."""
    try:
        os.kill(pid, 0)
        if not (PROC / "self").exists():
            return True
        return _state_and_group(PROC / str(pid))[0] != "Z"
    except OSError:
        return False


def living_of_group(group: int) -> dict[int, str]:
    """Return the processes of a group that have not ended, with their commands."""
    if not (PROC / "self").exists():
        command = ["ps", "-A", "-ww", "-o", "pid=,pgid=,stat=,args="]
        said = subprocess.run(command, text=True, capture_output=True, check=True).stdout
        rows = [row.split(None, 3) for row in said.splitlines()]
        return {int(r[0]): r[3] for r in rows if r[1] == str(group) and "Z" not in r[2]}
    found = {}
    for place in PROC.glob("[0-9]*"):
        try:
            state, pgid = _state_and_group(place)
            if pgid == group and state != "Z":
                found[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue  # it has just ended
    return found


def comes_true(question: Callable[[], Any]) -> bool:
    """Ask until the answer is true, for as long as anybody would wait; return whether it was."""
    for _attempt in range(PATIENCE * 5):
        if question():
            return True
        time.sleep(0.2)
    return False


def _state_and_group(place: Path) -> tuple[str, int]:
    # The name of the command stands in brackets and may hold anything.
    state, _parent, group = (place / "stat").read_text().rpartition(")")[2].split()[:3]
    return state, int(group)
