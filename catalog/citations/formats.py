"""A citation as plain text, in the order in which ITU texts list their references."""

from __future__ import annotations

from dataclasses import dataclass

PUBLISHER = "International Telecommunication Union"


@dataclass(frozen=True)
class Reference:
    """What is needed to cite a text: a dated one has a year, an undated one has none."""

    identifier: str
    title: str
    address: str
    year: int | None = None
    # Whether nothing but the posting of the file is known of that year.
    is_year_of_posting: bool = False


def cite(reference: Reference) -> str:
    """Return one line: identifier, title, publisher, year if dated, permanent address.

    A year of posting is no year of publication, and is called what it is.
    """
    name = reference.identifier
    if reference.title and not name.startswith(reference.title):
        name = f"{name}, {reference.title}" if name else reference.title
    posted = "posted " if reference.is_year_of_posting else ""
    issued = f"{PUBLISHER}, {posted}{reference.year}" if reference.year else PUBLISHER
    return f"{name}. {issued}. {reference.address}"
