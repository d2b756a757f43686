"""What a result row says beside its entry: where the words stand, and what is current instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from catalog.identifiers import compact
from catalog.models import CommonName, Edition, Part, Publication, SearchEntry
from catalog.models.hit_queries import (
    called_works,
    components_of,
    current_works_at,
    editions_of,
    names_of,
    same_texts_as,
    works_with_keys,
)
from catalog.search.documents import (
    called_of_work,
    names_of_work,
    own_names,
    own_texts,
    texts_of_work,
)
from catalog.search.match import CALLED, IN_TITLE, TITLE_START, exact_forms
from catalog.search.query import Query, Term, read
from catalog.search.words import reading_of
from catalog.terms import CURRENT_STATES, EntryKind
from catalog.works.known_successions import known_successions
from catalog.works.standing import number_in_address, with_rows
from catalog.works.successors import NO_CHAIN, Chain


@dataclass(frozen=True)
class Hit:
    """A row of the results.

    `part` is the edition or component in which alone the words stand. `now` is the edition that
    is current where the row or the part is not; `is_other_text` if it is one of another text,
    which has the number today. `names` are the names in use by which a work was found.
    """

    row: SearchEntry
    part: Part | None = None
    now: Edition | None = None
    is_other_text: bool = False
    # What people call the work, where that is what was typed.
    names: tuple[CommonName, ...] = ()
    chain: Chain = NO_CHAIN


def hits_of(rows: Iterable[SearchEntry], text: str) -> list[Hit]:
    """Return the rows that a text found with what the results say about each.

    It takes the same few queries however many rows there are.
    """
    rows, query = list(rows), read(text)
    unclear = [row.object_id for row in rows if _is_unclear(row, query)]
    works = _works(unclear)
    parts = {pk: _part_with(work, query) for pk, work in works.items()}
    ended = [work for work in works.values() if work.state and work.state not in CURRENT_STATES]
    chains = _chains(ended)
    holders, same_texts = _holders(ended), _same_texts(ended)
    called = _called(rows, text)
    hits = []
    for row in rows:
        pk = row.object_id if row.kind == EntryKind.PUBLICATION else None
        if pk not in works:
            hits.append(Hit(row, names=called.get(pk, ())))
            continue
        part, now = parts[pk], _standing_instead(works[pk], parts[pk])
        other = None if now else holders.get(pk)
        chain = chains.get(pk, NO_CHAIN)
        instead = now or other or (None if chain else same_texts.get(pk))
        names = called.get(pk, ())
        hits.append(Hit(row, part, instead, other is not None, names, chain))
    return hits


def _called(rows: list[SearchEntry], text: str) -> dict[int, tuple[CommonName, ...]]:
    """Return the names in use of works that are the whole text, by the works' primary keys.

    Only of works that were found by such a name alone.
    """
    works = [row.object_id for row in rows if row.rank == CALLED]
    forms = set(exact_forms(text))
    found: dict[int, tuple[CommonName, ...]] = {}
    for name in called_works(works):
        if compact(name.name) in forms:
            found[name.work_id] = (*found.get(name.work_id, ()), name)
    return found


def _is_unclear(row: SearchEntry, query: Query) -> bool:
    """Whether a row is a work that is not current, or may match in one of its parts alone."""
    if row.kind != EntryKind.PUBLICATION:
        return False
    if row.state and row.state not in CURRENT_STATES:
        return True
    return bool(query.wanted) and row.rank not in (TITLE_START, IN_TITLE)


def _works(pks: list[int]) -> dict[int, Publication]:
    found = {work.pk: work for work in works_with_keys(pks)}
    editions, components, names = (
        _by_work(rows_of(pks)) for rows_of in (editions_of, components_of, names_of)
    )
    called: dict[int, list[CommonName]] = defaultdict(list)
    for name in called_works(pks):
        called[name.work_id].append(name)
    for pk, work in found.items():
        with_rows(work, editions[pk], components[pk], names[pk], called[pk])
        for part in (*work.editions.all(), *work.components.all()):
            part.publication = work
        if work.current_edition is not None:
            work.current_edition.publication = work
    return found


def _by_work(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Return rows that belong to works by the primary key of the work, in their order."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.publication_id].append(row)
    return found


def _part_with(work: Publication, query: Query) -> Part | None:
    """Return the newest part that holds what neither the work nor its standing edition holds."""
    missing = _missing(query.wanted, _texts_of(work))
    if not missing:
        return None
    others = [part for part in work.editions.all() if part.pk != work.current_edition_id]
    others += work.components.all()
    dated = [part for part in others if part.date is not None]
    newest_first = sorted(dated, key=lambda part: (part.date, part.position), reverse=True)
    newest_first += [part for part in others if part.date is None]
    left = [(len(_missing(missing, _texts_of_part(part))), part) for part in newest_first]
    fewest, best = min(left, key=lambda pair: pair[0], default=(len(missing), None))
    return best if fewest < len(missing) else None


def _missing(terms: Iterable[Term], texts: Iterable[str]) -> list[Term]:
    """Return the terms that stand in none of the texts; reads no more texts than it must."""
    missing = list(terms)
    for text in texts:
        if not missing:
            break
        reading = reading_of(text)
        missing = [term for term in missing if not term.is_in(reading)]
    return missing


def _texts_of(work: Publication) -> Iterator[str]:
    yield from (work.shown_name, work.identifier)
    if work.current_edition is not None:
        yield from _texts_of_part(work.current_edition)
    yield from (*names_of_work(work), *called_of_work(work), *own_names(work))
    yield from (*own_texts(work), *texts_of_work(work))


def _texts_of_part(part: Part) -> tuple[str, str, str]:
    return (part.identifier, part.shown_title, part.abstract)


def _standing_instead(work: Publication, part: Part | None) -> Edition | None:
    """Return the current edition of a work whose words stand in a part that is not current."""
    edition = work.current_edition
    if part is None or part.state in CURRENT_STATES or edition is None:
        return None
    return edition if edition.state in CURRENT_STATES else None


def _chains(works: list[Publication]) -> dict[int, Chain]:
    """Return what took the place of each of these works."""
    known = known_successions() if works else None
    return {work.pk: known.chain(work.pk) for work in works}


def _holders(works: list[Publication]) -> dict[int, Edition]:
    """Return the current editions of other texts that have the numbers of works today."""
    numbers = {
        work.pk: (work.sector_id, number)
        for work in works
        if (number := number_in_address(work, work.editions.all())) != work.slug
    }
    slugs = {number for _sector, number in numbers.values()}
    others = current_works_at(sorted(slugs))
    editions = {(other.sector_id, other.slug): _edition_of(other) for other in others}
    return {pk: editions[key] for pk, key in numbers.items() if key in editions}


def _same_texts(works: list[Publication]) -> dict[int, Edition]:
    """Return the current editions of the same texts under another letter."""
    found: dict[int, Edition] = {}
    for relation in same_texts_as(work.pk for work in works):
        for own, other in (
            (relation.subject, relation.target),
            (relation.target, relation.subject),
        ):
            if other.state in CURRENT_STATES:
                found.setdefault(own.pk, _edition_of(other))
    return found


def _edition_of(work: Publication) -> Edition:
    """Return the edition that stands for a work, tied to it without a further query."""
    work.current_edition.publication = work
    return work.current_edition
