"""`make bench`: how fast pages are beside a bare Django view, and what loading takes.

What is measured, in one run:

- Time and peak memory of loading the fixtures into an empty SQLite database that was migrated
  before, and of loading them again when nothing changed. Each is a process of its own; start
  of Python and Django are part of it. Peak memory is the resident set (`ru_maxrss`).

- Time of importing the whole public data set, as a ratio to parsing the same files with PyYAML's
  CSafeLoader in one process, and the peak memory of all its processes (`importing.py`): into
  SQLite, again, and into PostgreSQL where `BENCH_POSTGRES_URL` names a database to be emptied.

- How well every record and every link of the data set is found, in several spellings, and how
  long one answer of the resolver and one search take inside the process (`finding.py`), on the
  databases into which the data set was imported before.

- Answers a second of all kinds of pages on the same databases (`pages.py`): over and over, for who
  has the page already (304), and each address once. Each is asked over four keep-alive connections
  by a process of its own (`generator.py`), for a few seconds a round. The rounds go through all
  addresses in turn, so that a slow minute of the machine hits all of them. The table gives the
  median, the lowest and the highest round, and the ratio to a bare Django view (`bare.py`) under
  the same gunicorn with the same options. What counts is the ratio: it says how much work a page
  is, whatever the machine. Below it stands what long answers take (`heavy.py`).

- The same questions to Datasette (`datasette_server.py`), on a plain SQLite file with the same
  records, if it can be installed into an environment of its own below var/.

What is not measured: networks, TLS, a proxy, static files, the first request of a process (there is
a warm-up), and what a browser does with a page. Waiting times of single answers, the desk, and
pages while somebody writes: `make load`. Client and server share the machine; on few cores the
client takes its part, most of all from the fast bare view.

The settings are those of production (DEBUG off, manifest of static files), the pages come
compressed as browsers ask for them. Database, static files and logs live in a temporary
directory that is deleted at the end; of var/ only the environment of Datasette is touched. Nothing
here is a test: a number that is worse than yesterday's fails nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from children import ROOT, Usage, manage
from importing import CATALOGUE, SCRATCH, fill, print_finding, print_importing, sqlite_in
from pages import print_pages

PARTS = ("loading", "importing", "finding", "pages")


def main() -> None:
    """Load, import, serve, ask, print."""
    options = read_command()
    print_machine()
    with tempfile.TemporaryDirectory(prefix="itu-portal-bench-") as name:
        directory = Path(name)
        if "loading" in options.only:
            print_loading(*load_twice(directory))
        if "importing" in options.only:
            print_importing(directory)
        else:
            bring_about(directory, options.copy_of)
        if "finding" in options.only:
            print_finding(directory)
        if "pages" in options.only:
            print_all_pages(directory, options)


def read_command() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="rounds for each address (3)")
    parser.add_argument("--seconds", type=float, default=2.5, help="length of a round (2.5)")
    parser.add_argument(
        "--only", choices=PARTS, nargs="+", default=PARTS, help="measure these parts only"
    )
    parser.add_argument(
        "--copy-of",
        type=Path,
        metavar="FILE",
        help="without importing: measure on a copy of this SQLite database of a portal",
    )
    return parser.parse_args()


def load_twice(directory: Path) -> tuple[Usage, Usage]:
    """Return what the first loading of the fixtures takes, and the second one."""
    manage(directory, "migrate", "--verbosity", "0")
    return manage(directory, "load_fixtures"), manage(directory, "load_fixtures")


def bring_about(directory: Path, original: Path | None) -> None:
    """Fill the databases where importing is not measured."""
    if original:
        copy(original, directory / "import.sqlite3")
    else:
        fill(directory, sqlite_in(directory))
    if SCRATCH:
        fill(directory, SCRATCH, "flush")


def copy(original: Path, place: Path) -> None:
    """Copy a database that others may be writing to."""
    address = f"{original.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True)) as source,
        closing(sqlite3.connect(place)) as target,
    ):
        source.backup(target)


def print_all_pages(directory: Path, options: argparse.Namespace) -> None:
    """Print how fast pages are on each database."""
    records = "the full catalogue" if CATALOGUE.is_file() else "no data set, the fixtures alone"
    if options.copy_of:
        records = f"a copy of {options.copy_of.name}"
    print_pages(directory, sqlite_in(directory), f"{records}, SQLite", options, beside=True)
    if SCRATCH:
        print_pages(directory, SCRATCH, f"{records}, PostgreSQL", options, beside=False)
    else:
        print("  PostgreSQL: not measured (set BENCH_POSTGRES_URL to a database to be emptied)")


def print_machine() -> None:
    """Say on what is measured and by which command."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    program = os.path.relpath(sys.executable, ROOT), os.path.relpath(sys.argv[0], ROOT)
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


if __name__ == "__main__":
    main()
