"""How entries stand to each other, on the pages of both."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from catalog.models import EntryRelation, Initiative, SearchEntry, Topic
from catalog.models.entry import DOUBTFUL_MARKS
from catalog.pages.related import related_groups
from catalog.search.documents import SOURCES
from catalog.terms import RelationVerb
from tests.conftest import ALL_CHECKS
from tests.found import some
from tests.pages.works import move_version

pytestmark = pytest.mark.django_db

# Where a page may name what was not found: under this heading, which says so.
SAYS_SO = "doubtful"


def related(client, address: str) -> dict[str, list[str]]:
    """Return the addresses of related entries by the words above them, as a page shows them."""
    soup = BeautifulSoup(client.get(address).content, "lxml")
    part = soup.find("section", attrs={"aria-labelledby": "related"})
    headings = part("h3") if part else []
    return {
        heading.get_text(strip=True): [link["href"] for link in heading.find_next("ul")("a")]
        for heading in headings
    }


def relate(subject: str, verb: str, target: str, **columns) -> EntryRelation:
    """Add a relation behind the door."""
    made = EntryRelation.objects.create(
        subject_key=subject, verb=verb, target_key=target, **columns
    )
    move_version()
    return made


def test_both_pages_show_a_relation_each_in_its_own_words(client):
    relate("giga", "organized-by", "itu-council", note="since 2019")
    assert "/bodies/itu-council/" in related(client, "/initiatives/giga/")["Organized by"]
    assert "/initiatives/giga/" in related(client, "/bodies/itu-council/")["Organizes"]
    assert "since 2019" in client.get("/initiatives/giga/").content.decode()


@pytest.mark.parametrize("verb", RelationVerb)
def test_every_verb_is_shown_on_both_pages(verb):
    topics = [Topic.objects.get(key=key) for key in ("5g", "accessibility")]
    EntryRelation.objects.filter(subject_key__in=["5g", "accessibility"]).delete()
    made = EntryRelation.objects.create(subject_key="5g", verb=verb, target_key="accessibility")
    pairs = zip(topics, (verb.label, str(made.reverse_label)), reversed(topics), strict=True)
    for topic, words, other in pairs:
        groups = {group.label: group.rows for group in related_groups(topic)}
        assert other.key in [row.entry.key for row in groups[words]]


def test_entries_stand_in_the_order_of_their_relations(client):
    EntryRelation.objects.touching("giga").delete()
    for place, key in enumerate(["wrc", "unicef", "associates"], 1):
        relate("giga", "uses", key, position=place)
    keys = [
        SearchEntry.objects.get(url=url).key
        for url in related(client, "/initiatives/giga/")["Uses"]
    ]
    assert keys == ["wrc", "unicef", "associates"]


def test_verbs_stand_in_the_order_of_their_list(client):
    for verb in ("related", "serves", "about"):
        relate("giga", verb, "itu-council")
        relate("giga", verb, "wrc")
    words = list(related(client, "/initiatives/giga/"))
    assert words.index("About") < words.index("Serves")
    assert "Related to" not in words  # A better verb says more.


def test_one_entry_stands_once_under_words_that_hold_both_ways(client):
    relate("giga", "run-with", "itu-council")
    relate("itu-council", "run-with", "giga")
    assert related(client, "/initiatives/giga/")["Together with"] == ["/bodies/itu-council/"]


def test_an_entry_that_the_page_shows_elsewhere_is_not_merely_related(client):
    relate("giga", "related", "unicef")
    shown = related(client, "/initiatives/giga/")
    assert "/partners/unicef/" not in shown.get("Related to", [])
    relate("giga", "governed-by", "unicef")
    assert related(client, "/initiatives/giga/")["Governed by"] == ["/partners/unicef/"]


def test_a_name_that_was_not_found_shows_its_nearest_real_thing_and_the_real_thing_not_it(client):
    invented = Initiative.objects.get(key="5g-for-humanity")
    assert related(client, invented.get_absolute_url()) == {
        "Nearest real thing": ["/initiatives/imt-2020/"]
    }
    assert invented.get_absolute_url() not in client.get("/initiatives/imt-2020/").content.decode()


@pytest.mark.slow
def test_no_page_of_a_real_thing_names_one_that_was_not_found_as_related():
    real = [
        entry
        for model in SOURCES
        for entry in model.objects.exclude(verification__in=DOUBTFUL_MARKS)
    ]
    shown = [
        (entry.key, group.label, row.entry)
        for entry in real
        for group in related_groups(entry)
        for row in group.rows
    ]
    for key, label, other in some(shown, at_least=200):
        assert other.verification != "not-found", (key, other.key)
        # What is not ITU's stands with its owner.
        assert other.verification != "misattributed" or label == "Owner of", (key, other.key)


def test_no_page_of_a_real_thing_leads_to_one_that_was_not_found(client):
    doubtful = SearchEntry.objects.filter(verification__in=DOUBTFUL_MARKS)
    not_found = doubtful.filter(verification="not-found")
    addresses = set(not_found.values_list("url", flat=True))
    named = EntryRelation.objects.filter(subject_key__in=doubtful.values("key"))
    named = named.values_list("target_key", flat=True)
    rows = SearchEntry.objects.filter(key__in=named).exclude(verification__in=DOUBTFUL_MARKS)
    for url in some(rows.order_by("pk").values_list("url", flat=True)[:: 1 if ALL_CHECKS else 5]):
        soup = BeautifulSoup(client.get(url).content, "lxml")
        if part := soup.find("section", attrs={"aria-labelledby": SAYS_SO}):
            part.decompose()
        assert not addresses & {link["href"] for link in some(soup("a", href=True))}, url


def test_only_names_that_were_not_found_have_a_nearest_thing_and_that_is_real():
    rows = EntryRelation.objects.filter(verb="nearest").select_related("subject", "target")
    for relation in some(rows, at_least=80):
        assert relation.subject.verification in DOUBTFUL_MARKS, relation
        assert relation.target.verification not in DOUBTFUL_MARKS, relation


def test_a_relation_to_an_entry_that_is_not_in_the_index_is_not_shown(client):
    relate("giga", "about", "no-such-entry")
    assert "no-such-entry" not in str(related(client, "/initiatives/giga/"))


def doubtful_entries() -> list:
    """Return all entries that were not found or are not ITU's."""
    return [entry for model in SOURCES for entry in model.objects.doubtful()]


def test_what_was_not_found_is_tied_to_nothing_real_but_the_nearest():
    entries = {entry.key: entry for entry in doubtful_entries()}
    assert len(entries) > 100
    relations = EntryRelation.objects.of_any(entries)
    for relation in some(relations):
        doubtful = [entries[key] for key in _ends(relation) if key in entries]
        if len(doubtful) == 1:
            is_found = doubtful[0].verification == "misattributed"
            allowed = {"nearest", "belongs-to"} if is_found else {"nearest"}
            assert relation.verb in allowed, relation
    for entry in some(entries.values()):
        assert not isinstance(entry, Initiative) or not entry.publications.exists(), entry.key


def _ends(relation: EntryRelation) -> tuple[str, str]:
    return (relation.subject_key, relation.target_key)


def test_relations_of_what_was_not_found_or_is_not_itus_stand_on_both_pages():
    rows = {model._meta.model_name: model for model in SOURCES}
    shown = [
        (entry, group.label, row.entry)
        for entry in doubtful_entries()
        for group in related_groups(entry)
        for row in group.rows
    ]
    for entry, label, other in some(shown, at_least=100):
        if label == "Nearest real thing":
            assert other.verification not in DOUBTFUL_MARKS
            continue
        there = rows[other.kind].objects.get(key=other.key)
        keys = {row.entry.key for group in related_groups(there) for row in group.rows}
        assert entry.key in keys, (entry.key, label, other.key)
    owners = [(entry, other) for entry, label, other in shown if label == "Belongs to"]
    assert {entry.key for entry, _other in owners} >= {"desi", "igf", "egdi"}


def test_a_relation_to_something_real_is_not_shown_where_one_end_was_not_found(client):
    relate("5g-for-humanity", "related", "giga")
    assert "Related to" not in related(client, "/initiatives/5g-for-humanity/")
    relate("desi", "related", "giga")
    assert "Related to" not in related(client, "/initiatives/desi/")
    assert "/initiatives/desi/" in related(client, "/partners/european-commission/")["Owner of"]
