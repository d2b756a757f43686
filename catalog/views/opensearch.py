"""Search from the address bar of a browser (OpenSearch 1.1, draft 6, and its suggestions)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog.addresses import absolute
from catalog.brief import brief_of
from catalog.filters.facets import MAX_QUERY
from catalog.models import PublicationName
from catalog.resolver import resolve_many
from catalog.search.match import exact_forms, find

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
SUGGESTIONS = "application/x-suggestions+json"
MOST = 10
DAY, FIVE_MINUTES = 86_400, 300
NUMBER_BEGUN = re.compile(r"(?:itu(?:-?[trd])?\s+)?([a-z]{1,3})[\s._-]*(\d[0-9a-z.]*)", re.I)

Suggestion = tuple[str, str, str]


@require_safe
@cache_control(public=True, max_age=DAY)
def description(request: HttpRequest) -> HttpResponse:
    """Tell browsers how to search here."""
    root = ElementTree.Element("OpenSearchDescription", xmlns=NAMESPACE)
    for name, text in (
        ("ShortName", _("ITU knowledge")),
        ("LongName", _("ITU knowledge base")),
        ("Description", _("ITU publications by any spelling of a number, itu.int link or words.")),
        ("Language", "en"),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ):
        ElementTree.SubElement(root, name).text = text
    search = absolute(request, reverse("search"))
    suggest = absolute(request, reverse("search-suggest"))
    for attributes in (
        {"type": "text/html", "template": f"{search}?q={{searchTerms}}"},
        {
            "type": SUGGESTIONS,
            "rel": "suggestions",
            "template": f"{suggest}?q={{searchTerms}}",
        },
        {
            "type": "application/opensearchdescription+xml",
            "rel": "self",
            "template": absolute(request, reverse("opensearch")),
        },
    ):
        ElementTree.SubElement(root, "Url", attributes)
    document = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(document, content_type="application/opensearchdescription+xml")


@require_safe
@cache_control(public=True, max_age=FIVE_MINUTES)
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer what could be meant: the query, completions, descriptions, addresses."""
    given = request.GET.getlist("q")
    if len(given) > 1 or len(query := "".join(given)) > MAX_QUERY:
        message = _("Give one text of at most %(most)s characters as q.") % {"most": MAX_QUERY}
        return JsonResponse({"error": message}, status=400)
    unique: dict[str, Suggestion] = {}
    for row in suggestions(query.strip()):
        unique.setdefault(row[2], row)
    found = list(unique.values())[:MOST]
    document = [
        query,
        [label for label, _text, _url in found],
        [text for _label, text, _url in found],
        [absolute(request, url) for _label, _text, url in found],
    ]
    return HttpResponse(json.dumps(document, ensure_ascii=False), content_type=SUGGESTIONS)


def suggestions(query: str) -> Iterator[Suggestion]:
    """Yield (completion, description, path): what it means, numbers that begin so, titles."""
    if not exact_forms(query):
        return
    answer = resolve_many([query])[0]
    texts = answer.others if answer.found is None else (answer.found,)
    for text in texts[:MOST]:
        row = brief_of(text)
        yield row.label, row.title, row.url
    if match := NUMBER_BEGUN.fullmatch(query):
        for work in PublicationName.objects.works_with_number_begun(*match.groups())[:MOST]:
            yield work.label, work.name, work.get_absolute_url()
    for entry in find(query)[:MOST]:
        yield entry.label, entry.title if entry.identifier else entry.kind_label, entry.url
