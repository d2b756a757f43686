"""Atom feeds of what imports changed: all of it, or one series, group or work."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from catalog.addresses import absolute
from catalog.filters import ChangeFilter
from catalog.models import Change, ImportRun, Publication, PublicationName, Series, StudyGroup
from catalog.stored_pages.parameters import Parameters
from catalog.views.errors import bad_filter
from catalog.views.works.left_addresses import formerly
from catalog.wording.import_report import START_SNAPSHOT, change_words, credit, newest_run

ENTRIES = 100
# What XML cannot hold.
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The year from which this site gives out names for entries of feeds (RFC 4151).
TAG_YEAR = 2026


class DatedAtom(Atom1Feed):
    """An Atom feed whose date is the one of the newest import, also where nothing changed.

    Its addresses are given as `absolute` writes them: Django would put the host that the request
    names before a path.
    """

    def __init__(self, *, page: str, own_address: str, **facts):
        super().__init__(**{**facts, "link": page, "feed_url": own_address})

    def add_item(self, *, address: str, **facts) -> None:
        """Add an entry whose page has this address."""
        super().add_item(**{**facts, "link": address})

    def latest_post_date(self) -> datetime.datetime:
        """Return when the newest import ended."""
        return self.feed["changed_on"]


@dataclass(frozen=True)
class Subject:
    """What a feed is about: title, the page it belongs to, the changes, and the request."""

    request: HttpRequest
    title: str
    page: str
    changes: QuerySet[Change]
    run: ImportRun | None

    @property
    def host(self) -> str:
        """The name of this site in identifiers."""
        return urlsplit(absolute("/")).hostname or "localhost"

    def tag(self, rest: str) -> str:
        """Return an identifier that never changes (RFC 4151)."""
        return f"tag:{self.host},{TAG_YEAR}:{rest}"


class ChangeFeed(Feed):
    """What all feeds of changes share."""

    feed_type = DatedAtom
    parameters = Parameters()
    author_name = "ITU knowledge base"

    def title(self, subject: Subject) -> str:
        """Return the title of the feed."""
        return subject.title

    def link(self, subject: Subject) -> str:
        """Return the page that the feed belongs to."""
        return absolute(subject.page)

    def feed_url(self, subject: Subject) -> str:
        """Return the address of the feed itself."""
        return absolute(subject.request.get_full_path())

    def feed_guid(self, subject: Subject) -> str:
        """Return an identifier of the feed that stays when the site's scheme changes."""
        return subject.tag(subject.request.get_full_path().lstrip("/"))

    def subtitle(self, subject: Subject) -> str:
        """Return where the facts come from."""
        return _("What imports changed. Facts on publications: %(credit)s.") % {
            "credit": credit(subject.run)
        }

    def feed_copyright(self, subject: Subject) -> str:
        """Return the credit, and who this site is not."""
        return _("Data: %(credit)s. Independent catalogue, not an ITU site.") % {
            "credit": credit(subject.run)
        }

    def feed_extra_kwargs(self, subject: Subject) -> dict:
        """Hand the feed its date and its addresses."""
        start = datetime.datetime.combine(START_SNAPSHOT, datetime.time(), datetime.UTC)
        return {
            "changed_on": subject.run.finished if subject.run else start,
            "page": self.link(subject),
            "own_address": self.feed_url(subject),
        }

    def items(self, subject: Subject) -> list[Change]:
        """Return the newest changes, each knowing its full address and identifier."""
        found = list(subject.changes[:ENTRIES])
        for change in found:
            change.full_address = absolute(change.address or subject.page)
            started = change.run.started.strftime("%Y-%m-%dT%H:%M:%S")
            change.tag = subject.tag(f"changes/{started}/{change.position}")
        return found

    def item_title(self, change: Change) -> str:
        """Return what happened to which text."""
        return UNWRITABLE.sub("", f"{change.get_kind_display()}: {change.identifier}")

    def item_description(self, change: Change) -> str:
        """Return the title of the text and what was before; as HTML, which Atom takes it for."""
        parts = [part for part in (change.shown_title, change_words(change)) if part]
        return escape(UNWRITABLE.sub("", " – ".join(parts)))

    def item_link(self, change: Change) -> str:
        """Return the page of the text."""
        return change.full_address

    def item_extra_kwargs(self, change: Change) -> dict:
        """Hand the entry the address of its page."""
        return {"address": change.full_address}

    def item_guid(self, change: Change) -> str:
        """Return what no other change has, in this feed and in all others."""
        return change.tag

    def item_updateddate(self, change: Change) -> datetime.datetime:
        """Return when the import ended."""
        return change.run.finished


class ChangesFeed(ChangeFeed):
    """All changes, under the parameters of the list."""

    parameters = Parameters(are_filters=True)

    def __call__(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Answer with the feed, or say which part of the address is not understood."""
        chosen = ChangeFilter(request.GET, queryset=Change.objects.newest_first())
        if not chosen.is_valid():
            return bad_filter(request, chosen.problems, reverse("change-list"))
        return super().__call__(request, *args, chosen=chosen, **kwargs)

    def get_object(self, request: HttpRequest, chosen: ChangeFilter) -> Subject:
        """Return the filtered changes."""
        words = ", ".join(chip.label for chip in chosen.chips())
        title = _("Changes – %(words)s") % {"words": words} if words else _("Changes")
        page = f"{reverse('change-list')}?{chosen.query(page=None)}".rstrip("?")
        return Subject(request, title, page, chosen.qs, newest_run())


class SeriesFeed(ChangeFeed):
    """Changes in the works of a series."""

    def get_object(self, request: HttpRequest, sector: str, series: str) -> Subject:
        """Return the changes of the series; raise Http404 if there is none."""
        found = get_object_or_404(Series.objects.at(sector, series))
        return _about(request, found.name, found, Change.objects.of_series(found))


class GroupFeed(ChangeFeed):
    """Changes in the works of a study group."""

    def get_object(self, request: HttpRequest, sector: str, group: str) -> Subject:
        """Return the changes of the group; raise Http404 if there is none."""
        found = get_object_or_404(StudyGroup.objects.at(sector, group))
        return _about(request, found.name, found, Change.objects.of_group(found))


class PublicationFeed(ChangeFeed):
    """Changes of one work."""

    def __call__(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Answer with the feed; lead from a former number to the feed of the work of today."""
        sector, number = kwargs["sector"], kwargs["publication"]
        if not Publication.objects.at(sector, number).exists():
            if (response := formerly(request)) is not None:
                return response
            slugs = PublicationName.objects.at(sector, number).numbers_of_works()
            if len(slugs) != 1:
                raise Http404(_("No publication has this number."))
            address = {"sector": sector, "publication": slugs.pop()}
            return HttpResponsePermanentRedirect(reverse("publication-feed", kwargs=address))
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, sector: str, publication: str) -> Subject:
        """Return the changes of the work."""
        found = Publication.objects.with_sector().at(sector, publication).get()
        return _about(request, found.label, found, found.changes.all())


def _about(request: HttpRequest, name: str, entry, changes: QuerySet[Change]) -> Subject:
    title = _("Changes – %(words)s") % {"words": name}
    return Subject(request, title, entry.get_absolute_url(), changes.newest_first(), newest_run())
