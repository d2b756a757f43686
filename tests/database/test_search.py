"""Words to entries: the right one first, doubtful ones last, everything findable by its names."""

from __future__ import annotations

import pytest
from django.db import connection

from catalog.models import EntryKey, Initiative, SearchEntry, Topic
from catalog.search import index
from catalog.search.match import find, ranks_of
from tests.conftest import ALL_CHECKS
from tests.found import some

pytestmark = pytest.mark.django_db

FIRST_HITS = [
    ("G.711", "itu-t-g.711"),
    ("g711", "itu-t-g.711"),
    ("G 711", "itu-t-g.711"),
    ("Rec. ITU-T G.711", "itu-t-g.711"),
    ("ITU-T G.711 (11/1988)", "itu-t-g.711"),
    ("Y.1331", "itu-t-g.709"),
    ("L.10", "itu-t-l.100"),
    ("ISO/IEC 9594-8", "itu-t-x.509"),
    ("SG15", "itu-t-sg15"),
    ("Study Group 15", "itu-t-sg15"),
    ("AI for Good", "ai-for-good"),
    ("tsb", "tsb"),
    ("Council", "itu-council"),
    ("SDG 9", "sdg-9"),
    ("associates", "associates"),
    ("WRC-23", "wrc-2023"),
    ("ITU-T G series", "itu-t-series-g"),
    ("radio regulations", "radio-regulations"),
    ("international mobile subscriber identities (IMSIs)", "itu-t-e.212"),
]


@pytest.mark.parametrize(("query", "key"), FIRST_HITS)
def test_the_right_entry_comes_first(query, key):
    assert find(query)[0].key == key


def test_a_code_shared_by_two_texts_offers_both_the_one_in_force_first():
    keys = [row.key for row in find("BT.2020")[:2]]
    assert keys == ["itu-r-bt.2020", "itu-r-report-bt.2020"]


def test_in_force_stands_before_superseded_at_equal_match():
    states = [row.state for row in find("video coding") if row.kind == "publication"]
    titles_only = [row for row in find("video coding") if row.rank == 3 and row.state]
    assert "in-force" in states
    standings = [
        0 if row.state in ("in-force", "pre-published") else 1 for row in some(titles_only)
    ]
    assert standings == sorted(standings)


def test_what_was_not_found_comes_after_what_exists():
    rows = [row for row in find("smart cities") if row.rank == 3]
    marks = [row.verification == "not-found" for row in some(rows)]
    assert marks == sorted(marks)


@pytest.mark.slow
def test_every_entry_is_found_by_its_name_its_key_and_each_wording_checked():
    for row in some(SearchEntry.objects.all()[:: 1 if ALL_CHECKS else 16]):
        for text in [row.title, row.key, *filter(None, row.wordings.split("\n"))]:
            found = find(text).filter(pk=row.pk).first()
            assert found is not None, (row.key, text)


@pytest.mark.parametrize("text", ["", "   ", "…", "!!!", "%", "_", "'", '"', "\\", "a" * 300])
def test_odd_words_give_an_answer(text):
    list(find(text)[:5])


@pytest.mark.parametrize("text", ["transm%sion", "transmissi_n x", "tran*sion", "transm?ssion"])
def test_signs_are_no_wildcards(text):
    assert find("transmission").exists()
    assert not find(text).exists()


def test_the_index_follows_an_entry():
    topic = Topic.objects.get(key="5g")
    topic.name = "Fifth generation"
    topic.save()
    index.update([topic])
    assert find("Fifth generation")[0].key == "5g"


def test_a_taken_key_is_refused_and_the_index_stays_as_it_was():
    thief = Topic.objects.create(key="thief", name="Thief", other_keys="giga")
    with pytest.raises(index.KeyTaken, match="giga"):
        index.update([thief])
    assert SearchEntry.objects.with_key("giga").get().kind == "initiative"


def test_a_removed_entry_is_not_found_any_more():
    initiative = Initiative.objects.get(key="giga")
    index.remove(initiative)
    assert not SearchEntry.objects.with_key("giga").exists()


@pytest.mark.slow
def test_updating_and_rebuilding_come_to_the_same():
    Topic.objects.create(key="one", name="One", other_keys="uno")
    Topic.objects.create(key="two", name="Two")
    index.update(Topic.objects.all())
    updated = _whole_index()

    index.rebuild()

    assert _whole_index() == updated


def _whole_index() -> tuple[list, list]:
    return (
        list(SearchEntry.objects.order_by("pk").values()),
        sorted(EntryKey.objects.values_list("key", "entry_id")),
    )


class Reading:
    """Counts the queries that run and the rows that they give."""

    def __init__(self):
        self.queries = self.rows = 0
        self.is_counting = False

    def __call__(self, execute, sql, params, many, context):
        if self.is_counting:
            return execute(sql, params, many, context)
        self.queries += 1
        if sql.startswith("SELECT"):
            self.is_counting = True
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS counted", params)
                self.rows += cursor.fetchone()[0]
            self.is_counting = False
        return execute(sql, params, many, context)


def _cost_of_saving(key: str) -> tuple[int, int]:
    """Return the queries and the rows read that it takes to add an entry and change another."""
    changed = Topic.objects.get(key="5g")
    changed.description += " More is known now."
    changed.save()
    new = Topic.objects.create(key=key, name=f"Topic {key}")
    with connection.execute_wrapper(reading := Reading()):
        index.update([changed])
        index.update([new])
    index.remove(new)
    new.delete()
    return reading.queries, reading.rows


def test_the_work_of_an_update_does_not_grow_with_the_number_of_entries():
    before = _cost_of_saving("new-before")
    assert min(before) > 0
    many = [Topic(key=f"t{n}", name=f"T {n}") for n in range(300)]
    Topic.objects.bulk_create(many)
    index.update(Topic.objects.filter(key__startswith="t"))

    assert _cost_of_saving("new-after") == before


@pytest.mark.parametrize(
    "text",
    [
        "optical",
        "G.711",
        "video coding -audio",
        "-radio",
        '"radio regulations"',
        "the of and",
        "!!",
        "nothing at all of this",
        "é'\" OR *",
    ],
)
def test_the_ranks_are_those_of_the_rows_in_their_order(text):
    found = [(row.pk, row.rank) for row in find(text)]
    assert list(ranks_of(text).items()) == found
