"""The processes that are measured: gunicorn, and commands with their time and peak memory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# `make bench` runs a file of this folder, so the project is not on the path by itself.
sys.path.insert(0, str(ROOT))

from itu_portal.environment import KNOWN  # noqa: E402

WORKERS = 2
THREADS = 8
# Variables that would make the portal another one than the one we want to measure.
OURS = (*KNOWN, "GUNICORN_CMD_ARGS", "WEB_CONCURRENCY")
# One client asks more than any reader would.
NO_LIMITS = dict.fromkeys(
    ("LIMIT_BATCHES", "LIMIT_EXPORTS", "LIMIT_QUESTIONS", "LIMIT_REPORTS"), "off"
)


@dataclass(frozen=True)
class Usage:
    """What a command took."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Server:
    """Processes that answer on ports of this machine; `pid` is the one that started them."""

    command: str
    ports: tuple[int, ...]
    pid: int


def environment(directory: Path) -> dict[str, str]:
    """Return the environment of the portal with everything it writes below `directory`."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {
        **kept,
        "BENCHMARK_DIR": str(directory),
        "DATABASE_URL": f"sqlite:///{directory / 'portal.sqlite3'}",
        "LIMITS_FILE": str(directory / "limits.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.portal_settings",
        "SECRET_KEY": "only for the benchmark, which signs nothing that anybody keeps",
    }


def manage(directory: Path, *arguments: str, **variables: str) -> Usage:
    """Run `manage.py` in a child process; return its time and peak memory, exit if it fails.

    `variables` are added to its environment.
    """
    log = directory / "manage.log"
    with log.open("wb") as output:
        begin = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment(directory) | variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _pid, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"manage.py {' '.join(arguments)} failed:\n{log.read_text()[-4000:]}")
    # Linux and the BSDs count in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Usage(seconds, cpu_seconds, usage.ru_maxrss * unit / 2**20)


@contextmanager
def serve(directory: Path, application: str, **variables: str) -> Iterator[Server]:
    """Serve an application with gunicorn on a free port until the block ends, without limits.

    `variables` are added to its environment.
    """
    log = directory / f"{application.partition(':')[0]}.log"
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening, log.open("wb") as output:
        options = ["--workers", str(WORKERS), "--threads", str(THREADS)]
        # Gunicorn takes over the open socket: no other program can snatch the port. The worker and
        # the rest stand in gunicorn.conf.py, which it reads in the directory where it is started.
        place = ["--bind", f"fd://{listening.fileno()}"]
        child = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", application, *options, *place],
            cwd=ROOT,
            env=environment(directory) | NO_LIMITS | variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=[listening.fileno()],
        )
        try:
            command = f"gunicorn {application} {' '.join(options)}"
            yield Server(command, (listening.getsockname()[1],), child.pid)
        except SystemExit:
            print(log.read_text()[-4000:], file=sys.stderr)
            raise
        finally:
            end(child)


def end(child: subprocess.Popen) -> None:
    """End a process that we started, by force if it does not listen."""
    child.terminate()
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
