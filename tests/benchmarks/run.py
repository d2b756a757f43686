"""`make bench`: answers a second of four pages beside a bare Django view, and what loading takes.

What is measured, in one run:

- Answers a second of the home page, of a publication, of a filtered list and of a search. Each
  is asked over four keep-alive connections by a process of its own (`generator.py`), for a few
  seconds a round. The rounds go through all addresses in turn, so that a slow minute of the
  machine hits all of them. The table gives the median, the lowest and the highest round.
- The same for a bare Django view (`bare.py`) under the same gunicorn with the same options.
  What counts is the ratio: it says how much work a page is, whatever the machine.
- Time and peak memory of loading the fixtures into an empty SQLite database that was migrated
  before, and of loading them again when nothing changed. Each is a process of its own; start
  of Python and Django are part of it. Peak memory is the resident set (`ru_maxrss`).

- Time of importing the whole public data set, as a ratio to parsing the same files with PyYAML's
  CSafeLoader in one process, and the peak memory of all its processes (`importing.py`): into
  SQLite, again, and into PostgreSQL where `BENCH_POSTGRES_URL` names a database to be emptied.

- How well every record and every link of the data set is found, in several spellings, and how
  long one answer of the resolver and one search take inside the process (`finding.py`), on the
  databases into which the data set was imported before.

What is not measured: networks, TLS, a proxy, pages on PostgreSQL, static files, the desk, writing
under load, the first request of a process (there is a warm-up), waiting times of single answers,
and what a browser does with a page. Client and server share the machine; on few cores the client
takes its part, most of all from the fast bare view.

The settings are those of production (DEBUG off, manifest of static files), the pages come
compressed as browsers ask for them. Database, static files and logs live in a temporary
directory that is deleted at the end; `var/` is not touched. Nothing here is a test: a number
that is worse than yesterday's fails nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from children import ROOT, THREADS, WORKERS, Server, Usage, manage, serve
from generator import CONNECTIONS
from importing import print_finding, print_importing

GENERATOR = Path(__file__).with_name("generator.py")
WARM_UP = 1.0
PAGES = {
    "home": "/",
    "publication": "/itu-t/g.711/",
    "filtered list": "/publications/?state=in-force&sector=itu-t",
    "search": "/search/?q=optical+transport",
}


@dataclass
class Target:
    """An address with what the rounds brought."""

    name: str
    path: str
    server: Server
    rates: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def median(self) -> float:
        """Answers a second in the middle round."""
        return statistics.median(self.rates)

    def ask(self, seconds: float) -> float:
        """Ask for a while in a process of its own; return the answers a second."""
        found = subprocess.run(
            [sys.executable, GENERATOR, str(self.server.port), self.path, str(seconds)],
            capture_output=True,
            text=True,
        )
        if found.returncode:
            sys.exit(f"{self.name}: {found.stderr}")
        seen = json.loads(found.stdout)
        self.size = seen["size"]
        return seen["answers"] / seen["seconds"]


def main() -> None:
    """Load, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="rounds for each address (3)")
    parser.add_argument("--seconds", type=float, default=2.5, help="length of a round (2.5)")
    options = parser.parse_args()
    print_machine()
    with tempfile.TemporaryDirectory(prefix="itu-portal-bench-") as name:
        directory = Path(name)
        print_loading(*load_twice(directory))
        print_importing(directory)
        print_finding(directory)
        manage(directory, "collectstatic", "--noinput", "--verbosity", "0")
        with (
            serve(directory, "tests.benchmarks.bare:application") as bare,
            serve(directory, "itu_portal.wsgi:application") as portal,
        ):
            targets = [Target("bare Django view", "/", bare)]
            targets += [Target(name, path, portal) for name, path in PAGES.items()]
            ask_all(targets, options.rounds, options.seconds)
            print_answers(targets, options)


def load_twice(directory: Path) -> tuple[Usage, Usage]:
    """Return what the first loading of the fixtures takes, and the second one."""
    manage(directory, "migrate", "--verbosity", "0")
    return manage(directory, "load_fixtures"), manage(directory, "load_fixtures")


def ask_all(targets: list[Target], rounds: int, seconds: float) -> None:
    """Ask every target in every round; note the rates."""
    for target in targets:
        target.ask(WARM_UP)
    for _round in range(rounds):
        for target in targets:
            target.rates.append(target.ask(seconds))


def print_machine() -> None:
    """Say on what is measured and by which command."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    program = os.path.relpath(sys.executable, ROOT), os.path.relpath(__file__, ROOT)
    print(f"Machine   {platform.system()} {platform.machine()}, {cores} cores")
    print(f"Python    {platform.python_implementation()} {platform.python_version()}")
    if hasattr(os, "getloadavg"):
        print(f"Busy      {os.getloadavg()[0]:.1f} processes wanted a core in the minute before")
    print(f"Command   {shlex.join([*program, *sys.argv[1:]])}")


def print_loading(first: Usage, second: Usage) -> None:
    """Print what loading the fixtures took."""
    print()
    print("Loading the fixtures (SQLite)         seconds  CPU seconds  peak memory, MiB")
    for name, usage in (("into an empty database", first), ("again, nothing changed", second)):
        print(
            f"  {name:34} {usage.seconds:8.1f} {usage.cpu_seconds:12.1f} {usage.peak_mib:17.0f}",
            flush=True,
        )


def print_answers(targets: list[Target], options: argparse.Namespace) -> None:
    """Print the answers a second of every target and its ratio to the first one."""
    bare = targets[0]
    print()
    print(
        f"Answers a second: median of {options.rounds} rounds of {options.seconds:g} s, "
        f"{CONNECTIONS} keep-alive connections"
    )
    print(f"gunicorn with {WORKERS} worker processes of {THREADS} threads:")
    for command in dict.fromkeys(target.server.command for target in targets):
        print(f"  {command}")
    print(f"  {'':16} {'median':>8} {'min':>8} {'max':>8} {'of bare':>8} {'bytes':>8}  address")
    for target in targets:
        print(
            f"  {target.name:16} {target.median:8.0f} {min(target.rates):8.0f} "
            f"{max(target.rates):8.0f} {target.median / bare.median:8.1%} {target.size:8d}  "
            f"{target.path}"
        )


if __name__ == "__main__":
    main()
