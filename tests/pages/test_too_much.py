"""Requests that bring too much: long addresses, many fields, long forms, repeated choices."""

from __future__ import annotations

import pytest
from django.test import Client

from catalog.models import ProblemReport
from tests.pages.reading import html_faults, main_text, page

pytestmark = pytest.mark.django_db

MANY_FIELDS = "&".join(f"f{number}=1" for number in range(1_001))


@pytest.mark.parametrize("path", ["/", "/search/", "/publications/index.csv", "/go/"])
def test_an_address_that_is_far_too_long_is_told_so(client, path):
    for address in (f"{path}?q={'a' * 20_001}", f"/{'a' * 20_001}{path}"):
        response = client.get(address)
        assert response.status_code == 414
        assert page(response).h1.get_text() == "This address is too long"
        assert page(response).main.find("a", href="/go/batch/")


def test_programs_are_told_in_json(client):
    response = client.get("/api/v1/resolve", {"q": "a" * 20_001})
    assert response.status_code == 414
    assert "20,000" in response.json()["error"]


def test_the_longest_text_fits_in_an_address_in_every_script(client):
    text = "字" * 2_000
    assert client.get("/go/", {"id": text}).status_code == 404
    assert client.get("/api/v1/resolve", {"q": text}).json()["outcome"] == "unknown"


@pytest.mark.parametrize("path", ["/", "/publications/", "/go/", "/itu-t/g.711/", "/nowhere/"])
def test_an_address_with_too_many_fields_is_told_so_or_needs_none(client, path):
    response = client.get(f"{path}?{MANY_FIELDS}")
    assert response.status_code in (200, 400, 404)
    if response.status_code == 400:
        assert "more than 1,000 fields" in main_text(response)
        assert page(response).main.find("a", href=True)


@pytest.mark.parametrize("path", ["/report/", "/go/batch/"])
def test_a_form_with_too_many_fields_is_told_so(client, path):
    response = client.post(path, MANY_FIELDS, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "more than 1,000 fields" in main_text(response)
    assert "still holds what you wrote" in main_text(response)


def test_a_form_with_too_many_files_is_told_so(client):
    files = "".join(
        f'--x\r\nContent-Disposition: form-data; name="f{number}"; filename="a"\r\n\r\n\r\n'
        for number in range(101)
    )
    response = client.post(
        "/report/", f"{files}--x--\r\n", content_type="multipart/form-data; boundary=x"
    )
    assert response.status_code == 400
    assert page(response).main.find("a", href=True)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("path", ["/report/", "/go/batch/", "/admin/login/"])
def test_a_form_that_is_too_long_is_told_so(path, strict):
    client = Client(enforce_csrf_checks=strict)
    client.get(path)
    response = client.post(path, {"lines": "x" * 3_000_000, "message": "y"})
    assert response.status_code == 413
    assert "2,621 kilobytes" in main_text(response)
    assert "still holds what you wrote" in main_text(response)
    assert not html_faults(response)


def test_a_report_that_is_too_long_is_shown_again_whole(client):
    message = "long " * 50_000
    response = client.post("/report/", {"page": "/", "message": message})
    assert response.status_code == 400
    assert page(response).find("textarea").get_text().strip() == message.strip()
    assert not ProblemReport.objects.exists()


@pytest.mark.parametrize("digits", [10, 4_301, 15_000])
@pytest.mark.parametrize("path", ["/publications/", "/search/", "/changes/", "/itu-t/g/"])
def test_the_number_of_a_page_may_have_any_length(client, path, digits):
    day = "on=2019-05-01&" if path == "/itu-t/g/" else ""
    assert client.get(f"{path}?{day}page={'9' * digits}").status_code == 404


@pytest.mark.parametrize("name", ["year_from", "number_to", "approved_from", "sdg", "supplement"])
@pytest.mark.parametrize("value", ["9" * 5_000, "1e999999999", "-" * 5_000, "1_" * 2_000, "NaN"])
def test_a_filter_may_be_given_any_value(client, name, value):
    path = "/initiatives/" if name == "sdg" else "/publications/"
    assert client.get(f"{path}?{name}={value}").status_code == 400


def test_a_choice_that_is_given_many_times_counts_once(client):
    once = page(client.get("/publications/?state=in-force"))
    many = page(client.get("/publications/?" + "&".join(["state=in-force"] * 900)))
    # The choice, and the link that takes all choices away.
    assert len(many.select(".chips a")) == len(once.select(".chips a")) == 2
    assert many.select(".chips a")[0]["href"] == once.select(".chips a")[0]["href"]
