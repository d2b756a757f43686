"""Everything in the catalogue is found, by every spelling and link, and nothing wrong is."""

from __future__ import annotations

import pytest
from django.db import transaction

from catalog.importer.run import import_snapshot
from catalog.models import CommonName, SourceRecord
from catalog.resolver import resolve, resolve_many
from catalog.search.match import find
from tests.catalogue import finding
from tests.catalogue.hostile import hostile, mutated
from tests.conftest import CATALOGUE
from tests.found import some

# What they share is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("finding")]

HELD = 21_384
LINKS = 16_585
# Codes that a Recommendation and a Report share, as their records have them (rule 1.6). Whoever
# gives no kind is asked which one.
SHARED = 8


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker):
    """The whole data set in the database; taken back after the tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_snapshot(CATALOGUE)
        yield
        transaction.set_rollback(True)


def test_every_record_and_every_link_is_found(imported, collection, record_property):
    records = list(finding.measure_records())
    links = list(finding.measure_links(collection.records))
    queries = finding.measure_queries()
    record_property("table", finding.table([*records, *links, queries]))
    for measure in [*records, *links, queries]:
        assert measure.wrong == 0, measure.examples
    assert all(measure.asked == HELD for measure in some(records))
    exact = records[0]
    assert (exact.right, exact.which_one) == (HELD - SHARED, SHARED), exact.examples
    for measure in some(records[1:]):
        assert measure.share >= 0.995, measure.examples
    assert links[0].asked == LINKS
    for measure in some(links):
        assert measure.unknown == 0, measure.examples
    assert queries.right == queries.asked == 12, queries.examples


def test_a_work_is_found_by_three_words_of_its_title(imported, record_property):
    measure = finding.measure_titles()
    record_property("table", finding.table([measure]))
    assert measure.asked == 200
    assert measure.share >= 0.95, measure.examples


def test_no_name_in_use_waits_for_its_work(imported):
    assert CommonName.objects.count() > 2_000
    assert list(CommonName.objects.waiting()) == []


def test_a_name_of_one_text_opens_it_from_the_search_box(imported, client, record_property):
    def search(text: str) -> str:
        response = client.get("/search/", {"q": text})
        return response["Location"].split("?")[0] if response.status_code == 302 else ""

    measure = finding.measure_names(search)
    record_property("table", finding.table([measure]))
    assert measure.asked > 550
    assert measure.wrong == 0, measure.examples
    assert measure.share >= 0.95, measure.examples


def test_whatever_is_asked_gets_an_answer(imported):
    for start in range(0, 40_000, 1_000):
        texts = list(mutated(1_000, start)) if start < 30_000 else list(hostile(1_000, start))
        assert [answer.query for answer in resolve_many(texts)] == texts
    for text in some([*mutated(5_000, 1), *hostile(5_000, 1)]):
        assert resolve(text).query == text


def test_whatever_is_searched_gets_an_answer(imported):
    for text in some([*mutated(500, 2), *hostile(1_000, 2)]):
        assert len(find(text)[:10]) <= 10


def test_a_number_of_the_data_set_never_leads_to_a_text_of_another_number(imported):
    """A slip in a year or month leads to the work at most, never to another edition."""
    records = SourceRecord.objects.of_texts().filter(identifier__regex=r"\(\d\d/\d{4}\)$")
    identifiers = list(records.values_list("identifier", flat=True))
    known = set(identifiers)
    moved = [f"{text[:-5]}{int(text[-5:-1]) + 1})" for text in identifiers]
    unknown = [text for text in moved if text not in known]
    assert len(unknown) > 15_000
    for start in range(0, len(unknown), 1_000):
        for answer in some(resolve_many(unknown[start : start + 1_000])):
            part = answer.component or answer.edition
            assert part is None or str(part.date.year) == answer.query[-5:-1], answer
