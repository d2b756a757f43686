"""No answer repeats the host that a request names: not in links, feeds, exports or redirects."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from catalog.models import Change, ImportRun, Publication
from tests.pages.reading import page

pytestmark = pytest.mark.django_db

FORGED = "evil.example"
OWN = "https://itu.example"
ADDRESSES = [
    "/",
    "/itu-t/g.711/",
    "/itu-t/g.711/1988-11/",
    "/publications/?q=speech",
    "/search/?q=g.711",
    "/changes/",
    "/about/api/",
    "/nowhere/",
    "//evil.path/",
    "/\\evil.path/",
    "/itu-t/g.711/?x=%00",
    "/publications/index.csv?series=itu-t-series-h",
    "/publications/index.json?series=itu-t-series-h",
    "/changes/index.csv",
    "/changes/index.json",
    "/changes/feed.atom",
    "/itu-t/g/feed.atom",
    "/itu-t/sg21/feed.atom",
    "/itu-t/g.711/feed.atom",
    "/opensearch.xml",
    "/search/suggest/?q=g.711",
    "/api/v1/resolve?q=G.711",
    "/api/v1/openapi.json",
    "/robots.txt",
    "/go/?id=G.711",
    "/go/batch/",
    "/report/",
    "/admin/login/",
    "/admin/",
    "/ITU-T/G.711/",
    "/itu-t/g.711",
    "/id/itu-t-g.711/",
]


@pytest.fixture
def change():
    """Something that the feeds tell of."""
    now = timezone.now()
    run = ImportRun.objects.create(
        started=now,
        finished=now,
        source="a.zip",
        snapshot_date=datetime.date(2026, 8, 22),
        changed=True,
    )
    work = Publication.objects.get(key="itu-t-g.711")
    return Change.objects.create(
        run=run, position=1, kind="retitled", publication=work, identifier="ITU-T G.711"
    )


def text_of(response) -> str:
    body = b"".join(response) if response.streaming else response.content
    return body.decode() + str(response.headers)


@pytest.mark.parametrize("base", ["", OWN])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_forged_host_stands_nowhere_in_an_answer(client, settings, change, base, address):
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = base
    path, _mark, query = address.partition("?")
    response = client.get(
        "/", PATH_INFO=path, QUERY_STRING=query, headers={"host": f"{FORGED}:8443"}
    )
    assert response.status_code < 500
    text = text_of(response)
    assert FORGED not in text
    assert ":8443" not in text
    if response.headers.get("Location"):
        assert response["Location"].startswith("/")
        assert not response["Location"].startswith(("//", "/\\"))


def test_without_a_public_address_links_are_paths(client, settings):
    settings.BASE_URL = ""
    found = page(client.get("/itu-t/g.711/")).find("link", rel="canonical")
    assert found["href"] == "/itu-t/g.711/"
    assert client.get("/api/v1/resolve?q=G.711").json()["work"]["url"] == "/itu-t/g.711/"


@pytest.mark.parametrize(
    "path", ["//evil.path/", "///evil.path/", "/\\evil.path/", "/\\/evil.path"]
)
def test_a_path_that_looks_like_a_host_stays_a_path_in_links(client, settings, path):
    settings.BASE_URL = ""
    response = client.get("/", PATH_INFO=path)
    href = page(response).find("link", rel="canonical")["href"]
    assert href.startswith(("/%2F", "/%5C"))


def test_with_a_public_address_links_begin_with_it(client, settings, change):
    settings.BASE_URL = OWN
    seen = 0
    for address in ("/itu-t/g.711/", "/changes/feed.atom", "/opensearch.xml", "/robots.txt"):
        assert f"{OWN}/" in text_of(client.get(address))
        seen += 1
    assert seen == 4


def test_the_way_to_https_leads_to_the_public_address(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_SSL_HOST = "itu.example"
    response = client.get("/itu-t/g.711/?a=b", headers={"host": f"{FORGED}:8443"})
    assert response.status_code == 301
    assert response["Location"] == f"{OWN}/itu-t/g.711/?a=b"
