"""Whatever somebody types or pastes is read in time that grows with its length, and no faster."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.converters import CONVERTERS
from catalog.identifiers import (
    characters,
    conference_texts,
    elsewhere,
    folding,
    keys,
    numbers,
    openings,
    pasted_links,
    site_paths,
    tails,
    typed_spellings,
)
from catalog.search import words
from catalog.search.highlight import highlight
from catalog.search.query import read
from tests.hostile import UNITS, row_of

SHORT, LONG = 1_000, 4_000
# Nobody need look closer at what reads 4,000 characters in so many seconds; what takes a time that
# grows with the square of the length takes twenty times as long.
CHEAP = 0.02
# Four times the text takes four times as long, or sixteen times.
MOST_GROWTH = 8
TRIES = 5
ADDRESS_PARTS = [re.compile(f"{part.regex}/\\Z") for part in CONVERTERS.values()]

# What is read before a text, and by whom. Lengths are not cut here: the parts are held to it too.
READERS: dict[str, Callable[[str], object]] = {
    "asked": typed_spellings.read_asked,
    "plain": characters.plain,
    "unwrapped": characters.without_wrapping,
    "folded": folding.fold,
    "link": pasted_links.find_link,
    "link of a host": lambda text: pasted_links.find_link(f"https://www.itu.int/rec/{text}"),
    "link at the end": lambda text: pasted_links.find_link(f"{text} itu.int/rec"),
    "what a link says": pasted_links.read_link_text,
    "link of ITU-T": lambda text: pasted_links.read_link_text(f"T-REC-G.711-{text}"),
    "link of ITU-R": lambda text: pasted_links.read_link_text(f"R-REC-P.1-{text}"),
    "components first": lambda text: openings.components_first(f"amd 1{text}"),
    "opening": openings.read_opening,
    "without ISO": keys.strip_iso,
    "ISO": lambda text: keys.strip_iso(f"g.711 | iso{text}"),
    "key of ISO": lambda text: keys.iso_key(f"iso {text}"),
    "key of a name": keys.name_key,
    "numbers": lambda text: list(numbers.readings_of(text, frozenset(), frozenset())),
    "after a number": tails.tokens_of,
    "elsewhere": lambda text: [form.pattern.match(text[:300]) for form in elsewhere.FORMS],
    "results of a conference": lambda text: conference_texts.read_conference_text(
        f"final acts of wrc {text}"
    ),
    "path": lambda text: site_paths.read_path(f"/itu-t/{text}/"),
    "query": read,
    "words": words.words_in,
    "marked": lambda text: highlight(text, read("fibre a")),
    "parts of addresses": lambda text: [part.match(f"{text}!/") for part in ADDRESS_PARTS],
}


def seconds(reader: Callable[[str], object], text: str) -> float:
    """Return the time of the processor for reading a text."""
    begin = time.process_time()
    reader(text)
    return time.process_time() - begin


def growth(reader: Callable[[str], object], unit: str, ending: str) -> float:
    """Return how much longer four times a text takes; 0 if it takes no time worth the name."""
    long = seconds(reader, row_of(unit, LONG, ending))
    if long < CHEAP:
        return 0
    # The machine may have been busy: the least of some tries counts.
    long = min(seconds(reader, row_of(unit, LONG, ending)) for _try in range(TRIES))
    short = min(seconds(reader, row_of(unit, SHORT, ending)) for _try in range(TRIES))
    return long / short if long >= CHEAP else 0


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_takes_no_sixteen_times_as_long(name):
    seen = 0
    for unit in UNITS:
        for ending in ("", "!", "\n.", "z9"):
            found = growth(READERS[name], unit, ending)
            assert found < MOST_GROWTH, f"{unit!r} and {ending!r}: {found:.0f} times as long"
            seen += 1
    assert seen > 400


def old_unwrapped(text: str) -> str:
    """Return a text unwrapped step by step, as slowly as one likes: what the rule means."""
    before = None
    while text != before:
        before = text
        text = text.strip(" \t.,;:!?\"'<>|*_")
        for opening, closing in ("()", "[]", "{}"):
            if text.startswith(opening) and closes_at_end(text, opening, closing):
                text = text[1:-1]
            elif text.startswith(opening) and closing not in text:
                text = text[1:]
            elif text.endswith(closing) and opening not in text:
                text = text[:-1]
    return text


def closes_at_end(text: str, opening: str, closing: str) -> bool:
    """Return whether the bracket with which a text begins is closed by its last character."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == opening) - (sign == closing)
        if depth == 0:
            return place == len(text) - 1
    return False


@given(st.text(alphabet="()[]{}<>.,ab \"'*_|", max_size=40))
def test_what_stands_around_a_text_is_taken_away_as_ever(text):
    assert characters.without_wrapping(text) == old_unwrapped(text)


def test_a_text_is_cut_before_it_is_folded_and_after(monkeypatch):
    lengths = []
    plain = typed_spellings.plain
    monkeypatch.setattr(
        typed_spellings, "plain", lambda text: lengths.append(len(text)) or plain(text)
    )
    (asked,) = typed_spellings.read_asked("\u3371" * 10_000)
    assert lengths == [typed_spellings.MAX_READ]
    assert len(asked.label) <= typed_spellings.MAX_TEXT


def test_the_ways_to_read_a_text_are_few_however_many_it_has():
    rng = random.Random(711)
    pieces = ["g.711", "/", " 1", "-1", " amd 1", " (1988)", " ter", "l", "o1", " sup 3", " rec "]
    most = 0
    for _text in range(300):
        text = "".join(rng.choice(pieces) for _piece in range(60))
        most = max(most, len(typed_spellings.read_asked(text)))
    assert 3 < most <= typed_spellings.MAX_READINGS + 2


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("seehttps://www.itu.int/rec/T-REC-G.711", "https://www.itu.int/rec/T-REC-G.711"),
        ("x www.itu.int/rec y", "www.itu.int/rec"),
        ("notitu.int/rec", "itu.int/rec"),
        ("a.b.itu.int/x T-REC-G.1-I", "a.b.itu.int/x"),
        ("T-REC-G.1-I a.b.itu.int/x", "T-REC-G.1-I"),
        ("http:/itu.int", "http:/itu.int"),
        ("HTTPS://ITU.INT/X", "HTTPS://ITU.INT/X"),
        ("itu.intx/y", ""),
        ("https://www.itu.int/rec/T-REC-\nG.711", "https://www.itu.int/rec/T-REC-G.711"),
    ],
)
def test_a_link_is_found_with_its_whole_host(text, link):
    assert pasted_links.find_link(characters.plain(text)) == link


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("https://www.itu.int/rec/recommendation.asp?lang=en&parent=X&rec=911", "911"),
        ("www.itu.int/ITU-T/recommendations/rec.aspx?rec=911&lang=en#x", "911"),
        ("www.itu.int/rec.asp?xrec=1&rec=2", "2"),
        ("www.itu.int/x.aspx?rec=911", ""),
        ("www.itu.int/rec.aspx?rec=#rec=3", ""),
        ("www.itu.int/rec?rec=911", ""),
    ],
)
def test_the_number_in_a_page_of_itu_is_read(link, number):
    assert pasted_links._rec_number(link) == number
