"""What the index of a list counts and cuts is what the database says."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from django.db import connection
from django.db.models import Count
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from catalog.filters import (
    ClaimFilter,
    InitiativeFilter,
    ListFilter,
    PublicationFilter,
    SearchFilter,
)
from catalog.filters.facet_index import FacetIndex
from catalog.models import Publication, Topic, TopicChoice
from catalog.pages import list_kinds
from catalog.pages.lists import ListKind
from catalog.writing.edit import editing
from tests.conftest import examples
from tests.found import some

pytestmark = pytest.mark.django_db

LISTS = {
    kind.filter_class: kind.rows
    for kind in some(value for value in vars(list_kinds).values() if isinstance(value, ListKind))
}
OTHERS = {
    PublicationFilter: [
        ("q", "optical"),
        ("q", "G.711"),
        ("year_from", "1990"),
        ("year_to", "2005"),
        ("number_from", "700"),
        ("number_to", "800"),
        ("approved_from", "1990-01-01"),
        ("approved_to", "2015-12-31"),
    ],
    SearchFilter: [("q", "video"), ("q", "radio -amateur"), ("q", "nothing at all of this")],
    InitiativeFilter: [("q", "digital")],
    ClaimFilter: [("q", "climate")],
}


def chosen_by(filter_class: type[ListFilter], query: str) -> ListFilter:
    """Return the list as an address narrows it."""
    made = filter_class(QueryDict(query), queryset=LISTS[filter_class]())
    assert made.is_valid(), made.problems
    return made


def counted_by_database(chosen: ListFilter, name: str) -> dict[str, int]:
    """Count the values of one filter under all the others, as SQL does."""
    rows = chosen.queryset
    for other, found in chosen.filters.items():
        if other != name:
            rows = found.filter(rows, chosen.form.cleaned_data.get(other))
    counted = (
        rows.order_by()
        .values_list(chosen.filters[name].field_name)
        .annotate(number=Count("pk", distinct=True))
    )
    return {str(value): number for value, number in counted if value is not None}


def queries(filter_class: type[ListFilter], number: int) -> list[str]:
    """Draw addresses with one to four filters that exist."""
    drawn = random.Random(11)
    plain = chosen_by(filter_class, "")
    choices = [(name, value) for name in plain.facet_names for value in plain.counts(name) if value]
    choices += OTHERS.get(filter_class, [])
    found = [""]
    for _place in range(number):
        pairs = drawn.sample(choices, min(drawn.randint(1, 4), len(choices)))
        once = {name: value for name, value in pairs if name in plain.single_values}
        several = [pair for pair in pairs if pair[0] not in plain.single_values]
        query = QueryDict(mutable=True)
        for name, value in [*once.items(), *several]:
            query.appendlist(name, value)
        found.append(query.urlencode())
    return found


@pytest.mark.parametrize("filter_class", LISTS, ids=lambda one: one.__name__)
def test_counts_are_those_of_the_database(filter_class):
    for query in some(queries(filter_class, examples(60)), at_least=3):
        chosen = chosen_by(filter_class, query)
        assert chosen.count() == len(set(chosen.qs.order_by().values_list("pk", flat=True))), query
        for name in some(chosen.facet_names):
            assert chosen.counts(name) == counted_by_database(chosen, name), (query, name)


@pytest.mark.parametrize("filter_class", LISTS, ids=lambda one: one.__name__)
def test_rows_stand_in_the_order_of_the_database(filter_class):
    tried = Counter()
    for query in some(queries(filter_class, examples(20)), at_least=2):
        for order in some(chosen_by(filter_class, query).orders):
            chosen = chosen_by(filter_class, f"{query}&sort={order}".lstrip("&"))
            rows = chosen.rows()
            keys = list(dict.fromkeys(chosen.qs.values_list("pk", flat=True)))
            assert len(rows) == len(keys)
            assert [row.pk for row in rows[:50]] == keys[:50], query
            assert [row.pk for row in rows[3:7]] == keys[3:7], query
            tried[order] += 1
    assert sum(tried.values()) >= 2


def test_a_page_of_a_list_takes_a_fixed_number_of_queries_once_the_index_is_there():
    chosen_by(PublicationFilter, "").facets()
    with CaptureQueriesContext(connection) as captured:
        chosen = chosen_by(PublicationFilter, "state=in-force&sector=itu-t&kind=recommendation")
        assert chosen.count() and chosen.facets() and chosen.chips()
        assert chosen.rows()[:50]
    # Is the version still the same; the rows of the page.
    assert len(captured) == 2


def chosen_for(topic: str, work: Publication) -> TopicChoice:
    """Return the choice that lists a work under a topic."""
    return TopicChoice(topic=Topic.objects.get(key=topic), reference=work.identifier or work.key)


def test_the_index_is_built_anew_when_the_catalogue_changes():
    before = chosen_by(PublicationFilter, "").counts("topic")
    work = Publication.objects.filter(topics=None).first()
    with editing(reason="A test") as edit:
        edit.save(chosen_for("cybersecurity", work))
    after = chosen_by(PublicationFilter, "").counts("topic")
    assert after["cybersecurity"] == before.get("cybersecurity", 0) + 1


def test_an_index_that_is_only_mended_is_the_one_that_would_be_built():
    columns = {"state": "state", "kind": "kind", "topic": "topics__key"}
    rows = Publication.objects.for_list()
    before = FacetIndex.of(rows, columns)
    work, other = rows.filter(state="in-force", topics=None)[:2]
    with editing(reason="A test") as edit:
        edit.watch(work)
        work.kind = "handbook"
        edit.save(work)
        edit.save(chosen_for("cybersecurity", other))
    mended = FacetIndex.of(rows, columns, before)
    built = FacetIndex.of(rows, columns)
    assert mended.keys == built.keys == before.keys
    for name in some(columns):
        assert {v: bits for v, bits in mended.values[name].items() if bits} == built.values[name]
    assert mended.values["kind"] != before.values["kind"]
    assert mended.values["topic"] != before.values["topic"]
    with editing(reason="A test") as edit:
        edit.delete(other)
    shorter = FacetIndex.of(rows, columns, mended)
    assert shorter.values == FacetIndex.of(rows, columns).values
    assert len(shorter.keys) == len(before.keys) - 1


def test_an_unknown_key_is_refused_and_a_blank_one_is_none():
    made = PublicationFilter(QueryDict("series=bogus"), queryset=Publication.objects.for_list())
    assert not made.is_valid()
    assert made.problems == ["Series: There is no choice “bogus”."]
    assert chosen_by(PublicationFilter, "series=&topic=+").count() == Publication.objects.count()


def test_bits_and_keys_are_the_same_rows():
    index = FacetIndex.of(Topic.objects.order_by("name"), {"kind": "kind"})
    assert index.in_order(index.all) == index.keys
    some(index.keys, at_least=9)
    odd = index.keys[1::2]
    assert index.in_order(index.bits(odd)) == odd
    assert index.bits([-1, 10**9]) == 0
    assert index.in_order(0) == []


def shown(query: str) -> list[str]:
    """Return the names of the first works of a list, as a page would keep them."""
    return chosen_by(PublicationFilter, query).rows()[:20].shown(lambda work: work.name)


def test_rows_are_written_once_a_version_and_asked_for_no_more():
    first = shown("sector=itu-t")
    with CaptureQueriesContext(connection) as captured:
        assert shown("sector=itu-t") == some(first, at_least=20)
    # Is the version still the same.
    assert len(captured) == 1


def test_no_row_outlives_its_version():
    first = shown("sector=itu-t")
    work = chosen_by(PublicationFilter, "sector=itu-t").rows()[:20][3]
    with editing(reason="A test") as edit:
        edit.watch(work)
        work.name = "Something new"
        edit.save(work)
    assert shown("sector=itu-t") == [*first[:3], "Something new", *first[4:]]


def test_a_row_that_was_deleted_a_moment_ago_is_left_out():
    rows = chosen_by(PublicationFilter, "sector=itu-t").rows()
    first, second = some(rows[:2], at_least=2)
    with editing(reason="A test") as edit:
        edit.delete(first)
    assert list(rows[:2]) == [second]
    assert rows[:2].shown(lambda work: work.name) == [second.name]


def test_no_more_rows_are_kept_than_may_be(monkeypatch):
    monkeypatch.setattr("catalog.filters.facet_index.MOST_SHOWN", 30)
    chosen = chosen_by(PublicationFilter, "")
    names = [work.name for work in chosen.rows()[:100]]
    for start in range(0, 100, 20):
        page = chosen.rows()[start : start + 20].shown(lambda work: work.name)
        assert page == names[start : start + 20]
        assert len(chosen.index.shown) <= 30
