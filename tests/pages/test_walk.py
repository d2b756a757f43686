"""Walk the site from the home page: every entry is reached, pages are sound, no link is dead."""

from __future__ import annotations

from collections import deque
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Component, Edition, SearchEntry
from tests.conftest import ALL_CHECKS
from tests.pages.reading import frame_faults, html_faults, internal_links, page

pytestmark = pytest.mark.django_db

MOST_QUERIES = 26
SAMPLE = 12  # of the pages of editions and components, every so many, unless all are asked for
VALIDATED = 40  # of the pages, every so many are read by the strict HTML parser


def shape(url: str) -> str:
    """Return what kind of address this is: the path, and the names of its parameters."""
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{parts.path}?{','.join(names)}"


@pytest.fixture(scope="module")
def skipped_parts(django_db_setup, django_db_blocker):
    """Addresses of editions and components that a quick run does not visit."""
    if ALL_CHECKS:
        return set()
    with django_db_blocker.unblock():
        parts = [
            part.get_absolute_url()
            for model in (Edition, Component)
            for part in model.objects.select_related("publication__sector").order_by("pk")
        ]
    return {url for number, url in enumerate(parts) if number % SAMPLE}


def test_the_walk_reaches_every_entry_and_finds_every_page_sound(client, skipped_parts):
    seen_shapes, visited, titles, faults = set(), {}, {}, []
    queue = deque(["/"])
    while queue:
        url = queue.popleft()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(url)
        visited[url] = response.status_code
        if response.status_code in (301, 302):
            queue.appendleft(response["Location"])
            continue
        if response.status_code != 200:
            faults.append(f"{url}: {response.status_code}")
            continue
        if len(queries) > MOST_QUERIES:
            faults.append(f"{url}: {len(queries)} queries")
        if not response["Content-Type"].startswith("text/html"):
            continue
        soup = page(response)
        path = url.split("?")[0]
        if "?" not in url:
            faults += [f"{url}: {fault}" for fault in frame_faults(response, path)]
            title = soup.title.get_text()
            faults += [f"{url} has the title of {titles[title]}"] if title in titles else []
            titles[title] = url
        if len(visited) % VALIDATED == 0:
            faults += [f"{url}: {fault}" for fault in html_faults(response)]
        for link in internal_links(soup, url):
            is_new = shape(link) not in seen_shapes and link not in skipped_parts
            if is_new and not link.startswith(("/static/", "/admin/", "/report/?")):
                seen_shapes.add(shape(link))
                queue.append(link)
    assert not faults, "\n".join(faults[:30])
    missing = {row.url for row in SearchEntry.objects.all()} - set(visited)
    assert not missing, sorted(missing)[:20]


TYPES = [
    "/",
    "/publications/",
    "/initiatives/",
    "/partners/",
    "/conferences/",
    "/topics/",
    "/claims/",
    "/search/?q=optical",
    "/search/?q=zzzz",
    "/sectors/",
    "/itu-t/",
    "/itu/",
    "/itu-t/g/",
    "/itu-t/sg15/",
    "/itu-t/sg16/",
    "/itu-t/recommendations/",
    "/itu-t/g.709/",
    "/itu-t/b.18/",
    "/itu-t/g.711/1988-11/",
    "/itu-t/g.711/1984-10/",
    "/itu-t/g.711/2009-08/amd1/",
    "/itu-r/p.835/",
    "/itu/pub/radio-regulations/",
    "/bodies/",
    "/bodies/itu-council/",
    "/initiatives/ai-for-good/",
    "/initiatives/smart-tourism-summit/",
    "/topics/cybersecurity/",
    "/sdgs/",
    "/sdgs/9/",
    "/partners/unicef/",
    "/conferences/wrc/",
    "/conferences/wrc/2023/",
    "/initiatives/ai-for-good-global-summit/2024/",
    "/membership/",
    "/membership/?a=associate&b=academia",
    "/membership/associate/",
    "/membership/sme/",
    "/about/",
    "/about/states/",
    "/about/verification/",
    "/about/accessibility/",
    "/report/",
    "/nowhere/",
    "/publications/?state=bogus",
]


@pytest.mark.parametrize("url", TYPES)
def test_one_page_of_each_type_is_valid_html(client, url):
    assert not html_faults(client.get(url))
