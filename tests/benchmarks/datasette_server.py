"""Datasette beside the portal: a program that publishes tables as pages, on the same records.

It is asked for the same things, each once: rows drawn from the catalogue, lists under the same
three facets, searches for the same words with the same facet. It shows fifty rows and counts the
same facets but topics, and is told not to look for facets that it could suggest. It gets a file
that nobody writes to (`--immutable`), for which it keeps counts.

It has less to do, so the ratio says what the portal's pages cost beside plain ones, not which
program is the better one. Its facets count the rows that are found; ours also count what each
other choice would find. Its search looks into titles; ours also into names and texts. It draws a
row as it stands; ours draws a work with all its editions. And it does not compress.

Two processes of it are served, each on a port of its own, because the portal has two workers.
The generator shares its four connections out among both ports. The other way, one process with its
result doubled, would give Datasette a processor that the portal has to share with the generator.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import own_environment
import plain_file
from children import Server, end
from generator import HOST
from targets import Target, once

REQUIREMENTS = Path(__file__).with_name("datasette-requirements.txt")
PROCESSES = 2
PATIENCE = 60  # seconds until it must answer
SETTINGS = {
    "suggest_facets": "off",
    "default_page_size": "50",
    "default_facet_size": "100",
    # On a busy machine it would else leave facets out, or refuse to answer.
    "facet_time_limit_ms": "10000",
    "sql_time_limit_ms": "20000",
}
TABLE = "/plain/publication"
# What of ours each of theirs is compared with.
COUNTERPARTS = {
    "row": "work",
    "list, three facets": "list, three facets",
    "search with facets": "search with a facet",
}


def targets(stack: ExitStack, directory: Path, drawn: dict) -> tuple[list[Target], str]:
    """Return what Datasette is asked, none and the reason if it is not at hand.

    It is served until the stack is closed. The portal's database is the SQLite file that the draw
    was made from.
    """
    try:
        python = own_environment.program("datasette", REQUIREMENTS)
    except own_environment.NotInstalled as error:
        return [], str(error)
    file = directory / "plain.sqlite3"
    file.unlink(missing_ok=True)
    plain_file.build(Path(drawn["database"]), file)
    server = stack.enter_context(served(python, file, directory))
    paths = {
        "row": [f"{TABLE}/{row}" for row in drawn["rows"]],
        "list, three facets": [
            _query(pairs, plain_file.LIST_FACETS, sort=True) for pairs in drawn["lists"]
        ],
        "search with facets": [
            _query(pairs, plain_file.SEARCH_FACETS) for pairs in drawn["searches"]
        ],
    }
    return [once(directory, name, server, several) for name, several in paths.items()], ""


def _query(pairs: list[tuple[str, str]], facets: tuple[str, ...], *, sort: bool = False) -> str:
    chosen: dict[str, list[str]] = {}
    for name, value in pairs:
        chosen.setdefault(name, []).append(value)
    query = [("_sort", "sort_key")] if sort else []
    for name, values in chosen.items():
        if name == "q":
            query.append(("_search", values[0]))
        elif len(values) == 1:
            query.append((f"{name}__exact", values[0]))
        else:
            query.append((f"{name}__in", ",".join(values)))
    query += [("_facet", name) for name in facets]
    return f"{TABLE}?{urlencode(query)}"


@contextmanager
def served(python: Path, file: Path, directory: Path) -> Iterator[Server]:
    """Serve a file on two free ports until the block ends."""
    settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, value)]
    ports = tuple(_free_port() for _process in range(PROCESSES))
    running = []
    try:
        for port in ports:
            with (directory / f"datasette-{port}.log").open("wb") as output:
                command = [python, "-m", "datasette", "serve", "--immutable", file, *settings]
                running.append(
                    subprocess.Popen(
                        [*command, "--host", HOST, "--port", str(port)],
                        cwd=directory,
                        env=own_environment.clean_environment(),
                        stdout=output,
                        stderr=subprocess.STDOUT,
                    )
                )
        for port in ports:
            _wait_for(port, directory / f"datasette-{port}.log")
        yield Server(f"datasette serve, {PROCESSES} processes", ports, running[0].pid)
    finally:
        for process in running:
            end(process)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listening:
        return listening.getsockname()[1]


def _wait_for(port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"Datasette does not answer:\n{log.read_text()[-4000:]}")
