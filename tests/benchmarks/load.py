"""`make load`: how long readers wait, few and many, while an editor saves and an import runs.

Two stages of LOAD_SECONDS each (60): 20 readers, then 200. A reader reads a page, thinks for one
to five seconds, and reads on: 60 % work pages over the whole catalogue by a law of Zipf, 15 %
lists, 10 % searches, 10 % answers of the API, 5 % exports and feeds (`readers.py`, run by locust,
which is installed into an environment of its own below var/). Meanwhile one editor saves every few
seconds. Nothing but this machine is asked.

Printed for each stage: how long readers waited for each kind of page, what failed, what became of
the saves and of the import, the memory of each worker every ten seconds, and whether every worker
shows the new state of the catalogue after the import. The limits for each client are off, as all
readers come from one address; the limit of exports at the same time (HEAVY_AT_ONCE) is not, so
under much load some exports are turned away with 503, which is what they are meant to be.

Readers and server share the machine. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import own_environment
import workers
from children import ROOT, WORKERS, Server, environment, manage, serve
from editor import Editor, account
from generator import HOST
from importing import CATALOGUE, fill, sqlite_in
from pages import draw
from run import copy, print_machine

REQUIREMENTS = Path(__file__).with_name("load-requirements.txt")
READERS = Path(__file__).with_name("readers.py")
STAGES = (20, 200)
EARLIER = CATALOGUE.parent / "earlier" / "2026-08-09.zip"
NAMES = ("entry", "list", "search", "API", "export")
EVERY = 10  # seconds between two looks at the memory
LONGEST_IMPORT = 300
AFTER_IMPORT = 5  # seconds in which readers still come: nothing that is remembered is right then
STATE_SHOWN = re.compile(rb"snapshot of ([^.<]+)")
PATIENCE = 60  # seconds in which all workers must show the new state


@dataclass
class Import:
    """An import that begins some time after the start of a stage, and what is seen of it."""

    snapshot: Path
    wait: float
    directory: Path
    address: str
    port: int
    pids: list[int]
    seconds: float = 0.0
    status: int | None = None
    before: dict[int, str] = field(default_factory=dict)
    after: dict[int, str] = field(default_factory=dict)
    delay: float = 0.0

    def run(self) -> None:
        """Wait, then import, then look which worker shows it, while readers still read."""
        self.before = shown(self.port, self.pids)
        time.sleep(self.wait)
        begin = time.perf_counter()
        options = ["--allow-older", "--allow-removals", "--verbosity", "0"]
        with (self.directory / "import.log").open("wb") as output:
            done = subprocess.run(
                [sys.executable, "manage.py", "import_catalogue", self.snapshot, *options],
                cwd=ROOT,
                env=environment(self.directory) | {"DATABASE_URL": self.address},
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=LONGEST_IMPORT,
            )
        self.seconds = time.perf_counter() - begin
        end = time.monotonic()
        while not done.returncode and self.delay < PATIENCE:
            self.after = shown(self.port, self.pids)
            self.delay = time.monotonic() - end
            if self.new == len(self.pids):
                break
            time.sleep(0.5)
        self.status = done.returncode

    @property
    def new(self) -> int:
        """How many workers show another snapshot than before."""
        return sum(self.after.get(pid) not in (None, self.before.get(pid)) for pid in self.pids)


@dataclass
class Stage:
    """So many readers for a time, with what is measured."""

    readers: int
    seconds: float
    took: float = 0.0
    seen: dict = field(default_factory=dict)
    sizes: list[list[float]] = field(default_factory=list)


def main() -> None:
    """Fill a database, serve it, let all of them loose, print."""
    options = read_command()
    try:
        python = own_environment.program("locust", REQUIREMENTS)
    except own_environment.NotInstalled as error:
        sys.exit(f"Nothing was measured: {error}")
    print_machine()
    with tempfile.TemporaryDirectory(prefix="itu-portal-load-") as name:
        directory = Path(name)
        address = sqlite_in(directory)
        if options.copy_of:
            copy(options.copy_of, directory / "import.sqlite3")
            manage(directory, "migrate", "--verbosity", "0", DATABASE_URL=address)
        else:
            fill(directory, address)
        password = account(directory, address)
        manage(directory, "collectstatic", "--noinput", "--verbosity", "0")
        topic = draw(directory, address)["topic"]
        with serve(directory, "itu_portal.wsgi:application", DATABASE_URL=address) as portal:
            pids = workers.workers_of(portal.pid, WORKERS) if workers.is_known() else []
            workers.ask_each(portal.ports[0], pids, "/")  # each has started and answered once
            for readers, snapshot in zip(STAGES, (EARLIER, CATALOGUE), strict=True):
                stage = Stage(readers, options.seconds)
                [port] = portal.ports
                job = Import(snapshot, options.seconds / 6, directory, address, port, pids)
                editor = Editor(port, pids, topic, password)
                run_stage(stage, job, editor, python, portal)


def read_command() -> argparse.Namespace:
    """Return what the command line and LOAD_SECONDS ask for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--seconds",
        type=float,
        default=float(os.environ.get("LOAD_SECONDS", "60")),
        help="length of a stage (LOAD_SECONDS, else 60)",
    )
    parser.add_argument(
        "--copy-of",
        type=Path,
        metavar="FILE",
        help="without importing first: on a copy of this SQLite database of a portal",
    )
    return parser.parse_args()


def run_stage(stage: Stage, job: Import, editor: Editor, python: Path, portal: Server) -> None:
    """Let readers, editor and import loose for the time of a stage; print what came of it."""
    [port], pids = portal.ports, editor.pids
    over = threading.Event()
    jobs = [threading.Thread(target=watch, args=(stage, pids, over), daemon=True)]
    if job.snapshot.is_file():
        jobs.append(threading.Thread(target=job.run, daemon=True))
    for thread in (*jobs, editor):
        thread.start()
    let_read(stage, jobs[1:], python, port, job.directory)
    for thread in jobs[1:]:
        thread.join(LONGEST_IMPORT)
    editor.stop()
    over.set()
    print_stage(stage, editor)
    print_import(job)
    alive = workers.workers_of(portal.pid, WORKERS) if pids else []
    if alive != pids:
        print("  workers were replaced during the stage")


def let_read(
    stage: Stage, importing: list[threading.Thread], python: Path, port: int, directory: Path
) -> None:
    """Run locust for the time of the stage and of the import; note what it saw."""
    seen = directory / "seen.json"
    seen.unlink(missing_ok=True)
    longest = 2 * stage.seconds
    command = [python, "-m", "locust", "--locustfile", READERS, "--headless", "--only-summary"]
    number = ["--users", str(stage.readers), "--spawn-rate", str(max(stage.readers // 5, 1))]
    times = ["--run-time", f"{longest:.0f}s", "--stop-timeout", "60"]
    begin = time.monotonic()
    with (directory / "locust.log").open("wb") as output:
        child = subprocess.Popen(
            [*command, *number, *times, "--host", f"http://{HOST}:{port}"],
            cwd=directory,
            env=own_environment.clean_environment()
            | {"LOAD_DRAWN": str(directory / "drawn.json"), "LOAD_SEEN": str(seen)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    with suppress(subprocess.TimeoutExpired):
        child.wait(stage.seconds)
    for thread in importing:
        thread.join(max(begin + longest - AFTER_IMPORT - time.monotonic(), 0))
        with suppress(subprocess.TimeoutExpired):
            child.wait(AFTER_IMPORT)
    child.terminate()
    stage.took = time.monotonic() - begin
    child.wait()
    if not seen.exists():
        sys.exit(f"locust failed:\n{(directory / 'locust.log').read_text()[-4000:]}")
    stage.seen = json.loads(seen.read_text())


def watch(stage: Stage, pids: list[int], over: threading.Event) -> None:
    """Note the memory of each worker now and then."""
    while pids:
        try:
            stage.sizes.append([workers.memory(pid).now for pid in pids])
        except (OSError, KeyError):
            return  # a worker has ended; the stage says so
        if over.wait(EVERY):
            return


def shown(port: int, pids: list[int]) -> dict[int, str]:
    """Return which state of the data set each worker shows on the home page."""
    found = {}
    for pid, page in workers.ask_each(port, pids, "/").items():
        words = STATE_SHOWN.search(page)
        found[pid] = words[1].decode() if words else "none"
    return found


def print_stage(stage: Stage, editor: Editor) -> None:
    """Print how long readers and the editor waited, and the memory."""
    print()
    print(f"{stage.readers} readers for {stage.took:.0f} s")
    heads = ("asked", "p50", "p95", "p99", "max", "failed")
    print(f"  {'milliseconds':14}" + "".join(f"{head:>9}" for head in heads))
    for name in NAMES:
        row = stage.seen["rows"].get(name)
        if row:
            print(f"  {name:14}" + "".join(f"{row[head] or 0:9,.0f}" for head in heads))
    for error in stage.seen["errors"]:
        print(f"  failed, {error['name']}: {error['error']} ({error['times']:,} times)")
    if not stage.seen["errors"]:
        print("  no errors")
    times = editor.saved or [0.0]
    print(
        f"  editor: {len(editor.saved)} saves, median {statistics.median(times):,.0f} ms, longest "
        f"{max(times):,.0f} ms; asked to wait {editor.asked_to_wait} times; other faults "
        f"{len(editor.faults)}; saves that a worker did not show at once: {editor.stale}"
    )
    for fault in sorted(set(editor.faults)):
        print(f"    {fault}")
    each = zip(*stage.sizes, strict=True)
    for number, sizes in enumerate(each, start=1):
        print(f"  memory of worker {number}, MiB: {' '.join(f'{size:.0f}' for size in sizes)}")


def print_import(job: Import) -> None:
    """Print what became of the import, and what each worker shows after it."""
    if job.status is None:
        reason = "it took too long" if job.snapshot.is_file() else "there is no such file"
        print(f"  import of {job.snapshot.name}: not done, {reason}", flush=True)
        return
    print(f"  import of {job.snapshot.name}: {job.seconds:.0f} s, status {job.status}")
    if job.status:
        print((job.directory / "import.log").read_text()[-2000:])
    if not job.pids:
        print("  which worker shows what: not known on this system", flush=True)
        return
    print(
        f"  the new snapshot is shown by {job.new} of {len(job.pids)} workers, seen "
        f"{job.delay:.1f} s after the end of the import: "
        f"{', '.join(sorted(set(job.before.values())))} before, "
        f"{', '.join(sorted(set(job.after.values())))} now",
        flush=True,
    )


if __name__ == "__main__":
    main()
