"""/id/KEY/: the permanent door to every entry, whatever its kind."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from catalog.models import SearchEntry
from catalog.stored_pages.parameters import takes


@takes()
def by_key(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the page of the entry that answers to this key, by one permanent redirect."""
    row = SearchEntry.objects.with_key(key).first()
    if row is None:
        raise Http404(_("No entry has this key."))
    return HttpResponsePermanentRedirect(row.url)
