"""List pages: one filter, one address, counts for every choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.filters import (
    ConferenceFilter,
    InitiativeFilter,
    ListFilter,
    PartnerFilter,
    PublicationFilter,
    TopicFilter,
)
from catalog.models import Conference, Initiative, Partner, Publication, Topic
from catalog.terms import Verification
from catalog.views.errors import bad_filter
from catalog.views.page import show

PAGE_SIZE = 50


@dataclass(frozen=True)
class Section:
    """A part of a list under a heading of its own, counted apart."""

    heading: str
    note: str
    count: int
    rows: list[Any]


# What readers may rely on comes first; what was looked for in vain comes last, and says so.
SECTIONS: tuple[tuple[tuple[Verification, ...], str, str], ...] = (
    (
        (Verification.CONFIRMED,),
        gettext_lazy("Confirmed"),
        gettext_lazy("A source at ITU or the owner speaks of each of these."),
    ),
    (
        (Verification.CORRECTED,),
        gettext_lazy("Real, with a correction"),
        gettext_lazy("These exist, but a text told something about them wrongly."),
    ),
    (
        (Verification.MISATTRIBUTED,),
        gettext_lazy("Real, but not ITU’s"),
        gettext_lazy("These belong to others; each page says to whom."),
    ),
    (
        (Verification.UNCHECKED,),
        gettext_lazy("Not yet checked"),
        gettext_lazy("Nobody has compared these with a source yet."),
    ),
    (
        (Verification.NOT_FOUND,),
        gettext_lazy("Looked for and not found"),
        gettext_lazy(
            "A text names these as work of ITU. We looked for each title and found no trace of it; "
            "none is counted as an initiative of ITU."
        ),
    ),
)


def publications(request: HttpRequest) -> HttpResponse:
    """Show publications of all kinds."""
    chosen = PublicationFilter(request.GET, queryset=Publication.objects.for_list())
    return list_page(
        request,
        chosen,
        "publication_list.html",
        heading=_("Publications"),
        description=_(
            "Recommendations, Reports, Handbooks, regulations and other publications of ITU, "
            "with their states; filter by sector, series, group, topic and year."
        ),
        route="publication-list",
        unit=_("publications"),
    )


def initiatives(request: HttpRequest) -> HttpResponse:
    """Show initiatives, what is confirmed first and what was not found last."""
    chosen = InitiativeFilter(request.GET, queryset=Initiative.objects.for_list())
    return list_page(
        request,
        chosen,
        "initiative_list.html",
        heading=_("Initiatives"),
        description=_(
            "Programmes, summits, indices, funds and platforms said to be ITU’s: which are "
            "confirmed, which belong to others, and which could not be found."
        ),
        route="initiative-list",
        unit=_("initiatives"),
    )


def partners(request: HttpRequest) -> HttpResponse:
    """Show the organizations and processes that ITU works with."""
    chosen = PartnerFilter(request.GET, queryset=Partner.objects.for_list())
    return list_page(
        request,
        chosen,
        "partner_list.html",
        heading=_("Partners"),
        description=_("Organizations and processes that ITU works with, and in what."),
        route="partner-list",
        unit=_("partners"),
        trail=[(_("Members and partners"), reverse("membership"))],
    )


def conferences(request: HttpRequest) -> HttpResponse:
    """Show conferences, assemblies and forums."""
    chosen = ConferenceFilter(request.GET, queryset=Conference.objects.for_list())
    return list_page(
        request,
        chosen,
        "conference_list.html",
        heading=_("Conferences"),
        description=_("Conferences, assemblies, forums and days of ITU, with their meetings."),
        route="conference-list",
        unit=_("conferences"),
    )


def topics(request: HttpRequest) -> HttpResponse:
    """Show topics and the responsibilities of the Union."""
    counted = Topic.objects.annotate(
        publication_count=Count("publications", distinct=True),
        initiative_count=Count("initiatives", distinct=True),
    ).order_by("name")
    chosen = TopicFilter(request.GET, queryset=counted)
    return list_page(
        request,
        chosen,
        "topic_list.html",
        heading=_("Topics"),
        description=_("Focus areas, responsibilities of the Union and subjects of publications."),
        route="topic-list",
        unit=_("topics"),
        page_size=200,
    )


def list_page(
    request: HttpRequest,
    chosen: ListFilter,
    template: str,
    *,
    heading: str,
    description: str,
    route: str,
    unit: str,
    page_size: int = PAGE_SIZE,
    trail=(),
    of_page: Callable[[Page], dict[str, Any]] | None = None,
    **context,
) -> HttpResponse:
    """Show one page of a filtered list, or say what in the address is not understood.

    `of_page` returns what the template needs to know of the rows of the page.
    """
    if not chosen.is_valid():
        return bad_filter(request, chosen.problems, reverse(route))
    rows = chosen.rows()
    page = page_of(rows, request.GET.get("page", "1"), page_size, request.path, chosen)
    chips = chosen.chips()
    chosen_words = ", ".join(chip.label for chip in chips)
    title = f"{page.paginator.count:,} {unit} – {chosen_words}" if chips else heading
    if page.number > 1:
        title = _("%(title)s, page %(page)s") % {"title": title, "page": page.number}
    return show(
        request,
        template,
        title=title,
        description=description,
        trail=trail,
        noindex=len(chips) > 1,
        heading=heading,
        unit=unit,
        filter=chosen,
        facets=chosen.facets(),
        chips=chips,
        ways_out=ways_out(chosen) if not page.paginator.count else [],
        page=page,
        pages=page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        sections=sections_of(page, chosen),
        route=route,
        csv_url=f"{reverse(f'{route}-csv')}?{chosen.query(page=None)}".rstrip("?"),
        json_url=f"{reverse(f'{route}-json')}?{chosen.query(page=None)}".rstrip("?"),
        **context,
        **(of_page(page) if of_page else {}),
    )


def page_of(rows, number: str, size: int, path: str, chosen: ListFilter):
    """Return the page with this number; raise Http404, with a link to the last one, if none."""
    paginator = Paginator(rows, size)
    try:
        return paginator.page(int(number) if number.isascii() and number.isdigit() else None)
    except (EmptyPage, PageNotAnInteger) as error:
        last = f"{path}?{chosen.query(page=paginator.num_pages)}"
        message = _("The list has %(pages)s pages; there is no page “%(page)s”.") % {
            "pages": paginator.num_pages,
            "page": number[:20],
        }
        raise Http404({"message": message, "link": last, "label": _("Last page")}) from error


def ways_out(chosen: ListFilter) -> list[tuple[str, str, int]]:
    """Return, for an empty list, each filter with what would be found without it."""
    found = []
    for chip in chosen.chips():
        params = QueryDict(chip.without)
        count = type(chosen)(params, queryset=chosen.queryset).qs.count()
        if count:
            found.append((chip.label, chip.without, count))
    return found


def sections_of(page, chosen: ListFilter) -> list[Section]:
    """Return the rows of a page under the headings of their verification, each counted apart.

    Only lists in the order of verification have sections.
    """
    if chosen.sort != "surest":
        return []
    counts = dict(chosen.qs.order_by().values_list("verification").annotate(Count("pk")))
    rows = list(page.object_list)
    sections = []
    for marks, heading, note in SECTIONS:
        here = [row for row in rows if row.verification in marks]
        if here:
            count = sum(counts.get(mark, 0) for mark in marks)
            sections.append(Section(str(heading), str(note), count, here))
    return sections
