"""Works stand under topics by rules and by choices, whoever writes what."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from catalog.importer.run import import_snapshot
from catalog.models import (
    LoadedRow,
    Publication,
    RowChange,
    Topic,
    TopicChoice,
    TopicOfWork,
    TopicRule,
)
from catalog.models.topic_rules import rule_of
from catalog.terms import RowAction, TopicBasis
from catalog.topics_by_rule.rulebook import Facts, Rulebook
from catalog.writing import topics
from catalog.writing.edit import editing
from catalog.writing.restore import deleted_entry, restore
from tests.found import some
from tests.snapshots import standard, write_zip

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Publication:
    return Publication.objects.get(key="itu-t-g.711")


@pytest.fixture
def topic() -> Topic:
    """A topic without rules."""
    with editing() as edit:
        topic = Topic(key="a-new-topic", name="A new topic")
        edit.save(topic)
    return topic


def keys(topic: Topic) -> set[str]:
    """Return the keys of the works on a topic."""
    return set(topic.publications.values_list("key", flat=True))


def test_what_is_stored_is_what_rules_and_choices_say():
    rules = [(topic, rule_of(*rest)) for topic, *rest in TopicRule.objects.conditions()]
    book = Rulebook.of(some(rules, at_least=150))
    wanted = {
        (pk, topic): (grounds.basis, grounds.words)
        for pk, *facts in Publication.objects.facts_for_topics()
        for topic, grounds in book.topics_of(Facts(*facts)).items()
    }
    chosen = TopicChoice.objects.exclude(work=None).values_list("work", "topic", "choice")
    for work, topic, choice in some(chosen):
        if choice == "listed":
            wanted.setdefault((work, topic), (TopicBasis.EDITOR, ""))
        else:
            wanted.pop((work, topic), None)
    stored = TopicOfWork.objects.values_list("publication", "topic", "basis", "words")
    assert {(work, topic): rest for work, topic, *rest in stored} == {
        link: list(grounds) for link, grounds in wanted.items()
    }
    assert len(wanted) > 1_000
    assert topics.assign() == 0


def test_a_rule_moves_works_as_soon_as_it_is_saved(topic, work):
    with editing() as edit:
        rule = TopicRule(topic=topic, any_of="pulse code modulation.*")
        edit.save(rule)
    assert work.key in keys(topic)
    link = TopicOfWork.objects.get(topic=topic, publication=work)
    assert (link.basis, link.words) == ("title", "Pulse code modulation")
    with editing() as edit:
        edit.watch(rule)
        rule.none_of = "voice frequencies"
        edit.save(rule)
    assert work.key not in keys(topic)
    with editing() as edit:
        edit.delete(rule)
    assert keys(topic) == set()


def test_a_choice_stands_above_the_rules(topic, work):
    with editing() as edit:
        edit.save(TopicRule(topic=topic, numbers="ITU-T G.711-729"))
    assert work.key in keys(topic)
    with editing() as edit:
        edit.save(TopicChoice(topic=topic, reference="ITU-T G.711", choice="left-out"))
        edit.save(TopicChoice(topic=topic, reference="ITU-T H.264"))
    assert work.key not in keys(topic)
    link = TopicOfWork.objects.get(topic=topic, publication__key="itu-t-h.264")
    assert (link.basis, link.words) == ("editor", "")


def test_a_work_moves_when_its_title_does(topic, work):
    with editing() as edit:
        edit.save(TopicRule(topic=topic, any_of="zeppelins?"))
    edition = work.current_edition
    with editing() as edit:
        edit.watch(edition)
        edition.title = "Coding on board zeppelins"
        edit.save(edition)
    assert keys(topic) == {work.key}


@pytest.mark.slow
def test_choices_outlive_imports_and_new_works_get_their_topics(topic, work, tmp_path):
    with editing() as edit:
        edit.save(TopicRule(topic=topic, any_of="zeppelins?"))
        edit.save(TopicChoice(topic=topic, reference="ITU-T G.711"))
        edit.save(TopicChoice(topic=topic, reference="ITU-T G.9002"))
        edit.save(TopicChoice(topic=topic, reference="ITU-T G.9003", choice="left-out"))
    assert keys(topic) == {work.key}
    records = [
        standard("G.711", edition="5", day="1988-11-25", title="Title of the record"),
        standard("G.9001", title="Zeppelins in service"),
        standard("G.9002", title="Something else"),
        standard("G.9003", title="Zeppelins at rest"),
    ]
    import_snapshot(write_zip(tmp_path / "a.zip", records))
    assert keys(topic) == {work.key, "itu-t-g.9001", "itu-t-g.9002"}
    records[1] = standard("G.9001", title="Balloons in service")
    import_snapshot(write_zip(tmp_path / "b.zip", records))
    assert keys(topic) == {work.key, "itu-t-g.9002"}
    assert topics.assign() == 0


def test_topics_are_no_part_of_the_history_of_works(topic, work):
    version = work.row_version
    with editing() as edit:
        edit.save(TopicChoice(topic=topic, reference="ITU-T G.711"))
    assert {c.model for c in RowChange.objects.filter(revision=edit.revision)} == {"topicchoice"}
    work.refresh_from_db()
    assert work.row_version == version


def test_a_topic_that_comes_back_brings_rules_choices_and_works(work):
    topic = Topic.objects.get(key="speech-coding")
    before, pk = keys(topic), topic.pk
    assert work.key in before
    with editing() as edit:
        edit.delete(topic)
    assert not TopicOfWork.objects.filter(topic=pk).exists()
    deletion = RowChange.objects.get(
        revision=edit.revision, model="topic", action=RowAction.DELETED
    )
    restore(deleted_entry(deletion), edit.revision.number - 1, None, "It was right")
    assert keys(Topic.objects.get(key="speech-coding")) == before


def test_a_work_that_comes_back_has_its_topics(work):
    before = set(work.topics.values_list("key", flat=True))
    assert "speech-coding" in before
    with editing() as edit:
        edit.delete(work)
    deletion = RowChange.objects.get(
        revision=edit.revision, model="publication", action=RowAction.DELETED
    )
    restore(deleted_entry(deletion), edit.revision.number - 1, None, "It was right")
    again = Publication.objects.get(key="itu-t-g.711")
    assert set(again.topics.values_list("key", flat=True)) == before


def test_a_rule_that_cannot_be_read_stops_nothing(topic, caplog):
    TopicRule.objects.create(topic=topic, any_of="(a+)+b")
    TopicRule.objects.create(topic=topic, position=1, numbers="ITU-T G.711")
    topics.assign()
    assert keys(topic) == {"itu-t-g.711"}
    assert "is left out" in caplog.text


def test_what_editors_linked_before_there_were_rules_becomes_choices(work):
    names = "catalog.migrations.0019_topics_by_rule"
    LoadedRow.objects.filter(model="catalog.publication").delete()
    Publication.objects.exclude(pk=work.pk).delete()
    LoadedRow.objects.create(
        model="catalog.publication", natural_key=work.key, values={"topics": [["radar"], ["5g"]]}
    )
    TopicOfWork.objects.all().delete()
    for key in ("5g", "audio"):
        TopicOfWork.objects.create(publication=work, topic=Topic.objects.get(key=key))
    import_module(names).keep_what_editors_chose(apps, None)
    made = TopicChoice.objects.filter(reference="ITU-T G.711", reason="Decided by an editor.")
    assert set(made.values_list("topic__key", "choice")) == {
        ("audio", "listed"),
        ("radar", "left-out"),
    }
