"""What a work and its parts are called, as rows of the index that the resolver reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator
from typing import NamedTuple

from catalog.identifiers import IdentifierError, parse_identifier
from catalog.identifiers.itu_r import RadioIdentifier
from catalog.identifiers.itu_t import StandardIdentifier
from catalog.identifiers.keys import called_key, iso_key, name_key, number_keys
from catalog.identifiers.pasted_links import link_key
from catalog.models import (
    CommonName,
    Component,
    Edition,
    KnownIdentifier,
    OthersName,
    Publication,
    bulk,
)
from catalog.resolver.names_that_open import NameRow, keys_that_open
from catalog.terms import IdentifierRole, Kind, NameKind, Precision, SectorCode

# The year in the identifier distinguishes Handbooks; they were posted later.
PRINTED_YEAR = re.compile(r" \(((?:18|19|20)\d\d)\)$")
ROLES = {NameKind.DRAFT: IdentifierRole.DRAFT}


class Row(NamedTuple):
    """The columns of a KnownIdentifier. An import has 57,000 of them, too many for objects."""

    key: str
    role: str
    publication_id: int
    edition_id: int | None = None
    component_id: int | None = None
    sector: str = ""
    kind: str = ""
    part: str = ""
    base_year: int | None = None
    edition_year: int | None = None
    year: int | None = None
    month: int | None = None
    version: int | None = None
    state: str = ""


def write(works: Collection[Publication]) -> None:
    """Make the rows of these works what the works say; rows that stand already are left alone.

    The works need sector, names, names in use, editions and components at hand.
    """
    opening = _keys_that_open() if any(work.common_names.all() for work in works) else frozenset()
    for part in bulk.in_parts(works):
        _write(part, opening)


def _keys_that_open() -> frozenset[str]:
    names = CommonName.objects.order_by().values_list(*NameRow._fields)
    others = OthersName.objects.order_by().values_list("name", flat=True)
    return keys_that_open(map(NameRow._make, names), others)


def _write(works: list[Publication], opening: Container[str]) -> None:
    wanted = {work.pk: dict.fromkeys(rows_of(work, opening)) for work in works}
    present: dict[int, dict[tuple, int]] = {}
    held_rows = KnownIdentifier.objects.filter(publication__in=wanted)
    for pk, *values in held_rows.values_list("pk", *Row._fields):
        row = Row(*values)
        present.setdefault(row.publication_id, {})[row] = pk
    stale: list[int] = []
    fresh: list[Row] = []
    for pk, rows in wanted.items():
        held = present.get(pk, {})
        stale += [held[row] for row in held.keys() - rows.keys()]
        fresh += [row for row in rows if row not in held]
    for part in bulk.in_parts(stale):
        KnownIdentifier.objects.filter(pk__in=part).delete()
    bulk.insert_values(KnownIdentifier, Row._fields, fresh)


def rows_of(work: Publication, opening: Container[str] = ()) -> Iterator[Row]:
    """Yield the rows of a work, its editions and its components.

    `opening` are the keys of the names in use that open the one text whose names they are.
    """
    present = _keys_of(work.identifier, work.kind) or list(filter(None, [name_key(work.label)]))
    roles = dict.fromkeys(present, IdentifierRole.PRESENT)
    for key, role in _further_keys(work):
        roles.setdefault(key, role)
    # The titles of numbered texts are no names: many share one.
    titles = [] if _is_numbered(work) else [work.shown_name]
    for name in (*titles, *work.alias_list):
        roles.setdefault(name_key(name), IdentifierRole.NAME)
    for key, role in roles.items():
        if key:
            yield _row(work, key, role, state=work.state)
    for key in dict.fromkeys(called_key(name.name) for name in work.common_names.all()):
        if key in opening:
            yield _row(work, key, IdentifierRole.COMMON, state=work.state)
    editions = list(work.editions.all())
    for edition in editions:
        yield from _edition_rows(work, edition, present)
    by_key = {edition.pk: edition for edition in editions}
    for part in work.components.all():
        yield from _component_rows(work, part, by_key.get(part.edition_id), present)


def _is_numbered(work: Publication) -> bool:
    return isinstance(_parsed(work.identifier, work.kind), StandardIdentifier | RadioIdentifier)


def _further_keys(work: Publication) -> Iterator[tuple[str, IdentifierRole]]:
    for name in work.names.all():
        if name.kind == NameKind.ISO:
            yield iso_key(name.name) or name_key(name.name), IdentifierRole.ISO
            continue
        role = ROLES.get(NameKind(name.kind), IdentifierRole.FORMER)
        yield name_key(name.name), role
        if role is IdentifierRole.FORMER:
            sector = SectorCode(work.sector.code).label
            spelled = name.name if name.name.startswith("ITU-") else f"{sector} {name.name}"
            yield from ((key, role) for key in _keys_of(spelled, work.kind))


def _edition_rows(work: Publication, edition: Edition, present: Iterable[str]) -> Iterator[Row]:
    parsed = _parsed(edition.identifier, work.kind)
    dated = {**_dates(edition, parsed), "edition_id": edition.pk, "state": edition.state}
    dated["version"] = _version(work, edition)
    keys = number_keys(parsed) if parsed else [*present, name_key(edition.identifier)]
    yield from _own_rows(work, keys, dated)
    if edition.second_identifier:
        yield from _own_rows(work, _keys_of(edition.second_identifier, work.kind), dated)
    if edition.link:
        yield _row(work, link_key(edition.link), IdentifierRole.LINK, **dated)


def _component_rows(
    work: Publication, part: Component, edition: Edition | None, present: Iterable[str]
) -> Iterator[Row]:
    parsed = _parsed(part.identifier, work.kind)
    dated = {**_dates(part, parsed), "component_id": part.pk, "state": part.state}
    if edition is not None and edition.date:
        dated["edition_year"] = edition.date.year
    if isinstance(parsed, StandardIdentifier) and (parsed.components or parsed.supplement):
        keys = number_keys(parsed)
        dated["part"] = "-".join(token.address for token in parsed.components)
        dated["base_year"] = next(
            (token.base_year for token in reversed(parsed.components) if token.base_year), None
        )
    else:
        keys = [*present, name_key(part.identifier)]
        dated["part"] = part.slug.partition("/")[2]
    yield from _own_rows(work, keys, dated)
    if part.link:
        yield _row(work, link_key(part.link), IdentifierRole.LINK, **dated)


def _own_rows(work: Publication, keys: list[str], dated: dict) -> Iterator[Row]:
    """Yield the rows of an edition or component under the numbers of one identifier of it."""
    whole = work.sector.code != SectorCode.ITU_T or len(keys) == 1
    role = IdentifierRole.PRESENT if whole else IdentifierRole.HALF
    for key in dict.fromkeys(keys):
        yield _row(work, key, role, **dated)


def _row(work: Publication, key: str, role: IdentifierRole, **values) -> Row:
    return Row(
        key=key,
        role=role.value,
        publication_id=work.pk,
        sector=work.sector.code,
        kind=work.kind,
        **values,
    )


def _version(work: Publication, edition: Edition) -> int | None:
    """Return the version of an edition, of an ITU-T one without it the number of the edition."""
    if edition.version is None and work.sector.code == SectorCode.ITU_T:
        return edition.position or None
    return edition.version


def _dates(part: Edition | Component, parsed) -> dict[str, int | None]:
    if isinstance(parsed, StandardIdentifier) and parsed.year:
        return {"year": parsed.year, "month": parsed.month}
    if printed := PRINTED_YEAR.search(part.identifier):
        return {"year": int(printed[1])}
    if part.date is None:
        return {}
    return {
        "year": part.date.year,
        "month": None if part.precision == Precision.YEAR else part.date.month,
    }


def _keys_of(identifier: str, kind: str) -> list[str]:
    parsed = _parsed(identifier, kind)
    return number_keys(parsed) if parsed is not None else []


def _parsed(identifier: str, kind: str):
    """Return the parts of an identifier of a text; None for codes that the grammar lacks."""
    try:
        parsed = parse_identifier(identifier, Kind(kind))
    except IdentifierError:
        return None
    return parsed if not hasattr(parsed, "is_draft") else None
