"""Headers, cookies, errors and settings that keep readers and editors safe."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from tests.conftest import ROOT
from tests.pages.reading import main_text, page

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("url", ["/", "/itu-t/g.711/", "/nowhere/", "/admin/login/", "/?x=%00"])
def test_every_answer_carries_the_strict_policy(client, url):
    response = client.get(url)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    for name, value in HEADERS.items():
        assert response[name] == value


@pytest.mark.parametrize("url", ["/", "/publications/", "/itu-t/g.711/", "/search/?q=g"])
def test_reading_sets_no_cookie(client, url):
    assert not client.get(url).cookies


def test_a_form_without_its_token_is_refused_with_a_page():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/report/", {"page": "/", "message": "x"})
    assert response.status_code == 403
    assert page(response).h1.get_text() == "You may not open this page"


def test_a_failure_on_our_side_shows_the_plain_page(client, monkeypatch):
    def fail(*_args, **_options):
        raise RuntimeError("broken")

    monkeypatch.setattr("catalog.views.about.show", fail)
    client.raise_request_exception = False
    response = client.get("/about/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in page(response).h1.get_text()


@pytest.mark.parametrize("error", [InterfaceError, OperationalError])
@pytest.mark.parametrize("path", ["/about/", "/api/v1/openapi.json"])
def test_while_the_database_does_not_answer_readers_are_told_so(client, monkeypatch, error, path):
    def fail(*_args, **_options):
        raise error("unable to open database file: the server closed the connection")

    for view in ("catalog.views.about.show", "catalog.api.views.described"):
        monkeypatch.setattr(view, fail)
    client.raise_request_exception = False
    response = client.get(path)
    assert response.status_code == 503
    assert (response["Retry-After"], response["Cache-Control"]) == ("30", "no-store")
    words = "The catalogue cannot be read at the moment."
    if path.startswith("/api/"):
        assert response.json() == {"error": words}
    else:
        assert words in main_text(response)


def test_programs_are_told_of_a_failure_in_json(client, monkeypatch):
    def fail(*_args, **_options):
        raise RuntimeError("broken")

    monkeypatch.setattr("catalog.api.views.described", fail)
    client.raise_request_exception = False
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 500
    assert response.json() == {"error": "Something went wrong on our side."}


def run_check(**environment: str) -> subprocess.CompletedProcess:
    """Run Django's deploy check with only this environment."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_without_a_secret_does_not_start_and_says_what_to_set():
    result = run_check(SECRET_KEY_FILE="/nowhere")
    assert result.returncode != 0
    assert "Set the environment variable SECRET_KEY" in result.stderr


@pytest.mark.slow
def test_production_settings_pass_the_deploy_check():
    secret = "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    result = run_check(
        SECRET_KEY=secret, ALLOWED_HOSTS="itu.example", BASE_URL="https://itu.example"
    )
    assert result.returncode == 0, result.stderr


def test_static_files_are_served_compressed_under_names_with_a_hash(client):
    href = page(client.get("/")).find("link", rel="stylesheet")["href"]
    assert href.startswith("/static/portal.")
    assert href != "/static/portal.css"
    response = client.get(href, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert response["Content-Encoding"] == "gzip"
    assert "immutable" in response["Cache-Control"]
    b"".join(response.streaming_content)
