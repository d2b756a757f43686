"""Which parameters change a page, so that all spellings of one address share one stored page.

A view says with `takes` or `takes_filters` what it reads. A view that says nothing gets the query
as it stands, and every other query is another page to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable)
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Parameters:
    """What a view reads: only these names; or filters but these, whose values have no order."""

    names: frozenset[str] = frozenset()
    are_filters: bool = False

    def canonical(self, pairs: Pairs) -> Pairs:
        """Return the parameters that change the page, in one order.

        Lists refuse a filter that they do not know, so of theirs only empty ones are left out.
        """
        if self.are_filters:
            return sorted(
                (name, value) for name, value in pairs if value.strip() and name not in self.names
            )
        return sorted((pair for pair in pairs if pair[0] in self.names), key=lambda pair: pair[0])


def takes(*names: str) -> Callable[[View], View]:
    """Declare the parameters that a view reads; it never sees others."""

    def declare(view: View) -> View:
        view.parameters = Parameters(frozenset(names))
        return view

    return declare


def takes_filters(view: View) -> View:
    """Declare that a view reads filters and refuses parameters that it does not know."""
    view.parameters = Parameters(are_filters=True)
    return view


def takes_filters_but(*names: str) -> Callable[[View], View]:
    """Declare that a view reads filters, except those that change nothing of it."""

    def declare(view: View) -> View:
        view.parameters = Parameters(frozenset(names), are_filters=True)
        return view

    return declare


def canonical_query(path: str, query: str) -> str:
    """Return the query without what changes nothing, in one order.

    `query` is that of the WSGI environment, where bytes stand as Latin-1. One that cannot be
    read is returned as it is; the request is refused later, in words.
    """
    if not query:
        return ""
    try:
        parameters = getattr(resolve(path).func, "parameters", None)
    except Resolver404:
        return query
    if parameters is None:
        return query
    try:
        pairs = parse_qsl(
            query.encode("latin-1").decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        )
    except ValueError:
        return query
    return urlencode(parameters.canonical(pairs))
