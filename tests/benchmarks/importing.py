"""Importing the whole public data set: time as a ratio to parsing its files, and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from children import ROOT, environment, manage

CATALOGUE = Path(
    os.environ.get("ITU_CATALOGUE", ROOT.parent / "shared" / "catalogue" / "relaton-data-itu.zip")
)
# A database that may be emptied: everything in it is lost.
SCRATCH = os.environ.get("BENCH_POSTGRES_URL", "")
REFERENCE = Path(__file__).with_name("reference.py")
FINDING = Path(__file__).with_name("finding.py")
PAUSE = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Import:
    """What an import took; memory is that of the whole process tree, shared pages counted once."""

    name: str
    seconds: float
    peak_mib: float


def print_importing(directory: Path) -> None:
    """Measure and print; says so where the data set or PostgreSQL is not at hand."""
    print()
    if not CATALOGUE.is_file():
        print(f"Importing: not measured, there is no {CATALOGUE.name} (set ITU_CATALOGUE)")
        for address in filter(None, (sqlite_in(directory), SCRATCH)):
            fill(directory, address)
        return
    parsing = reference()
    print(f"Importing {CATALOGUE.name}      seconds  of parsing  peak memory, MiB")
    print(f"  {'parsing with PyYAML, one process':36} {parsing:8.1f} {'100%':>11}")
    for row in measure(directory):
        memory = f"{row.peak_mib:17.0f}" if row.peak_mib else f"{'-':>17}"
        print(
            f"  {row.name:36} {row.seconds:8.1f} {row.seconds / parsing:11.0%} {memory}", flush=True
        )
    if not SCRATCH:
        print("  PostgreSQL: not measured (set BENCH_POSTGRES_URL to a database to be emptied)")


def reference() -> float:
    """Return the seconds that parsing alone takes."""
    found = subprocess.run(
        [sys.executable, REFERENCE, CATALOGUE], capture_output=True, text=True, check=True
    )
    return float(found.stdout)


def measure(directory: Path):
    """Yield what each import took; the databases hold the curated content before."""
    address = sqlite_in(directory)
    prepare(directory, address)
    yield run(directory, address, "into SQLite")
    yield run(directory, address, "into SQLite again, unchanged")
    yield run(directory, address, "again, every row compared", "--even-if-unchanged")
    if SCRATCH:
        prepare(directory, SCRATCH, "flush")
        yield run(directory, SCRATCH, "into PostgreSQL")
        yield run(directory, SCRATCH, "into PostgreSQL again, unchanged")


def print_finding(directory: Path) -> None:
    """Print how well and how fast things are found in the databases that were imported into."""
    addresses = [sqlite_in(directory), SCRATCH] if CATALOGUE.is_file() else []
    for address in filter(None, addresses):
        subprocess.run(
            [sys.executable, FINDING],
            cwd=ROOT,
            env=environment(directory) | {"DATABASE_URL": address},
            check=True,
        )


def sqlite_in(directory: Path) -> str:
    """Return the address of the SQLite database that the data set is imported into."""
    return f"sqlite:///{directory / 'import.sqlite3'}"


def fill(directory: Path, address: str, *first: str) -> None:
    """Fill a database with the fixtures and, where the data set is at hand, with all of that."""
    prepare(directory, address, *first)
    if CATALOGUE.is_file():
        manage(directory, "import_catalogue", str(CATALOGUE), DATABASE_URL=address)


def prepare(directory: Path, address: str, *first: str) -> None:
    """Bring a database to the state in which a portal starts."""
    manage(directory, "migrate", "--verbosity", "0", DATABASE_URL=address)
    for command in first:
        manage(directory, command, "--no-input", DATABASE_URL=address)
    manage(directory, "load_fixtures", DATABASE_URL=address)


def run(directory: Path, address: str, name: str, *options: str) -> Import:
    """Import in a process of its own, start of Python and Django included."""
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "manage.py", "import_catalogue", str(CATALOGUE), *options],
        cwd=ROOT,
        env=environment(directory) | {"DATABASE_URL": address},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    watch = Watch(child.pid)
    watch.start()
    _out, errors = child.communicate()
    seconds = time.perf_counter() - begin
    watch.is_over = True
    watch.join()
    if child.returncode:
        sys.exit(f"{name} failed:\n{errors.decode()[-4000:]}")
    return Import(name, seconds, watch.peak / 1024)


class Watch(threading.Thread):
    """Looks at the memory of all processes of a session now and then (Linux only)."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session = session
        self.peak = 0
        self.is_over = False

    def run(self) -> None:
        """Keep the largest sum seen, in KiB."""
        while not self.is_over:
            self.peak = max(self.peak, self.total())
            time.sleep(PAUSE)

    def total(self) -> int:
        """Return the proportional memory of the session's processes in KiB; 0 if not known."""
        total = 0
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, ValueError, IndexError):
                after_name = (place / "stat").read_text().rpartition(")")[2].split()
                if int(after_name[3]) == self.session:
                    lines = (place / "smaps_rollup").read_text().splitlines()
                    total += next(int(x.split()[1]) for x in lines if x.startswith("Pss:"))
        return total
