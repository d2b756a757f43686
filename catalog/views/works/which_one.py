"""Addresses with another number than the present one, and those to which several texts answer.

An address that a text left answers for that text, whatever else is called so (`former`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from catalog.models import Component, Edition, PublicationName
from catalog.models.succession import EditionQuerySet
from catalog.pages.frame import Frame
from catalog.pages.which_one import WhichOnePage
from catalog.resolver import Answer, Text
from catalog.stored_pages.parameters import takes
from catalog.views.page import show
from catalog.views.works.left_addresses import formerly

UNDATED_MAX_AGE = 600


def by_other_number(request: HttpRequest, sector: str, number: str) -> HttpResponse:
    """Lead from a former or second number to the work; ask where several works had it."""
    if (response := formerly(request)) is not None:
        return response
    return _one_of(request, number, PublicationName.objects.at(sector, number).works())


@takes("on", "q")
def by_dual_number(
    request: HttpRequest, sector: str, publication: str, further_numbers: str
) -> HttpResponse:
    """Lead from a dual number in full, /itu-t/g.709/y.1331/, to the work that has all parts."""
    if (response := formerly(request)) is not None:
        return response
    numbers = [publication, *further_numbers.split("/")]
    works = PublicationName.objects.works_with_all(sector, numbers)
    return _one_of(request, f"{publication}/{further_numbers}", works)


def by_month(request: HttpRequest, sector: str, number: str, month: str) -> HttpResponse:
    """Lead from the second number of an edition, or a month of one component, to it.

    A month of several components asks which one; the work's number leads to an edition that
    came out under another one, and a further part of a dual number to the edition that has it.
    """
    if (response := formerly(request)) is not None:
        return response
    editions = Edition.objects.of_month(sector, month)
    if twin := editions.with_second_number(number).first():
        return HttpResponsePermanentRedirect(twin.get_absolute_url())
    parts = list(Component.objects.of_month(sector, number, month))
    if len(parts) > 1:
        parts.sort(key=lambda row: not row.is_in_force)
        return which_one(request, f"{number.upper()} {month}", parts)
    found = parts[0] if parts else _renumbered(editions, number)
    if found is None:
        raise Http404(_("The work has no edition of this date or version."))
    return HttpResponsePermanentRedirect(found.get_absolute_url())


def _renumbered(editions: EditionQuerySet, number: str) -> Edition | None:
    """Return the one of these editions whose work has this number, or that has it as a part."""
    if moved := editions.of_work_called(number).first():
        return moved
    named = editions.of_works_also_called(number)
    return next((row for row in named if number in _numbers_of(row)), None)


def by_part(request: HttpRequest, sector: str, number: str, month: str, part: str) -> HttpResponse:
    """Ask which component is meant where two of one month and name change different editions.

    Such components carry the year of their base: cor1-2001, cor1-2005.
    """
    if (response := formerly(request)) is not None:
        return response
    parts = Component.objects.of_month_by_base(sector, number, month, part)
    found = [
        row for row in parts if re.fullmatch(r"[0-9]{4}", row.slug[len(month) + len(part) + 2 :])
    ]
    if not found:
        raise Http404(_("No such component."))
    found.sort(key=lambda row: not row.is_in_force)
    return which_one(request, f"{number.upper()} {month} {part}", found)


def which_one(
    request: HttpRequest, asked: str, candidates: Sequence[Text], answer: Answer | None = None
) -> HttpResponse:
    """Show what answers to an identifier or name, with what tells the candidates apart."""
    page = WhichOnePage(asked, candidates, answer)
    frame = Frame(
        title=page.title,
        description=_("Texts that match %(asked)s.") % {"asked": page.asked},
        noindex=True,
        query=page.query,
    )
    return show(request, "which_one.html", frame, page)


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
