"""How fast pages are, each beside the bare Django view that was asked in the same rounds.

Three kinds of asking: over and over (anything that remembers answers helps), over and over by
who has the page already (If-None-Match with the ETag of the first answer, answered with 304), and
each address once (nothing that remembers answers helps). What is asked once is drawn from the
whole catalogue (`addresses.py`); no round asks what an earlier one asked, and there is no warm-up
with it. Where the addresses run out, the table says so.

Limits for each client are off, because one client asks here; counting them is not measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlencode

import datasette_server
import heavy
import workers
from children import ROOT, THREADS, WORKERS, Server, environment, manage, serve
from generator import CONNECTIONS
from targets import Target, ask_all, once, unchanged

ADDRESSES = Path(__file__).with_name("addresses.py")
REPEATED = {
    "home": "/",
    "work": "/itu-t/g.711/",
    "edition": "/itu-t/g.711/1988-11/",
    "list": "/publications/",
    "list, three facets": "/publications/?kind=recommendation&sector=itu-t&state=in-force",
    "search": "/search/?q=optical+transport",
    "CSV of a list": "/publications/index.csv?sector=itu-r&state=in-force",
    "Atom feed": "/changes/feed.atom",
    "API answer": "/api/v1/resolve?q=G.711",
}
# An identifier leads on, or to a choice; of a few the catalogue has no text.
RESOLVED = (200, 300, 302, 404)


def print_pages(
    directory: Path, address: str, name: str, options: argparse.Namespace, *, beside: bool
) -> None:
    """Serve a database that is filled, ask, print; with `beside` Datasette is asked, too."""
    manage(directory, "collectstatic", "--noinput", "--verbosity", "0")
    drawn = draw(directory, address)
    with ExitStack() as stack:
        bare = stack.enter_context(serve(directory, "tests.benchmarks.bare:application"))
        application = "itu_portal.wsgi:application"
        portal = stack.enter_context(serve(directory, application, DATABASE_URL=address))
        pids = workers.workers_of(portal.pid, WORKERS) if workers.is_known() else []
        heavy_rows = heavy.measure(portal, pids, drawn["lines"])
        groups = {
            "": [Target("bare Django view", bare, "/")],
            "repeated": [Target(name, portal, path) for name, path in REPEATED.items()],
        }
        groups["304"] = [unchanged(target) for target in groups["repeated"]]
        groups["first time"] = first_time(directory, portal, drawn)
        reason = "not measured"
        if beside:
            theirs, reason = datasette_server.targets(stack, directory, drawn)
            groups["Datasette"] = theirs
        asked = [target for group in groups.values() for target in group]
        ask_all(asked, options.rounds, options.seconds)
        print_table(groups, name, options)
        if beside:
            print_beside(groups, reason)
        answers = sum(target.answers for target in asked if target.server is portal)
        heavy.print_rows(heavy_rows, pids, answers)


def draw(directory: Path, address: str) -> dict:
    """Return what is drawn from a database."""
    place = directory / "drawn.json"
    subprocess.run(
        [sys.executable, ADDRESSES, place],
        cwd=ROOT,
        env=environment(directory) | {"DATABASE_URL": address},
        check=True,
    )
    drawn = json.loads(place.read_text()) | {"database": address.removeprefix("sqlite:///")}
    for name in ("lists", "searches"):
        drawn[name] = [[tuple(pair) for pair in pairs] for pairs in drawn[name]]
    return drawn


def first_time(directory: Path, portal: Server, drawn: dict) -> list[Target]:
    """Return what is asked once; nothing that is repeated is among it."""
    paths = {
        "work": drawn["works"],
        "edition": drawn["editions"],
        "list, three facets": [f"/publications/?{urlencode(pairs)}" for pairs in drawn["lists"]],
        "search with a facet": [f"/search/?{urlencode(pairs)}" for pairs in drawn["searches"]],
        "resolve": [f"/go/?id={quote(name, safe='')}" for name in drawn["identifiers"]],
    }
    repeated = set(REPEATED.values())
    return [
        once(
            directory,
            name,
            portal,
            [path for path in several if path not in repeated],
            RESOLVED if name == "resolve" else (200,),
        )
        for name, several in paths.items()
    ]


def print_table(groups: dict[str, list[Target]], name: str, options: argparse.Namespace) -> None:
    """Print the answers a second of every target and its ratio to the first one."""
    [bare] = groups[""]
    commands = dict.fromkeys(target.server.command for group in groups.values() for target in group)
    print()
    print(
        f"Pages, {name}: median of {options.rounds} rounds of {options.seconds:g} s, "
        f"{CONNECTIONS} keep-alive connections"
    )
    print(f"gunicorn with {WORKERS} worker processes of {THREADS} threads:")
    for command in commands:
        print(f"  {command}")
    heads = f"{'a second':>9} {'min':>7} {'max':>7} {'of bare':>8} {'bytes':>8} {'asked':>7}"
    print(f"  {'':34} {heads}")
    for group, targets in groups.items():
        for target in targets:
            print(
                f"  {f'{group}: {target.name}' if group else target.name:34} {line(target, bare)}"
            )


def line(target: Target, bare: Target) -> str:
    """Return the numbers of a target, and its note."""
    if not target.rates:
        return f"{'-':>9} {'-':>7} {'-':>7} {'-':>8} {'-':>8} {'-':>7}  {target.note}"
    return (
        f"{target.median:9.1f} {min(target.rates):7.1f} {max(target.rates):7.1f} "
        f"{target.median / bare.median:8.2%} {target.size:8,} {target.answers:7,}  "
        f"{target.note or target.path}"
    ).rstrip()


def print_beside(groups: dict[str, list[Target]], reason: str) -> None:
    """Print the portal's answers a second in relation to those of Datasette."""
    if not groups["Datasette"]:
        print(f"  Datasette: {reason}")
        return
    ours = {target.name: target for target in groups["first time"]}
    print("  The portal beside Datasette (above 1 the portal is faster):")
    for theirs in groups["Datasette"]:
        own = ours[datasette_server.COUNTERPARTS[theirs.name]]
        ratio = f"{own.median / theirs.median:8.2f}" if own.rates and theirs.rates else "       -"
        print(f"  {f'{own.name} / {theirs.name}':52} {ratio}")
