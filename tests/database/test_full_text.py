"""Full text: what is found by which words, in which order, on both databases alike.

The words looked for are invented, so that each test knows every entry that holds them.
"""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.models import SearchEntry, SearchText, SearchWord, Topic
from catalog.search import index
from catalog.search.columns import text_columns
from catalog.search.engines import engine
from catalog.search.engines.postgresql import LAST_POSITION, MOST_POSITIONS, vector_of
from catalog.search.match import (
    EXACT_NAME,
    IN_NAMES,
    IN_TEXT,
    IN_TITLE,
    TITLE_START,
    find,
)
from tests.found import some
from tests.pages.works import add_component, add_edition, make_work, settle

pytestmark = pytest.mark.django_db


def topic(key: str, name: str, **fields) -> Topic:
    """Add a topic and its words."""
    made = Topic.objects.create(key=key, name=name, **fields)
    index.update([made])
    return made


def keys(text: str) -> list[str]:
    """Return the keys of what is found, best first."""
    return [row.key for row in find(text)]


@pytest.fixture
def glimmers(db):
    """Add three topics that share the word `glimmer` in different endings and neighbourhoods."""
    topic("one", "Glimmer fibres in the zorbel-mode")
    topic("two", "On zorbelmode glimmers", description="A catalogue of colours, centre first.")
    topic("three", "Glimmering", aliases="Quondam zorbel\nMode of glimmer")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("glimmer", {"one", "two", "three"}),
        ("glimmer ", {"one", "two", "three"}),
        ('"glimmer"', {"one", "two", "three"}),
        ("glimmers fiber", {"one"}),
        ("GLIMMER Fibre", {"one"}),
        ("glímmer fíbre", {"one"}),
        ("glim", {"one", "two", "three"}),
        ("glim fibres", set()),
        ("glimmeri", {"three"}),
        ('"glimmeri"', set()),
        ("zorbelmode", {"one", "two"}),
        ("zorbel-mode", {"one", "two"}),
        ("zorbel–mode", {"one", "two"}),
        ("zorbel mode", {"one", "three"}),
        ('"zorbel mode"', {"one"}),
        ("zorbe", {"one", "two", "three"}),
        ('"fibres in the zorbel"', {"one"}),
        ('"fibres the zorbel"', set()),
        ("glimmer -fiber", {"two", "three"}),
        ("glimmer -zorbel-mode", {"three"}),
        ('glimmer -"mode of glimmer"', {"one", "two"}),
        ("glimmer color catalog center", {"two"}),
        ("glimmer catalogu", {"two"}),
        ("glimmer NOT fibre", set()),
        ("glimmer OR zzzz", set()),
        ("glimmer & fibre", {"one"}),
        ("glimmer | fibre", {"one"}),
        ("(glimmer:* ! <-> fibre)", {"one"}),
        ("{title} : glimmer", set()),
    ],
)
def test_words_lead_to_entries(glimmers, text, found):
    assert set(keys(text)) & {"one", "two", "three"} == found
    assert find(text).count() == len(keys(text))


def test_a_phrase_does_not_reach_from_one_name_to_the_next(glimmers):
    assert "three" in keys("zorbel mode quondam")
    assert "three" not in keys('"zorbel mode"')


def test_only_a_minus_leaves_everything_else(glimmers):
    everything = set(SearchEntry.objects.values_list("key", flat=True))
    assert set(keys("-zorbelmode")) == everything - {"one", "two"}
    assert set(keys('-"glimmer fibres" -"zorbelmode glimmer"')) == everything - {"one", "two"}
    assert set(keys("-glimmer")) == everything - {"one", "two", "three"}


def test_an_exact_name_comes_first_then_title_names_and_text():
    topic("text", "Aaa", description="About the nimble plover.")
    topic("names", "Aab", aliases="A fine nimble plover")
    topic("title", "Aac of the plover nimble")
    topic("start", "Nimble plover of the marsh")
    topic("exact", "Zzz", aliases="Nimble plover")
    assert keys("nimble plover") == ["exact", "start", "title", "names", "text"]
    ranks = [EXACT_NAME, TITLE_START, IN_TITLE, IN_NAMES, IN_TEXT]
    assert [row.rank for row in find("nimble plover")] == ranks


def test_a_title_also_begins_after_the_name_of_the_union():
    topic("union", "ITU nimble plover")
    topic("other", "A nimble plover")
    assert keys("nimble plo") == ["union", "other"]


def test_at_equal_match_what_is_in_force_comes_before_what_was():
    works = []
    for number, state in enumerate(["withdrawn", "in-force", "superseded", "presumed-current"]):
        work = make_work(f"ITU-T G.9100{number}", f"g.9100{number}", name="A nimble plover")
        add_edition(work, "2001-01-01", state)
        works.append(work)
    settle(*works)
    topic("lost", "A nimble plover", verification="not-found")
    found = list(find("nimble plover"))
    states = [row.state for row in found[:2]], {row.state for row in found[2:4]}
    assert states == (["in-force", "presumed-current"], {"withdrawn", "superseded"})
    assert found[4].key == "lost"


def test_at_equal_standing_the_entry_that_tells_more_of_the_words_comes_first():
    topic("a-little", "The plover among " + " ".join(f"birds{number}" for number in range(40)))
    topic("b-much", "The plover")
    assert keys("plover the") == ["b-much", "a-little"]


def test_a_whole_word_tells_more_than_a_beginning():
    topic("a-beginning", "The ploverish")
    topic("b-whole", "The plover")
    assert keys("the plover") == ["b-whole", "a-beginning"]


def test_titles_and_abstracts_of_all_parts_lead_to_the_work():
    work = make_work("ITU-T G.91111", "g.91111", name="Marsh birds")
    old = add_edition(
        work, "1990-01-01", "superseded", title="Nimble plovers", abstract="With wimbrel."
    )
    add_edition(work, "2000-01-01", "in-force", title="Marsh birds", abstract="With curlorn.")
    add_component(old, "amd1", "1991-01-01", "superseded", title="Stilts", abstract="And avocette.")
    settle(work)
    for text in ("nimble plover", "wimbrels", "curlorn", "avocet", "stilt avocette", "91111 1990"):
        assert keys(text) == [work.key], text


def test_words_follow_an_edit_and_are_gone_with_the_entry():
    work = make_work("ITU-T G.91112", "g.91112")
    edition = add_edition(work, "1990-01-01", "in-force", abstract="With wimbrel.")
    settle(work)
    edition.abstract = "With curlorn."
    edition.save()
    settle(work)
    assert (keys("wimbrel"), keys("curlorn")) == ([], [work.key])
    index.remove(work)
    assert keys("curlorn") == []
    assert not SearchWord.objects.filter(word__in=["wimbrel", "curlorn"]).exists()


def test_words_change_with_the_transaction_or_not_at_all():
    made = topic("one", "Nimble plover")
    with pytest.raises(RuntimeError), transaction.atomic():
        made.name = "Stilt"
        made.save()
        index.update([made])
        assert keys("nimble plover") == []
        raise RuntimeError
    assert keys("nimble plover") == ["one"]
    assert not SearchWord.objects.filter(word="stilt").exists()


def test_what_did_not_change_is_not_written_again():
    made = topic("one", "Nimble plover")
    with CaptureQueriesContext(connection) as captured:
        index.update([made])
    written = ("INSERT", "UPDATE", "DELETE")
    assert not [query["sql"] for query in some(captured) if query["sql"].startswith(written)]
    made.verification = "not-found"
    made.save()
    with CaptureQueriesContext(connection) as captured:
        index.update([made])
    assert not [query for query in some(captured) if "catalog_searchtext" in query["sql"]]
    assert SearchEntry.objects.get(key="one").verification == "not-found"


@pytest.mark.slow
def test_rows_deleted_by_others_take_their_words_with_them():
    topic("one", "Nimble plover")
    row = SearchEntry.objects.get(key="one")
    SearchEntry.objects.filter(key="one").delete()
    assert not SearchText.objects.filter(pk=row.pk).exists()
    index.rebuild()
    assert keys("nimble plover") == ["one"]


def counted() -> Counter[str]:
    """Count the words of the index anew, one entry at a time."""
    counts: Counter[str] = Counter()
    for pk in SearchText.objects.values_list("pk", flat=True):
        for words in engine().words_of([pk]):
            counts.update(words)
    return counts


def test_the_number_of_entries_that_hold_a_word_is_exact():
    topic("one", "Nimble plover plovers", description="Nimble")
    two = topic("two", "Plover-house")
    three = topic("three", "Stilt")
    words = SearchWord.objects.filter(word__in=["nimble", "plover", "stilt", "ploverhouse"])
    assert dict(words.values_list("word", "entries")) == {
        "nimble": 1,
        "plover": 2,
        "ploverhouse": 1,
        "stilt": 1,
    }
    three.name = "Plover"
    three.save()
    index.update([three, two])
    index.remove(two)
    assert dict(words.values_list("word", "entries")) == {"nimble": 1, "plover": 2}
    assert dict(SearchWord.objects.values_list("word", "entries")) == counted()


@pytest.mark.slow
def test_rebuilding_mends_wrong_counts_and_tells_no_difference():
    before = dict(SearchWord.objects.values_list("word", "entries"))
    first = list(before)[:3]
    SearchWord.objects.filter(word=first[0]).delete()
    SearchWord.objects.filter(word=first[1]).update(entries=7_000)
    SearchWord.objects.create(word="wimbrel", entries=3)
    index.rebuild()
    assert dict(SearchWord.objects.values_list("word", "entries")) == before


@pytest.mark.slow
def test_an_index_without_words_is_stale_until_it_is_rebuilt():
    assert not index.is_stale()
    SearchEntry.objects.filter(key="5g").update(digest="")
    assert index.is_stale()
    index.rebuild()
    assert not index.is_stale()


ODD = [
    *("", " ", "-", '"', '-"', "…", "!!!", "%", "_", "'", "\\", "*", "^", ":", "{", "(", "a" * 300),
    *("a" * 10_000, "-a " * 5_000, '"' * 10_000, "a-" * 5_000, "😀", "\0", "x\0y", "\ud800", "½"),
    *('"a" OR b', "NEAR(a b, 2)", "a*", "^a", "title : a", "{title} : a", "a + b", "rank"),
    *("a & b", "a | b", "!a", "a <-> b", "a:*", "'a'", "a\\'b", "$$a$$", "a:A", "'); DROP TABLE x"),
    *("电信标准", "связь", "اتصالات", "स्पेक्ट्रम", "ｇ．７１１", "G．711", "nineteenth-" * 30),
]


@pytest.mark.parametrize("text", ODD)
def test_whatever_is_typed_gets_an_answer(text):
    found = list(find(text)[:5])
    assert len(found) <= find(text).count()
    assert find(text, SearchEntry.objects.filter(kind="topic")).exclude(kind="topic").count() == 0


def test_words_of_any_script_are_found():
    topic("one", "Связь и 電信", aliases="اتصالات")
    for text in ("связь", "СВЯЗЬ", "связ", "電信", "電", "اتصالات"):
        assert keys(text) == ["one"], text


def test_a_row_tells_the_day_of_what_stands_for_the_work_or_meeting():
    work = make_work("ITU-T G.91113", "g.91113")
    add_edition(work, "2020-02-03", "in-force")
    add_edition(work, "2021-02-03", "superseded")
    settle(work)
    assert SearchEntry.objects.get(key=work.key).day == datetime.date(2020, 2, 3)
    assert SearchEntry.objects.get(key="5g").day is None


def test_a_vector_stays_within_what_the_server_can_hold():
    long = " ".join(["plover", *(f"w{number}" for number in range(LAST_POSITION + 10))])
    vector = vector_of(text_columns([], [], [long + " plover" * 400], []))
    places = vector.split("'plover':")[1].split(" ")[0].split(",")
    assert places[0] == f"{1 + 2 * 20}C"
    assert len(places) == MOST_POSITIONS
    assert {int(place[:-1]) for place in places[1:]} == {LAST_POSITION}


def test_a_very_long_text_is_stored_and_found():
    topic("one", "Long", description="plover " * 30_000 + "curlorn")
    assert keys("plover") == ["one"]
    assert keys("curlorn plover") == ["one"]
