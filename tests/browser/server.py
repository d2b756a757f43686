"""A portal of its own for the browser: a fresh database, and the server that production uses."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from itu_portal.environment import KNOWN
from tests.browser.addresses import CHANGED, DELETED

ROOT = Path(__file__).resolve().parents[2]
STATIC_MANIFEST = ROOT / "var" / "static" / "staticfiles.json"
LIMITS = ("LIMIT_BATCHES", "LIMIT_EXPORTS", "LIMIT_QUESTIONS", "LIMIT_REPORTS")
START_SECONDS = 60
STOP_SECONDS = 15


# One text is renamed and another deleted, through the one door.
MAKE_HISTORY = f"""
from catalog.models import Publication
from catalog.writing.edit import editing
changed = Publication.objects.get(key="itu-t-{CHANGED}")
deleted = Publication.objects.get(key="itu-t-{DELETED}")
with editing(reason="A name of another text", evidence="the text itself, 2 December 2026") as edit:
    edit.watch(changed)
    changed.aliases, changed.purpose = "Digital wrapper", changed.purpose + " It is tested here."
    edit.save(changed)
with editing(reason="Taken away for the tests in a browser") as edit:
    edit.delete(deleted)
"""


class ServerError(Exception):
    """The portal could not be made ready; the text holds what the commands said."""


@dataclass(frozen=True)
class Editor:
    """An account in the group of editors."""

    name: str
    password: str


class Portal:
    """The running portal: where it is, who may edit it, what it logged."""

    def __init__(self, folder: Path) -> None:
        """Choose a free port and the places of the database and the log inside `folder`."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.editor = Editor("erin", secrets.token_urlsafe(16))
        self._log = folder / "server.log"
        self.environment = {
            # What a developer may have set would make it another portal than the one under test.
            **{name: value for name, value in os.environ.items() if name not in KNOWN},
            "BASE_URL": self.url,
            "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "LIMITS_FILE": str(folder / "limits.sqlite3"),
            # The browser is one client and asks for everything.
            **dict.fromkeys(LIMITS, "off"),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def address(self, path: str) -> str:
        """Return the full address of a path of this portal."""
        return self.url + path

    def log(self) -> str:
        """Return what the server has written so far."""
        return self._log.read_text(errors="replace") if self._log.is_file() else ""

    def fill(self) -> None:
        """Make the database with all curated content and one editor."""
        self._manage("migrate", "--verbosity", "0")
        self._manage("load_fixtures")
        self._manage(
            "create_editor",
            self.editor.name,
            "--password-stdin",
            stdin=self.editor.password,
        )
        self._manage("shell", "--verbosity", "0", "--command", MAKE_HISTORY)

    def start(self) -> None:
        """Start gunicorn and wait until it answers; raise ServerError with its log if not."""
        if not STATIC_MANIFEST.is_file():
            raise ServerError(
                f"{STATIC_MANIFEST.relative_to(ROOT)} is missing. Run `make browser-test`, which "
                "collects the static files first."
            )
        with self._log.open("wb") as log:
            self._process = self._gunicorn(log)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if (code := self._process.poll()) is not None:
                raise ServerError(f"The server ended at once ({code}). Its log:\n{self.log()}")
            if time.monotonic() > deadline:
                self.stop()
                raise ServerError(
                    f"The server gave no answer in {START_SECONDS} s. Its log:\n{self.log()}"
                )

    def stop(self) -> None:
        """End the server; kill it if it does not go by itself."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _gunicorn(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                Path(sys.executable).with_name("gunicorn"),
                "itu_portal.wsgi",
                "--bind",
                f"127.0.0.1:{self.port}",
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def _answers(self) -> bool:
        """Tell whether the home page comes; wait a moment if nobody listens yet."""
        try:
            with urllib.request.urlopen(self.url + "/", timeout=START_SECONDS) as answer:
                return answer.status == 200
        except urllib.error.HTTPError as error:
            self.stop()
            raise ServerError(
                f"The home page answers {error.code}. The server's log:\n{self.log()}"
            ) from error
        except OSError:
            time.sleep(0.1)
            return False

    def _manage(self, *command: str, stdin: str = "") -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if done.returncode:
            raise ServerError(f"manage.py {command[0]} failed ({done.returncode}):\n{done.stdout}")


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
