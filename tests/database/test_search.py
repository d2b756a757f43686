"""Words to entries: the right one first, doubtful ones last, everything findable by its names."""

from __future__ import annotations

import pytest

from catalog.models import Initiative, SearchEntry, Topic
from catalog.search import index
from catalog.search.match import find, sole_identifier
from tests.conftest import ALL_CHECKS

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
    assert sole_identifier("BT.2020") is None


def test_one_identifier_means_one_work_and_words_mean_none():
    assert sole_identifier("g 711").key == "itu-t-g.711"
    assert sole_identifier("pulse code modulation") is None
    assert sole_identifier("SDG 9") is None


def test_in_force_stands_before_superseded_at_equal_match():
    states = [row.state for row in find("video coding") if row.kind == "publication"]
    titles_only = [row for row in find("video coding") if row.rank == 3 and row.state]
    assert "in-force" in states
    standings = [0 if row.state in ("in-force", "pre-published") else 1 for row in titles_only]
    assert standings == sorted(standings)


def test_what_was_not_found_comes_after_what_exists():
    rows = [row for row in find("smart cities") if row.rank == 3]
    marks = [row.verification == "not-found" for row in rows]
    assert marks == sorted(marks)


def test_every_entry_is_found_by_its_name_its_key_and_each_wording_checked():
    for row in SearchEntry.objects.all()[:: 1 if ALL_CHECKS else 16]:
        for text in [row.title, row.key, *filter(None, row.wordings.split("\n"))]:
            found = find(text).filter(pk=row.pk).first()
            assert found is not None, (row.key, text)


@pytest.mark.parametrize("text", ["", "   ", "…", "!!!", "%", "_", "'", '"', "\\", "a" * 300])
def test_odd_words_give_an_answer(text):
    list(find(text)[:5])


def test_a_percent_sign_is_no_wildcard():
    assert not find("x%y").exists()


def test_the_index_follows_an_entry():
    topic = Topic.objects.get(key="5g")
    topic.name = "Fifth generation"
    topic.save()
    index.update([topic])
    assert find("Fifth generation")[0].key == "5g"


def test_related_entries_know_each_other_whoever_names_whom():
    new = Topic.objects.create(key="new-topic", name="New topic", related_keys="giga\nai-for-good")
    index.update([new])
    assert {row.key for row in SearchEntry.objects.related_to("new-topic")} == {
        "giga",
        "ai-for-good",
    }
    assert "new-topic" in {row.key for row in SearchEntry.objects.related_to("giga")}
    index.update([Initiative.objects.get(key="giga")])
    assert "new-topic" in {row.key for row in SearchEntry.objects.related_to("giga")}


def test_a_taken_key_is_refused_and_the_index_stays_as_it_was():
    thief = Topic.objects.create(key="thief", name="Thief", other_keys="giga")
    with pytest.raises(index.KeyTaken, match="giga"):
        index.update([thief])
    assert SearchEntry.objects.with_key("giga").get().kind == "initiative"


def test_a_removed_entry_is_not_found_any_more():
    initiative = Initiative.objects.get(key="giga")
    index.remove(initiative)
    assert not SearchEntry.objects.with_key("giga").exists()
