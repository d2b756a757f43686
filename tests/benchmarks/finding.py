"""How well and how fast everything is found in the whole catalogue, inside one process.

Run by `run.py` in a process of its own, for a database into which the data set was imported:
python tests/benchmarks/finding.py
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itu_portal.settings")

HOSTILE = 50_000
EVERY = 10  # one record in so many is timed
TOO_LONG = 0.1  # seconds


def main() -> None:
    """Measure and print."""
    import django

    django.setup()
    from django.db import connection

    from catalog.models import SearchEntry, SourceRecord
    from catalog.resolver import resolve
    from catalog.search.match import find
    from tests.catalogue import finding
    from tests.catalogue.hostile import hostile, mutated
    from tests.conftest import CATALOGUE

    print(f"\nFinding in {SearchEntry.objects.count():,} entries, {connection.vendor}", flush=True)
    measures = [*finding.measure_records(), *finding.measure_links(_records(CATALOGUE))]
    print(finding.table([*measures, finding.measure_titles(), finding.measure_queries()]))
    records = SourceRecord.objects.of_texts().values_list("identifier", flat=True)
    titles = [words for _work, words in finding.drawn_titles()]
    heads = f"{'asked':>7} {'median':>8} {'95 %':>8} {'longest':>8} {'over 100':>12}"
    print(f"\n  {'milliseconds, one at a time':36} {heads}")
    print_times("resolve", resolve, list(records)[::EVERY])
    print_times("search, first 50 hits", lambda words: list(find(words)[:50]), titles)
    print_times("resolve mutated identifiers", resolve, list(mutated(HOSTILE * 4 // 5)))
    print_times("resolve hostile texts", resolve, list(hostile(HOSTILE // 5)))
    print_times("search hostile texts", lambda text: list(find(text)[:50]), list(hostile(2_000)))


def _records(catalogue: Path) -> list:
    from catalog.dataset.archive import open_snapshot
    from catalog.dataset.collect import collect

    return collect(open_snapshot(catalogue)).records


def print_times(name: str, ask: Callable[[str], object], texts: Iterable[str]) -> None:
    """Ask for each text and print what it took, in milliseconds."""
    seconds = []
    for text in texts:
        begin = time.perf_counter()
        ask(text)
        seconds.append(time.perf_counter() - begin)
    seconds.sort()
    high = seconds[len(seconds) * 95 // 100]
    slow = sum(second > TOO_LONG for second in seconds)
    print(
        f"  {name:36} {len(seconds):7,} {statistics.median(seconds) * 1000:8.2f} "
        f"{high * 1000:8.2f} {seconds[-1] * 1000:8.2f} {slow:12,}",
        flush=True,
    )


if __name__ == "__main__":
    main()
