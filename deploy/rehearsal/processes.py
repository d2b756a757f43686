"""Programs in the background, each with a log, and how they are told to end or killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until a part must answer, or must have ended
PROC = Path("/proc")


class NotReady(Exception):
    """A part did not start, or not end, in time; the message says which and where its log lies."""


class Process:
    """One program that is started, ended and started again."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        cwd: Path = Path("/"),
        user: str | None = None,
    ):
        self.name, self.command, self.log = name, [str(word) for word in command], log
        self.environment, self.cwd, self.user = environment, cwd, user
        self.child: subprocess.Popen | None = None

    def start(self, is_ready: Callable[[], bool]) -> None:
        """Start it and wait until it is ready; try again if it ends at once.

        One that was killed may leave behind what the next one has to wait for.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.child is None or self.child.poll() is not None:
                self._start()
            if is_ready():
                return
            time.sleep(0.1)
        raise NotReady(f"{self.name} does not answer; its log is {self.log}")

    def _start(self) -> None:
        with self.log.open("ab") as output:
            # A session of its own: Ctrl-C reaches this script alone, which then ends the parts.
            self.child = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **as_user(self.user),
            )

    def children(self) -> list[int]:
        """Return the processes that it started."""
        if self.child is None:
            return []
        found = []
        for place in PROC.glob("[0-9]*"):
            with suppress(OSError, ValueError, IndexError):
                # The name of the command stands in brackets and may hold anything.
                parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
                if int(parent) == self.child.pid:
                    found.append(int(place.name))
        return sorted(found)

    def kill(self) -> None:
        """Kill it and what it started, all at once, as when a container or its machine dies."""
        self._signal_all(signal.SIGKILL)
        self.child.wait(PATIENCE)

    def freeze(self) -> None:
        """Let it keep its connections and answer nothing, as a machine that is stuck."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on; nothing happens if it is not frozen."""
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: signal.Signals) -> None:
        for pid in [self.child.pid, *self.children()]:
            with suppress(OSError):
                os.kill(pid, number)

    def terminate(self) -> None:
        """Tell it to end, and wait for that."""
        self.child.terminate()
        self.wait()

    def wait(self) -> None:
        """Wait until it has ended."""
        try:
            self.child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise NotReady(f"{self.name} does not end; its log is {self.log}") from None

    def end(self) -> None:
        """End it for good, by force if need be; nothing happens if it has ended."""
        if self.child is None or self.child.poll() is not None:
            return
        self.thaw()
        self.child.terminate()
        try:
            self.child.wait(PATIENCE / 4)
        except subprocess.TimeoutExpired:
            self.kill()


def as_user(user: str | None) -> dict:
    """Return what starts a program as another user, where the caller may do that."""
    if user is None or os.geteuid() != 0:
        return {}
    return {"user": user, "group": user, "extra_groups": []}


def free_ports(number: int) -> list[int]:
    """Return ports of the loopback on which nobody listens."""
    probes = [socket.create_server((HOST, 0)) for _port in range(number)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def listens(port: int) -> bool:
    """Whether somebody takes connections on a port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
