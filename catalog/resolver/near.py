"""Works whose number comes near one that nobody carries: neighbours and slips of one character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from string import ascii_lowercase, digits

from catalog.identifiers.asked import Asked
from catalog.identifiers.numbers import RADIO_SERIES
from catalog.models import KnownIdentifier, Publication
from catalog.resolver.answer import NEAR, Answer

NUMBER = re.compile(r"([a-z]{1,3})\.(\d+)((?:\.\d+)*)(.*)")
NEIGHBOURS = (1, -1, 2, -2, 3, -3)


def with_near(answer: Answer, readings: list[Asked]) -> Answer:
    """Return the answer with at most five works near the number that was asked for."""
    wanted = list(
        dict.fromkeys(
            near
            for asked in readings
            if not asked.is_name
            for key in asked.keys
            for near in near_keys(key)
        )
    )
    if not wanted:
        return answer
    places = {key: place for place, key in enumerate(wanted)}
    rows = KnownIdentifier.objects.of_works().filter(key__in=wanted)
    best: dict[int, int] = {}
    for key, work in rows.values_list("key", "publication_id"):
        best[work] = min(best.get(work, len(wanted)), places[key])
    nearest = sorted(best, key=lambda work: (best[work], work))[:NEAR]
    by_key = Publication.objects.in_brief().in_bulk(nearest)
    return replace(answer, near=tuple(by_key[pk] for pk in nearest))


def with_entry(answer: Answer) -> Answer:
    """Return the answer with the work that goes with what is not held: the Radio Regulations."""
    key = answer.elsewhere.entry if answer.elsewhere else ""
    if not key:
        return answer
    called = KnownIdentifier.objects.of_works().filter(key=key).values("publication")
    works = Publication.objects.in_brief().filter(pk__in=called).best_first()
    return replace(answer, near=tuple(works[:NEAR]))


def near_keys(key: str) -> Iterator[str]:
    """Yield keys near a key, the nearest first: main number, slips, neighbours, other series."""
    match = NUMBER.fullmatch(key)
    if match is None:
        return
    letters, number, parts, ending = match.groups()
    if parts or ending:
        yield f"{letters}.{number}"
    if parts:
        yield from (f"{letters}.{number}.{near}" for near in _neighbours(parts.split(".")[-1]))
        yield f"{letters}.{number}{parts.replace('.', '')}"
    for slip in _slips(number):
        yield f"{letters}.{slip}"
    # A dot that was lost: g.7231 for g.723.1.
    for place in range(1, len(number)):
        yield f"{letters}.{number[:place]}.{number[place:]}"
    for near in _neighbours(number):
        yield f"{letters}.{near}"
    for other in (*ascii_lowercase, *sorted(RADIO_SERIES)):
        if other != letters:
            yield f"{other}.{number}{parts}"


def _neighbours(number: str) -> Iterable[int]:
    return (int(number) + step for step in NEIGHBOURS if int(number) + step >= 0)


def _slips(number: str) -> Iterator[str]:
    """Yield the numbers that one slip makes: a digit too many, two exchanged, another, one more."""
    # The first digits are seldom the wrong ones.
    for place in reversed(range(len(number) if len(number) > 1 else 0)):
        yield number[:place] + number[place + 1 :]
    for place in range(len(number) - 1):
        yield number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    for place in range(len(number)):
        yield from (number[:place] + d + number[place + 1 :] for d in digits if d != number[place])
    if len(number) < 5:
        for place in range(len(number) + 1):
            yield from (number[:place] + d + number[place:] for d in digits)
