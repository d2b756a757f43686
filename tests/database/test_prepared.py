"""Prepared queries return what the same QuerySet returns, for every value."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Edition, ImportRun, Publication, PublicationName, SearchEntry
from catalog.models import page_queries as queries
from catalog.models.prepared import NotPreparable, Prepared
from tests.found import some

pytestmark = pytest.mark.django_db

TIED = ("editions", "components", "names")


def works() -> list[Publication]:
    """Return works of every kind and shape."""
    found = Publication.objects.order_by("pk").select_related("sector", "current_edition")
    return some(found[::7], at_least=20)


def columns(rows) -> list[dict]:
    """Return all that is known of rows without a further query."""
    return [{name: v for name, v in vars(row).items() if name != "_state"} for row in rows]


def test_a_work_is_read_with_the_same_parts_as_by_prefetching():
    names = ["names", "topic_links", "goals", "editions", "components"]
    for work in some(works()):
        with CaptureQueriesContext(connection) as captured:
            found = queries.work_at(work.sector.code, work.slug)
            parts = {name: list(getattr(found, name).all()) for name in names}
            tied = {id(p.publication) for name in TIED for p in parts[name]}
            assert tied <= {id(found)}
            assert found.sector.code and found.family.sector
        # Goals are asked for only where a work has some.
        assert len(captured) == 5 + bool(parts["goals"])
        assert found == work == queries.work_for_page(work.pk)
        assert [link.topic for link in parts["topic_links"]] == list(work.topics.by_name())
        assert parts["editions"] == list(work.editions.newest_first())
        assert parts["components"] == list(work.components.in_reading_order())
        assert sorted(n.pk for n in parts["names"]) == sorted(n.pk for n in work.names.all())


def test_every_column_has_the_value_and_type_that_the_queryset_gives():
    for work in some(works()):
        plain = Publication.objects.with_what_it_belongs_to().filter(pk=work.pk)
        assert columns(queries._work(work.pk))[0].keys() == columns(plain)[0].keys()
        editions = Edition.objects.filter(publication=work).newest_first()
        found = queries._PARTS["editions"](work.pk)
        assert [vars(row) | {"_state": 0} for row in found] == [
            vars(row) | {"_state": 0} for row in editions
        ]


def test_annotations_and_several_values_come_out_alike():
    for work in some(works()):
        numbers = (work.slug, f"report/{work.slug}")
        plain = PublicationName.objects.holders_of(work.sector.code, *numbers)
        found = queries.holders_of(work.sector.code, numbers)
        assert found == list(plain)
        assert [(row.held_from, row.held_until) for row in found] == [
            (row.held_from, row.held_until) for row in plain
        ]


def test_deferred_columns_stay_deferred():
    ImportRun.objects.create(
        started="2026-01-01T00:00Z",
        finished="2026-01-01T00:01Z",
        snapshot_date="2026-01-01",
        changed=True,
        report={"long": True},
    )
    run = queries.newest_runs.first()
    assert run.get_deferred_fields() == {"report"}
    assert run.report == {"long": True}


def test_no_rows_are_an_empty_list():
    assert queries.work_at("itu-t", "no such") is None
    assert queries.work_for_page(0) is None
    assert queries.relations_of("no such") == []


@pytest.mark.parametrize("hostile", ["' OR 1=1 --", "\ue0000\ue000", "%s", "\x00x"[1:], "é" * 300])
def test_a_value_is_never_part_of_the_statement(hostile):
    assert queries.work_at("itu-t", hostile) is None
    assert queries.work_at(hostile, "g.711") is None


def test_a_value_that_is_changed_on_its_way_is_refused():
    contains = Prepared(lambda words: SearchEntry.objects.filter(title__icontains=words))
    with pytest.raises(NotPreparable):
        contains("optical")


def test_a_value_that_is_not_used_is_refused():
    unused = Prepared(lambda key, other: Publication.objects.filter(pk=key))
    with pytest.raises(NotPreparable):
        unused(1, 2)


def test_several_keys_are_asked_for_by_few_statements():
    prepared = Prepared(lambda keys: Publication.objects.filter(pk__in=keys))
    keys = [work.pk for work in works()]
    assert prepared.of_any([]) == []
    for number in some(range(1, 18)):
        asked = keys[:number]
        plain = Publication.objects.filter(pk__in=asked)
        assert prepared.of_any(asked) == list(plain)
    assert len(prepared._statements) == 6


def test_tuples_are_those_of_values_list():
    def compose(kind: str):
        return Publication.objects.filter(kind=kind).order_by("pk").values_list("pk", "changed")

    kinds = set(Publication.objects.values_list("kind", flat=True))
    for kind in some(sorted(kinds), at_least=2):
        assert Prepared(compose).tuples(kind) == list(compose(kind))
