"""Readers who ask at a bounded rate, and one editor who saves and looks whether it is shown."""

from __future__ import annotations

import http.client
import random
import re
import sys
import threading
import time
import urllib.error
from collections.abc import Callable
from itertools import accumulate
from urllib.parse import quote, urlencode

from bs4 import BeautifulSoup

from .arrangement import ROOT, Web
from .each_process import ask_each
from .processes import HOST
from .record import ACCEPTED, Phase, Record

# The files there are run from their folder, and import each other so.
sys.path.append(str(ROOT / "tests" / "benchmarks"))

import editor as benchmark

PAUSE = 2.0  # seconds from the begin of one save to that of the next
LOOKS = 6  # through nginx, after each save; then every process is asked once
WATCH = 0.25  # seconds between two looks of who looks all the time
TIMEOUT = 30
# An identifier may lead to several texts, or to none.
RIGHT = {"API": (200, 300, 404)}
MIX = {"entry": 60, "list": 15, "search": 10, "API": 10, "export": 5}
POPULAR = 20
FEEDS = ("/changes/feed.atom", "/itu-t/g/feed.atom", "/itu-t/g.711/feed.atom")
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
INNER_WORKINGS = re.compile(
    rb"Traceback|psycopg2|OperationalError|InterfaceError|site-packages|redis\.exceptions"
)
MARK = re.compile(rb"Saved in a rehearsal, number (\d+)\.")
# A connection that the server closed while nothing was asked: browsers then ask on a new one.
CLOSED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class Person(threading.Thread):
    """Does something over and over, until told to stop."""

    def __init__(self, every: float):
        super().__init__(daemon=True)
        self.every, self.over = every, threading.Event()

    def run(self) -> None:
        """Do it at even distances; if one takes longer, the next follows at once."""
        due = time.monotonic() + random.random() * self.every
        while not self.over.wait(max(due - time.monotonic(), 0)):
            due = max(due + self.every, time.monotonic())
            self.do()

    def do(self) -> None:
        """Do it once."""
        raise NotImplementedError


class Client:
    """A connection to nginx that is kept, as browsers keep it."""

    def __init__(self, port: int):
        self.port = port
        self.connection: http.client.HTTPConnection | None = None
        self.again = 0

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body; raise OSError or HTTPException."""
        is_kept = self.connection is not None
        try:
            return self._get(path)
        except CLOSED:
            self.close()
            if not is_kept:
                raise
            self.again += 1
            return self._get(path)
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def _get(self, path: str) -> tuple[int, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(HOST, self.port, timeout=TIMEOUT)
        self.connection.request("GET", path, headers={"User-Agent": "rehearsal"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.will_close:
            self.close()
        return answer.status, body

    def close(self) -> None:
        """Give the connection up."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Reader(Person):
    """Asks for pages in the mix of `make load`."""

    def __init__(self, port: int, drawn: dict, record: Record, every: float):
        super().__init__(every)
        self.client, self.drawn, self.record = Client(port), drawn, record
        self.weights = list(accumulate(1 / rank for rank in range(1, len(drawn["works"]) + 1)))

    def do(self) -> None:
        """Read one page, and note how long that took and what was wrong."""
        [kind] = random.choices(list(MIX), weights=list(MIX.values()))
        path = self.path(kind)
        began_in, begin, again = self.record.now, time.perf_counter(), self.client.again
        body = b""
        try:
            status, body = self.client.get(path)
            wrong = "" if status in RIGHT.get(kind, (200,)) else f"{status} {title(body)}"
        except (OSError, http.client.HTTPException) as error:
            wrong = type(error).__name__
        phase = self.record.of(began_in)
        phase.waits.append((time.perf_counter() - begin) * 1000)
        phase.again += self.client.again - again
        if wrong:
            phase.errors[f"{wrong} ({'API' if kind == 'API' else 'pages'})"] += 1
        note_inner_workings(phase, path, body)

    def path(self, kind: str) -> str:
        """Return an address of a kind."""
        if kind == "entry":
            return random.choices(self.drawn["works"], cum_weights=self.weights)[0]
        if kind == "API":
            return f"/api/v1/resolve?q={quote(random.choice(self.drawn['identifiers']), safe='')}"
        if kind == "search":
            return f"/search/?{urlencode(one_of(self.drawn['searches']))}"
        asked = urlencode(one_of(self.drawn["lists"]))
        if kind == "list":
            return f"/publications/?{asked}"
        kind = random.choice(("csv", "json", "feed"))
        return random.choice(FEEDS) if kind == "feed" else f"/publications/index.{kind}?{asked}"


class Watch(Person):
    """Looks at the entry all the time, on new connections, and compares with the last save."""

    def __init__(self, port: int, path: str, record: Record):
        super().__init__(WATCH)
        self.port, self.path, self.record = port, path, record
        self.saved = 0  # the number of the last save that was accepted
        self.shown: set[int] = set()

    def do(self) -> None:
        """Look once through nginx."""
        client = Client(self.port)
        self.look("nginx", lambda: client.get(self.path))
        client.close()

    def look(self, who: str, ask: Callable[[], tuple[int, bytes]]) -> None:
        """Note an answer that shows less than was saved before it began."""
        saved, began_in = self.saved, self.record.now
        try:
            status, body = ask()
        except (OSError, http.client.HTTPException):
            status, body = 0, b""
        phase = self.record.of(began_in)
        note_inner_workings(phase, self.path, body)
        if status != 200:
            phase.looks_failed += 1
            return
        phase.looks[who] += 1
        found = MARK.search(body)
        number = int(found[1]) if found else 0
        self.shown.add(number)
        if number < saved:
            phase.stale.append(f"{who} showed save {number} after save {saved}")


class Editor(Person):
    """Signs in, and saves an entry every two seconds; then asks all processes for it."""

    def __init__(self, watch: Watch, webs: list[Web], topic: dict, password: str):
        super().__init__(PAUSE)
        self.watch, self.webs, self.number = watch, webs, 0
        self.form = f"/admin/catalog/topic/{topic['pk']}/change/"
        self.password = password
        self.refused: dict[int, Phase] = {}
        self.browser = benchmark.Editor(watch.port, [], topic, password)

    def do(self) -> None:
        """Save once, note what came of it, and look."""
        self.number += 1
        began_in, begin = self.watch.record.now, time.perf_counter()
        came = self.save()
        phase = self.watch.record.of(began_in)
        phase.save_waits.append((time.perf_counter() - begin) * 1000)
        phase.saves[came] += 1
        if came != ACCEPTED:
            self.refused[self.number] = phase
            return
        self.watch.saved = self.number
        for _look in range(LOOKS):
            self.watch.do()
        for web in self.webs:
            self.look_at(web)

    def save(self) -> str:
        """Open the form, sign in if asked to, change it, send it; return what came of it."""
        step = "form"
        try:
            name, fields = self.browser.open(self.form)
            if name == "login-form":
                step = "sign in"
                fields += [("username", benchmark.NAME), ("password", self.password)]
                self.browser.send("/admin/login/", fields)
                _name, fields = self.browser.open(self.form)
            step = "save"
            kept = [(name, value) for name, value in fields if name != "description"]
            mark = f"Saved in a rehearsal, number {self.number}."
            page = self.browser.send(self.form, [*kept, ("description", mark), ("_save", "Save")])
        except urllib.error.HTTPError as error:
            body = error.read()
            note_inner_workings(self.watch.record.now, self.form, body)
            return f"{step}: {error.code} {title(body)}"
        except (OSError, http.client.HTTPException, ValueError) as error:
            return f"{step}: {type(error).__name__} {error}"
        if said := BeautifulSoup(page, "lxml").select(".errornote, .errorlist"):
            return f"{step}: {' '.join(item.get_text(' ', strip=True) for item in said)[:200]}"
        return ACCEPTED

    def look_at(self, web: Web) -> None:
        """Ask each process of an instance, without nginx."""
        pids = web.workers()
        try:
            answers = ask_each(web.port, pids, self.watch.path)
        except OSError:
            return  # It is away, or has just been killed.
        for number, pid in enumerate(pids, start=1):
            if pid in answers:
                self.watch.look(f"{web.process.name}/{number}", lambda found=answers[pid]: found)

    def note_written(self) -> None:
        """Note which saves were not accepted, but shown to readers later."""
        for number, phase in self.refused.items():
            phase.written += number in self.watch.shown


def one_of(draws: list[list]) -> list[tuple[str, str]]:
    """Return parameters: as often popular ones as any."""
    return [tuple(pair) for pair in random.choice(random.choice((draws[:POPULAR], draws)))]


def title(body: bytes) -> str:
    """Return what an answer says in its heading, and whose it is."""
    text = body.decode("utf-8", "replace")
    if text.startswith("{"):
        return text[:100]
    found = HEADING.search(text)
    words = found[1].strip() if found else text[:80]
    return f"{words} [nginx]" if "<center>nginx" in text else words


def note_inner_workings(phase: Phase, path: str, body: bytes) -> None:
    """Note an answer that shows readers what is for the log."""
    if found := INNER_WORKINGS.search(body):
        phase.inner_workings.append(f"{path}: {found[0].decode()}")
