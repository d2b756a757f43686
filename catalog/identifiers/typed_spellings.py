"""A text that somebody typed or pasted to its readings. Knows no catalogue and asks nobody.

Spellings that are read: see tests/pure/test_typed_spellings.py, a table with one row for each.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from catalog.identifiers.asked import Asked
from catalog.identifiers.characters import plain, without_wrapping
from catalog.identifiers.conference_texts import read_conference_text
from catalog.identifiers.itu_t import ComponentToken
from catalog.identifiers.keys import bare_iso_key, called_key, iso_key, name_key, strip_iso
from catalog.identifiers.numbers import NumberReading, is_draft_code, readings_of
from catalog.identifiers.openings import Opening, components_first, read_opening
from catalog.identifiers.pasted_links import find_link, read_link_text
from catalog.identifiers.tails import Date, Version, address_of, tokens_of

# The rest of a longer text is not looked at.
MAX_READ = 2_000
# Longer than any identifier with the title behind it; only a link may stand further back.
MAX_TEXT = 400
MAX_READINGS = 12
# No text of the data set, in any spelling, has more than six ways to read its number.
MAX_NUMBERS = 12


def read_asked(text: str) -> list[Asked]:
    """Return the readings of a text, the likeliest first; none if it is no identifier at all.

    The last reading takes the whole text for a name, unless the text is a link. Never raises.
    The time it takes grows with the length of the text and no faster.
    """
    # Cut before and after: one character may become eighteen plain ones.
    text = plain(text[:MAX_READ])[:MAX_READ]
    if link := find_link(text):
        return _readings_of_link(link)
    text = without_wrapping(text[:MAX_TEXT])
    readings = list(dict.fromkeys(_readings(strip_iso(text))))[:MAX_READINGS]
    if asked := read_conference_text(text.lower()):
        readings.insert(0, asked)
    if key := iso_key(text):
        readings.insert(0, Asked(((key,),), label=text))
    if name := name_key(text):
        readings.append(Asked(_names(text, name), label=text, tier=3, is_name=True))
    return readings


def _names(text: str, whole: str) -> tuple[tuple[str, ...], ...]:
    """Return the keys under which a whole text may be a name, with and without what opens it."""
    opening = read_opening(text.lower())
    keys = [called_key(text), whole, called_key(opening.rest), name_key(opening.rest)]
    keys.append(bare_iso_key(text))
    return (tuple(dict.fromkeys(filter(None, keys))),)


def _readings(text: str) -> list[Asked]:
    folded = components_first(text.lower())
    opening = read_opening(folded)
    if is_draft_code(opening.rest):
        return [Asked(((name_key(opening.rest),),), label=f"ITU-R {opening.rest.upper()}")]
    numbers = readings_of(opening.rest, opening.sectors, opening.kinds)
    found = [
        further
        for number in islice(numbers, MAX_NUMBERS)
        if (asked := _asked(opening, number)) is not None
        for further in (asked, *_as_supplement(asked))
    ]
    found.sort(key=lambda asked: (bool(asked.rest), asked.tier))
    return found


def _asked(opening: Opening, number: NumberReading) -> Asked | None:
    """Return what opening, number and tail say together; None if something is left unread."""
    tail = opening.rest[number.end :]
    tokens, left = tokens_of(tail)
    if left and not _stands_apart(tail, left):
        return None
    sectors = number.sectors or opening.sectors
    asked = Asked(
        numbers=number.parts,
        label=_label(number, sectors, opening),
        sectors=sectors,
        kinds=number.kinds or opening.kinds,
        version=number.version,
        year=opening.year,
        tier=number.tier,
        rest=left,
    )
    return _with_tokens(asked, tokens)


def _as_supplement(asked: Asked) -> list[Asked]:
    """Return the reading in which a supplement is a text with a number of its own.

    `V.25 ter Suppl. 1` may be a component of V.25 ter or a text; the catalogue knows which.
    """
    first, _hyphen, rest = asked.part.partition("-")
    if not first.startswith("sup"):
        return []
    numbers = tuple(tuple(f"{key}.{first}" for key in half) for half in asked.numbers)
    words = asked.part_label.split(" ")
    label = f"{asked.label} {' '.join(words[:2])}"
    return [replace(asked, numbers=numbers, part=rest, label=label, part_label=" ".join(words[2:]))]


def _label(number: NumberReading, sectors: frozenset, opening: Opening) -> str:
    words = [opening.kind_label(number.kinds)]
    if len(sectors) == 1:
        words.append(next(iter(sectors)).label)
    return " ".join(filter(None, [*words, number.label]))


def _stands_apart(tail: str, left: str) -> bool:
    """Return whether what is left follows after a comma or the like, as a title does."""
    before = tail[: len(tail) - len(left)]
    return left[:1].isalpha() and before.rstrip(" \"'(").endswith((",", ":", ";", "|", " -", ")"))


def _with_tokens(asked: Asked, tokens: list) -> Asked | None:
    """Return the reading with components, dates and version; None if they contradict each other."""
    chain: list[ComponentToken] = []
    base = date = version = None
    for token in tokens:
        if isinstance(token, ComponentToken):
            chain.append(token)
            base, date = (date or base), None
        elif isinstance(token, Date):
            if date is not None and date != token and chain:
                return None
            # Sometimes edition and month are both given: 2002 (02/2002).
            date = token if date is None or date.month is None else date
        elif isinstance(token, Version):
            if version is not None and version != token.number:
                return None
            version = token.number
    part_label = " ".join(token.text for token in chain)
    return replace(
        asked,
        part=address_of(chain),
        part_label=part_label,
        base_year=base.year if base else None,
        year=date.year if date else (None if chain else asked.year),
        month=date.month if date else None,
        version=asked.version if version is None else version,
    )


def _readings_of_link(link: str) -> list[Asked]:
    """Return what a link names: its own key first, else the text that is spelled in it."""
    target = read_link_text(link)
    readings = [
        replace(asked, link=target.key, is_link=True, tier=0) for asked in _readings(target.text)
    ]
    if target.sector:
        fitting = [r for r in readings if not r.sectors or target.sector in r.sectors]
        readings = [
            replace(r, sectors=frozenset({target.sector}), kinds=target.kinds or r.kinds)
            for r in fitting
        ]
    if not readings:
        readings = [Asked((), label="", link=target.key, is_link=True)]
    return readings
