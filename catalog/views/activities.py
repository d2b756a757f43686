"""Pages of initiatives, partners, conferences and their meetings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Conference, Initiative, Meeting, Partner, PublicationName
from catalog.models.entry import DOUBTFUL_MARKS
from catalog.terms import NameKind
from catalog.views.page import keeps_out_of_indexes, related_groups, show

ISO_PARTNERS = {"iso", "iec"}


def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an initiative; a doubtful one says so first and names the nearest real thing."""
    found = get_object_or_404(Initiative.objects.select_related("sector"), key=slug)
    partners = list(found.partners.for_list())
    works = list(found.publications.for_list())
    groups = list(found.study_groups.select_related("sector"))
    topics, goals = list(found.topics.all()), list(found.goals.all())
    shown = [*partners, *works, *groups, *topics, *goals]
    return show(
        request,
        "initiative.html",
        title=_title(found),
        description=found.description or found.claim,
        trail=[(_("Initiatives"), reverse("initiative-list"))],
        edits=found,
        noindex=keeps_out_of_indexes(found),
        initiative=found,
        partners=partners,
        works=works,
        groups=groups,
        topics=topics,
        goals=goals,
        meetings=found.meetings.for_table(),
        related=related_groups(found, shown),
    )


def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a partner with what it does together with ITU."""
    found = get_object_or_404(Partner, key=slug)
    initiatives = list(found.initiatives.existing().for_list())
    topics, goals = list(found.topics.all()), list(found.goals.all())
    twins = PublicationName.objects.none()
    if slug in ISO_PARTNERS:
        twins = PublicationName.objects.filter(kind=NameKind.ISO).select_related(
            "publication__sector"
        )
    return show(
        request,
        "partner.html",
        title=_("Partner: %(name)s") % {"name": found.name},
        description=found.description,
        trail=[
            (_("Members and partners"), reverse("membership")),
            (_("Partners"), reverse("partner-list")),
        ],
        edits=found,
        noindex=keeps_out_of_indexes(found),
        partner=found,
        initiatives=initiatives,
        topics=topics,
        goals=goals,
        twins=twins,
        related=related_groups(found, [*initiatives, *topics, *goals]),
    )


def conference(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a conference: its purpose, its cycle and its meetings."""
    found = get_object_or_404(Conference.objects.select_related("sector"), key=slug)
    topics, goals = list(found.topics.all()), list(found.goals.all())
    meetings = list(found.meetings.for_table())
    return show(
        request,
        "conference.html",
        title=found.name,
        description=found.description,
        trail=[(_("Conferences"), reverse("conference-list"))],
        edits=found,
        noindex=keeps_out_of_indexes(found),
        conference=found,
        meetings=meetings,
        topics=topics,
        goals=goals,
        related=related_groups(found, [*topics, *goals, *meetings]),
    )


def meeting(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show one meeting of a conference."""
    found = get_object_or_404(
        Meeting.objects.select_related("conference__sector"), conference__key=slug, year=year
    )
    return _meeting_page(request, found, (_("Conferences"), reverse("conference-list")))


def summit_meeting(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show one holding of a summit that is kept among the initiatives."""
    found = get_object_or_404(
        Meeting.objects.select_related("initiative__sector"), initiative__key=slug, year=year
    )
    return _meeting_page(request, found, (_("Initiatives"), reverse("initiative-list")))


def _meeting_page(request: HttpRequest, found: Meeting, above: tuple[str, str]) -> HttpResponse:
    parent = found.parent
    siblings = list(parent.meetings.select_related("conference", "initiative").newest_first())
    place = siblings.index(found)
    return show(
        request,
        "meeting.html",
        title=f"{found.name} ({found.year}) – {parent.name}",
        description=found.description,
        trail=[above, (parent.name, parent.get_absolute_url())],
        edits=found,
        meeting=found,
        parent=parent,
        works=found.outcomes.for_list(),
        following=siblings[place - 1] if place else None,
        previous=siblings[place + 1] if place + 1 < len(siblings) else None,
        related=related_groups(found),
    )


def _title(found: Initiative) -> str:
    if found.verification in DOUBTFUL_MARKS:
        return f"{found.name} – {found.get_verification_display().lower()}"
    return found.name
