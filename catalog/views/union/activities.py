"""Pages of initiatives, partners, conferences and their meetings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Conference, Initiative, Meeting, Partner
from catalog.models.entry import DOUBTFUL_MARKS
from catalog.pages.activities import ConferencePage, InitiativePage, MeetingPage, PartnerPage
from catalog.pages.frame import Frame, Link
from catalog.stored_pages.parameters import takes
from catalog.views.page import keeps_out_of_indexes, show


@takes()
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an initiative; a doubtful one says so first and names the nearest real thing."""
    found = get_object_or_404(Initiative.objects.with_sector().with_key(slug))
    frame = Frame(
        title=_title(found),
        description=found.description or found.claim,
        trail=[(_("Initiatives"), reverse("initiative-list"))],
        noindex=keeps_out_of_indexes(found),
        entry=found,
    )
    return show(request, "initiative.html", frame, InitiativePage(found))


@takes()
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a partner with what it does together with ITU."""
    found = get_object_or_404(Partner.objects.with_key(slug))
    frame = Frame(
        title=_("Partner: %(name)s") % {"name": found.name},
        description=found.description,
        trail=[
            (_("Members and partners"), reverse("membership")),
            (_("Partners"), reverse("partner-list")),
        ],
        noindex=keeps_out_of_indexes(found),
        entry=found,
    )
    return show(request, "partner.html", frame, PartnerPage(found))


@takes()
def conference(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a conference: its purpose, its cycle and its meetings."""
    found = get_object_or_404(Conference.objects.with_sector().with_key(slug))
    frame = Frame(
        title=found.name,
        description=found.description,
        trail=[(_("Conferences"), reverse("conference-list"))],
        noindex=keeps_out_of_indexes(found),
        entry=found,
    )
    return show(request, "conference.html", frame, ConferencePage(found))


@takes()
def meeting(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show one meeting of a conference."""
    found = get_object_or_404(Meeting.objects.of_conference(slug, year))
    return _meeting_page(request, found, (_("Conferences"), reverse("conference-list")))


@takes()
def summit_meeting(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show one holding of a summit that is kept among the initiatives."""
    found = get_object_or_404(Meeting.objects.of_summit(slug, year))
    return _meeting_page(request, found, (_("Initiatives"), reverse("initiative-list")))


def _meeting_page(request: HttpRequest, found: Meeting, above: Link) -> HttpResponse:
    parent = found.parent
    frame = Frame(
        title=f"{found.name} ({found.year}) – {parent.name}",
        description=found.description,
        trail=[above, (parent.name, parent.get_absolute_url())],
        entry=found,
    )
    return show(request, "meeting.html", frame, MeetingPage(found))


def _title(found: Initiative) -> str:
    if found.verification in DOUBTFUL_MARKS:
        return f"{found.name} – {found.get_verification_display().lower()}"
    return found.name
