"""Several servers on one database: whoever is asked after a write shows what was written.

Two servers of two processes each, as on two machines, with pages in memory and with pages in one
Redis; a third process writes. Redis is then taken away.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ON_POSTGRESQL, ROOT
from tests.found import some
from tests.pages.test_server import Server

pytestmark = [pytest.mark.xdist_group("server"), pytest.mark.slow]

PATIENCE = 30  # seconds
ROUNDS = 3
ASKED = 8  # requests a server, so that each of its processes answers some
PAGES = (
    "/itu-t/g.711/",
    "/itu-t/g.711/1988-11/",
    "/publications/?q=G.711",
    "/api/v1/resolve?q=G.711",
)
WRITE = """
from catalog.models import Publication
from catalog.writing.edit import editing
work = Publication.objects.get(key="itu-t-g.711")
with editing(reason="A test") as edit:
    edit.watch(work)
    work.name = {name!r}
    edit.save(work)
"""


class Several:
    """Servers with one database, and who writes to it."""

    def __init__(self, folder: Path, servers: list[Server]):
        self.folder, self.servers = folder, servers

    def write(self, name: str) -> None:
        """Rename a work, in a process of its own."""
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-c", WRITE.format(name=name)],
            cwd=ROOT,
            env=self.servers[0].environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def who_shows_another(self, name: str) -> list[str]:
        """Ask all processes of all servers; return where the name is not the one expected."""
        wrong = []
        for server in some(self.servers):
            for _time in range(ASKED):
                for page in PAGES:
                    status, body = server.get(page)
                    if status != 200 or name.encode() not in body:
                        wrong.append(f"{server.port}{page} {status}")
        return wrong


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Make an empty database of the kind under test; yield its address."""
    if not ON_POSTGRESQL:
        yield f"sqlite:///{folder / 'portal.sqlite3'}"
        return
    import psycopg2

    address, _slash, name = os.environ["DATABASE_URL"].rpartition("/")
    connection = psycopg2.connect(f"{address}/{name}")
    connection.autocommit = True
    own = f"{name}_servers"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {own}")
            cursor.execute(f"CREATE DATABASE {own}")
        yield f"{address}/{own}"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {own} WITH (FORCE)")
    finally:
        connection.close()


@contextmanager
def redis(folder: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """Run a Redis of its own; yield its address and the process."""
    program = shutil.which("redis-server")
    assert program, "redis-server is missing (on Debian: apt install redis-server)"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0", process
    finally:
        process.kill()
        process.wait(PATIENCE)


@contextmanager
def several(folder: Path, **environment: str) -> Iterator[Several]:
    """Run two servers on one database."""
    with database(folder) as address:
        servers = []
        for name in ("one", "two"):
            (folder / name).mkdir()
            server = Server(folder / name)
            server.environment |= {"DATABASE_URL": address, **environment}
            servers.append(server)
        servers[0].fill()
        try:
            for server in some(servers):
                server.start()
            yield Several(folder, servers)
        finally:
            for server in some(servers):
                if server.process is not None:
                    assert server.stop() == 0
        for server in some(servers):
            assert "Traceback" not in server.log.read_text()


def test_every_process_shows_what_was_written_a_moment_ago(tmp_path):
    with several(tmp_path) as found:
        for number in range(ROUNDS):
            found.write(f"Name number {number}")
            assert found.who_shows_another(f"Name number {number}") == []


def test_servers_that_share_their_pages_show_it_too_and_do_without_redis(tmp_path):
    with redis(tmp_path) as (address, process), several(tmp_path, CACHE_URL=address) as found:
        for number in range(ROUNDS):
            found.write(f"Name number {number}")
            assert found.who_shows_another(f"Name number {number}") == []
        check_that_pages_are_shared(found, address)
        process.kill()
        process.wait(PATIENCE)
        found.write("Name without Redis")
        assert found.who_shows_another("Name without Redis") == []
        assert "does not answer" in found.servers[0].log.read_text()


def check_that_pages_are_shared(found: Several, address: str) -> None:
    """Ask both servers for a page; it is made once, and kept once."""
    import redis as client

    kept = client.Redis.from_url(address)
    before = len(list(kept.scan_iter("itu-portal:pages:*")))
    first = found.servers[0].get("/itu-t/g.722/")
    assert found.servers[1].get("/itu-t/g.722/") == first
    # A page that is asked for again moves there from the newcomers.
    assert len(list(kept.scan_iter("itu-portal:pages:*"))) == before + 1
