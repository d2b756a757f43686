"""Numbers that no database can look up get a clear answer from every public page."""

from __future__ import annotations

import pytest
from django.db import transaction

from catalog.filters import (
    ChangeFilter,
    ClaimFilter,
    ConferenceFilter,
    InitiativeFilter,
    PartnerFilter,
    PublicationFilter,
    SearchFilter,
    TopicFilter,
)
from tests.conftest import ALL_CHECKS
from tests.found import some

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NUMBERS = [
    "1e9",
    "1e400",
    "-1e400",
    "NaN",
    "inf",
    "99999999999999999999999",
    "-99999999999999999999999",
    "3000000000",
    "9223372036854775808",
    "9" * 5000,
    "²",
    "٣",
    "1_000",
    "0x10",
    "1.5",
]
# Each stands for several; a full run asks lists for all.
SOME_NUMBERS = NUMBERS if ALL_CHECKS else ["1e400", "9" * 23, "9223372036854775808", "²"]
LISTS = {
    "/publications/": PublicationFilter,
    "/initiatives/": InitiativeFilter,
    "/partners/": PartnerFilter,
    "/conferences/": ConferenceFilter,
    "/topics/": TopicFilter,
    "/fact-check/": ClaimFilter,
    "/changes/": ChangeFilter,
    "/search/": SearchFilter,
}
OTHERS = [
    ("/itu-t/g.711/", "on"),
    ("/itu-t/g/", "on"),
    ("/itu-t/sg15/", "on"),
    ("/membership/", "a"),
    ("/membership/", "b"),
    ("/go/", "id"),
    ("/search/suggest/", "q"),
    ("/api/v1/resolve", "q"),
    ("/report/", "page"),
]
PATHS = [
    "/sdgs/{}/",
    "/conferences/wrc/{}/",
    "/initiatives/ai-for-good/{}/",
    "/itu-t/sg{}/",
    "/itu-t/g.{}/",
    "/itu-t/g.711/{}/",
    "/itu-t/g.711/{}-11/",
    "/itu-t/g.711/1988-{}/",
    "/itu-t/g.711/2009-08/amd{}/",
    "/itu-r/handbook/{}/",
    "/itu-r/question/{}/sg5/",
    "/itu-r/question/229/sg{}/",
    "/itu-r/p.835/{}/",
    "/itu-r/report/bt.{}/",
    "/id/{}/",
]


def status_of(client, path: str, data: dict[str, str] | None = None) -> int:
    """Return the status of an answer; an error of the database spoils no later question."""
    with transaction.atomic():
        response = client.get(path, data)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "suffix",
    ["", *(pytest.param(file, marks=pytest.mark.slow) for file in ("index.csv", "index.json"))],
)
def test_a_list_that_is_asked_for_an_impossible_number(client, path, suffix):
    names = [*LISTS[path].base_filters, "page", "sort"]
    for name in some(names, at_least=5):
        for number in SOME_NUMBERS:
            assert status_of(client, path + suffix, {name: number}) < 500, (name, number[:30])


@pytest.mark.parametrize(("path", "name"), OTHERS)
def test_a_page_that_is_asked_for_an_impossible_number(client, path, name):
    for number in NUMBERS:
        assert status_of(client, path, {name: number}) < 500, number[:30]


@pytest.mark.parametrize("path", PATHS)
def test_an_address_with_an_impossible_number(client, path):
    for number in NUMBERS:
        assert status_of(client, path.format(number)) < 500, number[:30]
