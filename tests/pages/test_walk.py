"""Walk the site from the home page: every entry is reached, pages are sound, no link is dead."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection

from catalog.models import Component, Edition, Publication, SearchEntry
from tests.conftest import ALL_CHECKS, ON_POSTGRESQL
from tests.found import some
from tests.pages.reading import frame_faults, html_faults, internal_links, page

pytestmark = pytest.mark.django_db

MOST_QUERIES = 24
# A quick run opens every so many pages of works, of editions and components, and of other entries,
# and of lists those with few filters; a full one all, on one of the two databases.
IS_FULL = ALL_CHECKS and not ON_POSTGRESQL
WORKS, PARTS, OTHERS = (1, 1, 1) if IS_FULL else (40, 200, 8)
MOST_FILTERS = 100 if IS_FULL else 1
MANY = ("initiative", "topic", "conference", "meeting", "partner")
HISTORIES = 60
# The keys have a test of their own; the desk and the form of reports are no pages to walk.
ELSEWHERE = ("/static/", "/admin/", "/report/?", "/id/")
VALIDATED = 40  # of the pages, every so many are read by the strict HTML parser


def shape(url: str) -> str:
    """Return what kind of address this is: the path, and the names of its parameters."""
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{parts.path}?{','.join(names)}"


class QueryCounter:
    """Counts what is asked of the database while it is installed."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def unopened(django_db_setup, django_db_blocker) -> set[str]:
    """Addresses that a quick run finds and does not open."""
    with django_db_blocker.unblock():
        works = Publication.objects.select_related("sector").order_by("pk")
        parts = [
            part
            for model in (Edition, Component)
            for part in model.objects.select_related("publication__sector").order_by("pk")
        ]
        others = SearchEntry.objects.filter(kind__in=MANY).order_by("pk")
        pages = {
            row.url if rows is others else row.get_absolute_url()
            for rows, every in ((works, WORKS), (parts, PARTS), (others, OTHERS))
            for number, row in enumerate(rows)
            if number % every
        }
        # Histories are alike; some of them are opened in every run.
        return pages | {
            f"{part.get_absolute_url()}history/"
            for number, part in enumerate(parts)
            if number % HISTORIES
        }


@pytest.mark.slow
def test_the_walk_reaches_every_entry_and_finds_every_page_sound(client, unopened):
    found, opened, titles, faults = {"/"}, set(), {}, []
    shapes, queue = {shape("/")}, deque(["/"])
    while queue:
        url = queue.popleft()
        if url in opened:
            continue
        counter = QueryCounter()
        with connection.execute_wrapper(counter):
            response = client.get(url)
        opened.add(url)
        if response.status_code in (301, 302):
            queue.append(response["Location"])
            continue
        if response.status_code != 200:
            faults.append(f"{url}: {response.status_code}")
            continue
        if counter.count > MOST_QUERIES:
            faults.append(f"{url}: {counter.count} queries")
        if response.streaming:
            # Read to the end, as clients do; the place that it holds is free again.
            assert b"".join(response.streaming_content), url
        if not response["Content-Type"].startswith("text/html"):
            continue
        soup = page(response)
        if "?" not in url:
            faults += [f"{url}: {fault}" for fault in frame_faults(response, soup, url)]
            title = soup.title.get_text()
            faults += [f"{url} has the title of {titles[title]}"] if title in titles else []
            titles[title] = url
        if len(opened) % VALIDATED == 0:
            faults += [f"{url}: {fault}" for fault in html_faults(response)]
        for link in internal_links(soup, url):
            found.add(link)
            is_new = shape(link) not in shapes and link not in unopened
            is_new = is_new and link.partition("?")[2].count("&") < MOST_FILTERS
            if is_new and not link.startswith(ELSEWHERE):
                shapes.add(shape(link))
                queue.append(link)
        # Lists without filters are walked to their last page.
        if following := soup.find("a", rel="next", href=re.compile(r"^\?page=")):
            queue.append(f"{url.split('?')[0]}{following['href'].split('#')[0]}")
    assert not faults, "\n".join(faults[:30])
    missing = {row.url for row in some(SearchEntry.objects.all())} - found
    assert not missing, sorted(missing)[:20]


TYPES = [
    "/",
    "/publications/",
    "/initiatives/",
    "/partners/",
    "/conferences/",
    "/topics/",
    "/fact-check/",
    "/changes/",
    "/search/?q=optical",
    "/search/?q=zzzz",
    "/sectors/",
    "/itu-t/",
    "/itu/",
    "/itu-t/g/",
    "/itu-t/k/",
    "/itu-t/g/?on=2005-05-01",
    "/itu-r/",
    "/itu-t/sg15/",
    "/itu-t/sg16/",
    "/itu-t/recommendations/",
    "/itu-t/g.709/",
    "/itu-t/b.18/",
    "/itu-t/g.711/1988-11/",
    "/itu-t/g.711/1984-10/",
    "/itu-t/g.711/2009-08/amd1/",
    "/itu-r/p.835/",
    "/itu-r/p.835/7/",
    "/itu-r/p.835/7/history/",
    "/id/itu-t-g.711/history/",
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
    "/about/api/",
    "/go/",
    "/go/?id=BT.2020",
    "/go/?id=OB.1096",
    "/go/batch/",
    "/search/?q=G.7111",
    "/itu-t/g.711/?q=G.711+(12/1988)",
    "/itu-t/g.711/1988-12/",
    "/nowhere/",
    "/publications/?state=bogus",
]


@pytest.mark.parametrize("url", TYPES)
def test_one_page_of_each_type_is_valid_html(client, url):
    assert not html_faults(client.get(url))
