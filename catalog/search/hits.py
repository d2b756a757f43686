"""What a result row says beside its entry: where the words stand, and what is current instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from catalog.models import Edition, Part, Publication, PublicationRelation, SearchEntry
from catalog.search.documents import names_of_work, own_names, own_texts, texts_of_work
from catalog.search.match import IN_TITLE, TITLE_START
from catalog.search.query import Query, Term, read
from catalog.search.words import reading_of
from catalog.terms import CURRENT_STATES, EntryKind, RelationKind
from catalog.works.known_successions import known_successions
from catalog.works.standing import number_in_address
from catalog.works.successors import NO_CHAIN, Chain


@dataclass(frozen=True)
class Hit:
    """A row of the results.

    `part` is the edition or component in which alone the words stand. `now` is the edition that
    is current where the row or the part is not; `is_other_text` if it is one of another text,
    which has the number today. `chain` is what took the place of a work that is not current.
    """

    row: SearchEntry
    part: Part | None = None
    now: Edition | None = None
    is_other_text: bool = False
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
    hits = []
    for row in rows:
        pk = row.object_id if row.kind == EntryKind.PUBLICATION else None
        if pk not in works:
            hits.append(Hit(row))
            continue
        part, now = parts[pk], _standing_instead(works[pk], parts[pk])
        other = None if now else holders.get(pk)
        chain = chains.get(pk, NO_CHAIN)
        same_text = None if chain else same_texts.get(pk)
        hits.append(Hit(row, part, now or other or same_text, other is not None, chain))
    return hits


def _is_unclear(row: SearchEntry, query: Query) -> bool:
    """Whether a row is a work that is not current, or may match in one of its parts alone."""
    if row.kind != EntryKind.PUBLICATION:
        return False
    if row.state and row.state not in CURRENT_STATES:
        return True
    return bool(query.wanted) and row.rank not in (TITLE_START, IN_TITLE)


def _works(pks: list[int]) -> dict[int, Publication]:
    works = Publication.objects.filter(pk__in=pks).select_related("sector", "current_edition")
    found = {work.pk: work for work in works.prefetch_related("names", "editions", "components")}
    for work in found.values():
        for part in (*work.editions.all(), *work.components.all()):
            part.publication = work
        if work.current_edition is not None:
            work.current_edition.publication = work
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
    yield from (*names_of_work(work), *own_names(work), *own_texts(work), *texts_of_work(work))


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
    others = Publication.objects.filter(slug__in=slugs, state__in=CURRENT_STATES)
    editions = {
        (other.sector_id, other.slug): _edition_of(other)
        for other in others.select_related("sector", "current_edition")
    }
    return {pk: editions[key] for pk, key in numbers.items() if key in editions}


def _same_texts(works: list[Publication]) -> dict[int, Edition]:
    """Return the current editions of the same texts under another letter."""
    pks = [work.pk for work in works]
    relations = PublicationRelation.objects.filter(
        Q(subject__in=pks) | Q(target__in=pks), kind=RelationKind.ALSO_AS
    ).select_related(
        *(
            f"{end}__{name}"
            for end in ("subject", "target")
            for name in ("sector", "current_edition")
        )
    )
    found: dict[int, Edition] = {}
    for relation in relations:
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
