"""What lists need to know about a work, derived from its editions.

Stored by `catalog.writing`; the importer plans with it. Rules 2.10, 5.1 and 5.3 (docs/rules.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalog.identifiers import number_sort_key
from catalog.models import CommonName, Component, Edition, Publication, PublicationName
from catalog.rules.title_shapes import shape_of
from catalog.terms import IN_FORCE_STATES, DoubtedField

# Supplements to a series stand after its numbers: `G Suppl. 39`, `E-800 series Suppl. 9`.
SERIES_WIDE = re.compile(r"^([A-Z])((?:-?\d+(?:-\d+)?| \d+)?(?: series)? Suppl\. )")


def standing_edition(editions: Iterable[Edition]) -> Edition | None:
    """Return the edition that stands for the work today.

    It is the newest one in force, else the newest one; None if the work has no edition. What
    the source no longer has stands for the work only if nothing else is left.
    """
    editions = list(editions)
    editions = [edition for edition in editions if edition.left_source is None] or editions
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
    g.641, under which its editions stand (rule 8.4).
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
    common_names: Iterable[CommonName] | None = None,
) -> None:
    """Put rows that are at hand where the queries of a saved work would look for them.

    What people call it is asked of the database if it is not given.
    """
    # No public way takes rows that are at hand: `prefetch_related_objects` would read all of them
    # from the database again, editions and components of every work that an import writes.
    publication._prefetched_objects_cache = {
        "editions": list(editions),
        "components": list(components),
        "names": list(names),
    }
    if common_names is not None:
        publication._prefetched_objects_cache["common_names"] = list(common_names)


def name_in_place(
    publication: Publication, editions: Iterable[Edition], *, name_is_fixed: bool
) -> str:
    """Return what is shown in place of a doubted name; empty if the name is not doubted.

    It is the best title that is known and not doubted: that of the standing edition, else of
    the newest one before it, else of the first one after it, else the number alone. A name is
    doubted if an editor marked it, if all editions so called are doubted in this, or by its
    shape; one that an editor fixed only if it was marked.
    """
    editions = list(editions)
    is_marked = DoubtedField.NAME in publication.doubted_fields
    if not is_marked and (name_is_fixed or not _looks_doubtful(publication.name, editions)):
        return ""
    standing = standing_edition(editions)
    place = standing.position if standing else 0
    by_place = sorted(editions, key=lambda edition: edition.position)
    earlier = [edition for edition in reversed(by_place) if edition.position <= place]
    later = [edition for edition in by_place if edition.position > place]
    titles = (edition.shown_title for edition in (*earlier, *later))
    found = (title for title in titles if title and title != publication.name)
    return next(found, publication.identifier)


def _looks_doubtful(name: str, editions: Iterable[Edition]) -> bool:
    """Whether a name has the shape of no title, or is that of editions all of which are doubted."""
    if shape_of(name):
        return True
    so_called = [edition for edition in editions if edition.title == name]
    return bool(so_called) and not any(edition.shown_title for edition in so_called)


def derive(publication: Publication, editions: Iterable[Edition], *, name_is_fixed: bool) -> bool:
    """Work out the derived columns of a work from its editions; return whether one changed.

    The editions may be new rows, without primary keys. Those that left the source count only
    if the work itself did.

    The name of a work that came from the source is the title of its standing edition, unless
    an editor fixed it; that of a curated work stays. What is shown in place of a doubted name:
    `name_in_place`.
    """
    columns = (*Publication.derived_fields, "name")
    before = [getattr(publication, column) for column in columns]
    editions = list(editions)
    if publication.left_source is None:
        editions = [edition for edition in editions if edition.left_source is None]
    edition = standing_edition(editions)
    if edition is None or edition.pk is None or edition.pk != publication.current_edition_id:
        publication.current_edition = edition
    publication.state = edition.state if edition else ""
    publication.year = edition.date.year if edition and edition.date else None
    series = publication.series.letters if publication.series else ""
    publication.number = first_number(publication.identifier, series)
    identifier = publication.identifier.removeprefix("ITU-").removeprefix("T ").removeprefix("R ")
    if publication.from_source and not name_is_fixed and edition and edition.title:
        publication.name = edition.title
    publication.undoubted_name = name_in_place(publication, editions, name_is_fixed=name_is_fixed)
    publication.state_doubted = edition is not None and edition.state_doubted
    place = SERIES_WIDE.sub(r"\1zz\2", identifier) or f"~ {publication.shown_name}"
    publication.sort_key = f"{publication.sector.position} {number_sort_key(place)}"
    return before != [getattr(publication, column) for column in columns]
