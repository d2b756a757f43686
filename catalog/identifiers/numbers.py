"""The number of a text, in whatever way its letter and digits are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.identifiers.itu_r import DRAFT
from catalog.identifiers.tails import COMPONENTS
from catalog.terms import RECOMMENDED_KINDS, ComponentType, Kind, SectorCode

# Series of ITU-R; those of one letter exist at ITU-T as well (rule 1.4).
RADIO_SERIES = frozenset(
    [
        "bo",
        "br",
        "bs",
        "bt",
        "f",
        "is",
        "m",
        "p",
        "pi",
        "ra",
        "rs",
        "s",
        "sa",
        "sf",
        "sm",
        "sng",
        "tf",
        "v",
    ]
)
# Resolutions are filed as R.1-9.
VERSIONED = RADIO_SERIES | {"r"}
HANDBOOK_CODES = "emc|mes|impl|qos|sec"

_SEPARATOR = r"[ ._\-]{0,3}"
_FIRST = re.compile(
    rf"(?P<letters>[a-z]{{1,3}}){_SEPARATOR}(?P<digits>(?=[lo]*\d)[0-9lo]{{1,6}})(?!\d)"
)
_MORE = re.compile(r"(?P<gap>\.|-| ?- ?|_| )(?P<digits>\d[0-9lo]{0,5})(?!\d)")
_RANGE = re.compile(rf" ?- ?(?P<letters>[a-z]){_SEPARATOR}(?P<digits>\d{{1,6}})(?![a-z0-9])")
_SUFFIX = re.compile(
    r"[ .-]?(?P<word>bis|ter|quater|quarter)(?![a-z])|(?P<glued>[a-cl])(?![a-z0-9])"
    r"|[ .]?(?P<letter>[a-fr])(?=$|[\s(/,;|\[])"
)
_SLASH = re.compile(r" ?[/|] ?")
_BARE_SERIES = re.compile(
    r"(?P<letters>[a-z])(?:[ .-]*(?P<from>\d{1,4})(?:[ -]+(?P<to>\d{1,4}))?)?"
    r"(?:[ -]*ser(?:ies)?(?: recommendations?)?)?[ ._:-]*"
)
_SUPPLEMENT = next(p for kind, p in COMPONENTS if kind is ComponentType.SUPPLEMENT)
_CODE = re.compile(
    rf"(?P<letters>{HANDBOOK_CODES})[ ._-]*(?P<digits>\d+(?:\.\d+)?|qkd)(?![a-z0-9])"
)
_QUESTION = re.compile(
    r"(?P<n>\d{1,4})(?: ?- ?(?P<v>\d{1,2}))? ?/ ?(?:sg ?)?(?P<g>\d{1,2})(?![0-9/]):?"
)
_GROUP_QUESTION = re.compile(r"sg ?(?P<g>\d{1,2})[ .-](?P<n>\d{1,4})(?: ?- ?(?P<v>\d{1,2}))?(?!\d)")
_BARE = re.compile(
    r"(?:no\.? ?)?0*(?P<n>\d{1,4})(?: ?- ?(?P<v>\d{1,2})(?!\d|/))?(?:\.hdb)?:?(?![a-z0-9])"
)
_DRAFT = re.compile(DRAFT.pattern.lower())


@dataclass(frozen=True)
class NumberPart:
    """One part of a number: the keys it may have, how ITU prints it, and where it ends."""

    keys: tuple[str, ...]
    label: str
    end: int
    # The version that a last part after a hyphen or blank may be, and the keys without it.
    version: int | None = None
    keys_of_version: tuple[str, ...] = ()
    label_of_version: str = ""


@dataclass(frozen=True)
class NumberReading:
    """A whole number with all its parts, and where it ends."""

    parts: tuple[tuple[str, ...], ...]
    label: str
    end: int
    version: int | None = None
    sectors: frozenset[SectorCode] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    tier: int = 0


T, R, D = SectorCode.ITU_T, SectorCode.ITU_R, SectorCode.ITU_D


def readings_of(text: str, sectors: frozenset, kinds: frozenset) -> Iterator[NumberReading]:
    """Yield the ways to read the number with which a folded text begins, likeliest first.

    `sectors` and `kinds` are what the words before it said; where they say nothing, a reading
    may set them.
    """
    yield from _questions(text, sectors, kinds)
    if code := _CODE.match(text):
        label = f"{code['letters']}-{code['digits']}".upper()
        yield NumberReading(((label.lower(),),), label, code.end())
        return
    if ".hdb" in text[:12]:
        kinds = frozenset({Kind.HANDBOOK})
    if kinds or sectors & {R, D}:
        yield from _bare(text, sectors, kinds)
    yield from _supplements(text)
    yield from _coded(text, sectors)


def _questions(text: str, sectors: frozenset, kinds: frozenset) -> Iterator[NumberReading]:
    if (kinds and Kind.QUESTION not in kinds) or (sectors and R not in sectors):
        return
    match = _GROUP_QUESTION.match(text) or _QUESTION.match(text)
    if match:
        number, group = int(match["n"]), int(match["g"])
        version = int(match["v"]) if match["v"] else None
        yield NumberReading(
            ((f"{number}/{group}",),),
            f"{number}/{group}",
            match.end(),
            version,
            frozenset({R}),
            frozenset({Kind.QUESTION}),
        )


def _bare(text: str, sectors: frozenset, kinds: frozenset) -> Iterator[NumberReading]:
    """Yield readings of a number without letters: Handbook 43, Resolution 1-9, ITU-D 19."""
    match = _BARE.match(text)
    if not match or (not sectors and Kind.RECOMMENDATION in kinds and len(match["n"]) < 3):
        return
    number, version = match["n"], int(match["v"]) if match["v"] else None
    label, end = str(int(number)), match.end()
    if sectors == {D}:
        yield NumberReading(((label,),), label, end, version, sectors)
        return
    if kinds & {Kind.HANDBOOK, Kind.RESOLUTION}:
        yield NumberReading(((label,),), label, end, version, frozenset({R}), kinds)
    elif kinds == {Kind.QUESTION}:
        keys = (f"{label}/none", label)
        yield NumberReading((keys,), label, end, version, frozenset({R}), kinds)
    elif kinds <= {*RECOMMENDED_KINDS, Kind.REPORT} and sectors <= {R}:
        if R in sectors and not kinds:
            filed = frozenset({Kind.HANDBOOK})
            yield NumberReading(((label,),), label, end, version, sectors, filed)
            asked = frozenset({Kind.QUESTION})
            yield NumberReading(((f"{label}/none",),), label, end, version, sectors, asked)
        yield NumberReading(((f"rec:{label}",),), label, end, version, frozenset({R}), tier=1)


def _supplements(text: str) -> Iterator[NumberReading]:
    """Yield readings of `G Suppl. 39`, `E-800 series Suppl. 9`, `G-series Supplement 39`."""
    series = _BARE_SERIES.match(text)
    found = series and _SUPPLEMENT.match(text, series.end())
    if not found:
        return
    letter, first, last = series["letters"], series["from"], series["to"]
    ending = f".sup{found[1]}"
    if first is None:
        keys, label = (f"{letter}{ending}",), letter.upper()
    elif last is None:
        keys = (f"{letter}.{first}{ending}", f"{letter}-{first}{ending}")
        label = f"{letter.upper()}.{first}"
    else:
        keys = (f"{letter}{first}-{last}{ending}",)
        label = f"{letter.upper()}{first}-{last}"
    yield NumberReading((keys,), f"{label} Suppl. {found[1]}", found.end())


def _coded(text: str, sectors: frozenset) -> Iterator[NumberReading]:
    """Yield readings of numbers with series letters, with one or more parts."""
    for first in _parts(text, 0):
        yield from _followed(text, [first], sectors)


def _followed(text: str, parts: list[NumberPart], sectors: frozenset) -> Iterator[NumberReading]:
    """Yield the number made of these parts, after those with a further part."""
    slash = _SLASH.match(text, parts[-1].end) if len(parts) < 3 else None
    further = list(_parts(text, slash.end())) if slash else []
    for part in further:
        yield from _followed(text, [*parts, part], sectors)
    if further:
        return
    last = parts[-1]
    label = "/".join(part.label for part in parts)
    yield NumberReading(tuple(part.keys for part in parts), label, last.end)
    is_radio = sectors <= {R} or last.label_of_version[1:2] != "."
    if len(parts) == 1 and last.version is not None and is_radio:
        yield NumberReading(
            (last.keys_of_version,),
            last.label_of_version,
            last.end,
            last.version,
            sectors or frozenset({R}),
        )


def _parts(text: str, position: int) -> Iterator[NumberPart]:
    """Yield the ways to read one number at a place, the longest first."""
    start = _FIRST.match(text, position)
    if not start:
        return
    letters = start["letters"]
    pieces, gaps, ends = [start["digits"]], [""], [start.end()]
    while len(pieces) < 4 and (more := _MORE.match(text, ends[-1])):
        pieces.append(more["digits"])
        gaps.append(more["gap"].strip() or " ")
        ends.append(more.end())
    for count in range(len(pieces), 0, -1):
        yield from _with_suffix(text, letters, pieces[:count], gaps[:count], ends[count - 1])


def _with_suffix(
    text: str, letters: str, pieces: list[str], gaps: list[str], end: int
) -> Iterator[NumberPart]:
    if range_end := _RANGE.match(text, end):
        last = f"{range_end['letters']}.{range_end['digits']}"
        whole = f"{letters}.{'.'.join(pieces)}-{last}"
        yield NumberPart((whole,), whole.upper(), range_end.end())
    suffix = _SUFFIX.match(text, end)
    if suffix:
        word = (suffix["word"] or suffix["glued"] or suffix["letter"]).replace("quarter", "quater")
        yield _part(letters, pieces, gaps, suffix.end(), word)
    if end == len(text) or not text[end].isalnum() or _glued_component(text, end):
        yield _part(letters, pieces, gaps, end)


def _glued_component(text: str, position: int) -> bool:
    """Return whether a component or version begins right after the digits: `g711amd1`."""
    return bool(re.match(r"(?:amd|amend|cor|tech|err|ann|app|sup|add|att|v\d|ed)", text[position:]))


def _part(
    letters: str, pieces: list[str], gaps: list[str], end: int, suffix: str = ""
) -> NumberPart:
    written = pieces[0] + "".join(
        f"{'-' if gap == '-' else '.'}{piece}"
        for gap, piece in zip(gaps[1:], pieces[1:], strict=True)
    )
    dotted = ".".join(pieces)
    mended = [digits.translate(SLIPS) for digits in (written, dotted)]
    ending = suffix if suffix != "l" else "l"
    keys = [f"{letters}.{digits}{ending}" for digits in (written, dotted, *mended)]
    if suffix == "l":
        keys += [f"{letters}.{digits}1" for digits in mended]
    version, keys_of, label_of = None, (), ""
    if len(pieces) > 1 and gaps[-1] in "- " and not suffix and letters in VERSIONED:
        version = int(pieces[-1].translate(SLIPS)) if len(pieces[-1]) <= 2 else None
        # RS.516-1-0 and the like carry two; the last one counts.
        before = pieces[0].translate(SLIPS)
        keys_of, label_of = (f"{letters}.{before}",), f"{letters.upper()}.{before}"
    label = f"{letters.upper()}.{mended[0] if gaps[-1] == '-' and len(pieces) > 1 else mended[1]}"
    if suffix in ("bis", "ter", "quater"):
        label += f" {suffix}"
    elif suffix:
        label += "1" if suffix == "l" else f" {suffix.upper()}"
    return NumberPart(tuple(dict.fromkeys(keys)), label, end, version, keys_of, label_of)


# Letters that stand for digits where one is meant.
SLIPS = str.maketrans("lo", "10")


def is_draft_code(text: str) -> bool:
    """Return whether a folded text is the number of a study-group document: `bs.6/bl/30`."""
    return bool(_DRAFT.fullmatch(text))
