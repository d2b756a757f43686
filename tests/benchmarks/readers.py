"""The readers of `make load`: a file for locust, which runs it in an environment of its own.

It imports nothing of the portal. What is read comes from a file that LOAD_DRAWN names
(`addresses.py`); what was seen goes into a file that LOAD_SEEN names, as JSON. Work pages are
chosen by a law of Zipf over the whole catalogue: the tenth page is asked for a tenth as often as
the first one. So about half of the questions are for a hundred works, the rest for all others.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote, urlencode

from locust import FastHttpUser, between, events, task

DRAWN = json.loads(Path(os.environ["LOAD_DRAWN"]).read_text())
WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(DRAWN["works"]) + 1)))
HEADERS = {"Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip", "User-Agent": "load"}
# Half of the lists and searches are popular ones, the rest drawn from thousands.
POPULAR = 20
FEEDS = ("/changes/feed.atom", "/itu-t/g/feed.atom", "/itu-t/g.711/feed.atom")
# An identifier may lead to several texts, or to none.
RESOLVED = (200, 300, 404)
TURNED_AWAY = 503
SHARES = {"p50": 0.50, "p95": 0.95, "p99": 0.99}


class Reader(FastHttpUser):
    """Reads a page, thinks for some seconds, and reads the next one."""

    wait_time = between(1, 5)
    connection_timeout = network_timeout = 60.0

    @task(60)
    def entry(self) -> None:
        """Read a work page."""
        [path] = random.choices(DRAWN["works"], cum_weights=WEIGHTS)
        self.read("entry", path)

    @task(15)
    def list(self) -> None:
        """Read a list under three facets."""
        self.read("list", f"/publications/?{urlencode(one_of(DRAWN['lists']))}")

    @task(10)
    def search(self) -> None:
        """Search for words under a facet."""
        self.read("search", f"/search/?{urlencode(one_of(DRAWN['searches']))}")

    @task(10)
    def api(self) -> None:
        """Resolve an identifier."""
        asked = quote(random.choice(DRAWN["identifiers"]), safe="")
        self.read("API", f"/api/v1/resolve?q={asked}", RESOLVED)

    @task(5)
    def export(self) -> None:
        """Read a feed, or a filtered list as CSV or JSON."""
        kind = random.choice(("csv", "json", "feed"))
        path = f"/publications/index.{kind}?{urlencode(one_of(DRAWN['lists']))}"
        self.read("export", random.choice(FEEDS) if kind == "feed" else path)

    def read(self, name: str, path: str, right: Sequence[int] = (200,)) -> None:
        """Ask for a path; any other answer than a right one is a failure."""
        with self.client.get(path, name=name, headers=HEADERS, catch_response=True) as answer:
            if answer.status_code in right:
                answer.success()
            elif answer.status_code == TURNED_AWAY:
                answer.failure("turned away (503)")
            else:
                answer.failure(f"status {answer.status_code}")


def one_of(draws: list[list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Return parameters: as often popular ones as any."""
    return [tuple(pair) for pair in random.choice(random.choice((draws[:POPULAR], draws)))]


@events.quitting.add_listener
def write(environment, **_named) -> None:
    """Write what was seen."""
    stats = environment.stats
    seen = {
        "rows": {
            row.name: {
                "asked": row.num_requests,
                "failed": row.num_failures,
                "max": row.max_response_time,
                **{name: row.get_response_time_percentile(n) for name, n in SHARES.items()},
            }
            for row in stats.entries.values()
        },
        "errors": [
            {"name": error.name, "error": str(error.error), "times": error.occurrences}
            for error in stats.errors.values()
        ],
    }
    Path(os.environ["LOAD_SEEN"]).write_text(json.dumps(seen))
    # Failures are in the table; for locust alone they would be a failed run.
    environment.process_exit_code = 0
