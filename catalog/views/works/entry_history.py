"""The history of an entry, an edition or a component, 50 writes to a page, without names of people.

An entry has it at /id/KEY/history/, an edition or component below its own address.
"""

from __future__ import annotations

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Component, Edition, SearchEntry
from catalog.models.entry import Entry
from catalog.models.succession import PartQuerySet
from catalog.pages.frame import Frame, Trail
from catalog.pages.record_history import HistoryPage, NumberQuery, Timeline
from catalog.search.documents import ENTRY_MODELS
from catalog.stored_pages.parameters import takes
from catalog.terms import EntryKind
from catalog.views.lists.numbered import numbered_page
from catalog.views.page import show


@takes("page")
def record_of_entry(request: HttpRequest, key: str) -> HttpResponse:
    """Show the history of the entry that answers to this key; another key leads to the first."""
    row = SearchEntry.objects.with_key(key).first()
    if row is None:
        raise Http404(_("No entry has this key."))
    if row.key != key:
        address = reverse("entry-history", kwargs={"key": row.key})
        return HttpResponsePermanentRedirect(address)
    entry = get_object_or_404(ENTRY_MODELS[EntryKind(row.kind)], pk=row.object_id)
    return _show(request, entry, entry, row.label, [(row.label, row.url)])


@takes("page")
def record_of_edition(
    request: HttpRequest, sector: str, publication: str, edition: str
) -> HttpResponse:
    """Show the history of an edition."""
    parts = Edition.objects.at(sector, publication, edition)
    return _of_part(request, parts, _("No such edition."))


@takes("page")
def record_of_component(
    request: HttpRequest, sector: str, publication: str, edition: str, part: str
) -> HttpResponse:
    """Show the history of a component."""
    parts = Component.objects.at(sector, publication, f"{edition}/{part}")
    return _of_part(request, parts, _("No such component."))


def _of_part(request: HttpRequest, parts: PartQuerySet, missing: str) -> HttpResponse:
    part = parts.with_work().first()
    if part is None:
        raise Http404(missing)
    work = part.publication
    trail = [
        (work.label, work.get_absolute_url()),
        (part.identifier, part.get_absolute_url()),
    ]
    return _show(request, part, work, part.identifier, trail)


def _show(request: HttpRequest, row: Model, entry: Entry, label: str, trail: Trail) -> HttpResponse:
    chosen = NumberQuery()
    page = HistoryPage(numbered_page(request, Timeline(row), chosen), chosen, label)
    title = _("History of the record of %(label)s") % {"label": label}
    if page.numbered.number > 1:
        title = _("%(title)s, page %(page)s") % {"title": title, "page": page.numbered.number}
    frame = Frame(
        title=title,
        description=_("What was changed in this record, when and why."),
        trail=trail,
        noindex=True,
        entry=entry,
    )
    return show(request, "entry_history.html", frame, page)
