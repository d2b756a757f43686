"""An editor who saves at the desk every few seconds, and looks whether readers see it.

The editor signs in with a form, opens the form of a topic, changes its description, sends
everything back as a browser does, and then asks every worker for the page of the topic.
"""

from __future__ import annotations

import re
import secrets
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import workers
from bs4 import BeautifulSoup, Tag
from children import ROOT, environment
from generator import HOST

NAME = "load-editor"
PAUSE = 4  # seconds between two saves
TIMEOUT = 60
BUSY = 503
NOT_SENT = ("submit", "button", "file", "reset")
# The words with which the desk keeps a form for later while an import or somebody else writes.
WRITING = re.compile("has been running since|is saving changes")


class MustWait(Exception):
    """The desk asks to save again in a moment."""


@dataclass
class Editor(threading.Thread):
    """Saves until told to stop; counts what came of it."""

    port: int
    pids: list[int]
    topic: dict[str, str]
    password: str
    saved: list[float] = field(default_factory=list)  # milliseconds
    asked_to_wait: int = 0
    stale: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        cookies = urllib.request.HTTPCookieProcessor()
        self.browser = urllib.request.build_opener(cookies)

    # The name of the thread stands for the object: a data class would compare all fields.
    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Sign in and save, again and again."""
        number = 0
        while not self.over.is_set():
            number += 1
            try:
                self.save(number)
            except urllib.error.HTTPError as error:
                if error.code == BUSY:
                    self.asked_to_wait += 1
                else:
                    self.faults.append(f"status {error.code}")
            except MustWait:
                self.asked_to_wait += 1
            except (OSError, ValueError) as error:
                self.faults.append(str(error) or type(error).__name__)
            self.over.wait(PAUSE)

    def save(self, number: int) -> None:
        """Change the description of the topic.

        Raises MustWait while somebody else writes, HTTPError or ValueError if it is not taken.
        """
        form, fields = self.open(f"/admin/catalog/topic/{self.topic['pk']}/change/")
        if form == "login-form":
            fields += [("username", NAME), ("password", self.password)]
            self.send("/admin/login/", fields)
            form, fields = self.open(f"/admin/catalog/topic/{self.topic['pk']}/change/")
        mark = f"Saved under load, {secrets.token_hex(4)}, number {number}."
        kept = [(name, value) for name, value in fields if name != "description"]
        begin = time.perf_counter()
        page = self.send(
            f"/admin/catalog/topic/{self.topic['pk']}/change/",
            [*kept, ("description", mark), ("_save", "Save")],
        )
        took = time.perf_counter() - begin
        if said := BeautifulSoup(page, "lxml").select(".errornote, .errorlist"):
            words = " ".join(item.get_text(" ", strip=True) for item in said)
            if WRITING.search(words):
                raise MustWait(words)
            raise ValueError(f"the form came back: {words[:200]}")
        self.saved.append(took * 1000)
        pages = workers.ask_each(self.port, self.pids, self.topic["path"])
        self.stale += any(mark.encode() not in page for page in pages.values())

    def open(self, path: str) -> tuple[str, list[tuple[str, str]]]:
        """Return the name of the form of a page, and what a browser would send for its fields."""
        with self.browser.open(f"http://{HOST}:{self.port}{path}", timeout=TIMEOUT) as answer:
            page = BeautifulSoup(answer.read(), "lxml")
        form = page.select_one("#content form[id], #content-main form")
        if form is None:
            raise ValueError(f"there is no form at {path}")
        return form.get("id", ""), fields_of(form)

    def send(self, path: str, fields: list[tuple[str, str]]) -> str:
        """Send a form; return the page that comes of it."""
        address = f"http://{HOST}:{self.port}{path}"
        body = urllib.parse.urlencode(fields).encode()
        with self.browser.open(address, body, timeout=TIMEOUT) as answer:
            return answer.read().decode()

    def stop(self) -> None:
        """Let the last save be finished."""
        self.over.set()
        self.join(2 * TIMEOUT)


def fields_of(form: Tag) -> list[tuple[str, str]]:
    """Return the fields that are filled in, with their values."""
    fields = []
    for tag in form.select("input[name], textarea[name], select[name]"):
        kind = tag.get("type", "")
        if "__prefix__" in tag["name"] or tag.has_attr("disabled") or kind in NOT_SENT:
            continue
        if tag.name == "select":
            values = [option.get("value", "") for option in tag.select("option[selected]")]
        elif tag.name == "textarea":
            values = [re.sub(r"\A\r?\n", "", tag.text)]
        elif kind in ("checkbox", "radio"):
            values = [tag.get("value", "on")] if tag.has_attr("checked") else []
        else:
            values = [tag.get("value", "")]
        fields += [(tag["name"], value) for value in values]
    return fields


def account(directory: Path, address: str) -> str:
    """Make the editor's account in a database; return its password."""
    password = secrets.token_urlsafe(24)
    done = subprocess.run(
        [sys.executable, "manage.py", "create_editor", NAME, "--password-stdin"],
        cwd=ROOT,
        env=environment(directory) | {"DATABASE_URL": address},
        input=f"{password}\n",
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"no account could be made:\n{done.stderr}")
    return password
