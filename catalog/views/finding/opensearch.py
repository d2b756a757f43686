"""Search from the address bar of a browser (OpenSearch 1.1, draft 6, and its suggestions)."""

from __future__ import annotations

import json
from itertools import islice
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog.addresses import absolute
from catalog.filters.facet_types import MAX_QUERY
from catalog.pages.suggestions import MOST, Suggestion, suggestions
from catalog.stored_pages.parameters import takes

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
DESCRIPTION = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"
DAY, FIVE_MINUTES = 86_400, 300


@takes()
@require_safe
@cache_control(public=True, max_age=DAY)
def description(request: HttpRequest) -> HttpResponse:
    """Tell browsers how to search here."""
    root = ElementTree.Element("OpenSearchDescription", xmlns=NAMESPACE)
    for name, text in _names():
        ElementTree.SubElement(root, name).text = text
    for attributes in _addresses():
        ElementTree.SubElement(root, "Url", attributes)
    document = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(document, content_type=DESCRIPTION)


def _names() -> list[tuple[str, str]]:
    return [
        ("ShortName", _("ITU knowledge")),
        ("LongName", _("ITU knowledge base")),
        ("Description", _("ITU publications by any spelling of a number, itu.int link or words.")),
        ("Language", "en"),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ]


def _addresses() -> list[dict[str, str]]:
    search = f"{absolute(reverse('search'))}?q={{searchTerms}}"
    suggest = f"{absolute(reverse('search-suggest'))}?q={{searchTerms}}"
    return [
        {"type": "text/html", "template": search},
        {"type": SUGGESTIONS, "rel": "suggestions", "template": suggest},
        {"type": DESCRIPTION, "rel": "self", "template": absolute(reverse("opensearch"))},
    ]


@takes("q")
@require_safe
@cache_control(public=True, max_age=FIVE_MINUTES)
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer what could be meant: the query, completions, descriptions, addresses."""
    given = request.GET.getlist("q")
    if len(given) > 1 or len(query := "".join(given)) > MAX_QUERY:
        message = _("Give one text of at most %(most)s characters as q.") % {"most": MAX_QUERY}
        return JsonResponse({"error": message}, status=400)
    # Of several completions that lead to one address, the first counts.
    unique: dict[str, Suggestion] = {}
    for row in suggestions(query.strip()):
        unique.setdefault(row.url, row)
    found = [unique[url] for url in islice(unique, MOST)]
    document = [
        query,
        [row.label for row in found],
        [row.text for row in found],
        [absolute(row.url) for row in found],
    ]
    return HttpResponse(json.dumps(document, ensure_ascii=False), content_type=SUGGESTIONS)
