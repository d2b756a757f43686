"""Pages of works, editions and components."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from catalog import provenance
from catalog.filters.facets import MAX_QUERY
from catalog.history import history_of
from catalog.models import Component, Correction, Edition, Publication
from catalog.resolver import Text
from catalog.search.match import exact_forms, find
from catalog.state_lines import (
    line_of_component,
    line_of_edition,
    line_of_work,
    lines_of_number,
    what_changed_when,
)
from catalog.terms import State
from catalog.titles import component_title
from catalog.views import which_one
from catalog.views.answers import opened_from
from catalog.views.days import work_on_day
from catalog.views.page import related_groups, show
from catalog.views.related_texts import neighbours_of, related_texts, same_text_as
from catalog.views.work_parts import (
    cite_dated,
    cite_undated,
    edition_rows,
    names_by_kind,
    parts_of,
    trail_to,
    what_to_read,
)


def publication(request: HttpRequest, sector: str, publication: str) -> HttpResponse:
    """Show a work; another number of a work leads to it by one permanent redirect."""
    work = Publication.objects.for_page().filter(sector__code=sector, slug=publication).first()
    if work is None:
        return which_one.by_other_number(request, sector, publication)
    if "on" in request.GET:
        return work_on_day(request, work)
    return _work_today(request, work)


def _work_today(request: HttpRequest, work: Publication) -> HttpResponse:
    editions, components = parts_of(work)
    texts = related_texts(work)
    neighbours = neighbours_of(work, texts.same_texts)
    line = line_of_work(work, components, neighbours)
    return show(
        request,
        "publication.html",
        title=_work_title(work),
        description=f"{work.label}. {work.name}. {work.purpose}",
        trail=trail_to(work)[:-1],
        edits=work,
        work=work,
        line=line,
        number_lines=lines_of_number(work, neighbours, line),
        reading=what_to_read(work, components),
        not_part=[
            part
            for part in components
            if part.edition_id == work.current_edition_id and not part.is_in_force
        ],
        rows=edition_rows(editions, components),
        loose=[part for part in components if part.edition_id is None],
        history=history_of(editions, components, datetime.date.today()),
        names=names_by_kind(work),
        dated=cite_dated(request, work.current_edition, work) if work.current_edition else "",
        undated=cite_undated(request, work),
        texts=texts,
        other_results=lambda: _other_results(request.GET["q"].strip()[:MAX_QUERY]),
        provenance=provenance.of_work(work, neighbours.records, _corrections_of_work(work)),
        **_around(request, work),
    )


def edition(request: HttpRequest, sector: str, publication: str, edition: str) -> HttpResponse:
    """Show one edition; a month that holds only a component leads to it."""
    parts = Edition.objects.at_address(sector, publication).filter(slug=edition)
    found = parts.select_related("publication").first()
    if found is None:
        return which_one.by_month(request, sector, publication, edition)
    work = get_object_or_404(Publication.objects.for_page(), pk=found.publication_id)
    editions, components = parts_of(work)
    found = next(row for row in editions if row.pk == found.pk)
    place = editions.index(found)
    following = editions[place - 1] if place else None
    prefix = _("Superseded: ") if found.state == State.SUPERSEDED else ""
    same_text = same_text_as(work) if found.state == State.SUPERSEDED and not place else None
    return show(
        request,
        "edition.html",
        title=f"{prefix}{found.identifier} – {found.title or work.name}",
        description=f"{found.identifier}: {found.title or work.name}.",
        trail=trail_to(work),
        edits=work,
        work=work,
        edition=found,
        line=line_of_edition(found, work, same_text),
        changes=what_changed_when(found, following) if found.state == State.SUPERSEDED else [],
        components=[part for part in components if part.edition_id == found.pk],
        editions=editions,
        previous=editions[place + 1] if place + 1 < len(editions) else None,
        following=following,
        dated=cite_dated(request, found, work),
        ordinal=len(editions) - place,
        **_search_before(request, found),
        provenance=provenance.of_edition(
            found,
            work,
            list(work.source_records.of_texts().filter(edition=found, component=None)),
            Correction.objects.of(found),
        ),
    )


def component(
    request: HttpRequest, sector: str, publication: str, edition: str, part: str
) -> HttpResponse:
    """Show an amendment, corrigendum, annex or other component."""
    parts = Component.objects.at_address(sector, publication)
    found = parts.filter(slug=f"{edition}/{part}").first()
    if found is None:
        return which_one.by_part(request, sector, publication, edition, part)
    work = get_object_or_404(Publication.objects.for_page(), pk=found.publication_id)
    _editions, siblings = parts_of(work)
    found = next(row for row in siblings if row.pk == found.pk)
    prefix = _("Superseded: ") if found.state == State.SUPERSEDED else ""
    title = component_title(found, work)
    return show(
        request,
        "component.html",
        title=f"{prefix}{found.identifier} – {title}",
        description=f"{found.identifier}: {title}.",
        trail=trail_to(work),
        edits=work,
        work=work,
        component=found,
        component_title=title,
        line=line_of_component(found),
        siblings=[row for row in siblings if row.edition_id == found.edition_id and row != found],
        **_search_before(request, found),
        dated=cite_dated(request, found, work),
        provenance=provenance.of_component(
            found,
            work,
            list(work.source_records.of_texts().filter(component=found)),
            Correction.objects.of(found),
        ),
    )


def _around(request: HttpRequest, work: Publication) -> dict[str, object]:
    """Return what else ties to a work, and the search from which the reader came."""
    initiatives = list(work.initiatives.existing().for_list())
    meetings = list(work.meetings.select_related("conference", "initiative").newest_first())
    return {
        "initiatives": initiatives,
        "meetings": meetings,
        "related": related_groups(work, [*initiatives, *meetings]),
        **_search_before(request, work),
    }


def _search_before(request: HttpRequest, text: Text) -> dict[str, object]:
    """Return the search from which the reader came; without one, no query is made."""
    opened = opened_from(request, text)
    words = opened.asked[:MAX_QUERY] if opened else ""
    return {"opened": opened, "query": words}


def _other_results(words: str) -> int:
    """Return how many entries but the one that is shown match the words."""
    return max(find(words).count() - 1, 0) if exact_forms(words) else 0


def _work_title(work: Publication) -> str:
    state = work.get_state_display().lower() if work.state else work.get_kind_display()
    return (
        f"{work.identifier} – {state} – {work.name}"
        if work.identifier
        else f"{work.name} – {state}"
    )


def _corrections_of_work(work: Publication) -> list[Correction]:
    """Return the corrections of a work and of the edition that stands for it, in one query."""
    found = Correction.objects.of(work)
    if work.current_edition is not None:
        found = found | Correction.objects.of(work.current_edition)
    return list(found)
