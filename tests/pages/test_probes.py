"""Whoever keeps the portal running is told whether it lives and is ready, and nothing else."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import Resolver404, resolve

from catalog.models import SearchEntry
from catalog.operations import parts, probes
from catalog.operations.readiness import FAILED, LATE, OK, Readiness

pytestmark = pytest.mark.django_db
READY = {"database": OK, "migrations": OK, "search": OK, "cache": OK}


@pytest.fixture
def asked_here(monkeypatch):
    """Ask the parts in the thread, and so in the transaction, of the test."""

    class Here(Readiness):
        def answers(self):
            return {name: OK if ask() else FAILED for name, ask in self.parts.items()}

    monkeypatch.setattr(probes, "_readiness", Here(parts.PARTS))


def test_a_living_process_says_so_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_answered_under_any_host_and_over_plain_http(client, settings, path, asked_here):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["itu.example"]
    answer = client.get(path, headers={"host": "10.1.2.3:8000"})
    assert answer.status_code == 200
    # The rest of the site is as strict as before.
    assert client.get("/", headers={"host": "10.1.2.3:8000"}).status_code in (301, 400)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_for_reading(client, path):
    answer = client.post(path)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", probes.ADDRESSES)
def test_no_address_of_the_catalogue_is_taken(client, path):
    with pytest.raises(Resolver404):
        resolve(path)
    assert client.get(f"{path}/").status_code == 404


def test_a_portal_that_is_ready_names_each_part(client, asked_here):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "parts": READY}
    assert answer["Cache-Control"] == "no-store"


def test_a_missing_migration_is_told(client, asked_here):
    MigrationRecorder(connection).Migration.objects.filter(app="catalog").latest("id").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == READY | {"migrations": FAILED}


def test_an_index_by_older_rules_is_told_until_it_is_made_anew(client, asked_here):
    entry = SearchEntry.objects.first()
    digest = entry.digest
    SearchEntry.objects.filter(pk=entry.pk).update(digest="0.old")
    assert client.get("/readyz").json()["parts"] == READY | {"search": FAILED}
    SearchEntry.objects.filter(pk=entry.pk).update(digest=digest)
    assert client.get("/readyz").status_code == 200


def test_a_cache_that_loses_everything_is_told(client, settings, asked_here):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get("/readyz").json()["parts"] == READY | {"cache": FAILED}


def test_what_fails_is_told_without_its_words(client, monkeypatch, caplog):
    def fails():
        raise OperationalError("connection to 10.9.8.7 as itu with secret refused")

    monkeypatch.setattr(probes, "_readiness", Readiness({"database": fails}))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["parts"]) == (503, {"database": FAILED})
    assert b"10.9.8.7" not in answer.content
    assert [record.getMessage() for record in caplog.records if "catalog" in record.name] == [
        "Not ready: database (OperationalError)."
    ]


def test_what_hangs_is_waited_for_once_and_briefly():
    over = threading.Event()
    asked = []

    def hangs():
        asked.append(1)
        return over.wait(30)

    readiness = Readiness({"database": hangs, "cache": lambda: True}, most=0.2)
    begin = time.monotonic()
    for _probe in range(3):
        assert readiness.answers() == {"database": LATE, "cache": OK}
    assert time.monotonic() - begin < 5
    assert len(asked) == 1
    over.set()
    readiness._asked["database"].join(5)
    assert readiness.answers() == {"database": OK, "cache": OK}
