"""Pages are made once, served like files, and never stale, mixed up or poisoned."""

from __future__ import annotations

import datetime
import gzip

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern
from django.utils import timezone

from catalog.models import CatalogueState, Publication, Revision
from catalog.stored_pages.page import StoredPage
from catalog.stored_pages.shelves import Shelves
from catalog.urls import urlpatterns
from catalog.writing.edit import editing
from tests.found import some
from tests.pages.reading import page
from tests.pages.works import move_version

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/itu-t/g.711/",
    "/itu-t/g.711/1988-11/",
    "/itu-t/g.711/?on=2000-01-01",
    "/publications/?sector=itu-t&state=in-force&kind=recommendation",
    "/search/?q=optical",
    "/itu-t/g/",
    "/itu-t/sg15/",
    "/changes/",
    "/changes/feed.atom",
    "/itu-t/g.711/feed.atom",
    "/api/v1/resolve?q=G.711",
    "/api/v1/openapi.json",
    "/id/itu-t-g.711/history/",
    "/opensearch.xml",
    "/robots.txt",
    "/about/",
    "/membership/",
    "/initiatives/",
    "/fact-check/",
]


def rename(key: str, name: str) -> None:
    """Change the name of a work through the door."""
    work = Publication.objects.get(key=key)
    with editing(reason="A test") as edit:
        edit.watch(work)
        work.name = name
        edit.save(work)


def queries_of(client, address: str, **options) -> tuple[HttpResponse, int]:
    """Return the answer, and how often the database was asked for it."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, **options)
    return response, len(captured)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_made_once_and_then_only_the_version_is_asked_for(client, address):
    first, cost = queries_of(client, address)
    again, asked = queries_of(client, address)
    assert first.status_code == again.status_code == 200
    assert again.content == first.content
    assert dict(again.items()) == dict(first.items())
    assert (asked, cost >= 1) == (1, True)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_needs_no_session_and_may_be_kept_by_others(client, address):
    response = client.get(address)
    assert not response.cookies
    assert response["Vary"] == "Accept-Encoding"
    control = response["Cache-Control"]
    assert "public" in control and "private" not in control
    assert "ETag" in response
    assert "catalogue" in response["Surrogate-Key"].split()


@pytest.mark.parametrize("address", PAGES)
def test_who_has_the_page_gets_304_before_anything_is_made(client, address):
    tag = client.get(address)["ETag"]
    for cache in caches.all():
        cache.clear()
    response, asked = queries_of(client, address, headers={"if-none-match": tag})
    assert (response.status_code, response.content, asked) == (304, b"", 1)
    assert response["ETag"] == tag
    other = client.get(address, headers={"if-none-match": f'"other", {tag}'})
    assert other.status_code == 304


def test_a_mark_of_another_page_or_version_gets_the_whole_page(client):
    tag = client.get("/itu-t/g.711/")["ETag"]
    assert client.get("/itu-t/g.722/", headers={"if-none-match": tag}).status_code == 200
    rename("itu-t-g.722", "Something new")
    assert client.get("/itu-t/g.711/", headers={"if-none-match": tag}).status_code == 200


def changed_at(moment: datetime.datetime) -> None:
    """Let the catalogue have changed last at a moment."""
    CatalogueState.objects.filter(pk=1).update(changed=moment)
    move_version()


def test_by_exactly_this_date_who_has_the_page_gets_304(client):
    changed_at(datetime.datetime(2026, 11, 1, 10, 0, 7, 900, tzinfo=datetime.UTC))
    response = client.get("/itu-t/g.711/")
    assert response["Last-Modified"] == "Sun, 01 Nov 2026 10:00:07 GMT"
    date = {"if-modified-since": response["Last-Modified"]}
    assert client.get("/itu-t/g.711/", headers=date).status_code == 304
    # A copy of the database that was put back is older than what was seen before.
    for other in some(
        ["Sun, 01 Nov 2026 10:00:08 GMT", "Mon, 01 Jan 2001 00:00:00 GMT", "rubbish"]
    ):
        asked = {"if-modified-since": other}
        assert client.get("/itu-t/g.711/", headers=asked).status_code == 200
    # The mark counts, where there is one.
    both = {**date, "if-none-match": '"another"'}
    assert client.get("/itu-t/g.711/", headers=both).status_code == 200


def test_a_page_of_this_second_has_no_date_for_it_may_change_within_it(client):
    changed_at(timezone.now())
    assert "Last-Modified" not in client.get("/itu-t/g.711/")
    assert "ETag" in client.get("/itu-t/g.711/")


def test_a_copy_of_the_database_that_went_its_own_way_has_pages_of_its_own(client):
    state = CatalogueState.objects.get(pk=1)
    rename("itu-t-g.711", "The name of one timeline")
    one = client.get("/itu-t/g.711/")
    number = CatalogueState.objects.get(pk=1).version
    # As if the copy of before had been put back, and something else been saved.
    CatalogueState.objects.filter(pk=1).update(version=state.version, mark=state.mark)
    Revision.objects.filter(number=number).delete()
    rename("itu-t-g.711", "The name of another timeline")
    assert CatalogueState.objects.get(pk=1).version == number
    other = client.get("/itu-t/g.711/", headers={"if-none-match": one["ETag"]})
    assert other.status_code == 200
    assert b"another timeline" in other.content


def test_the_next_reader_sees_what_an_editor_saved_on_page_list_and_search(client):
    addresses = ("/itu-t/g.711/", "/publications/?q=G.711", "/search/?q=wonderfully", "/itu-t/g/")
    for address in addresses:
        assert "wonderfully new" not in page(client.get(address)).find("main").get_text()
    rename("itu-t-g.711", "A wonderfully new name")
    for address in addresses[:3]:
        assert "wonderfully new" in page(client.get(address)).find("main").get_text()


def test_another_entry_that_a_page_shows_is_new_there_too(client):
    work = Publication.objects.get(key="itu-t-g.711")
    assert "Renamed series" not in page(client.get("/itu-t/g.711/")).get_text()
    with editing(reason="A test") as edit:
        edit.watch(work.series)
        work.series.name = "Renamed series"
        edit.save(work.series)
    assert "Renamed series" in page(client.get("/itu-t/g.711/")).get_text()


def test_who_is_signed_in_gets_a_page_of_their_own(client, admin_client):
    open_page = client.get("/itu-t/g.711/")
    own = admin_client.get("/itu-t/g.711/")
    assert b"/admin/" in own.content and own["Cache-Control"].startswith("private")
    assert client.get("/itu-t/g.711/").content == open_page.content
    assert b"change/" not in open_page.content


def test_a_message_for_one_reader_is_not_stored(client):
    sent = client.post("/report/", {"page": "/itu-t/g.711/", "message": "A word is misspelt here."})
    assert sent.status_code == 302
    shown = client.get(sent["Location"])
    told = page(shown).select_one(".messages")
    assert told is not None
    assert page(client.get(sent["Location"])).select_one(".messages") is None


def test_pages_with_a_form_token_are_not_stored(client):
    tokens = set()
    for _time in range(2):
        response = client.get("/go/batch/")
        assert "csrftoken" in response.cookies
        client.cookies.clear()
        tokens.add(page(response).find("input", attrs={"name": "csrfmiddlewaretoken"})["value"])
    assert len(tokens) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/itu-t/g.711/?utm_source=x", "/itu-t/g.711/"),
        ("/itu-t/g.711/?on=2000-01-01&x=1", "/itu-t/g.711/?y=2&on=2000-01-01"),
        ("/publications/?sector=itu-t&kind=report", "/publications/?kind=report&sector=itu-t"),
        ("/publications/?sector=itu-t&q=&year_from=", "/publications/?sector=itu-t"),
        ("/fact-check/?kind=topic&kind=sector", "/fact-check/?kind=sector&kind=topic"),
        ("/search/?q=optical%20fibre", "/search/?q=optical+fibre"),
        ("/about/?a=1", "/about/"),
    ],
)
def test_parameters_that_change_nothing_share_one_page(client, first, second):
    made = client.get(first)
    again, asked = queries_of(client, second)
    assert (again.content, asked) == (made.content, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-forwarded-proto": "https"},
        {"x-forwarded-for": "10.0.0.1"},
        {"forwarded": "host=evil.example"},
        {"x-original-url": "/admin/"},
        {"accept-language": "fr"},
        {"origin": "https://evil.example"},
        {"x-http-method-override": "POST"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "address", ["/itu-t/g.711/", "/api/v1/resolve?q=G.711", "/changes/feed.atom"]
)
def test_what_a_request_says_of_itself_is_no_part_of_a_page(client, headers, address):
    poisoned = client.get(address, headers=headers)
    assert b"evil" not in poisoned.content
    for cache in caches.all():
        cache.clear()
    assert client.get(address).content == poisoned.content


def test_a_foreign_host_gets_no_page_and_stores_none(client):
    for _time in range(2):
        assert client.get("/itu-t/g.711/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/itu-t/g.711/").status_code == 200
    assert client.get("/itu-t/g.711/", headers={"host": "evil.example"}).status_code == 400


def test_capitals_lead_to_the_page_and_are_not_stored_as_one(client):
    for _time in range(2):
        response = client.get("/ITU-T/G.711/")
        assert (response.status_code, response["Location"]) == (301, "/itu-t/g.711/")


def test_head_has_the_headers_of_the_page_and_no_body(client):
    head = client.head("/itu-t/g.711/")
    whole, asked = queries_of(client, "/itu-t/g.711/")
    assert (head.status_code, head.content, asked) == (200, b"", 1)
    assert whole.content
    assert {n: v for n, v in head.items() if n != "Content-Length"} == {
        n: v for n, v in whole.items() if n != "Content-Length"
    }


@pytest.mark.parametrize("order", [("gzip", ""), ("", "gzip")], ids=["packed-first", "plain-first"])
def test_each_client_gets_the_page_as_it_can_read_it(client, order):
    bodies = {}
    for coding in some(order, at_least=2):
        response = client.get("/itu-t/g.711/", headers={"accept-encoding": coding})
        assert response.get("Content-Encoding", "") == coding
        assert response["Content-Length"] == str(len(response.content))
        bodies[coding] = response.content
    assert gzip.decompress(bodies["gzip"]) == bodies[""]
    refused = client.get("/itu-t/g.711/", headers={"accept-encoding": "gzip;q=0, br"})
    assert refused.content == bodies[""]


def test_what_is_not_there_is_not_stored(client):
    assert client.get("/itu-t/g.99999/").status_code == 404
    response, asked = queries_of(client, "/itu-t/g.99999/")
    assert (response.status_code, asked > 1) == (404, True)


def test_a_flood_of_odd_addresses_pushes_out_none_in_use(client):
    for _time in range(2):
        client.get("/search/?q=optical")
        client.get("/itu-t/g.711/")
    shelves = Shelves()
    blank = StoredPage(200, (), b"x", is_packed=False)
    for number in range(2_000):
        shelves.put(f"flood-{number}", blank)
    for address in ("/search/?q=optical", "/itu-t/g.711/"):
        assert queries_of(client, address)[1] == 1
    held = sum(len(caches[name]._cache) for name in ("newcomers", "questions", "pages"))
    assert held < 1_000


def test_a_very_large_answer_is_not_kept(client, monkeypatch):
    monkeypatch.setattr("catalog.stored_pages.page.LARGEST", 500)
    client.get("/itu-t/g.711/")
    assert queries_of(client, "/itu-t/g.711/")[1] > 1


class Gone:
    """Caches that do not answer."""

    def __getitem__(self, name):
        raise ConnectionError(name)


def test_without_its_cache_the_portal_is_slower_and_right(client, monkeypatch, caplog):
    client.get("/itu-t/g.722/")  # so that what a process keeps for each version is read before
    asked = []
    monkeypatch.setattr("catalog.stored_pages.shelves.caches", Gone())
    for _time in range(2):
        response, cost = queries_of(client, "/itu-t/g.711/")
        assert response.status_code == 200
        asked.append(cost)
    assert asked[0] == asked[1] > 1
    told = [record for record in caplog.records if record.levelname != "INFO"]
    assert [record.levelname for record in told] == ["ERROR"]


def test_another_release_has_pages_of_its_own(client, monkeypatch):
    tag = client.get("/itu-t/g.711/")["ETag"]
    monkeypatch.setattr("catalog.stored_pages.middleware.release_digest", lambda: "other")
    client.handler.load_middleware()
    assert client.get("/itu-t/g.711/")["ETag"] != tag


def test_another_day_has_pages_of_its_own(client, monkeypatch):
    tag = client.get("/itu-t/g.711/")["ETag"]

    class Tomorrow(datetime.date):
        @classmethod
        def today(cls):
            return datetime.date(2099, 1, 1)

    monkeypatch.setattr("catalog.stored_pages.middleware.datetime.date", Tomorrow)
    assert client.get("/itu-t/g.711/")["ETag"] != tag


def test_every_open_address_says_which_parameters_it_reads():
    views = {
        pattern.name: pattern.callback
        for pattern in some(urlpatterns, at_least=40)
        if isinstance(pattern, URLPattern)
    }
    # A link that was put into the address of /go/ as it stands is read whole.
    silent = {name for name, view in views.items() if not hasattr(view, "parameters")}
    assert silent == {"go"}


def test_the_version_moves_what_tests_write_by_themselves(client):
    tag = client.get("/itu-t/g.711/")["ETag"]
    move_version()
    assert client.get("/itu-t/g.711/")["ETag"] != tag
