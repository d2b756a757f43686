"""What readers send as a page is a path of this site, on the way in and where editors see it."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from catalog.addresses import is_own_page
from catalog.models import ProblemReport, Topic
from tests.pages.reading import main_text

pytestmark = pytest.mark.django_db

HERE = "https://itu.example"
HOSTILE = [
    "/\t/evil.example",
    "/\t//evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/itu-t/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "//evil.example\\@itu.example/",
    "//itu.example@evil.example/",
    "/\x00/evil.example",
    "/\x1f/evil.example",
    "/\x7f/evil.example",
    "/\u2028/evil.example",
    "/\u200b/evil.example",
    "/\u202e/elpmaxe.live",
    "/\ufeff/evil.example",
    "/\x85/evil.example",
    "/\xa0/evil.example",
    "https://evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "evil.example",
    "@evil.example",
    "?page=1",
    "",
    "/" + "a" * 301,
    "//" + "a" * 200_000,
]
# No database keeps the first character of all.
STORABLE = [page for page in HOSTILE if "\x00" not in page]
OWN = [
    "/",
    "/itu-t/g.711/",
    "/publications/?state=in-force&page=2#top",
    "/itu-t/g.711/1988-11/?q=G.711%20(11/88)",
    "/search/?q=naïve",
    # What stands after the first slash as per cent signs or other signs stays in the path.
    "/%2F/evil.example",
    "/%09/evil.example",
    "/%5Cevil.example",
    "/\uff0f/evil.example",
    "/\u2215evil.example",
    "/\u2044evil.example",
    "/ /evil.example",
    "/a//evil.example",
    "/.//evil.example",
]


def host_in_a_browser(link: str) -> str:
    """Return the host to which a browser goes (URL standard, sections 4.4 and 4.5)."""
    link = re.sub(r"[\t\n\r]", "", link.strip("".join(map(chr, range(33)))))
    head, mark, rest = link.partition("?")
    head = head.replace("\\", "/")
    # However many slashes stand before a host, browsers read two.
    head = re.sub(r"^/{2,}", "//", re.sub(r"^(https?):/*", r"\1://", head))
    return urlsplit(urljoin(f"{HERE}/report/", head + mark + rest)).netloc


@pytest.mark.parametrize("page", HOSTILE, ids=[ascii(page)[:40] for page in HOSTILE])
def test_a_page_that_is_none_of_ours_is_refused_on_the_way_in(client, page):
    response = client.post("/report/", {"page": page, "message": "Look at this page."})
    if response.status_code == 302:
        # Blanks around a text are dropped before anything else.
        assert is_own_page(ProblemReport.objects.get().page)
        return
    assert response.status_code == 400
    assert not ProblemReport.objects.exists()
    assert "Look at this page." in main_text(response)


@pytest.mark.parametrize("page", HOSTILE, ids=[ascii(page)[:40] for page in HOSTILE])
def test_the_model_refuses_it_too(page):
    report = ProblemReport(page=page, message="Look at this page.")
    with pytest.raises(ValidationError) as refused:
        report.full_clean()
    assert "page" in refused.value.message_dict


@pytest.mark.parametrize("page", OWN, ids=ascii)
def test_a_path_of_ours_is_taken_and_linked(client, admin_client, page):
    response = client.post("/report/", {"page": page, "message": "Look at this page."})
    assert response.status_code == 302, main_text(response)
    report = ProblemReport.objects.get()
    links = links_of(admin_client, report)
    assert len(links) >= 2
    assert {host_in_a_browser(link) for link in links} == {"itu.example"}


def links_of(admin_client, report) -> list[str]:
    """Return where the links of a report lead on its page at the desk, those of the frame left."""
    address = reverse("admin:catalog_problemreport_change", args=[report.pk])
    soup = BeautifulSoup(admin_client.get(address).content, "html.parser")
    return [link["href"] for link in soup.select(".field-page_link a[href], .viewsitelink[href]")]


@pytest.mark.parametrize("page", STORABLE, ids=[ascii(page)[:40] for page in STORABLE])
def test_what_was_stored_all_the_same_is_no_link_at_the_desk(admin_client, page):
    report = ProblemReport.objects.create(page=page[:300], message="Look at this page.")
    links = links_of(admin_client, report)
    assert {host_in_a_browser(link) for link in links} <= {"itu.example"}
    if page != HOSTILE[-2]:
        assert links == []


@pytest.mark.parametrize("page", HOSTILE, ids=[ascii(page)[:40] for page in HOSTILE])
def test_the_form_is_not_filled_with_it(client, page):
    response = client.get("/report/", {"page": page})
    if response.status_code in (400, 414):
        return  # The address holds what cannot be read, or is too long.
    field = BeautifulSoup(response.content, "html.parser").find("input", attrs={"name": "page"})
    value = field.get("value", "")
    assert value == "" or is_own_page(value)


@pytest.mark.parametrize("page", HOSTILE, ids=[ascii(page)[:40] for page in HOSTILE])
def test_signing_in_leads_to_no_other_site(client, db, page, django_user_model):
    django_user_model.objects.create_superuser("root", password="Kx7-hullabaloo")
    form = {"username": "root", "password": "Kx7-hullabaloo", "next": page}
    response = client.post(reverse("admin:login"), form)
    assert response.status_code == 302
    assert host_in_a_browser(response["Location"]) == "itu.example"


LINKS = [
    "https://itu.int@evil.example/",
    "https://itu.int:443@evil.example/",
    "https://user:secret@itu.int/",
    "https://itu.int\\@evil.example/",
    "https://itu.int/\u202egpj.exe",
    "https://itu.int/a b",
    "https://itu.int/\t",
    "https://itu.int/a\tb",
    "//evil.example/",
    "javascript:alert(1)",
    "https:evil.example",
    "ftp://itu.int/",
    "https://",
    "https://itu.int/" + "a" * 500,
]


@pytest.mark.parametrize("link", LINKS, ids=ascii)
def test_a_link_that_hides_where_it_leads_is_refused(link):
    topic = Topic.objects.get(key="5g")
    topic.official_url = link
    with pytest.raises(ValidationError) as refused:
        topic.clean_fields()
    assert "official_url" in refused.value.message_dict


@pytest.mark.parametrize(
    "link",
    [
        "https://www.itu.int/rec/T-REC-G.711-198811-I/en",
        "http://handle.itu.int/11.1002/1000/911-en?locatt=format:pdf&auth",
        "https://www.itu.int/pub/R-HDB?mail=a@itu.int",
        "https://www.itu.int/en/ITU-T/@home",
    ],
)
def test_a_plain_link_is_taken(link):
    topic = Topic.objects.get(key="5g")
    topic.official_url = link
    topic.clean_fields()


def test_after_a_report_the_way_leads_back_to_the_page_and_the_form_says_what_it_is_for(client, db):
    sent = {"page": "/itu-t/g.711/", "message": "The title is wrong."}
    page = client.post("/report/", sent, follow=True).content.decode()
    main = page.split("<main", 1)[1]
    assert '<a href="/itu-t/g.711/">Back to the page you reported</a>' in main
    assert main.index("Thank you.") < main.index("Report another problem") < main.index("<form")
    fresh = client.get("/report/").content.decode()
    assert "Report another problem" not in fresh and "Thank you." not in fresh
    assert "Its address on this site" in fresh


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["//evil.example/", "https://evil.example/", "javascript:x()"])
def test_no_way_back_leads_to_another_site(client, page):
    sent = {"page": page, "message": "Look at this page."}
    answer = client.post("/report/", sent, follow=True).content.decode()
    assert "Back to the page you reported" not in answer
