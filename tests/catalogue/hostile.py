"""Texts that nobody should type, to see that each gets an answer."""

from __future__ import annotations

import random
from collections.abc import Iterator

from catalog.models import SourceRecord

SEED = 20_260_822
LETTERS = "abzAGZ0159 .-/()[]!%&?#:;,'\"\\\t\n\x00\u200bé٣Ｇ–\u00adЖ🙂\u202e"
PIECES = """
ITU-T ITU-R CCITT Rec. Report Question G.711 BT.2020-2 203/3 Suppl. 39 Amd. 1 Annex C+ App. IV
(11/1988) 1988 V15 series https://www.itu.int/rec/T-REC- -I !!PDF-E.pdf ISO/IEC 13818-1 | / - ( )
[ ] ' " * : ^ NEAR AND OR NOT { } % _ \\ -- ; DROP <script> {{x}} handle.itu.int/11.1002/1000/
rec.aspx?rec= R-REC- R-HDB- 🙂 ﷽ ٣
"""


def mutated(number: int, seed: int = 0) -> Iterator[str]:
    """Yield identifiers of the data set with characters exchanged, lost, added and moved."""
    rng = random.Random(SEED + seed)
    texts = list(SourceRecord.objects.order_by("pk").values_list("identifier", flat=True))
    for _step in range(number):
        text = list(rng.choice(texts))
        for _change in range(rng.randint(1, 4)):
            text = _changed(text, rng)
        yield "".join(text)


def _changed(text: list[str], rng: random.Random) -> list[str]:
    place = rng.randrange(len(text) + 1)
    match rng.randrange(4):
        case 0:
            return [*text[:place], rng.choice(LETTERS), *text[place:]]
        case 1:
            return text[:place] + text[place + 1 :]
        case 2:
            return [*text[:place], rng.choice(LETTERS), *text[place + 1 :]]
        case _:
            return text[place:] + text[:place]


def hostile(number: int, seed: int = 0) -> Iterator[str]:
    """Yield texts of any characters, and pieces of identifiers in any order, some very long."""
    rng = random.Random(SEED + seed)
    pieces = [*PIECES.split(), "\x00", "\ud800"]
    for step in range(number):
        if step % 2:
            size = 3_000 if step % 500 == 1 else rng.randint(0, 60)
            yield "".join(_any_character(rng) for _place in range(size))
        else:
            size = 400 if step % 500 == 0 else rng.randint(1, 12)
            yield rng.choice(("", " ")).join(rng.choice(pieces) for _place in range(size))


def _any_character(rng: random.Random) -> str:
    return chr(rng.randrange(rng.choice((0x80, 0x110000))))
