"""Kinds of documents that the catalogue knows of and does not hold, and where ITU keeps them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Elsewhere:
    """A kind of document that is not held.

    `kind` is its name, `what` says in one or two sentences what it is and why it is not here
    (English message identifiers, which the doors translate), `link` is where ITU keeps it.
    """

    kind: str
    what: str
    link: str


def elsewhere(text: str) -> Elsewhere | None:
    """Return the kind of document that a text names, if it is one that the catalogue lacks."""
    return None
