"""What is asked in rounds: an address over and over, or many addresses, each once."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from children import Server
from generator import HOST, NOT_MODIFIED, OK, SENT_ALWAYS, TIMEOUT

GENERATOR = Path(__file__).with_name("generator.py")
WARM_UP = 1.0
# A shorter stretch at the end of the addresses says nothing.
LEAST_ANSWERS = 20


@dataclass
class Target:
    """Something that is asked, with what the rounds brought."""

    name: str
    server: Server
    path: str = ""
    paths: Path | None = None
    headers: Sequence[str] = ()
    statuses: Sequence[int] = (OK,)
    rates: list[float] = field(default_factory=list)
    size: int = 0
    answers: int = 0
    note: str = ""
    ran_out: bool = False

    @property
    def median(self) -> float:
        """Answers a second in the middle round; 0 if there was none."""
        return statistics.median(self.rates) if self.rates else 0.0

    def warm_up(self, seconds: float) -> None:
        """Ask before the rounds; what may be asked once only is not."""
        if self.path:
            self._ask(seconds)

    def ask(self, seconds: float) -> None:
        """Ask for a while; note how many answers came a second."""
        if self.ran_out:
            return
        seen = self._ask(seconds)
        if seen["ran_out"]:
            self.ran_out = True
            self.note = f"all {self.answers:,} addresses asked"
        if not seen["ran_out"] or seen["answers"] >= LEAST_ANSWERS:
            self.rates.append(seen["answers"] / seen["seconds"])

    def _ask(self, seconds: float) -> dict:
        ports = [f"--port={port}" for port in self.server.ports]
        what = [f"--path={self.path}"]
        if self.paths:
            what = [f"--paths={self.paths}", f"--start={self.answers}"]
        right = [f"--status={status}" for status in self.statuses]
        sent = [f"--header={header}" for header in self.headers]
        found = subprocess.run(
            [sys.executable, GENERATOR, *ports, *what, *right, *sent, f"--seconds={seconds}"],
            capture_output=True,
            text=True,
        )
        if found.returncode:
            sys.exit(f"{self.name}: {found.stderr}")
        seen = json.loads(found.stdout)
        self.size = max(self.size, seen["size"])
        self.answers += seen["answers"]
        return seen


def once(
    directory: Path,
    name: str,
    server: Server,
    paths: list[str],
    statuses: Sequence[int] = (OK,),
) -> Target:
    """Return a target that asks each of the paths once."""
    place = directory / f"{name.replace(' ', '-')}-{server.ports[0]}.paths"
    place.write_text("\n".join(paths), "ascii")
    return Target(name, server, paths=place, statuses=statuses)


def unchanged(target: Target) -> Target:
    """Return the same target, asked by who has the page already; says so if it has no ETag."""
    connection = http.client.HTTPConnection(HOST, target.server.ports[0], timeout=TIMEOUT)
    headers = dict(line.split(": ", 1) for line in SENT_ALWAYS)
    connection.request("GET", target.path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    etag = answer.headers.get("ETag")
    if not etag:
        return Target(target.name, target.server, ran_out=True, note="no ETag")
    return Target(
        target.name,
        target.server,
        target.path,
        headers=(f"If-None-Match: {etag}",),
        statuses=(NOT_MODIFIED,),
    )


def ask_all(targets: list[Target], rounds: int, seconds: float) -> None:
    """Ask every target in every round, so that a slow minute of the machine hits all of them."""
    for target in targets:
        target.warm_up(min(WARM_UP, seconds))
    for _round in range(rounds):
        for target in targets:
            target.ask(seconds)
