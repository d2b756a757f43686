"""One line for each request, with what helps and without what is nobody's business."""

from __future__ import annotations

import io
import json
import logging

import pytest

from catalog.operations import observing
from itu_portal.logs import ACCESS, JsonLines, PlainLines, RefusalInOneLine, request_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """Collect the lines of the log as JSON while a test asks for pages."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    handler.addFilter(RefusalInOneLine())
    logging.getLogger().addHandler(handler)
    access = logging.getLogger(ACCESS)
    level = access.level
    access.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    access.setLevel(level)
    logging.getLogger().removeHandler(handler)


def of_access(lines) -> list[dict]:
    return [line for line in lines() if line["logger"] == ACCESS]


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("get", "/itu-t/g.711/", "publication", 200),
        ("get", "/search/?q=my+secret+illness", "search", 200),
        ("head", "/about/", "about", 200),
        ("get", "/ITU-T/G.711/", "none", 301),
        ("get", "/no-such-page/", "none", 404),
        ("get", "/admin/login/", "admin:login", 200),
        ("post", "/about/", "about", 200),
    ],
)
def test_a_request_has_one_line(client, lines, method, path, route, status):
    answer = getattr(client, method)(path, REMOTE_ADDR="10.20.30.40")
    assert answer.status_code == status
    [line] = of_access(lines)
    number = line.pop("request_id")
    took = line.pop("duration_ms")
    assert len(number) == 32
    assert 0 <= took < 60_000
    line.pop("timestamp")
    verb = method.upper()
    assert line == {
        "level": "INFO", "logger": ACCESS, "message": f"{verb} {route} {status} {took} ms",
        "method": verb, "route": route, "status": status,
    }  # fmt: skip
    assert not request_id.get()


def test_the_log_does_not_say_who_asked_or_for_what(client, lines, django_user_model):
    anna = django_user_model.objects.create_superuser("anna")
    client.force_login(anna)
    client.get("/search/?q=my-secret-illness", REMOTE_ADDR="10.20.30.40")
    client.get("/no-such-page/?q=my-secret-illness", REMOTE_ADDR="10.20.30.40")
    client.get("/admin/")
    whole = json.dumps(lines())
    assert len(of_access(lines)) == 3
    for private in ("illness", "10.20.30.40", "anna", "WSGIRequest"):
        assert private not in whole


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("0123-abcd", True),
        ("A" * 64, True),
        ("A" * 65, False),
        ("short", False),
        ("0123456\n", False),
        ('01234567","level":"CRITICAL', False),
        ("ünïcödé-ünïcödé", False),
        ("", False),
    ],
)
def test_an_id_is_taken_only_if_it_can_do_no_harm(client, lines, given, is_taken):
    answer = client.get("/about/", HTTP_X_REQUEST_ID=given)
    [line] = of_access(lines)
    assert (line["request_id"] == given) is is_taken
    # Pages are kept in shared caches.
    assert "X-Request-ID" not in answer


def test_lines_of_one_request_share_its_id_and_a_fault_keeps_its_traceback(
    client, lines, monkeypatch
):
    def fails(*_args, **_named):
        raise RuntimeError("odd")

    client.raise_request_exception = False
    monkeypatch.setattr("django.core.handlers.base.BaseHandler._get_response", fails)
    assert client.get("/about/").status_code == 500
    found = lines()
    assert {line["request_id"] for line in found} == {found[0]["request_id"]}
    [fault] = [line for line in found if line["level"] == "ERROR"]
    assert "RuntimeError: odd" in fault["exc_info"]


def test_plain_lines_name_the_request():
    record = logging.LogRecord("x", logging.INFO, "", 0, "GET about 200", (), None)
    token = request_id.set("0123-abcd")
    assert PlainLines().format(record) == "GET about 200 [0123-abcd]"
    request_id.reset(token)
    assert PlainLines().format(record) == "GET about 200"


def test_made_up_methods_are_one(rf, lines):
    middleware = observing.ObservingMiddleware(lambda _request: observing.HttpResponse())
    request = rf.generic("BREW", "/about/")
    request.resolver_match = None
    middleware(request)
    assert [line["method"] for line in of_access(lines)] == ["OTHER"]
