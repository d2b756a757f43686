"""Rehearse failures: the arrangement of compose.yaml on this machine, each part away for a while.

Starts, on the loopback and below a temporary folder, a PostgreSQL primary and a replica, Redis, two
web instances and nginx in front of them; fills the database; lets readers read and one editor save
through nginx; takes each part away in turn and brings it back. Printed is a row for each phase:
what readers and the editor got, and whether an answer that began after a save had returned showed
less than that save. Ends with 1 if something was stale, if readers saw an error, or if an answer
showed inner workings.

Needs PostgreSQL, Redis and nginx of the system, and the packages of requirements-dev.txt. As root,
PostgreSQL runs as the user postgres. Nothing but this machine is asked; the portal's own database
is left alone, and var/static is collected anew.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from rehearsal.arrangement import Arrangement
from rehearsal.people import Editor, Reader, Watch
from rehearsal.processes import NotReady, listens
from rehearsal.record import Phase, Record, print_table

Step = tuple[Phase, Callable[[], object]]
SECONDS = 10.0
READERS, RATE = 6, 20.0


def main() -> None:
    """Start everything, let the parts fail in turn, print, end everything."""
    options = read_command()
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit("told to end"))
    folder = Path(tempfile.mkdtemp(prefix="itu-portal-rehearsal-"))
    faults = ["it did not come to the end"]
    try:
        faults = rehearse(folder, options)
    except NotReady as error:
        sys.exit(f"Not rehearsed: {error}")
    finally:
        if options.keep:
            print(f"Logs and clusters are left in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    for fault in faults:
        print(f"NOT AS EXPECTED: {fault}")
    sys.exit(bool(faults))


def read_command() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--catalogue", type=Path, metavar="FILE", help="import this snapshot first")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help=f"length of a phase ({SECONDS:g})"
    )
    parser.add_argument("--readers", type=int, default=READERS, help=f"threads ({READERS})")
    parser.add_argument(
        "--rate", type=float, default=RATE, help=f"questions of all readers a second ({RATE:g})"
    )
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="only phases whose name contains this"
    )
    parser.add_argument("--keep", action="store_true", help="leave the folder with all logs")
    return parser.parse_args()


def rehearse(folder: Path, options: argparse.Namespace) -> list[str]:
    """Go through all phases; return what was not as expected."""
    parts = Arrangement(folder)
    record = Record(parts.replica.rows_read)
    try:
        tell("starting and filling")
        parts.start(options.catalogue)
        password, drawn = parts.make_editor(), parts.drawn()
        watch = Watch(parts.port, drawn["topic"]["path"], record)
        editor = Editor(watch, parts.webs, drawn["topic"], password)
        every = options.readers / options.rate
        readers = [Reader(parts.port, drawn, record, every) for _reader in range(options.readers)]
        people = [*readers, watch, editor]
        for phase, act in steps(parts):
            if options.only not in phase.name:
                continue  # What comes back after it is there, and stays as it is.
            tell(phase.name)
            record.begin(phase)
            if len(record.phases) == 1:
                for person in people:
                    person.start()
            act()
            time.sleep(options.seconds)
        for person in people:
            person.over.set()
        for person in people:
            person.join(60)
        record.end()
        editor.note_written()
    finally:
        parts.end()
        print_table(record.phases)
        print_logs(folder)
    return [fault for phase in record.phases for fault in phase.faults()]


def steps(parts: Arrangement) -> Iterator[Step]:
    """Yield what happens, one after the other; a part that comes back belongs to its outage.

    So a row that says that something is back begins when it answers again.
    """
    primary, replica, [one, other] = parts.primary, parts.replica, parts.webs

    def nothing() -> None:
        pass

    def calm(name: str) -> Step:
        return Phase(name, is_outage=False), nothing

    def one_after_the_other() -> None:
        for web in parts.webs:
            web.process.terminate()
            web.start()

    yield calm("all there, nothing stored yet")
    yield calm("all there")
    yield Phase("Redis killed"), parts.redis.kill
    parts.redis.start(lambda: listens(parts.cache_port))
    yield calm("Redis back")
    yield Phase("Redis hangs (SIGSTOP)"), parts.redis.freeze
    parts.redis.thaw()
    yield calm("Redis goes on")
    yield Phase("replica killed"), replica.process.kill
    replica.start()
    yield calm("replica back")
    yield Phase("replica lags"), replica.pause
    replica.resume()
    yield calm("replica catches up")
    yield Phase("replica hangs (SIGSTOP)"), replica.process.freeze
    replica.process.thaw()
    yield calm("replica goes on")
    yield Phase("web1 killed (SIGKILL)"), one.process.kill
    one.start()
    yield calm("web1 back")
    yield Phase("web2 told to end (SIGTERM)"), other.process.terminate
    other.start()
    yield calm("web2 back")
    yield Phase("restart of web1, then of web2"), one_after_the_other
    yield calm("both back")
    yield Phase("primary stopped (fast)"), primary.stop_fast
    primary.start()
    yield calm("primary back")
    yield Phase("primary killed"), primary.process.kill
    primary.start()
    yield calm("primary back after that")
    yield Phase("primary hangs (SIGSTOP)"), primary.process.freeze
    primary.process.thaw()
    yield calm("primary goes on")
    yield Phase("nginx reads its file anew"), parts.reload_nginx


def tell(words: str) -> None:
    """Say what is going on, apart from the table."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def print_logs(folder: Path) -> None:
    """Print the warnings and errors of the instances, each kind once."""
    seen: Counter[str] = Counter()
    for file in sorted(folder.glob("web?.log")):
        for line in file.read_text(errors="replace").splitlines():
            with suppress(ValueError, AttributeError):
                said = json.loads(line)
                if said.get("level") in ("WARNING", "ERROR", "CRITICAL"):
                    words = str(said.get("message", "")).split("\n")[0]
                    kind = str(said.get("exc_info", "")).strip().rpartition("\n")[2]
                    seen[f"{said['level']} {words[:60]} {kind[:80]}".strip()] += 1
    print("In the logs of the instances:")
    for words, times in seen.most_common(12):
        print(f"  {times:6,}  {words}")


if __name__ == "__main__":
    main()
