"""Pages of works, editions and components."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from catalog.models.page_queries import components_at, editions_at, work_at, work_for_page
from catalog.pages.edition import ComponentPage, EditionPage, PartPage
from catalog.pages.frame import Frame
from catalog.pages.opened import opened_by
from catalog.pages.parts import trail_to
from catalog.pages.work import WorkPage
from catalog.stored_pages.parameters import takes
from catalog.views.page import show
from catalog.views.works import which_one
from catalog.views.works.on_a_day import work_on_day


@takes("on", "q")
def publication(request: HttpRequest, sector: str, publication: str) -> HttpResponse:
    """Show a work; another number of a work leads to it by one permanent redirect."""
    work = work_at(sector, publication)
    if work is None:
        return which_one.by_other_number(request, sector, publication)
    if "on" in request.GET:
        return work_on_day(request, work)
    opened = opened_by(request.GET.get("q", ""), work)
    page = WorkPage.of(work, opened)
    frame = Frame(
        title=page.title,
        description=page.description,
        trail=trail_to(work)[:-1],
        entry=work,
        query=opened.query if opened else "",
    )
    return show(request, "publication.html", frame, page)


@takes("q")
def edition(request: HttpRequest, sector: str, publication: str, edition: str) -> HttpResponse:
    """Show one edition; a month that holds only a component leads to it."""
    found = editions_at.first(sector, publication, edition)
    if found is None:
        return which_one.by_month(request, sector, publication, edition)
    work = work_for_page(found.publication_id)
    page = EditionPage.of(found.pk, work, opened_by(request.GET.get("q", ""), found))
    return show(request, "edition.html", _frame_of(page), page)


@takes("q")
def component(
    request: HttpRequest, sector: str, publication: str, edition: str, part: str
) -> HttpResponse:
    """Show an amendment, corrigendum, annex or other component."""
    found = components_at.first(sector, publication, f"{edition}/{part}")
    if found is None:
        return which_one.by_part(request, sector, publication, edition, part)
    work = work_for_page(found.publication_id)
    page = ComponentPage.of(found.pk, work, opened_by(request.GET.get("q", ""), found))
    return show(request, "component.html", _frame_of(page), page)


def _frame_of(page: PartPage) -> Frame:
    return Frame(
        title=page.title,
        description=page.description,
        trail=trail_to(page.work),
        entry=page.work,
        query=page.opened.query if page.opened else "",
    )
