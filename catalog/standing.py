"""What lists need to know of a work, worked out from its editions.

The curated loader, the admin and every importer store it through `refresh` and nothing else.
Rules: data set notes, section 7 (the edition in force, else the newest one known).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from catalog.identifiers import number_sort_key
from catalog.models import Component, Edition, Publication, PublicationName
from catalog.terms import IN_FORCE_STATES

# Supplements to a series stand after its numbers: `G Suppl. 39`, `E-800 series Suppl. 9`.
SERIES_WIDE = re.compile(r"^([A-Z])((?:-?\d+(?:-\d+)?| \d+)?(?: series)? Suppl\. )")


def standing_edition(editions: Iterable[Edition]) -> Edition | None:
    """Return the edition that stands for the work today.

    It is the newest one in force, else the newest one; None if the work has no edition.
    """
    newest_first = sorted(editions, key=lambda edition: edition.position, reverse=True)
    in_force = [edition for edition in newest_first if edition.state in IN_FORCE_STATES]
    return next(iter(in_force or newest_first), None)


def first_number(identifier: str, series: str) -> int | None:
    """Return the number by which a work is found in its series' ranges: 711 of `ITU-T G.711`."""
    match = re.search(rf"\b{re.escape(series)}\.(\d+)", identifier) if series else None
    return int(match.group(1)) if match else None


def number_in_address(work: Publication, editions: Iterable[Edition]) -> str:
    """Return the number of a work as an address part, without the year of a shared one.

    A work whose number belongs to another text today has the address g.641-1988; its number is
    g.641, under which its editions stand (page design, section 2).
    """
    number, _hyphen, year = work.slug.rpartition("-")
    if re.fullmatch(r"\d{4}", year) and any(e.number_slug == number for e in editions):
        return number
    return work.slug


def with_rows(
    publication: Publication,
    editions: Iterable[Edition],
    components: Iterable[Component],
    names: Iterable[PublicationName],
) -> None:
    """Put rows that are at hand where the queries of a saved work would look for them."""
    publication._prefetched_objects_cache = {
        "editions": list(editions),
        "components": list(components),
        "names": list(names),
    }


def refresh(publications: Iterable[Publication]) -> int:
    """Work out and store the derived columns of these works; return how many changed."""
    publications = list(publications)
    prefetch_related_objects(publications, "editions", "sector", "series", "corrections")
    changed = [
        publication
        for publication in publications
        if derive(
            publication,
            publication.editions.all(),
            name_is_fixed=any(lock.field == "name" for lock in publication.corrections.all()),
        )
    ]
    columns = [*Publication.derived_fields, "name"]
    Publication.objects.bulk_update(changed, columns, batch_size=500)
    return len(changed)


def derive(publication: Publication, editions: Iterable[Edition], *, name_is_fixed: bool) -> bool:
    """Work out the derived columns of a work from its editions; return whether one changed.

    The editions may be new rows, without primary keys.

    The name of a work that came from the source is the title of its standing edition, unless
    an editor fixed it; that of a curated work stays.
    """
    columns = (*Publication.derived_fields, "name")
    before = [getattr(publication, column) for column in columns]
    edition = standing_edition(editions)
    if edition is None or edition.pk is None or edition.pk != publication.current_edition_id:
        publication.current_edition = edition
    publication.state = edition.state if edition else ""
    publication.year = edition.date.year if edition and edition.date else None
    series = publication.series.letters if publication.series else ""
    publication.number = first_number(publication.identifier, series)
    identifier = publication.identifier.removeprefix("ITU-").removeprefix("T ").removeprefix("R ")
    place = SERIES_WIDE.sub(r"\1zz\2", identifier) or f"~ {publication.name}"
    publication.sort_key = f"{publication.sector.position} {number_sort_key(place)}"
    if publication.from_source and not name_is_fixed and edition and edition.title:
        publication.name = edition.title
    return before != [getattr(publication, column) for column in columns]
