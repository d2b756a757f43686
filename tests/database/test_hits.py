"""Beside a hit: the part in which alone the words stand, what is current, what was meant."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import PublicationRelation, Topic
from catalog.search import index
from catalog.search.hits import hits_of
from catalog.search.match import find
from catalog.search.suggestions import corrected
from tests.found import some
from tests.pages.works import (
    add_component,
    add_edition,
    make_work,
    radio,
    renumbered,
    settle,
    shared_number,
)

pytestmark = pytest.mark.django_db


def only_hit(text: str, key: str):
    """Return the hit on an entry, found among all."""
    (hit,) = [hit for hit in hits_of(find(text), text) if hit.row.key == key]
    return hit


@pytest.fixture
def birds(db):
    """Add a work whose words differ from edition to edition."""
    work = make_work("ITU-T G.92000", "g.92000", name="Marsh birds", purpose="To count curlorns.")
    first = add_edition(work, "1980-01-01", "superseded", title="Plovers", abstract="Of reeds.")
    second = add_edition(work, "1990-01-01", "superseded", title="Plovers", abstract="And stilts.")
    now = add_edition(work, "2000-01-01", "in-force", title="Marsh birds", abstract="Wimbrels.")
    amended = add_component(now, "amd1", "2001-01-01", "in-force", abstract="Avocettes.")
    settle(work)
    return work, first, second, now, amended


@pytest.mark.parametrize(
    ("text", "part", "now"),
    [
        ("marsh wimbrel", None, None),
        ("curlorn", None, None),
        ("ITU-T G.92000", None, None),
        ("ITU-T G.92000 (01/2000)", None, None),
        ("plover", "second", "standing"),
        ("plovers reed", "first", "standing"),
        ("marsh stilt", "second", "standing"),
        ("avocettes", "amended", None),
        ("ITU-T G.92000 (01/1980)", "first", "standing"),
        ("plover avocette", "amended", None),
    ],
)
def test_a_part_is_named_only_if_nothing_of_today_holds_the_words(birds, text, part, now):
    work, first, second, standing, amended = birds
    parts = {"first": first, "second": second, "amended": amended, None: None}
    hit = only_hit(text, work.key)
    assert hit.part == parts[part]
    assert hit.now == (standing if now else None)
    assert not hit.is_other_text


def test_a_work_that_ended_leads_to_the_text_that_has_its_number():
    new, old = shared_number()
    hit = only_hit("90641 1988", old.key)
    assert (hit.now, hit.is_other_text) == (new.current_edition, True)
    assert only_hit("90641", new.key).now is None


def test_a_number_that_an_ended_text_left_leads_nowhere():
    new, old = shared_number()
    new.editions.update(state="withdrawn")
    settle(new)
    assert only_hit("90641 1988", old.key).now is None


@pytest.mark.parametrize("is_subject", [True, False])
def test_a_work_that_ended_leads_to_the_same_text_under_another_letter(is_subject):
    old, _edition = radio("superseded", label="ITU-R BO.90600", slug="bo.90600")
    new, edition = radio("in-force", label="ITU-R BS.90600", slug="bs.90600")
    subject, target = (old, new) if is_subject else (new, old)
    PublicationRelation.objects.create(kind="also-published-as", subject=subject, target=target)
    hit = only_hit("BO.90600", old.key)
    assert (hit.now, hit.is_other_text) == (edition, False)
    assert only_hit("BS.90600", new.key).now is None


def test_a_former_number_leads_to_the_edition_in_force():
    work, newest = renumbered()
    hit = only_hit("L.9010 1988", work.key)
    assert (hit.part.identifier, hit.now) == ("ITU-T L.9010 (11/1988)", newest)


def test_other_entries_and_lists_without_a_query_have_nothing_to_add(birds):
    rows = list(find("5g")[:20]) + list(find("")[:5])
    assert [(hit.part, hit.now) for hit in hits_of(rows, "") if hit.row.kind == "topic"]
    assert not any(
        hit.part or hit.now for hit in some(hits_of(find("5g").filter(kind="topic"), "5g"))
    )


def test_rows_cost_no_queries_of_their_own(birds):
    def cost() -> int:
        rows = list(find("plover"))
        with CaptureQueriesContext(connection) as captured:
            for hit in some(hits_of(rows, "plover")):
                assert hit.now.get_absolute_url() and hit.part.get_absolute_url()
        return len(captured)

    few = cost()
    for number in range(92_001, 92_013):
        work = make_work(f"ITU-T G.{number}", f"g.{number}", name="Marsh birds")
        add_edition(work, "1980-01-01", "superseded", title="Plovers")
        add_edition(work, "2000-01-01", "in-force", title="Marsh birds")
        settle(work)
    assert cost() == few


@pytest.fixture
def marsh(db):
    """Add words to be mistaken; `godwit` is held by more entries than `godwin`."""
    topics = [
        Topic(key="one", name="Telegrammatical godwits of the marsh"),
        Topic(key="two", name="The godwit"),
        Topic(key="three", name="The godwin"),
        Topic(key="four", name="Marsh snype"),
        Topic(key="five", name="Murrelling fibres"),
    ]
    Topic.objects.bulk_create(topics)
    index.update(Topic.objects.filter(key__in=[topic.key for topic in topics]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("godwix", "godwit"),
        ("gowdit", "godwit"),
        ("godwiit", "godwit"),
        ("GODWIX marsh", "godwits marsh"),
        ("telegramatical", "telegrammatical"),
        ("telegarmatical", "telegrammatical"),
        ("tellegramatical godwix", "telegrammatical godwits"),
        ('"marhs snype"', '"marsh snype"'),
        ("marhs -snype", "marsh -snype"),
        ("murreling fibrees", "murrelling fibres"),
        ("godwit", ""),
        ("godw", ""),
        ("telegram grebe", ""),
        ("tellegarmattical", ""),
        ("gdowti", ""),
        ("snyppe godwin", ""),
        ("-godwix", ""),
        ("gos", ""),
        ("G.71l", ""),
        ("", ""),
        ('"', ""),
    ],
)
def test_a_slip_is_offered_corrected_if_that_finds_something(marsh, typed, meant):
    assert corrected(typed) == meant
