"""Addresses with another number than the present one, and those to which several texts answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalog.brief import brief_of
from catalog.dates import date_words
from catalog.filters.facets import MAX_QUERY
from catalog.models import Component, Edition, Publication, PublicationName
from catalog.resolver import Text
from catalog.terms import IN_FORCE_STATES
from catalog.views.page import show

UNDATED_MAX_AGE = 86_400
MOST_ROWS = 50


def by_other_number(request: HttpRequest, sector: str, number: str) -> HttpResponse:
    """Lead from a former or second number to the work; ask where several works had it."""
    names = PublicationName.objects.filter(slug=number, publication__sector__code=sector)
    return _one_of(request, number, Publication.objects.filter(pk__in=names.values("publication")))


def by_dual_number(
    request: HttpRequest, sector: str, publication: str, halves: str
) -> HttpResponse:
    """Lead from a dual number in full, /itu-t/g.709/y.1331/, to the work that has all parts."""
    works = Publication.objects.filter(sector__code=sector)
    for half in [publication, *halves.split("/")]:
        named = PublicationName.objects.filter(slug=half, publication__sector__code=sector)
        works = works.filter(slug=half) | works.filter(pk__in=named.values("publication"))
    return _one_of(request, f"{publication}/{halves}", works)


def by_month(request: HttpRequest, sector: str, number: str, month: str) -> HttpResponse:
    """Lead from the second number of an edition, or a month of one component, to it.

    A month of several components asks which one; the work's number leads to an edition that
    came out under another one, and a further part of a dual number to the edition that has it.
    """
    editions = Edition.objects.filter(publication__sector__code=sector, slug=month)
    editions = editions.select_related("publication__sector")
    if twin := editions.filter(second_number_slug=number).first():
        return HttpResponsePermanentRedirect(twin.get_absolute_url())
    parts = list(_components(sector, number).filter(slug__startswith=f"{month}/"))
    parts.sort(key=lambda row: not row.is_in_force)
    if len(parts) == 1:
        return HttpResponsePermanentRedirect(parts[0].get_absolute_url())
    if parts:
        return which_one(request, f"{number.upper()} {month}", parts)
    if moved := editions.filter(publication__slug=number).first():
        return HttpResponsePermanentRedirect(moved.get_absolute_url())
    for named in editions.filter(publication__names__slug=number):
        if number in _numbers_of(named):
            return HttpResponsePermanentRedirect(named.get_absolute_url())
    raise Http404(_("The work has no edition of this date or version."))


def by_part(request: HttpRequest, sector: str, number: str, month: str, part: str) -> HttpResponse:
    """Ask which component is meant where two of one month and name change different editions.

    Such components carry the year of their base: cor1-2001, cor1-2005.
    """
    parts = _components(sector, number).filter(slug__startswith=f"{month}/{part}-")
    found = [
        row for row in parts if re.fullmatch(r"[0-9]{4}", row.slug[len(month) + len(part) + 2 :])
    ]
    if not found:
        raise Http404(_("No such component."))
    found.sort(key=lambda row: not row.is_in_force)
    return which_one(request, f"{number.upper()} {month} {part}", found)


def which_one(request: HttpRequest, asked: str, candidates: Sequence[Text]) -> HttpResponse:
    """Show what answers to an identifier, with what tells the candidates apart.

    Those in force come first, else the order is kept; at most MOST_ROWS are shown.
    """
    ranked = sorted(candidates, key=lambda text: text.state not in IN_FORCE_STATES)
    shown = ranked[:MOST_ROWS]
    works = [text.pk for text in shown if isinstance(text, Publication)]
    years = Edition.objects.years_of(works) if works else {}
    return show(
        request,
        "which_one.html",
        title=_("Which %(asked)s did you mean?") % {"asked": _shortened(asked)},
        description=_("Several texts answer to %(asked)s.") % {"asked": _shortened(asked)},
        noindex=True,
        asked=_shortened(asked),
        query=asked[:MAX_QUERY],
        rows=[(brief_of(text), _when(text, years)) for text in shown],
        more=len(ranked) - len(shown),
    )


def _shortened(asked: str) -> str:
    return Truncator(asked).chars(100)


def _when(text: Text, years: dict[int, tuple[int, int]]) -> str:
    """Return the years of a work's editions, of an edition or component its date."""
    if not isinstance(text, Publication):
        return date_words(text.date, text.precision, short=True)
    first, last = years.get(text.pk, ("", ""))
    return f"{first}–{last}" if first != last else str(first)


def _one_of(request: HttpRequest, asked: str, works) -> HttpResponse:
    """Lead to the only one of these works, with the day asked for; ask if there are several."""
    found = list(works.for_list().best_first())
    if not found:
        raise Http404(_("No publication has this number."))
    if len(found) > 1:
        return which_one(request, asked.upper(), found)
    day = f"?{urlencode({'on': request.GET['on']})}" if "on" in request.GET else ""
    response = HttpResponsePermanentRedirect(found[0].get_absolute_url() + day)
    response["Cache-Control"] = f"max-age={UNDATED_MAX_AGE}"
    return response


def _numbers_of(edition: Edition) -> list[str]:
    """Return the parts of the number that an edition bears, as address parts."""
    number = re.sub(r"^ITU-[TR] | \(.*$", "", edition.identifier)
    return number.lower().replace(" ", "").split("/")


def _components(sector: str, number: str):
    return (
        Component.objects.at_address(sector, number)
        .select_related("publication__sector", "edition")
        .in_reading_order()
    )
