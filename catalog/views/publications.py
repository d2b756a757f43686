"""Pages of works, editions and components."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from catalog.citations import Reference, cite
from catalog.dates import date_words
from catalog.history import history_of
from catalog.models import Component, Edition, Publication, PublicationName
from catalog.search.match import find
from catalog.state_lines import in_force, line_of_component, line_of_edition, line_of_work
from catalog.terms import IN_FORCE_STATES, NameKind, State
from catalog.views.page import absolute, related_groups, show

UNDATED_MAX_AGE = 86_400


@dataclass
class EditionRow:
    """An edition with the components that hang on it."""

    edition: Edition
    components: list[Component] = field(default_factory=list)


def publication(request: HttpRequest, sector: str, publication: str) -> HttpResponse:
    """Show a work; another number of a work leads to it by one permanent redirect."""
    work = Publication.objects.for_page().filter(sector__code=sector, slug=publication).first()
    if work is None:
        return _by_other_number(request, sector, publication)
    editions, components = list(work.editions.all()), list(work.components.all())
    initiatives = list(work.initiatives.existing().for_list())
    meetings = list(work.meetings.select_related("conference", "initiative").newest_first())
    query = request.GET.get("q", "")[:300]
    return show(
        request,
        "publication.html",
        title=_work_title(work),
        description=f"{work.label}. {work.name}. {work.purpose}",
        trail=trail_to(work)[:-1],
        edits=work,
        work=work,
        line=line_of_work(work, components),
        reading=_what_to_read(work, components),
        not_part=[
            part
            for part in components
            if part.edition_id == work.current_edition_id and not part.is_in_force
        ],
        rows=_edition_rows(editions, components),
        loose=[part for part in components if part.edition_id is None],
        history=history_of(editions, components, datetime.date.today()),
        names=_names(work),
        dated=_cite_dated(request, work.current_edition, work) if work.current_edition else "",
        undated=cite(Reference(work.identifier, work.name, absolute(request, request.path))),
        initiatives=initiatives,
        meetings=meetings,
        related=related_groups(work, [*initiatives, *meetings]),
        query=query,
        others=find(query).count() - 1 if query else 0,
    )


def edition(request: HttpRequest, sector: str, publication: str, edition: str) -> HttpResponse:
    """Show one edition; a month that holds only a component leads to it."""
    parts = Edition.objects.at_address(sector, publication).filter(slug=edition)
    found = parts.select_related("publication").first()
    if found is None:
        return _by_month(request, sector, publication, edition)
    work = get_object_or_404(Publication.objects.for_page(), pk=found.publication_id)
    editions = list(work.editions.all())
    found = next(row for row in editions if row.pk == found.pk)
    place = editions.index(found)
    later = [row for row in editions[:place] if row.state in IN_FORCE_STATES]
    prefix = _("Superseded: ") if found.state == State.SUPERSEDED else ""
    return show(
        request,
        "edition.html",
        title=f"{prefix}{found.identifier} – {found.title or work.name}",
        description=f"{found.identifier}: {found.title or work.name}.",
        trail=trail_to(work),
        edits=work,
        work=work,
        edition=found,
        line=line_of_edition(found, work),
        components=[part for part in work.components.all() if part.edition_id == found.pk],
        editions=editions,
        previous=editions[place + 1] if place + 1 < len(editions) else None,
        following=editions[place - 1] if place else None,
        in_force_later=later,
        dated=_cite_dated(request, found, work),
        ordinal=len(editions) - place,
    )


def component(
    request: HttpRequest, sector: str, publication: str, edition: str, part: str
) -> HttpResponse:
    """Show an amendment, corrigendum, annex or other component."""
    parts = Component.objects.at_address(sector, publication)
    found = parts.filter(slug=f"{edition}/{part}").first()
    if found is None:
        raise Http404(_("No such component."))
    work = get_object_or_404(Publication.objects.for_page(), pk=found.publication_id)
    siblings = list(work.components.all())
    found = next(row for row in siblings if row.pk == found.pk)
    found.edition = next((e for e in work.editions.all() if e.pk == found.edition_id), None)
    prefix = _("Superseded: ") if found.state == State.SUPERSEDED else ""
    return show(
        request,
        "component.html",
        title=f"{prefix}{found.identifier} – {component_title(found, work)}",
        description=f"{found.identifier}: {component_title(found, work)}.",
        trail=trail_to(work),
        edits=work,
        work=work,
        component=found,
        component_title=component_title(found, work),
        line=line_of_component(found),
        siblings=[row for row in siblings if row.edition_id == found.edition_id and row != found],
        dated=_cite_dated(request, found, work),
    )


def trail_to(work: Publication) -> list[tuple[str, str]]:
    """Return the way from the sector over the series or kind to the work, the work included."""
    above = work.series or work.family
    label = (
        _("%(letters)s series") % {"letters": work.series.letters}
        if work.series
        else work.family.name
    )
    return [
        (work.sector.short_name, work.sector.get_absolute_url()),
        (label, above.get_absolute_url()),
        (work.label, work.get_absolute_url()),
    ]


def component_title(part: Component, work: Publication) -> str:
    """Return the component's own title, or one made of its type and the work's title."""
    if part.title:
        return part.title
    return _("%(type)s to %(work)s, %(title)s") % {
        "type": part.get_type_display(),
        "work": work.label,
        "title": work.name,
    }


def _work_title(work: Publication) -> str:
    state = work.get_state_display().lower() if work.state else work.get_kind_display()
    return (
        f"{work.identifier} – {state} – {work.name}"
        if work.identifier
        else f"{work.name} – {state}"
    )


def _what_to_read(work: Publication, components: list[Component]) -> list[Edition | Component]:
    current = work.current_edition
    if current is None or current.state not in IN_FORCE_STATES:
        return []
    current.publication = work
    return [current, *in_force(p for p in components if p.edition_id == current.pk)]


def _edition_rows(editions: list[Edition], components: list[Component]) -> list[EditionRow]:
    rows = {edition.pk: EditionRow(edition) for edition in editions}
    for part in components:
        if part.edition_id in rows:
            rows[part.edition_id].components.append(part)
    return list(rows.values())


def _names(work: Publication) -> list[tuple[str, list[str]]]:
    names = list(work.names.all())
    grouped = [
        (_(kind.label), [name.name for name in names if name.kind == kind]) for kind in NameKind
    ]
    return [(label, values) for label, values in grouped if values]


def _cite_dated(request: HttpRequest, part: Edition | Component, work: Publication) -> str:
    part.publication = work
    title = part.title or (work.name if isinstance(part, Edition) else component_title(part, work))
    year = part.date.year if part.date else None
    return cite(Reference(part.identifier, title, absolute(request, part.get_absolute_url()), year))


def _by_other_number(request: HttpRequest, sector: str, number: str) -> HttpResponse:
    """Lead from a former or second number to the work; ask where several works had it."""
    names = PublicationName.objects.filter(slug=number, publication__sector__code=sector)
    works = list(
        Publication.objects.for_list().filter(pk__in=names.values("publication")).best_first()
    )
    if not works:
        raise Http404(_("No publication has this number."))
    if len(works) == 1:
        response = HttpResponsePermanentRedirect(works[0].get_absolute_url())
        response["Cache-Control"] = f"max-age={UNDATED_MAX_AGE}"
        return response
    return _which_one(request, number.upper(), works)


def _by_month(request: HttpRequest, sector: str, number: str, month: str) -> HttpResponse:
    """Lead from a month to the one component of it, or from the work's number to its edition."""
    parts = list(
        Component.objects.at_address(sector, number)
        .filter(slug__startswith=f"{month}/")
        .select_related("publication__sector")
        .in_reading_order()
    )
    if len(parts) == 1:
        return HttpResponsePermanentRedirect(parts[0].get_absolute_url())
    if parts:
        return _which_one(request, f"{number.upper()} {month}", parts)
    moved = (
        Edition.objects.filter(
            publication__sector__code=sector, publication__slug=number, slug=month
        )
        .select_related("publication__sector")
        .first()
    )
    if moved is None:
        raise Http404(_("The work has no edition of this date or version."))
    return HttpResponsePermanentRedirect(moved.get_absolute_url())


def _which_one(request: HttpRequest, asked: str, candidates: list) -> HttpResponse:
    rows = [
        {
            "url": row.get_absolute_url(),
            "label": getattr(row, "label", None) or row.identifier,
            "title": getattr(row, "name", "") or row.title,
            "kind": row.get_kind_display() if hasattr(row, "kind") else row.get_type_display(),
            "state": row.state,
            "when": date_words(row.date, row.precision, short=True)
            if hasattr(row, "date")
            else row.year,
        }
        for row in candidates
    ]
    return show(
        request,
        "which_one.html",
        title=_("Which %(asked)s did you mean?") % {"asked": asked},
        description=_("Several texts answer to %(asked)s.") % {"asked": asked},
        noindex=True,
        asked=asked,
        candidates=rows,
    )
