"""Which text a reading names, given the rows of all works that carry its numbers.

Plain Python over plain rows; asks no database. Rule for numbers that several works carry or
carried: none is taken silently, and one is taken only if it alone is in force and no other is
presumed current.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from catalog.identifiers.asked import Asked
from catalog.resolver.choice import (
    A_TIER,
    EXACT,
    OTHER_NUMBER,
    OTHER_SECTOR,
    REASONS_OF_ROLES,
    WORK_ONLY,
    Choice,
    Reason,
)
from catalog.resolver.rows import IdentifierRow, Target
from catalog.terms import CURRENT_STATES, IN_FORCE_STATES, IdentifierRole, SectorCode

NEAREST = 5


def choose(readings: Iterable[Asked], rows: list[IdentifierRow]) -> Choice:
    """Return what the readings of one text come to: the closest choice, joined if several tie."""
    choices = []
    for asked in readings:
        choice = _choose(asked, rows)
        if choice.is_empty and asked.sectors and not asked.is_link:
            choice = _in_other_sector(asked, rows)
        if not choice.is_empty:
            choices.append(choice)
    if not choices:
        return Choice()
    named = [choice for choice in choices if Reason.COMMON_NAME in choice.reasons]
    if named and all(c in named or _is_mended(c.asked, rows) for c in choices):
        return named[0]
    best = min(choice.rank for choice in choices)
    return _joined([choice for choice in choices if choice.rank == best], rows)


def _is_mended(asked: Asked, rows: list[IdentifierRow]) -> bool:
    """Return whether nobody carries the number as it is written: H.261 of `H.26L`."""
    carried = {row.key for row in rows}
    return asked.tier > 0 or any(half[0] not in carried for half in asked.numbers)


def _joined(choices: list[Choice], rows: list[IdentifierRow]) -> Choice:
    """Return choices of one rank as one; several texts taken become candidates."""
    first = choices[0]
    taken = list(dict.fromkeys(choice.taken for choice in choices if choice.taken))
    if len(choices) == 1 or (len(taken) == 1 and all(choice.taken for choice in choices)):
        return first
    every = [target for choice in choices for target in (choice.taken, *choice.others) if target]
    whys = tuple(dict.fromkeys(why for choice in choices for why in choice.whys))
    return Choice(first.rank, None, _current_first(every, rows), asked=first.asked, whys=whys)


def _in_other_sector(asked: Asked, rows: list[IdentifierRow]) -> Choice:
    """Return what a number with the wrong Sector before it comes to: `ITU-T BT.470-6`."""
    choice = _choose(replace(asked, sectors=frozenset()), rows)
    if choice.taken is None or choice.rank >= WORK_ONLY:
        return Choice()
    return Choice(
        choice.rank + OTHER_SECTOR,
        choice.taken,
        choice.others,
        (*choice.reasons, Reason.OTHER_SECTOR),
        asked,
    )


def _choose(asked: Asked, rows: list[IdentifierRow]) -> Choice:
    named = _works_named(asked, rows)
    holders = [row for row in rows if asked.link and row.key == asked.link]
    if asked.is_undated and not holders:
        return _choose_work(asked, named, rows)
    found = _choose_part(asked, named, rows) if named and not asked.is_undated else Choice()
    if holders:
        return _choose_of_link(asked, found, holders, rows)
    if not found.is_empty:
        return found
    return _work_instead(asked, named, rows)


def _fits(asked: Asked, row: IdentifierRow) -> bool:
    return (not asked.sectors or row.sector in asked.sectors) and (
        not asked.kinds or row.kind in asked.kinds
    )


def _works_named(asked: Asked, rows: list[IdentifierRow]) -> dict[int, bool]:
    """Return the works that carry every part of the number, and whether they do so today."""
    works: dict[int, bool] | None = None
    for half in asked.numbers:
        here = _holders_of(half, asked, rows)
        works = here if works is None else {w: works[w] and here[w] for w in works if w in here}
    return works or {}


def _holders_of(half: tuple[str, ...], asked: Asked, rows: list[IdentifierRow]) -> dict[int, bool]:
    """Return the works that carry the first key of a half that anybody carries.

    A name in use gives way to a number, title or other name of a work that looks the same.
    """
    for key in half:
        found = [
            row
            for row in rows
            if row.key == key and row.role != IdentifierRole.LINK and _fits(asked, row)
        ]
        own = [row for row in found if row.role != IdentifierRole.COMMON]
        here: dict[int, bool] = {}
        for row in own or found:
            is_present = row.is_of_work and row.role == IdentifierRole.PRESENT
            here[row.publication] = here.get(row.publication, False) or is_present
        if here:
            return here
    return {}


def _choose_work(asked: Asked, named: dict[int, bool], rows: list[IdentifierRow]) -> Choice:
    rank = EXACT + asked.tier * A_TIER
    keys = set(asked.keys)
    parts = [
        row.target
        for row in rows
        if row.key in keys
        and row.role != IdentifierRole.LINK
        and not row.is_of_work
        and (not row.part or row.key.startswith("="))
        and row.publication in named
    ]
    with_own_row = {row.publication for row in rows if row.key in keys and row.is_of_work}
    if parts and not with_own_row:
        # `E.164 Suppl. 3` is a component of E.164, `GAS 4 (1985)` an edition of GAS 4.
        return _one_or_several(rank, asked, parts, rows)
    if len(named) == 1:
        (work, is_present), *_ = named.items()
        is_called = asked.is_name and _is_called(keys, work, rows)
        reasons = () if is_present else _why_called(keys, work, rows)
        reasons = (Reason.COMMON_NAME,) if is_called else reasons
        return Choice(rank, Target(work), (), reasons, asked)
    return _one_of_works(rank, asked, named, rows)


def _is_called(keys: set[str], work: int, rows: list[IdentifierRow]) -> bool:
    """Return whether one of the keys is a name in use that opens the work."""
    return any(
        row.publication == work and row.key in keys and row.role == IdentifierRole.COMMON
        for row in rows
    )


def _why_called(keys: set[str], work: int, rows: list[IdentifierRow]) -> tuple[Reason, ...]:
    """Return what the keys are to a work that does not carry them as its number today."""
    roles = {row.role for row in rows if row.publication == work and row.key in keys}
    return tuple(reason for role, reason in REASONS_OF_ROLES.items() if role in roles)[:1]


def _one_of_works(
    rank: int, asked: Asked, named: dict[int, bool], rows: list[IdentifierRow]
) -> Choice:
    if not named:
        return Choice()
    states = {row.publication: row.state for row in rows if row.is_of_work}
    current = [w for w, is_today in named.items() if is_today and states.get(w) in CURRENT_STATES]
    others = _current_first([Target(pk) for pk in named], rows)
    keys, formerly = set(asked.keys), [work for work, is_today in named.items() if not is_today]
    whys = tuple((work, why) for work in formerly for why in _why_called(keys, work, rows))
    if len(current) == 1 and states[current[0]] in IN_FORCE_STATES:
        taken = Target(current[0])
        rest = tuple(target for target in others if target != taken)
        return Choice(rank, taken, rest, (Reason.ONLY_ONE_IN_FORCE,), asked, whys)
    return Choice(rank, None, others, (), asked, whys)


def _choose_part(asked: Asked, named: dict[int, bool], rows: list[IdentifierRow]) -> Choice:
    """Return the edition or component that number, date, version and chain name."""
    keys = {key for half in asked.numbers for key in half}
    parts = [
        row
        for row in rows
        if row.publication in named and not row.is_of_work and row.role != IdentifierRole.LINK
    ]
    own = [row for row in parts if row.key in keys and _fits(asked, row)]
    whole = [row for row in own if row.role == IdentifierRole.PRESENT]
    if len(asked.numbers) == 1 and whole and len(own) > len(whole):
        choice = _choose_among(EXACT, asked, whole, rows)
        if choice.taken:
            return _beside_dual_numbers(choice, _choose_among(EXACT, asked, own, rows))
    return _choose_among(EXACT, asked, own, rows) or _choose_among(
        OTHER_NUMBER, asked, parts, rows, Reason.OTHER_NUMBER
    )


def _choose_among(
    rank: int,
    asked: Asked,
    parts: list[IdentifierRow],
    rows: list[IdentifierRow],
    reason: Reason | None = None,
) -> Choice:
    """Return what passes the strictest test that any part passes."""
    for place, (test, why) in enumerate(_tests(asked)):
        found = list(dict.fromkeys(row.target for row in parts if test(row)))
        if found:
            reasons = tuple(filter(None, (reason, why)))
            closeness = rank + asked.tier * A_TIER + place
            return _one_or_several(closeness, asked, found, rows, reasons)
    return Choice()


def _beside_dual_numbers(choice: Choice, every: Choice) -> Choice:
    """Return a choice with the texts that have its number as a part of a dual one."""
    others = tuple(t for t in (every.taken, *every.others) if t and t != choice.taken)
    if not others:
        return choice
    others = tuple(dict.fromkeys((*choice.others, *others)))
    return replace(choice, others=others, reasons=(*choice.reasons, Reason.WHOLE_NUMBER))


Test = Callable[[IdentifierRow], bool]


def _tests(asked: Asked) -> Iterable[tuple[Test, Reason | None]]:
    """Yield the tests that a part must pass, the strictest first, each with its reason."""

    def dated(row: IdentifierRow) -> bool:
        return (asked.year is None or row.year == asked.year) and (
            asked.month is None or row.month in (None, asked.month)
        )

    def based(row: IdentifierRow) -> bool:
        return asked.base_year is None or asked.base_year in row.base_years

    def versioned(row: IdentifierRow) -> bool:
        return asked.version is None or row.version == asked.version

    if asked.part:
        yield (lambda row: row.part == asked.part and dated(row) and based(row)), None
        if asked.year and not asked.month and not asked.base_year:
            # The year may be that of the edition which the component changes.
            yield (lambda row: row.part == asked.part and asked.year in row.base_years), None
        ending = f"-{asked.part}"
        yield (
            (lambda row: row.part.endswith(ending) and dated(row) and based(row)),
            Reason.PART_OF_A_PART,
        )
        return
    # A component with a number of its own has no chain: E.164 Suppl. 3.
    yield (lambda row: (bool(row.edition) or not row.part) and dated(row) and versioned(row)), None
    if asked.version is not None and asked.year:
        yield (
            (
                lambda row: (
                    bool(row.edition)
                    and row.sector == SectorCode.ITU_R
                    and row.version == asked.version
                )
            ),
            Reason.OTHER_DATE,
        )
    if asked.year and asked.version is None:
        yield (lambda row: bool(row.component) and dated(row)), Reason.PART_OF_THE_MONTH


def _one_or_several(
    rank: int,
    asked: Asked,
    found: list[Target],
    rows: list[IdentifierRow],
    reasons: tuple[Reason, ...] = (),
) -> Choice:
    """Return the only target; of several the one in force, if no date was asked for."""
    if len(found) == 1:
        return Choice(rank, found[0], (), reasons, asked)
    ordered = _current_first(found, rows)
    if asked.year is None and len({target.publication for target in found}) == 1:
        in_force = [target for target in ordered if _state(target, rows) in IN_FORCE_STATES]
        if len(in_force) == 1:
            rest = tuple(target for target in ordered if target != in_force[0])
            reasons = (*reasons, Reason.ONLY_ONE_IN_FORCE)
            return Choice(rank, in_force[0], rest, reasons, asked)
    return Choice(rank, None, ordered, reasons, asked)


def _choose_of_link(
    asked: Asked, found: Choice, holders: list[IdentifierRow], rows: list[IdentifierRow]
) -> Choice:
    """Return what a link of the data set leads to: the texts that carry it, and the one it spells.

    A component that carries the link of its edition does not stand against the edition. A link
    may carry another number or month than its record (rule 5.5).
    """
    held = list(dict.fromkeys(row.target for row in holders))
    spelled = [found.taken] if found.taken and found.rank < OTHER_NUMBER else []
    every = list(dict.fromkeys([*spelled, *held]))
    editions = [target for target in every if target.edition]
    if len(editions) == 1 and all(
        target == editions[0] or _belongs_to(target, editions[0], rows) for target in every
    ):
        every = editions
    if len(every) == 1:
        return Choice(EXACT, every[0], (), (), asked)
    return Choice(EXACT, None, _current_first(every, rows), (), asked)


def _belongs_to(component: Target, edition: Target, rows: list[IdentifierRow]) -> bool:
    """Return whether a component changes an edition, as far as work and year tell."""
    year = next(row.year for row in rows if row.target == edition)
    return component.publication == edition.publication and any(
        row.target == component and row.edition_year == year for row in rows
    )


def _work_instead(asked: Asked, named: dict[int, bool], rows: list[IdentifierRow]) -> Choice:
    """Return the work where it has no such edition or component, with the nearest ones."""
    rank = WORK_ONLY + asked.tier * A_TIER
    if not named:
        return Choice()
    reason = Reason.NO_SUCH_PART if asked.part else Reason.NO_SUCH_EDITION
    if len(named) > 1:
        choice = _one_of_works(rank, asked, named, rows)
        return Choice(rank, choice.taken, choice.others, (*choice.reasons, reason), asked)
    (work,) = named
    near = [
        row
        for row in rows
        if row.publication == work
        and row.role != IdentifierRole.LINK
        and (row.component if asked.part else row.edition)
    ]
    near.sort(key=lambda row: _distance(asked, row))
    targets = tuple(dict.fromkeys(row.target for row in near))[:NEAREST]
    return Choice(rank, Target(work), targets, (reason,), asked)


def _distance(asked: Asked, row: IdentifierRow) -> tuple:
    """Return how far a part is from what was asked: kind of component, months, versions."""
    kind = asked.part.rstrip("0123456789")
    months = abs(
        ((row.year or 0) - (asked.year or row.year or 0)) * 12
        + (row.month or 6)
        - (asked.month or row.month or 6)
    )
    versions = abs((row.version or 0) - (asked.version or 0)) if asked.version is not None else 0
    newest = -(row.year or 0) * 12 - (row.month or 0)
    return (not row.part.startswith(kind), months, versions, newest)


def _state(target: Target, rows: list[IdentifierRow]) -> str:
    return next((row.state for row in rows if row.target == target), "")


def _current_first(targets: Iterable[Target], rows: list[IdentifierRow]) -> tuple[Target, ...]:
    """Return each target once: in force, presumed current, the rest; in each the newest first."""
    by_target = {row.target: row for row in rows}

    def place(target: Target) -> tuple:
        row = by_target.get(target)
        if row is None:
            return (3, 0, 0, target)
        state = 0 if row.state in IN_FORCE_STATES else 1 if row.state in CURRENT_STATES else 2
        return (state, -(row.year or 0), -(row.month or 0), target.publication)

    return tuple(sorted(dict.fromkeys(targets), key=place))
