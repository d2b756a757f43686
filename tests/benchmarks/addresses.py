"""Draws from the catalogue what is asked once only: the same draw in every run.

Run in a process of its own, with DATABASE_URL set: `addresses.py FILE` writes everything to a file
as JSON. Each list is shuffled, and nothing occurs in it twice, so whoever takes its lines one after
the other never asks the same again. Adding a parameter without a meaning would be no new question:
a portal may drop it.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itu_portal.settings")

SEED = 1865
MOST = 6_000  # combinations and searches
TRIES = 10  # draws for each that is wanted
FACETS = ("state", "sector", "kind", "series")
BATCHES, LINES = 6, 1_000

Pair = tuple[str, str]


def main() -> None:
    """Write the draw to the file that the command line names."""
    import django

    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(drawn()))


def drawn() -> dict[str, Any]:
    """Return all lists: addresses of pages, parameters of lists and searches, identifiers."""
    from catalog.models import Edition, Publication, SourceRecord, Topic

    # A generator of its own for each list, so that a longer one does not change the next.
    works = shuffled(
        Publication.objects.select_related("sector", "series", "current_edition"), "works"
    )
    editions = shuffled(Edition.objects.select_related("publication__sector"), "editions")
    records = SourceRecord.objects.of_texts().values_list("identifier", flat=True)
    # A catalogue without the data set has no records: then its own identifiers.
    identifiers = list(dict.fromkeys(records)) or [work.identifier for work in works]
    identifiers = [name for name in shuffled(identifiers, "identifiers") if name]
    topic = Topic.objects.order_by("key").first()
    return {
        "topic": {"pk": topic.pk, "path": topic.get_absolute_url()},
        "works": distinct(work.get_absolute_url() for work in works),
        "rows": [work.pk for work in works],
        "editions": distinct(edition.get_absolute_url() for edition in editions),
        "lists": unlike(works, "lists", three_facets),
        "searches": unlike(works, "searches", search_with_facet),
        "identifiers": identifiers,
        "lines": [
            [identifiers[(batch * LINES + line) % len(identifiers)] for line in range(LINES)]
            for batch in range(BATCHES)
        ],
    }


def shuffled(rows: Any, name: str) -> list:
    """Return the rows in an order that is drawn; `name` sets it apart from other draws."""
    rows = list(rows.order_by("pk")) if hasattr(rows, "order_by") else sorted(rows)
    random.Random(f"{SEED} {name}").shuffle(rows)
    return rows


def distinct(paths: Iterator[str]) -> list[str]:
    """Return each path once, in the same order."""
    return list(dict.fromkeys(paths))


def unlike(
    works: list, name: str, draw: Callable[[Any, list, random.Random], list[Pair]]
) -> list[list[Pair]]:
    """Return many draws of parameters, none of them twice."""
    chance = random.Random(f"{SEED} {name}")
    found: dict[str, list[Pair]] = {}
    for _try in range(MOST * TRIES):
        pairs = sorted(draw(chance.choice(works), works, chance))
        if pairs:
            found.setdefault(urlencode(pairs), pairs)
        if len(found) == MOST:
            break
    return list(found.values())


def three_facets(work: Any, works: list, chance: random.Random) -> list[Pair]:
    """Return three facets under which this work is found; up to two of them are widened.

    Widened by what another work has: single values alone make a few hundred lists.
    """
    own = values_of(work)
    if len(own) < 3:
        return []
    names = chance.sample(sorted(own), 3)
    pairs = {(name, own[name]) for name in names}
    for name in chance.sample(names, chance.randint(0, 2)):
        other = values_of(chance.choice(works)).get(name)
        pairs |= {(name, other)} if other else set()
    return list(pairs)


def search_with_facet(work: Any, _works: list, chance: random.Random) -> list[Pair]:
    """Return a word or two of the title of this work, and a facet under which it is found."""
    words = sorted(set(re.findall(r"[a-z]{4,}", work.name.lower())))
    own = {name: value for name, value in values_of(work).items() if name in ("state", "sector")}
    if not words or not own:
        return []
    asked = chance.sample(words, min(len(words), chance.randint(1, 2)))
    name = chance.choice(sorted(own))
    return [("q", " ".join(asked)), (name, own[name])]


def values_of(work: Any) -> dict[str, str]:
    """Return what the facets say of a work."""
    values = {
        "state": work.state,
        "sector": work.sector.key,
        "kind": work.kind,
        "series": work.series.key if work.series else "",
    }
    return {name: value for name, value in values.items() if value}


if __name__ == "__main__":
    main()
